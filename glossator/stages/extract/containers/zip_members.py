"""ZIP archives and their members, within limits: an archive of a few kilobytes may unpack to any size."""

from __future__ import annotations

import io
import lzma
import posixpath
import re
import struct
import zipfile
import zlib
from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice

from lxml import etree

from glossator.stages.extract.opened_file import Unreadable

MOST_MEMBERS = 200_000
LARGEST_NAME = 1_000
"""Bytes of a member's name; file systems take 255 for each folder of it."""
MOST_NAMES = 1_000
"""Names by which a damaged archive is recognised."""
LARGEST_MEMBER = 50_000_000
"""Bytes that one member may unpack to: the size up to which a saved file is read."""
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

    def tree(self, name: str) -> etree._Element | None:
        """Return the tree of a member of XML; None if it has none. No entity is expanded, and nothing is loaded.

        Raises Unreadable as `read` does.
        """
        parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, recover=True, remove_pis=True)
        try:
            return etree.fromstring(self.read(name), parser)
        except (etree.LxmlError, ValueError):
            return None

    def beginning(self, name: str, size: int) -> bytes:
        """Return the first bytes of a member; none if it is damaged."""
        try:
            with self.archive.open(self.members[name]) as stream:
                return stream.read(size)
        except _BROKEN:
            return b""


@dataclass(frozen=True, slots=True)
class FilesBeside(Mapping[str, bytes]):
    """Files around a member, unpacked when they are asked for: an archive may hold more than memory does."""

    archive: Zipped
    folder: str
    """Folder to which names are relative."""
    within: str = ""
    """Beginning of the paths that are found, so that an article of several takes nothing from another."""

    def __getitem__(self, name: str) -> bytes:
        if name not in self:
            raise KeyError(name)
        try:
            return self.archive.read(self._path(name))
        except Unreadable:
            return b""

    def __contains__(self, name: object) -> bool:
        path = self._path(name) if isinstance(name, str) else ""
        return path.startswith(self.within) and path in self.archive.members

    def __iter__(self) -> Iterator[str]:
        return (posixpath.relpath(name, self.folder or ".") for name in self.archive.ordered[slice(*self._bounds())])

    def __len__(self) -> int:
        start, end = self._bounds()
        return end - start

    def _bounds(self) -> tuple[int, int]:
        """Return the bounds, among the names in order, of those that are found."""
        names = self.archive.ordered
        return bisect_left(names, self.within), bisect_left(names, f"{self.within}\U0010ffff")

    def _path(self, name: str) -> str:
        return posixpath.normpath(posixpath.join(self.folder, name))


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
