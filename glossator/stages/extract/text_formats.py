"""Formats of texts, told by content and by the end of a name: HTML, JSON, Markdown, lists of links, plain text."""

from __future__ import annotations

import codecs
import re
from collections.abc import Set as AbstractSet

from glossator.stages.extract.containers.exported_metadata import Record, key, parsed
from glossator.stages.extract.containers.highlight_formats import highlights_in_json, highlights_in_text
from glossator.stages.extract.containers.link_formats import bookmark_format, shortcut_format, table_format
from glossator.stages.extract.decode import decode, wide_encoding
from glossator.stages.extract.opened_file import Unreadable

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


def by_text(data: bytes, suffix: str) -> str:
    """Return the format of what no signature of bytes tells; `suffix` is the end of its name, in small letters."""
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
    if highlights := highlights_in_text(text):
        return highlights
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
    return _json_format(data, text) if whole else None  # otherwise it is JSON front matter


def _is_markdown(text: str, suffix: str) -> bool:
    """True if the name, or two kinds of mark, or a title in Markdown's notation say so."""
    if suffix in (".md", ".markdown"):
        return True
    return text.lstrip().startswith("# ") or sum(bool(mark.search(text)) for mark in _MARKDOWN) > 1


def _json_format(data: bytes, text: str) -> str | None:
    """Return the format of a service's export, `json` for other JSON, None for anything else.

    `text` is the beginning of the data: a damaged export is still recognised by it, so that it is not read as a text.
    """
    if not data.lstrip(b"\xef\xbb\xbf \t\r\n").startswith((b"{", b"[")):
        return None
    try:
        value = parsed(data)
    except Unreadable:
        return _damaged(text)
    if highlights := highlights_in_json(value):
        return highlights
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
