"""Bytes of a page -> text, in the order of the HTML standard: byte order mark, declared encoding, detected one."""

from __future__ import annotations

import codecs
import re

import webencodings
from bs4.dammit import EncodingDetector
from charset_normalizer import from_bytes

from glossator.stages.extract.decode import decode, wide_encoding

_READ_AS = {"gbk": "gb18030", "utf-16be": "utf-8", "utf-16le": "utf-8"}
"""Encodings for which another one stands: the superset that browsers read, or, of a page whose declaration could be
read as ASCII, UTF-8."""
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
    try:
        # `latin-1` is no label of the standard, but a name that Python has for one.
        standard = webencodings.lookup(label) or webencodings.lookup(codecs.lookup(label.strip()).name)
        if standard and standard.name not in _UNREAD:
            return _READ_AS.get(standard.name, standard.codec_info.name)
        name = codecs.lookup(label.strip()).name
        b"a\xff".decode(name, "replace")
    except (LookupError, ValueError):
        return None
    return name


def _guessed(data: bytes) -> str:
    best = from_bytes(data[:_SAMPLE]).best()
    return best.encoding if best else "windows-1252"
