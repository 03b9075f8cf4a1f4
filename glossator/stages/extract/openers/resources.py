"""What an archive of one page holds: documents, of which one has the article, and the pictures that came with them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from urllib.parse import urljoin

from glossator.pictures import kind

MOST_PICTURES = 100_000_000
"""Bytes of the pictures kept with a page until its reader has chosen among them."""
FORMATS = {"text/html": "html", "application/xhtml+xml": "html", "text/plain": "text", "text/markdown": "markdown"}
"""MIME type of a document -> the format of its reader."""

_FRAMESET = re.compile(rb"<frameset[\s>]", re.IGNORECASE)
_SILENT = re.compile(rb"<(script|style|noscript|template)\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Document:
    """One document of an archive."""

    data: bytes
    mime: str
    charset: str = ""
    address: str = ""


def principal(documents: Sequence[Document]) -> Document | None:
    """The document with the article: the first that can be read, or the fullest frame where that is a frameset."""
    readable = [one for one in documents if one.mime in FORMATS]
    if not readable:
        return None
    if _FRAMESET.search(readable[0].data) and len(readable) > 1:
        return max(readable[1:], key=lambda one: amount(one.data))
    return readable[0]


def amount(page: bytes) -> int:
    """Roughly how many bytes of text a page shows: what is outside of tags, scripts and styles, spaces apart.

    In one walk over the bytes, whatever is left open.
    """
    total, position = 0, 0
    while (start := page.find(b"<", position)) >= 0:
        total += len(b"".join(page[position:start].split()))
        silent = _SILENT.match(page, start)
        end = page.find(b"</" + silent[1], start) if silent else page.find(b">", start)
        if end < 0:
            return total
        position = end if silent else end + 1
    return total + len(b"".join(page[position:].split()))


def pictures(found: Iterable[tuple[str, bytes]]) -> dict[str, bytes]:
    """The pictures among an archive's resources by name, up to MOST_PICTURES; the first of each name counts."""
    kept: dict[str, bytes] = {}
    left = MOST_PICTURES
    for name, data in found:
        if name and name not in kept and kind(data) and len(data) <= left:
            kept[name] = data
            left -= len(data)
    return kept


def joined(base: str, name: str) -> str:
    """A resource's name as an absolute address, where its base is known; `name` where the two do not go together."""
    try:
        return urljoin(base, name)
    except ValueError:
        return name
