"""Saved files and the pages within them, as openers and readers receive them: bytes, their text, and the one error.

Most files are one page; an export holds many.
"""

from __future__ import annotations

import codecs
import hashlib
import re
from collections.abc import Mapping
from types import MappingProxyType

import msgspec

from glossator.errors import FileError
from glossator.model import LinkListEntry, Rights

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


def whole(data: bytes, path: str, form: str) -> Part:
    """Return a saved file that is one page, in the format (`form`) of its reader."""
    return Part(saved_file(data, path), data, form)


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


_MARKS = ((codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"))
_CONTROLS = bytes(byte for byte in (*range(32), 127) if byte not in b"\t\n\f\r")
"""C0 control characters but tab, line feed, form feed and carriage return."""
_FURTHER_CONTROLS = re.compile(rb"\xc2[\x80-\x84\x86-\x9f]")
"""C1 control characters but next line, in UTF-8."""


def decode(data: bytes) -> str:
    """Return the text with line feeds only and without control characters.

    The order is that of the WHATWG Encoding Standard's "decode": byte order mark, then UTF-8; a text that is neither is
    read as windows-1252, the standard's fall-back, with a replacement character for bytes that it does not define.
    """
    text = _without_controls(_decoded(data))
    return "\n".join(text.replace("\f", "\n").replace("\x85", "\n").replace("\r\n", "\n").split("\r"))


def _without_controls(text: str) -> str:
    """Remove control characters by way of bytes, which takes a quarter of the time."""
    whole = text.encode("utf-8", "surrogatepass")
    rest = _FURTHER_CONTROLS.sub(b"", whole.translate(None, _CONTROLS))
    return text if len(rest) == len(whole) else rest.decode("utf-8", "surrogatepass")


def _decoded(data: bytes) -> str:
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return data[len(mark) :].decode(encoding, "replace")
    if wide := wide_encoding(data):
        return data.decode(wide, "replace")
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        return data.decode("windows-1252", "replace")


def wide_encoding(data: bytes) -> str | None:
    """Detect UTF-16 without a byte order mark by the positions of the zero bytes in a mostly Latin text."""
    sample = data[:2000]
    even, odd = sample[::2].count(0), sample[1::2].count(0)
    half = len(sample) // 2
    if half >= 2 and odd > half * 0.7 and not even:
        return "utf-16-le"
    return "utf-16-be" if half >= 2 and even > half * 0.7 and not odd else None
