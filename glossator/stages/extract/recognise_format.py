"""Format of a saved file, by content; the name decides between text, Markdown, fragments of HTML and letters."""

from __future__ import annotations

import codecs
import re
import zlib
from collections.abc import Set as AbstractSet
from pathlib import PurePosixPath

from glossator.local_pictures import kind
from glossator.stages.extract.containers.exported_metadata import Record, key, parsed
from glossator.stages.extract.containers.link_formats import bookmark_format, is_webloc, shortcut_format, table_format
from glossator.stages.extract.containers.mhtml import BEFORE, is_page
from glossator.stages.extract.containers.zip_members import names, page_index, zip_format
from glossator.stages.extract.opened_file import Unreadable, decode, wide_encoding

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


_ENTRIES = (
    ("wallabag", ({"url", "content", "isarchived"}, {"url", "content", "isread", "isfav"})),
    ("omnivore-json", ({"url", "slug", "savedat"},)),
    ("pinboard", ({"href", "description", "time"},)),
)
"""Format -> fields by which an entry of a list is recognised."""
_WHOLES = (
    ("linkwarden", ({"collections", "username"},)),
    ("readability", ({"title", "content", "excerpt"}, {"title", "textcontent"}, {"title", "byline", "sitename"})),
)
"""Format -> fields by which a file that is one object is recognised."""
_START = re.compile(r'\s*+(?:\[\s*+)?\{\s*+"')
_FIELD = re.compile(r'"(\w{1,40})"\s*:')
_LOOKED_AT = 65_536


def json_format(data: bytes, text: str) -> str | None:
    """Return the format of a service's export, `json` for other JSON, None for anything else.

    `text` is the beginning of the data: a damaged export is still recognised by it, so that it is not read as a text.
    """
    if not data.lstrip(b"\xef\xbb\xbf \t\r\n").startswith((b"{", b"[")):
        return None
    try:
        value = parsed(data)
    except Unreadable:
        return _damaged(text)
    if isinstance(value, list):
        first = next((entry for entry in value if isinstance(entry, dict)), None)
        return _known(_ENTRIES, set(Record.of(first).fields)) or "json"
    whole = Record.of(value)
    bookmark = Record.of(next(iter(whole.values("bookmarks")), None))
    if {"content", "createdat"} <= set(bookmark.fields):
        return "karakeep"
    return _known((*_WHOLES, *_ENTRIES), set(whole.fields)) or "json"


def _damaged(text: str) -> str | None:
    if not _START.match(text):
        return None
    fields = {key(name) for name in _FIELD.findall(text[:_LOOKED_AT])}
    return _known((*_WHOLES, *_ENTRIES, ("karakeep", ({"bookmarks", "content", "createdat"},))), fields) or "json"


def _known(formats: tuple[tuple[str, tuple[set[str], ...]], ...], fields: AbstractSet[str]) -> str | None:
    return next((name for name, marks in formats if any(mark <= fields for mark in marks)), None)


_SIGNATURES = (
    (rb"%PDF-", "pdf"),
    (rb"\{\\rtf", "rtf"),
    (rb"BM.{4}\0{4}|II\*\0|MM\0\*|\x00\x00\x01\x00|....ftypheic", "image"),
    (rb"ID3|OggS|fLaC|RIFF....(?:WAVE|AVI )|....ftyp|\x1aE\xdf\xa3", "audio"),
    (rb"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "doc"),
    (rb"\x1f\x8b|BZh[1-9]|\xfd7zXZ\0|7z\xbc\xaf\x27\x1c|\x28\xb5\x2f\xfd|Rar!", "gzip"),
    (rb"SQLite format 3\0", "sqlite"),
)
_COMMENT = "<!--(?:(?!-->).)*+-->"
_HTML_START = re.compile(
    rf"(?:\s|<\?xml[^>]*\?>|{_COMMENT})*+"
    r"<(?:!doctype\s+html|(?:html|head|body|title|meta|article|main|section|base)\b)",
    re.IGNORECASE | re.DOTALL,
)
_HTML_BLOCK = re.compile(
    rf"\s*+(?:{_COMMENT}\s*+)*+"
    r"<(?:div|p|h[1-6]|header|table|ul|ol|span|a|img)\b",
    re.IGNORECASE | re.DOTALL,
)
_HTML_INSIDE = re.compile(r"^[^\n`]{0,40}<(?:!doctype\s+html|html)[\s>]", re.IGNORECASE | re.MULTILINE)
_FRONT_MATTER = re.compile(r"---[ \t]*\n(?:\s*\n)?(?:[\"']?[\w][\w .-]*+[\"']?\s*+:|---)")
_MARKDOWN = tuple(
    re.compile(pattern, re.MULTILINE)
    for pattern in (
        r"^#{1,6} \S",
        r"!?\[[^\]\n]{0,300}\]\([^)\s]{1,2000}(?:\s+\"[^\"]{0,300}\")?\)",
        r"(?<![\w*])\*\*[^\s*][^*\n]{0,300}\*\*",
        r"^(?:```|~~~)",
        r"^> \S",
        r"^\[[^\]\n]{1,300}\]: \S",
    )
)
_CONTROLS = bytes((*range(9), *range(14, 32)))
_BINARY_UTF8 = 0.2
"""Share of control characters above which UTF-8 is no text; stray ones may occur in a copied text."""
_BINARY_BYTES = 0.02
"""Share of control characters above which bytes in another encoding are no text."""
_MAIL = frozenset((".eml", ".emlx", ".mbox"))
"""Ends of names that only mail has: a person who saved a letter under one takes it for private."""


def recognise(data: bytes, path: str) -> str:
    """Return the format: `html`, `text`, `markdown`, a key of OPENERS or FOREIGN, `empty`; `binary` for all else."""
    if not data.strip(b" \t\r\n\0\xef\xbb\xbf"):
        return "empty"
    suffix = PurePosixPath(path.strip()).suffix.lower()
    if format_of_bytes := archive_format(data):
        return format_of_bytes
    return "email" if _is_mail(path) else _by_signature(data) or _by_text(data, suffix)


def _is_mail(path: str) -> bool:
    return PurePosixPath(path.strip().lower().removesuffix(".txt")).suffix in _MAIL


def _by_signature(data: bytes) -> str | None:
    if kind(data):
        return "image"
    for signature, name in _SIGNATURES:
        if re.match(signature, data, re.DOTALL):
            return name
    if data.startswith(b"PK\x03\x04"):
        return zip_format(data) or "zip"
    return None


def _by_text(data: bytes, suffix: str) -> str:
    if not wide_encoding(data) and not data.startswith((b"\xff\xfe", b"\xfe\xff")):
        sample = data[:8192]
        odd = (len(sample) - len(sample.translate(None, _CONTROLS))) / len(sample)
        if odd > (_BINARY_UTF8 if _is_utf8(sample) else _BINARY_BYTES):
            return "binary"
    text = decode(data[:262_144]).lstrip("\ufeff")
    if _FRONT_MATTER.match(text):
        return "markdown"
    if shortcut := shortcut_format(data):
        return shortcut
    return (
        table_format(text) or _by_markup(data, text, suffix) or ("markdown" if _is_markdown(text, suffix) else "text")
    )


def _is_utf8(sample: bytes) -> bool:
    """True if bytes are UTF-8, apart from a character that the end of the sample cuts."""
    try:
        codecs.getincrementaldecoder("utf-8")().decode(sample)
    except UnicodeDecodeError:
        return False
    return True


def _by_markup(data: bytes, text: str, suffix: str) -> str | None:
    start = text[:4096]
    if links := bookmark_format(start):
        return links
    page = suffix in (".html", ".htm", ".xhtml") and re.search(r"<[A-Za-z][^>]*>", text)
    if page or _HTML_START.match(start) or (suffix not in (".md", ".markdown", ".txt") and _HTML_INSIDE.search(start)):
        return "html"
    if re.match(r"\s*<\?xml|\s*<(?:rss|feed|svg)\b", start, re.IGNORECASE):
        return "xml"
    if suffix not in (".md", ".markdown") and _HTML_BLOCK.match(start) and re.search(r"</\w+>\s*\Z", text):
        return "html"
    whole = suffix not in (".md", ".markdown") or data.rstrip().endswith((b"}", b"]"))
    return json_format(data, text) if whole else None  # otherwise it is JSON front matter


def _is_markdown(text: str, suffix: str) -> bool:
    """True if the name, or two kinds of mark, or a title in Markdown's notation say so."""
    if suffix in (".md", ".markdown"):
        return True
    return text.lstrip().startswith("# ") or sum(bool(mark.search(text)) for mark in _MARKDOWN) > 1
