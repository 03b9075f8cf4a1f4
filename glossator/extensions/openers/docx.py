"""Word (Office Open XML, `.docx`): a document in a ZIP archive -> an article, by its styles."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from glossator.extension_points.openers import Opener
from glossator.local_pictures import kind
from glossator.model import LinkListEntry
from glossator.stages.extract.containers.exported_metadata import line
from glossator.stages.extract.containers.principal_document import MOST_PICTURES
from glossator.stages.extract.containers.zip_members import LARGEST_MEMBER, Zipped, opened
from glossator.stages.extract.metadata.date_parsing import iso
from glossator.stages.extract.metadata.names_in_bylines import authors
from glossator.stages.extract.opened_file import OpenedFile, Part, Unreadable

LARGEST_TEXT = 10_000_000
"""Bytes of the XML files together: a tree of them takes eighty times as many. A long novel has half of it."""
_START = 65_536
"""Bytes of a member in which its first character is looked for."""
_PROPERTIES = "docProps/core.xml"
_STYLES = """
p[style-name='Title'] => h1:fresh
p[style-name='Subtitle'] => p:fresh
p[style-name='Quote'] => blockquote > p:fresh
p[style-name='Intense Quote'] => blockquote > p:fresh
p[style-name='Block Text'] => blockquote > p:fresh
p[style-name='caption'] => figcaption:fresh
p[style-name='Image Caption'] => figcaption:fresh
p[style-name='Source Code'] => pre:separator('\\n')
p[style-name='HTML Preformatted'] => pre:separator('\\n')
r[style-name='Verbatim Char'] => code
"""
"""Styles that are not among those that mammoth knows: of Word itself, and of pandoc."""
_DECLARATION = re.compile(rb"<!(?:DOCTYPE|ENTITY)", re.IGNORECASE)
_PROGRAMS = re.compile(r"microsoft|office|\buser\b|admin|python-docx|unknown|author", re.IGNORECASE)
"""Names that programs write in place of an author's."""
_DAMAGED = "The Word document is damaged or incomplete; save it again."
_LARGE = "The Word document has more than {} MB of text; save its parts apart."
_FORBIDDEN = "The Word document declares entities, which no word processor does, so it is not read."
_TOO_DEEP = "The Word document is nested too deeply to be read; save its text instead."


@dataclass(slots=True)
class _PictureStore:
    """Pictures of a document. State: those that were met so far, and how many bytes more may be taken."""

    files: dict[str, bytes] = field(default_factory=dict)
    left: int = MOST_PICTURES

    def add(self, image: Any) -> dict[str, str]:
        """Store a picture as mammoth hands it over; return the attributes of its element."""
        try:
            with image.open() as stream:
                data = stream.read(min(LARGEST_MEMBER, self.left) + 1)
        except Exception:  # noqa: BLE001 -- it is missing, damaged, or outside the document, from where nothing is loaded
            return {"src": ""}
        if not kind(data) or len(data) > min(LARGEST_MEMBER, self.left):
            return {"src": ""}
        self.left -= len(data)
        name = f"picture-{len(self.files)}"
        self.files[name] = data
        return {"src": name}


def open_word(file: OpenedFile) -> Iterator[Part]:
    """Yield the document. Comments, deleted words and macros are not read; nothing outside the document is loaded.

    Raises Unreadable if the document is damaged, or larger than the limits.
    """
    import mammoth  # noqa: PLC0415 -- few archives hold documents of Word

    archive = opened(file.data)
    _refuse_dangerous(archive)
    store = _PictureStore()
    try:
        html = mammoth.convert_to_html(
            io.BytesIO(file.data),
            style_map=_STYLES,
            include_embedded_style_map=False,
            external_file_access=False,
            ignore_empty_paragraphs=True,
            convert_image=mammoth.images.img_element(store.add),
        ).value
    except RecursionError:
        raise Unreadable(_TOO_DEEP) from None
    except (MemoryError, SystemError):  # limits of the whole process, which are its own to report
        raise
    except Exception:  # noqa: BLE001 -- mammoth raises whatever a damaged document made it stumble over
        raise Unreadable(_DAMAGED) from None
    yield Part(
        file,
        f"<body>{html}</body>".encode("utf-8", "replace"),
        "document",
        recognised="docx",
        charset="utf-8",
        hints=_known(archive),
        files=store.files,
    )


def _refuse_dangerous(archive: Zipped) -> None:
    """Raise Unreadable if the XML files are too large, or declare entities.

    What a file is, its content says: the document may give its main part any name.
    """
    names = [name for name in archive.members if _may_be_xml(archive.beginning(name, _START))]
    if sum(archive.members[name].file_size for name in names) > LARGEST_TEXT:
        raise Unreadable(_LARGE.format(LARGEST_TEXT // 1_000_000))
    for name in names:
        if _DECLARATION.search(archive.read(name).replace(b"\0", b"")):
            raise Unreadable(_FORBIDDEN)


def _may_be_xml(beginning: bytes) -> bool:
    """True if nothing else than markup comes first, as it does in pictures, fonts and films."""
    return beginning.lstrip(b"\xef\xbb\xbf\xfe\xff\0 \t\r\n")[:1] in (b"", b"<")


def _known(archive: Zipped) -> LinkListEntry:
    """Return what the document says of itself, for want of better."""
    tree = archive.tree(_PROPERTIES) if _PROPERTIES in archive.members else None
    if tree is None:
        return LinkListEntry("document properties")
    creator = line(tree.findtext("{*}creator")) or ""
    return LinkListEntry(
        "document properties",
        title=line(tree.findtext("{*}title")),
        authors=() if _PROGRAMS.search(creator) else authors([creator]),
        saved=iso(tree.findtext("{*}modified") or "") or None,
    )


DOCX = Opener(contract=2, open=open_word)
