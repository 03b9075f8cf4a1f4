"""Formats of archives of pages, and the services that export them, by content."""

from __future__ import annotations

import re
import zlib

from glossator.stages.extract.containers.mhtml import BEFORE, is_page
from glossator.stages.extract.containers.zip_members import names
from glossator.stages.extract.detect.link_formats import is_webloc
from glossator.stages.extract.detect.zipped_formats import page_index

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

    ZIP archives are recognised here only if they begin as something else: `zipped_formats` recognises the rest.
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
