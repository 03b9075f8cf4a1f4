"""Pictures that lie beside an article, and their addresses in Markdown. Stages and content both use them."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from glossator.model import Picture

FOLDER = "images/"
"""Folder of pictures beside the articles."""
BESIDE = "saved:"
"""Prefix of the address of a picture that lies beside the saved file: the address is resolved when the article is
stored."""
ATTACHMENTS = ("attachments", "Attachments", "_attachments", "_resources", "assets", "files", "images", "media")
"""Folders in which programs for notes keep pictures."""
_OF_PAGE = re.compile(
    r"[_.-](?:files?|dateien|fichiers|archivos|arquivos|ficheiros|bestanden|filer|pliki|tiedostot|soubory|elemei"
    r"|dosyalar|datoteke|fitxers|fitxategiak|failid|fails|bylos|fajlovi|data)$",
    re.IGNORECASE,
)
"""End of the name of the folder into which a browser puts what it saves with a page, in the languages of Windows."""
LARGEST = 20_000_000
"""Bytes of the pictures of one article; a picture beyond that is left out, smaller ones may still be included."""

_SHOWN = re.compile(rf"\]\({FOLDER}([\w.-]+)[)\s]", re.ASCII)
_KINDS = (
    (rb"\x89PNG\r\n\x1a\n", "png"),
    (rb"\xff\xd8\xff", "jpg"),
    (rb"GIF8[79]a", "gif"),
    (rb"RIFF....WEBP", "webp"),
    (rb"....ftypavi[fs]", "avif"),
)
"""Signatures and suffixes. No SVG, because one that is opened by itself may run scripts."""
SUFFIXES = frozenset({".jpeg", *(f".{suffix}" for _, suffix in _KINDS)})


class PictureCopy(NamedTuple):
    """A smaller copy of a picture."""

    name: str
    """File name on the site, and in the folder of copies."""
    width: int
    """Pixels."""
    height: int
    size: int
    """Bytes."""


class ShownPicture(NamedTuple):
    """A picture that an article shows."""

    name: str
    """File name below FOLDER."""
    width: int
    """Pixels."""
    height: int
    copies: tuple[PictureCopy, ...] = ()
    """Smaller copies, the widest first."""


def places(folder: Path, name: str, root: Path) -> Iterator[Path]:
    """Yield the paths at which the picture that a text in a folder names may lie, below `root`.

    It lies beside the text, or, if only its name is given, where programs for notes put it: in a folder for attachments
    beside the text or beside a folder that holds the text.
    """
    yield folder / name
    if "/" in name or "\\" in name:
        return
    for above in (folder, *folder.parents):
        if above != folder:
            yield above / name
        yield from (above / attachments / name for attachments in ATTACHMENTS)
        if above == root:
            return


def page_of(folder: str) -> str:
    """Return the stem of the page for which a browser gave a folder its name; empty for any other folder."""
    return folder[: suffix.start()] if (suffix := _OF_PAGE.search(folder)) else ""


def kind(data: bytes) -> str:
    """Return the suffix for a picture's format by its first bytes; empty for data that is no picture for a page."""
    return next((suffix for signature, suffix in _KINDS if re.match(signature, data, re.DOTALL)), "")


def picture(data: bytes) -> Picture | None:
    """Wrap data in a picture with its name; None for data that is no picture for a page."""
    suffix = kind(data)
    return Picture(f"{hashlib.sha256(data).hexdigest()[:20]}.{suffix}", data) if suffix else None


def referenced(markdown: str) -> tuple[str, ...]:
    """Return the names of the pictures beside the articles that a text refers to, without duplicates."""
    return tuple(dict.fromkeys(_SHOWN.findall(markdown))) if FOLDER in markdown else ()
