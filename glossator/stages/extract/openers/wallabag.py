"""A wallabag export in JSON -> its articles, and the links without a stored text."""

from __future__ import annotations

import re
from collections.abc import Iterator

from glossator.model import LinkListEntry, Problem
from glossator.stages.extract.opened_file import OpenedFile, Part
from glossator.stages.extract.openers.article_page import article_page
from glossator.stages.extract.openers.exported_metadata import Record, entries, link

ORIGIN = "wallabag export"
_UNTITLED = "No title found"
_FAILED = re.compile(r"wallabag can.{1,6}t retrieve contents for this article", re.IGNORECASE)
"""Text that replaces an article that could not be fetched, in versions that have no field to say so."""


def open_wallabag(file: OpenedFile) -> Iterator[Part | LinkListEntry | Problem]:
    """Yield the entries in the order of the file. Annotations, headers and the account are not read.

    Raises Unreadable if the JSON is damaged.
    """
    names: set[str] = set()
    for number, value in enumerate(entries(file.data), 1):
        entry = Record.of(value)
        content = entry.raw("content")
        if is_text(content) and not entry.flag("isnotparsed"):
            name = entry.text("id") or f"entry {number}"
            name = f"{name} ({number})" if name in names else name
            names.add(name)
            yield article_page(file, content, _known(entry), "wallabag", name)
        else:
            yield from link(value, _known, file, f"Entry {number}")


def is_text(content: str) -> bool:
    """True if `content` is an article's text, rather than empty or an apology."""
    return bool(content.strip()) and not _FAILED.search(content[:500])


def _known(entry: Record) -> LinkListEntry:
    title = entry.text("title")
    return LinkListEntry(
        ORIGIN,
        source=entry.address("url", "givenurl"),
        title=None if title == _UNTITLED else title,
        authors=entry.people("publishedby"),
        published=entry.moment("publishedat"),
        saved=entry.moment("createdat"),
        language=entry.language("language"),
        image=entry.address("previewpicture"),
        tags=entry.words("tags", apart=","),
    )
