"""Formats of services' exports in JSON, told by their fields."""

from __future__ import annotations

import re
from collections.abc import Set as AbstractSet

from glossator.stages.extract.containers.exported_metadata import Record, key, parsed
from glossator.stages.extract.opened_file import Unreadable

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
