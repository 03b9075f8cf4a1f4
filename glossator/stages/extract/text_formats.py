"""Formats of texts, told by content and by the end of a name: HTML, Markdown, lists of links, plain text."""

from __future__ import annotations

import codecs
import re

from glossator.stages.extract.containers.json_formats import json_format
from glossator.stages.extract.containers.link_formats import bookmark_format, shortcut_format, table_format
from glossator.stages.extract.decode import decode, wide_encoding

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


def by_text(data: bytes, suffix: str) -> str:
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
