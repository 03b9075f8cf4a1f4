"""A Karakeep export -> its links, and the texts that were written into it directly."""

from __future__ import annotations

from collections.abc import Iterator

from glossator.model import LinkListEntry, Problem
from glossator.stages.extract.opened_file import OpenedFile, Part
from glossator.stages.extract.openers.exported_metadata import Record, link, parsed

ORIGIN = "karakeep list"


def open_karakeep(file: OpenedFile) -> Iterator[Part | LinkListEntry | Problem]:
    """Yield the bookmarks in the order of the file. Notes are the person's own and are not read.

    Raises Unreadable if the JSON is damaged.
    """
    for number, value in enumerate(Record.of(parsed(file.data)).values("bookmarks"), 1):
        bookmark = Record.of(value)
        if text := bookmark.record("content").raw("text").strip():
            data, known = text.encode("utf-8", "replace"), _known(bookmark)
            yield Part(file, data, "markdown", recognised="karakeep", entry=f"bookmark {number}", known=known)
        else:
            yield from link(value, _known, file, f"Bookmark {number}")


def _known(bookmark: Record) -> LinkListEntry:
    content = bookmark.record("content")
    return LinkListEntry(
        ORIGIN,
        source=content.address("url", "sourceurl"),
        title=bookmark.text("title") or content.text("title"),
        authors=content.people("author"),
        published=content.moment("datepublished"),
        saved=bookmark.moment("createdat"),
        description=content.text("description"),
        tags=bookmark.words("tags"),
    )
