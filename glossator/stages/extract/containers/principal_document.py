"""Resources in an archive of one page: documents, one of which has the article, and the pictures saved with them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from urllib.parse import urljoin

import msgspec

from glossator.local_pictures import kind

MOST_PICTURES = 100_000_000
"""Bytes of the pictures held with a page until its reader has chosen among them."""
FORMATS = {"text/html": "html", "application/xhtml+xml": "html", "text/plain": "text", "text/markdown": "markdown"}
"""MIME type of a document -> the format of its reader."""

_FRAMESET = re.compile(rb"<frameset[\s>]", re.IGNORECASE)
_SILENT = re.compile(rb"<(script|style|noscript|template)\b", re.IGNORECASE)


class Document(msgspec.Struct, frozen=True):
    """Document of an archive."""

    data: bytes
    mime: str
    charset: str = ""
    address: str = ""


def principal(documents: Sequence[Document]) -> Document | None:
    """Return the document with the article: the first readable one, or the fullest frame if that is a frameset."""
    readable = [document for document in documents if document.mime in FORMATS]
    if not readable:
        return None
    if _FRAMESET.search(readable[0].data) and len(readable) > 1:
        return max(readable[1:], key=lambda document: amount(document.data))
    return readable[0]


def amount(page: bytes) -> int:
    """Estimate the bytes of text that a page shows: what is outside of tags, scripts and styles, without spaces.

    One pass over the bytes suffices, even if tags are left open.
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


def pictures(resources: Iterable[tuple[str, bytes]]) -> dict[str, bytes]:
    """Return the pictures among an archive's resources by name, up to MOST_PICTURES; the first of each name counts."""
    chosen: dict[str, bytes] = {}
    left = MOST_PICTURES
    for name, data in resources:
        if name and name not in chosen and kind(data) and len(data) <= left:
            chosen[name] = data
            left -= len(data)
    return chosen


def joined(base: str, name: str) -> str:
    """Resolve a resource's name to an absolute address if its base is known; `name` if the two cannot be joined."""
    try:
        return urljoin(base, name)
    except ValueError:
        return name
