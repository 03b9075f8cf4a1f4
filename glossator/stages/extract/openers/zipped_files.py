"""A ZIP archive of saved files, of no program's own form -> its files, for the openers and readers of their formats."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import PurePosixPath

import msgspec

from glossator.local_pictures import SUFFIXES
from glossator.model import Problem
from glossator.stages.extract.opened_file import OpenedFile
from glossator.stages.extract.openers.zip_members import LARGEST_NAME, Zipped, opened
from glossator.stages.extract.unreadable import Unreadable
from glossator.text import cut, one_line

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
