"""Format of a saved file, by its first bytes and what it holds; its name decides what is a letter."""

from __future__ import annotations

import re
import zlib
from pathlib import PurePosixPath

from glossator.local_pictures import kind
from glossator.stages.extract.containers.link_formats import is_webloc
from glossator.stages.extract.containers.mhtml import BEFORE
from glossator.stages.extract.containers.page_or_letter import is_page
from glossator.stages.extract.containers.zip_formats import page_index, zip_format
from glossator.stages.extract.containers.zip_members import names
from glossator.stages.extract.text_formats import by_text

_GZIP = b"\x1f\x8b"
_DIRECTORY_END = b"PK\x05\x06"
_MEMBER = b"PK\x03\x04"
_TAIL = 70_000
"""Bytes at a file's end within which a ZIP archive's directory ends, whatever follows the archive."""
_PACKED = re.compile(rb"<html\b[^>]{0,500}\sdata-sfz\b", re.IGNORECASE)
_PLIST = re.compile(rb"bplist|(?:\xef\xbb\xbf)?\s*(?:<\?xml[^>]{0,200}\?>\s*)?<(?:!DOCTYPE\s+)?plist\b")
_RECORD = re.compile(rb"\s*(?:WARC/\d|filedesc://)")
FROM_LINE = re.compile(rb"(?:\A|(?<=\n\n)|(?<=\n\r\n))From [^\r\n]{1,300}\r?\n(?=[A-Za-z][A-Za-z0-9-]{0,60}:)")
"""Line before each message of a box of mail."""


def archive_format(data: bytes) -> str | None:
    """Return `mhtml`, `webarchive`, `webloc`, `warc`, `zipped-html`, `email`, `mbox`, `plist` or None.

    ZIP archives are recognised here only if they begin as something else: `zip_format` recognises the rest.
    """
    if _PLIST.match(data):
        return "webarchive" if b"WebMainResource" in data else "webloc" if is_webloc(data) else "plist"
    if _RECORD.match(_unpacked(data) if data.startswith(_GZIP) else data):
        return "warc"
    if not data.startswith(b"PK") and _is_packed(data):
        return "zipped-html"
    if _is_mailbox(data):
        return "mbox"
    saved = is_page(data)
    return None if saved is None else "mhtml" if saved else "email"


def _is_packed(data: bytes) -> bool:
    """True if a ZIP archive of a page follows the beginning of the file, even if it is cut off."""
    if _DIRECTORY_END in data[-_TAIL:]:
        return bool(page_index(names(data)))
    return bool(_PACKED.search(data[:8192])) and _MEMBER in data


def _unpacked(data: bytes) -> bytes:
    try:
        return zlib.decompressobj(16 + zlib.MAX_WBITS).decompress(data[:4096], 64)
    except zlib.error:
        return b""


def _is_mailbox(data: bytes) -> bool:
    """True if a file begins as a box of messages does."""
    return bool(FROM_LINE.match(data[:1_000].lstrip(BEFORE)))


_SIGNATURES = (
    (rb"%PDF-", "pdf"),
    (rb"\{\\rtf", "rtf"),
    (rb"BM.{4}\0{4}|II\*\0|MM\0\*|\x00\x00\x01\x00|....ftypheic", "image"),
    (rb"ID3|OggS|fLaC|RIFF....(?:WAVE|AVI )|....ftyp|\x1aE\xdf\xa3", "audio"),
    (rb"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "doc"),
    (rb"\x1f\x8b|BZh[1-9]|\xfd7zXZ\0|7z\xbc\xaf\x27\x1c|\x28\xb5\x2f\xfd|Rar!", "gzip"),
    (rb"SQLite format 3\0", "sqlite"),
)
_MAIL = frozenset((".eml", ".emlx", ".mbox"))
"""Ends of names that only mail has: a person who saved a letter under one takes it for private."""


def recognise(data: bytes, path: str) -> str:
    """Return the format: `html`, `text`, `markdown`, one that is opened or a key of FOREIGN, `empty`; else `binary`."""
    if not data.strip(b" \t\r\n\0\xef\xbb\xbf"):
        return "empty"
    suffix = PurePosixPath(path.strip()).suffix.lower()
    if format_of_bytes := archive_format(data):
        return format_of_bytes
    return "email" if _is_mail(path) else _by_signature(data) or by_text(data, suffix)


def _is_mail(path: str) -> bool:
    return PurePosixPath(path.strip().lower().removesuffix(".txt")).suffix in _MAIL


def _by_signature(data: bytes) -> str | None:
    if kind(data):
        return "image"
    for signature, name in _SIGNATURES:
        if re.match(signature, data, re.DOTALL):
            return name
    if data.startswith(_MEMBER):
        return zip_format(data) or "zip"
    return None
