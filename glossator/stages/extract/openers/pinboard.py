"""A Pinboard export in JSON -> its links."""

from __future__ import annotations

from collections.abc import Iterator

from glossator.model import LinkListEntry, Problem
from glossator.stages.extract.opened_file import OpenedFile
from glossator.stages.extract.openers.exported_metadata import Record, entries, link

ORIGIN = "pinboard list"


def open_pinboard(file: OpenedFile) -> Iterator[LinkListEntry | Problem]:
    """Yield the links in the order of the file.

    Raises Unreadable if the JSON is damaged.
    """
    for number, value in enumerate(entries(file.data), 1):
        yield from link(value, _known, file, f"Link {number}")


def _known(entry: Record) -> LinkListEntry:
    return LinkListEntry(
        ORIGIN,
        source=entry.address("href"),
        title=entry.text("description"),
        saved=entry.moment("time"),
        description=entry.text("extended"),
        tags=entry.words("tags", apart=" "),
    )
