"""Saved files and the pages within them, as openers and readers receive them, and the one error.

Most files are one page; an export holds many.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from types import MappingProxyType

import msgspec

from glossator.errors import FileError
from glossator.model import ImportedHighlight, LinkListEntry, Problem, Rights

NO_READINGS: Mapping[str, str] = MappingProxyType({})


class OpenedFile(msgspec.Struct, frozen=True):
    """Saved file as its opener receives it."""

    path: str
    """Path below `saved/`."""
    data: bytes
    sha256: str
    """SHA-256 of `data`, in hexadecimal."""
    about: bytes = b""
    """Content of the index that a program wrote beside the file: an ArchiveBox snapshot has one."""
    readings: Mapping[str, str] = msgspec.field(default_factory=dict)
    """Reading that a person chose for a page, by the name of the page within the file."""


def saved_file(data: bytes, path: str, about: bytes = b"", readings: Mapping[str, str] = NO_READINGS) -> OpenedFile:
    """Return a saved file from its bytes, its path below `saved/`, and what is known of it besides."""
    return OpenedFile(path, data, hashlib.sha256(data).hexdigest(), about, readings)


class Part(msgspec.Struct, frozen=True):
    """One page or text within a saved file, as its reader receives it."""

    file: OpenedFile
    data: bytes
    format: str
    """Format that names the reader: `html`, `markdown`, `text`, `document` (HTML that is an article as a whole)."""
    recognised: str = ""
    """Name of the format in the front matter: `mhtml`, `wallabag`, ...; empty if the reader is to find it."""
    entry: str = ""
    """Name of the page within the file, stable between runs; empty if the file is one page."""
    charset: str = ""
    """Encoding that the file states; empty if the reader is to detect it."""
    address: str = ""
    """Address that the page was loaded from, against which relative addresses are resolved. The page may name a
    better one."""
    known: LinkListEntry | None = None
    """Metadata of the program that saved the page; it overrides the page's own."""
    hints: LinkListEntry | None = None
    """Metadata that is used if the page itself says nothing."""
    rights: Rights = "full"
    """Most that is published of the page until a person says otherwise."""
    files: Mapping[str, bytes] = msgspec.field(default_factory=dict)
    """Resources saved with the page, by absolute address, by `cid:` name, or by path relative to the page."""


Opened = Iterator[Part | LinkListEntry | ImportedHighlight | Problem]
"""Pages, links and highlights of a file, and problems, as an opener yields them."""


class Unreadable(FileError):
    """A saved file from which no article can be made. The message is a sentence: why, and what to do.

    `line` is the line of the file that is to blame, where there is one.
    """

    def __init__(self, message: str, line: int | None = None) -> None:
        super().__init__(message, line)
        self.message = message
        self.line = line

    def __str__(self) -> str:
        return self.message
