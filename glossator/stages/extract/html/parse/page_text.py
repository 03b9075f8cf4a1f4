"""Bytes of a page -> text, in the order of the HTML standard: byte order mark, declared, detected; pages too large."""

from __future__ import annotations

import codecs
import re

import webencodings
from bs4.dammit import EncodingDetector
from charset_normalizer import from_bytes
from lxml.html import HtmlElement

from glossator.stages.extract.opened_file import decode, wide_encoding

_READ_AS = {"gbk": "gb18030", "utf-16be": "utf-8", "utf-16le": "utf-8"}
"""Encodings that another one stands for: its superset, or what a page is in whose declaration could be read."""
_UNREAD = ("replacement", "x-user-defined")
"""Encodings that no browser reads as text."""

_BYTES = {ord(bytes([byte]).decode("windows-1252", "replace")): byte for byte in range(0x80, 0xA0)}
"""Bytes by character, for characters of windows-1252 that ISO-8859-1 lacks."""

_FOREIGN = re.compile(rb"[\x80-\xff]+")

_MARKS = (codecs.BOM_UTF8, codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
_SAMPLE = 65_536
"""Bytes that detection examines: its time is proportional."""


def page_text(data: bytes, stated: str = "") -> str:
    """Decode a page, with replacement characters for invalid bytes and without control characters.

    `stated` is the encoding that the container of the page names.
    """
    if data.startswith(_MARKS) or wide_encoding(data) or _is_utf8(data):
        return decode(_once(data))
    return decode(
        data.decode(_codec(stated) or _declared(data) or _guessed(data), "replace").encode("utf-8", "replace")
    )


def _is_utf8(data: bytes) -> bool:
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        return False
    # ISO-2022-JP is made of ASCII bytes alone: only the page's declaration reveals it.
    return b"\x1b$" not in data


def _once(data: bytes) -> bytes:
    """Return the bytes of a page before they were read as windows-1252 and encoded again, if all of them were."""
    first = _FOREIGN.search(data)
    # The first letter beyond ASCII shows for nearly every page that it was not; trying the whole page is slow.
    if first is None or _decoded_once(first[0]) is None:
        return data
    return _decoded_once(data) or data


def _decoded_once(data: bytes) -> bytes | None:
    try:
        once = data.decode("utf-8").translate(_BYTES).encode("iso-8859-1")
        once.decode("utf-8")
    except UnicodeError:
        return None
    return once


def _declared(data: bytes) -> str | None:
    return _codec(EncodingDetector.find_declared_encoding(data, is_html=True) or "")


def _codec(label: str) -> str | None:
    """Return Python's name of an encoding; None for what is none, or is none of texts, such as `base64`.

    Labels mean what the Encoding Standard says ("Names and labels"), such as windows-1252 by `latin1`.
    """
    standard = webencodings.lookup(label)
    if standard and standard.name not in _UNREAD:
        return _READ_AS.get(standard.name, standard.codec_info.name)
    try:
        name = codecs.lookup(label.strip()).name if label else ""
        if name:
            b"a\xff".decode(name, "replace")
    except (LookupError, ValueError):
        return None
    return name or None


def _guessed(data: bytes) -> str:
    best = from_bytes(data[:_SAMPLE]).best()
    return best.encoding if best else "windows-1252"


MOST = 60_000
"""Elements of a page: reading takes time in proportion, half a minute for twice as many."""
LONGEST = 10_000_000
"""Characters of text, not counting pictures and scripts: the Bible has half as many."""
_MOST_MARKS = 20 * MOST
"""Tag openings above which a page is not even parsed: a tree needs a kilobyte for each."""

TOO_LARGE = f"The page has more than {MOST:,} elements or {LONGEST:,} characters; save a part of its text instead."


def is_too_large(text: str) -> bool:
    """True if the text of a page is too large to be parsed."""
    return text.count("<") > _MOST_MARKS


def is_too_large_when_parsed(text: str, tree: HtmlElement) -> bool:
    """True if a page, given by its text and as a tree, is too large to be read."""
    # A tag makes at most two elements (in a flattened page), so that most pages need not be counted.
    if 2 * text.count("<") <= MOST and len(text) <= LONGEST:
        return False
    elements, length = 0, 0
    for tag in tree.iter():
        elements += 1
        length += len(tag.tail or "") + (len(tag.text or "") if tag.tag not in ("script", "style") else 0)
    return elements > MOST or length > LONGEST
