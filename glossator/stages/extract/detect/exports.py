"""Which service a JSON file is the export of, by the fields in it."""

from __future__ import annotations

import re
from collections.abc import Set as AbstractSet

from glossator.stages.extract.openers.records import Record, key, parsed
from glossator.stages.extract.unreadable import Unreadable

_ENTRIES = (
    ("wallabag", ({"url", "content", "isarchived"}, {"url", "content", "isread", "isfav"})),
    ("omnivore-json", ({"url", "slug", "savedat"},)),
    ("pinboard", ({"href", "description", "time"},)),
)
"""Format -> fields by which an entry of a list is known."""
_WHOLES = (
    ("linkwarden", ({"collections", "username"},)),
    ("readability", ({"title", "content", "excerpt"}, {"title", "textcontent"}, {"title", "byline", "sitename"})),
)
"""Format -> fields by which a file that is one object is known."""
_START = re.compile(r'\s*(\[)?\s*\{\s*"')
_FIELD = re.compile(r'"(\w{1,40})"\s*:')
_LOOKED_AT = 65_536


def json_format(data: bytes, text: str) -> str | None:
    """A service's export, `json` for any other, nothing for what is none. `text` is how the data begins.

    One that is damaged is still known by how it begins, so that it is not taken for a text.
    """
    if not data.lstrip(b"\xef\xbb\xbf \t\r\n").startswith((b"{", b"[")):
        return None
    try:
        value = parsed(data)
    except Unreadable:
        return _damaged(text)
    if isinstance(value, list):
        first = next((one for one in value if isinstance(one, dict)), None)
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
