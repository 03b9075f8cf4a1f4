"""ZIP archives, within limits: their members; archives of saved files; and SingleFile's packed page.

An archive of a few kilobytes may unpack to any size.
"""

from __future__ import annotations

import io
import lzma
import posixpath
import re
import struct
import zipfile
import zlib
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from itertools import islice
from pathlib import PurePosixPath

import msgspec

from glossator import addresses
from glossator.local_pictures import SUFFIXES
from glossator.model import LinkListEntry, Problem
from glossator.stages.extract.metadata.date_parsing import iso
from glossator.stages.extract.opened_file import OpenedFile, Part, Unreadable
from glossator.stages.extract.openers.exported_metadata import Record, parsed
from glossator.stages.extract.openers.principal_document import Document, pictures, principal
from glossator.text import cut, one_line

MOST_MEMBERS = 200_000
LARGEST_NAME = 1_000
"""Bytes of a member's name; file systems take 255 for each folder of it."""
MOST_NAMES = 1_000
"""Names by which a damaged archive is recognised."""
LARGEST_MEMBER = 50_000_000
"""Bytes that one member may unpack to: the size up to which a saved file is read."""
LARGEST_FOLDER = 100_000_000
"""Bytes that the members of one folder, which are in memory together, may unpack to."""
LARGEST = 1_000_000_000
"""Bytes that all members together may unpack to; they are read one by one."""

_BROKEN = (zipfile.BadZipFile, RuntimeError, EOFError, OSError, ValueError, struct.error, zlib.error, lzma.LZMAError)
"""Exceptions that `zipfile` raises on damaged archives and on unknown compression methods."""
_DAMAGED = "The ZIP archive is damaged or incomplete; export or copy it again."
_ENTRY = b"PK\x01\x02"
"""Signature of each entry in an archive's directory."""
_LOCAL_HEADER = re.compile(rb"PK\x03\x04.{22}(..)..", re.DOTALL)
_ENCRYPTED = 0x1


@dataclass(slots=True)
class Zipped:
    """An open archive. State: how many bytes may still be unpacked."""

    archive: zipfile.ZipFile
    members: Mapping[str, zipfile.ZipInfo]
    """Members by name, in the archive's order; of several with one name, the last that is not empty."""
    ordered: Sequence[str]
    """Names in alphabetical order, so that those of one folder are adjacent."""
    refused: Sequence[str] = ()
    """Names that are too long; their members are not among the others."""
    left: int = LARGEST

    def read(self, name: str) -> bytes:
        """Return the bytes of a member.

        Raises Unreadable if the member is damaged, or larger than the limits.
        """
        member = self.members[name]
        limit = min(LARGEST_MEMBER, self.left)
        try:
            with self.archive.open(member) as stream:
                data = stream.read(limit + 1)
        except _BROKEN:
            raise Unreadable(_DAMAGED) from None
        self.left -= len(data)
        if len(data) > limit:
            raise Unreadable("The ZIP archive unpacks to more than can be read; unpack it and save its files singly.")
        return data

    def beginning(self, name: str, size: int) -> bytes:
        """Return the first bytes of a member; none if it is damaged."""
        try:
            with self.archive.open(self.members[name]) as stream:
                return stream.read(size)
        except _BROKEN:
            return b""

    def below(self, folder: str) -> dict[str, bytes]:
        """Return the members below a folder (named with a closing slash) by path relative to the folder.

        Damaged members are left out, as are those that would make the folder larger than LARGEST_FOLDER.
        """
        contents: dict[str, bytes] = {}
        budget = LARGEST_FOLDER
        for name in self.ordered[bisect_left(self.ordered, folder) :]:
            if not name.startswith(folder):
                break
            size = self.members[name].file_size
            if size <= budget and not name.endswith("/"):
                with suppress(Unreadable):
                    contents[name.removeprefix(folder)] = self.read(name)
                    budget -= size
        return contents


def opened(data: bytes) -> Zipped:
    """Return the archive, to be read member by member.

    Raises Unreadable if the archive is damaged, encrypted, or has more members than can be read.
    """
    if data.count(_ENTRY) > MOST_MEMBERS:  # before the library makes an object of each
        raise Unreadable(f"The ZIP archive holds over {MOST_MEMBERS:,} files; unpack it and save its files singly.")
    try:
        archive = zipfile.ZipFile(io.BytesIO(data))
    except _BROKEN:
        raise Unreadable(_DAMAGED) from None
    entries = archive.infolist()
    if any(entry.flag_bits & _ENCRYPTED for entry in entries):
        raise Unreadable("The ZIP archive is protected by a password; export it again without one.")
    members: dict[str, zipfile.ZipInfo] = {}
    refused = []
    for entry in entries:
        if len(entry.filename.encode("utf-8", "replace")) > LARGEST_NAME:
            refused.append(entry.filename)
        elif entry.file_size or entry.filename not in members:
            members[entry.filename] = entry
    return Zipped(archive, members, sorted(members), tuple(refused))


def names(data: bytes) -> tuple[str, ...]:
    """Return the names of an archive's members, as far as damage lets them be read; none for other files."""
    try:
        return tuple(opened(data).members)
    except Unreadable:
        return tuple(map(_name, islice(_LOCAL_HEADER.finditer(data), MOST_NAMES)))


def _name(header: re.Match[bytes]) -> str:
    length = int.from_bytes(header[1], "little")
    return header.string[header.end() : header.end() + min(length, LARGEST_NAME)].decode("utf-8", "replace")


LONGEST_NAME = 200
"""Characters of a file's name in messages and in front matter."""
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


@dataclass(frozen=True, slots=True)
class Neighbours(Mapping[str, bytes]):
    """Files around a member, unpacked when they are asked for: an archive may hold more than memory does."""

    archive: Zipped
    folder: str

    def __getitem__(self, name: str) -> bytes:
        if name not in self:
            raise KeyError(name)
        try:
            return self.archive.read(self._path(name))
        except Unreadable:
            return b""

    def __contains__(self, name: object) -> bool:
        return isinstance(name, str) and self._path(name) in self.archive.members

    def __iter__(self) -> Iterator[str]:
        return (posixpath.relpath(name, self.folder or ".") for name in self.archive.ordered)

    def __len__(self) -> int:
        return len(self.archive.ordered)

    def _path(self, name: str) -> str:
        return posixpath.normpath(posixpath.join(self.folder, name))


def members(file: OpenedFile) -> Iterator[Member | Problem]:
    """Yield the files in the order of their names, but not pictures, hidden files and what browsers put beside pages.

    A damaged member is a problem, as is one whose name is too long. Raises Unreadable if the archive is damaged.
    """
    archive = opened(file.data)
    for name in archive.refused:
        yield Problem("extract", file.path, f"{cut(one_line(name), LONGEST_NAME)}: {_LONG}")
    stems = {name.rpartition(".")[0] for name in archive.ordered if PurePosixPath(name).suffix.lower() in _PAGES}
    for name in archive.ordered:
        if name.endswith("/") or _SYSTEM.search(name) or _suffix(name) in SUFFIXES or _is_asset(name, stems):
            continue
        shown = cut(one_line(name), LONGEST_NAME)
        try:
            yield Member(shown, archive.read(name), Neighbours(archive, posixpath.dirname(name)))
        except Unreadable as error:
            yield Problem("extract", file.path, f"{shown}: {error.message}", error.line)


def _suffix(name: str) -> str:
    return PurePosixPath(name).suffix.lower()


def _is_asset(name: str, stems: set[str]) -> bool:
    return any(name[: match.end(1)] in stems for match in _BESIDE_PAGE.finditer(name))


_INDEX = re.compile(r"(?:[^/]*/)?index\.html?", re.IGNORECASE)
_PAGE = re.compile(r"\.x?html?$", re.IGNORECASE)
_PICTURE = re.compile(r"\.(?:png|jpe?g|jfif|gif|webp|avif)", re.IGNORECASE)


def index(names: Iterable[str]) -> str:
    """Return the page among the members of an archive, at its top or in its only folder; empty if there is no page."""
    paths = sorted((name for name in names if _INDEX.fullmatch(name)), key=lambda name: (name.count("/"), name))
    return paths[0] if paths else ""


def is_packed(names: Sequence[str]) -> bool:
    """True if an archive with members of these names is one page: it has an index, and no page but frames beside it."""
    name = index(names)
    top = name[: name.rfind("/") + 1]
    others = (other.removeprefix(top) for other in names if other != name and _PAGE.search(other))
    return bool(name) and all(other.startswith("frames/") for other in others)


def open_packed(file: OpenedFile) -> Iterator[Part]:
    """Yield the page in the archive, with its pictures by their paths relative to the page.

    Raises Unreadable if the archive is damaged, protected by a password, or unpacks to more than can be read.
    """
    zipped = opened(file.data)
    name = index(zipped.members)
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
        files=pictures(_pictures(zipped, top)),
    )


def _manifest(zipped: Zipped, name: str) -> Record:
    """Return what SingleFile recorded about the page: address, title, time of saving; empty if it recorded nothing."""
    try:
        return Record.of(parsed(zipped.read(name)) if name in zipped.members else None)
    except Unreadable:
        return Record({})


def _pictures(zipped: Zipped, top: str) -> Iterator[tuple[str, bytes]]:
    for name in zipped.members:
        if name.startswith(top) and _PICTURE.search(name[-5:]):
            try:
                yield name.removeprefix(top), zipped.read(name)
            except Unreadable:
                continue  # a damaged picture is no reason to lose the page
