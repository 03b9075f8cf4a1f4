"""Formats of archives of pages, and the services that export them, by content."""

from __future__ import annotations

import re
import zlib
from collections.abc import Callable, Sequence

from glossator.stages.extract.openers.docx import is_word
from glossator.stages.extract.openers.link_lists import is_pocket, is_webloc
from glossator.stages.extract.openers.mail import is_mailbox
from glossator.stages.extract.openers.mhtml import is_page
from glossator.stages.extract.openers.services import is_omnivore, is_readeck
from glossator.stages.extract.openers.warc_records import GZIP
from glossator.stages.extract.openers.web_archives import is_wacz
from glossator.stages.extract.openers.zip_members import names
from glossator.stages.extract.openers.zipped_page import index, is_packed

_DIRECTORY_END = b"PK\x05\x06"
_MEMBER = b"PK\x03\x04"
_TAIL = 70_000
"""Bytes at a file's end within which a ZIP archive's directory ends, whatever follows the archive."""
_PACKED = re.compile(rb"<html\b[^>]{0,500}\sdata-sfz\b", re.IGNORECASE)
_PLIST = re.compile(rb"bplist|(?:\xef\xbb\xbf)?\s*(?:<\?xml[^>]{0,200}\?>\s*)?<(?:!DOCTYPE\s+)?plist\b")
_RECORD = re.compile(rb"\s*(?:WARC/\d|filedesc://)")
_EPUB = re.compile(rb"PK\x03\x04.{26}mimetypeapplication/epub\+zip", re.DOTALL)
_ODT = re.compile(rb"PK\x03\x04.{26}mimetypeapplication/vnd\.oasis", re.DOTALL)
"""Beginnings of files whose first member, not compressed, states the format (Open Container Format, OpenDocument)."""
_ZIPPED: tuple[tuple[str, Callable[[Sequence[str]], object]], ...] = (
    ("omnivore", is_omnivore),
    ("readeck", is_readeck),
    ("pocket-zip", is_pocket),
    ("wacz", is_wacz),
    ("epub", lambda members: "META-INF/container.xml" in members),
    ("docx", is_word),
    ("zipped-html", is_packed),
)
"""Format -> predicate of the names of an archive's members."""


def archive_format(data: bytes) -> str | None:
    """Return `mhtml`, `webarchive`, `webloc`, `warc`, `zipped-html`, `email`, `mbox`, `plist` or None.

    ZIP archives are recognised here only if they begin as something else: `zip_format` recognises the rest.
    """
    if _PLIST.match(data):
        return "webarchive" if b"WebMainResource" in data else "webloc" if is_webloc(data) else "plist"
    if _RECORD.match(_unpacked(data) if data.startswith(GZIP) else data):
        return "warc"
    if not data.startswith(b"PK") and _is_packed(data):
        return "zipped-html"
    if is_mailbox(data):
        return "mbox"
    saved = is_page(data)
    return None if saved is None else "mhtml" if saved else "email"


def zip_format(data: bytes) -> str | None:
    """Return the format of a document, of a service's export, or of a page; None for any other ZIP archive."""
    if _EPUB.match(data) or _ODT.match(data):
        return "epub" if _EPUB.match(data) else "odt"
    members = names(data)
    return next((name for name, predicate in _ZIPPED if predicate(members)), None)


def _is_packed(data: bytes) -> bool:
    """True if a ZIP archive of a page follows the beginning of the file, even if it is cut off."""
    if _DIRECTORY_END in data[-_TAIL:]:
        return bool(index(names(data)))
    return bool(_PACKED.search(data[:8192])) and _MEMBER in data


def _unpacked(data: bytes) -> bytes:
    try:
        return zlib.decompressobj(16 + zlib.MAX_WBITS).decompress(data[:4096], 64)
    except zlib.error:
        return b""
