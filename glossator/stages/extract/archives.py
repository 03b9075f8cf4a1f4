"""Whether a file is an archive of pages with their resources, and of which kind, by its content."""

from __future__ import annotations

import re
import zlib

from glossator.stages.extract.openers.encodings import GZIP
from glossator.stages.extract.openers.mhtml import is_page
from glossator.stages.extract.openers.selfextracting import index
from glossator.stages.extract.openers.wacz import is_wacz
from glossator.stages.extract.openers.zipped import names

_DIRECTORY_END = b"PK\x05\x06"
_MEMBER = b"PK\x03\x04"
_TAIL = 70_000
"""Bytes at a file's end in which a ZIP archive's directory ends, whatever stands behind it."""
_PACKED = re.compile(rb"<html\b[^>]{0,500}\sdata-sfz\b", re.IGNORECASE)
_PLIST = re.compile(rb"bplist|(?:\xef\xbb\xbf)?\s*(?:<\?xml[^>]{0,200}\?>\s*)?<(?:!DOCTYPE\s+)?plist\b")
_RECORD = re.compile(rb"\s*(?:WARC/\d|filedesc://)")


def archive_format(data: bytes) -> str | None:
    """`mhtml`, `webarchive`, `warc`, `zipped-html`; `email` for a letter, `plist` for another list; nothing for others.

    Of ZIP archives only those that begin as something else: `zipped_format` is for the rest.
    """
    if _PLIST.match(data):
        return "webarchive" if b"WebMainResource" in data else "plist"
    if _RECORD.match(_unpacked(data) if data.startswith(GZIP) else data):
        return "warc"
    if not data.startswith(b"PK") and _is_packed(data):
        return "zipped-html"
    saved = is_page(data)
    return None if saved is None else "mhtml" if saved else "email"


def zipped_format(data: bytes) -> str | None:
    """`wacz` or `zipped-html`; nothing for any other ZIP archive."""
    members = names(data)
    return "wacz" if is_wacz(members) else "zipped-html" if index(members) else None


def _is_packed(data: bytes) -> bool:
    """Whether a ZIP archive of a page stands behind what the file begins with; also one that is cut off."""
    if _DIRECTORY_END in data[-_TAIL:]:
        return bool(index(names(data)))
    return bool(_PACKED.search(data[:8192])) and _MEMBER in data


def _unpacked(data: bytes) -> bytes:
    try:
        return zlib.decompressobj(16 + zlib.MAX_WBITS).decompress(data[:4096], 64)
    except zlib.error:
        return b""
