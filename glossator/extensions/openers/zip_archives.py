"""ZIP archives of saved files, opened like a folder of them, and SingleFile's packed page."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator, Mapping
from pathlib import PurePosixPath

import msgspec

from glossator import addresses
from glossator.extension_points.loaded_openers import our_openers
from glossator.extension_points.openers import Opener
from glossator.local_pictures import SUFFIXES
from glossator.model import LinkListEntry, Problem
from glossator.stages.extract.containers.exported_metadata import Record, parsed
from glossator.stages.extract.containers.principal_document import Document, principal
from glossator.stages.extract.containers.zip_formats import page_index
from glossator.stages.extract.containers.zip_members import LARGEST_NAME, FilesBeside, Zipped, opened
from glossator.stages.extract.format_in_words import unknown_ending
from glossator.stages.extract.metadata.date_parsing import iso
from glossator.stages.extract.opened_file import Opened, OpenedFile, Part, Unreadable
from glossator.stages.extract.read_file import CORE_OPENERS, Openers, open_parts
from glossator.stages.extract.recognise_format import recognise
from glossator.text import cut, one_line

LONGEST_NAME = 200
"""Characters of a file's name in messages and in front matter."""
MOST_REFUSED = 20
"""Files of an archive that are told one by one if they cannot be read."""
_NESTED = "It is a ZIP archive within a ZIP archive; unpack the outer one."
_LONG = f"Its name has more than {LARGEST_NAME:,} bytes; give it a shorter one."
_PAGES = frozenset({".html", ".htm", ".xhtml"})
_SYSTEM = re.compile(r"(?:^|/)(?:\.(?!\.?/)|__MACOSX/|Thumbs\.db$|desktop\.ini$)")
"""Files that systems add on their own."""
_BESIDE_PAGE = re.compile(
    r"(?<![^/])([^/]+)[_.-](?:files?|dateien|fichiers|archivos|arquivos|ficheiros|bestanden|filer|pliki|data)/",
    re.IGNORECASE,
)
"""Folder into which a browser puts what it saves with a page."""


class Member(msgspec.Struct, frozen=True):
    """File in an archive."""

    name: str
    """Path within the archive, fit for messages."""
    data: bytes
    files: Mapping[str, bytes]
    """Files of the archive by their path relative to this one."""


def members(file: OpenedFile) -> Iterator[Member | Problem]:
    """Yield the files in the order of their names, but not pictures, hidden files and what browsers put beside pages.

    A damaged member is a problem, as is one whose name is too long. Raises Unreadable if the archive is damaged.
    """
    archive = opened(file.data)
    for name in archive.refused:
        yield Problem("extract", file.path, f"{cut(one_line(name), LONGEST_NAME)}: {_LONG}")
    stems = {name.rpartition(".")[0] for name in archive.ordered if _suffix(name) in _PAGES}
    for name in archive.ordered:
        if name.endswith("/") or _SYSTEM.search(name) or _suffix(name) in SUFFIXES or _is_asset(name, stems):
            continue
        shown = cut(one_line(name), LONGEST_NAME)
        try:
            yield Member(shown, archive.read(name), FilesBeside(archive, posixpath.dirname(name)))
        except Unreadable as error:
            yield Problem("extract", file.path, f"{shown}: {error.message}", error.line)


def _suffix(name: str) -> str:
    return PurePosixPath(name).suffix.lower()


def _is_asset(name: str, stems: set[str]) -> bool:
    return any(name[: match.end(1)] in stems for match in _BESIDE_PAGE.finditer(name))


def open_zip(file: OpenedFile) -> Opened:
    """Yield the pages and links in the files of a ZIP archive; those that cannot be read are told, up to a number.

    Raises Unreadable if the archive is damaged or holds nothing to read.
    """
    openers = {**CORE_OPENERS, **our_openers()}
    refused = read = 0
    for member in members(file):
        results = _parts(file, member, openers) if isinstance(member, Member) else iter((member,))
        for result in results:
            refused += isinstance(result, Problem)
            read += not isinstance(result, Problem)
            if not isinstance(result, Problem) or refused <= MOST_REFUSED:
                yield result
    if refused > MOST_REFUSED:
        yield Problem("extract", file.path, f"{refused - MOST_REFUSED} more of its files could not be read.")
    if not read and not refused:
        raise Unreadable("The ZIP archive holds no file of which an article could be made.")


def _parts(file: OpenedFile, member: Member, openers: Openers) -> Opened:
    recognised = recognise(member.data, member.name)
    if recognised == "empty" or unknown_ending(recognised, member.name):
        return
    if recognised == "zip":
        yield Problem("extract", file.path, f"{member.name}: {_NESTED}")
        return
    inner = OpenedFile(member.name, member.data, file.sha256)
    try:
        for part in open_parts(inner, recognised, openers):
            if isinstance(part, Part):
                entry = f"{member.name}: {part.entry}" if part.entry else member.name
                yield msgspec.structs.replace(part, file=file, entry=entry, files=part.files or member.files)
            elif isinstance(part, Problem):
                yield msgspec.structs.replace(part, path=file.path, message=f"{member.name}: {part.message}")
            else:
                yield part
    except Unreadable as error:
        yield Problem("extract", file.path, f"{member.name}: {error.message}", error.line)


def open_packed(file: OpenedFile) -> Iterator[Part]:
    """Yield the page in the archive, with its pictures by their paths relative to the page.

    Raises Unreadable if the archive is damaged, protected by a password, or unpacks to more than can be read.
    """
    zipped = opened(file.data)
    name = page_index(zipped.members)
    if not name:
        raise Unreadable("The packed page holds no index.html; save the page again.")
    top = name[: name.rfind("/") + 1]
    frames = [other for other in zipped.members if other.startswith(f"{top}frames/") and other.endswith("index.html")]
    chosen = principal([Document(zipped.read(path), "text/html") for path in (name, *frames)])
    assert chosen is not None
    recorded = _manifest(zipped, f"{top}manifest.json")
    address = recorded.raw("originalurl") or zipped.members[name].comment.decode("utf-8", "replace")
    yield Part(
        file,
        chosen.data,
        "html",
        recognised="singlefile zip",
        address=addresses.web_address(address),
        hints=LinkListEntry(
            "singlefile manifest", title=recorded.text("title"), saved=iso(recorded.raw("archivetime")) or None
        ),
        files=FilesBeside(zipped, top.rstrip("/")),
    )


def _manifest(zipped: Zipped, name: str) -> Record:
    """Return what SingleFile recorded about the page: address, title, time of saving; empty if it recorded nothing."""
    try:
        return Record.of(parsed(zipped.read(name)) if name in zipped.members else None)
    except Unreadable:
        return Record({})


PACKED_PAGE = Opener(contract=2, open=open_packed)
ZIP = Opener(contract=2, open=open_zip)
