"""Collections of a Linkwarden account -> their links. The account itself and the copies of pages are not read."""

from __future__ import annotations

from collections.abc import Iterator

from glossator.model import LinkListEntry, Problem
from glossator.stages.extract.opened_file import OpenedFile
from glossator.stages.extract.openers.exported_metadata import Record, link, parsed

ORIGIN = "linkwarden list"


def open_linkwarden(file: OpenedFile) -> Iterator[LinkListEntry | Problem]:
    """Yield the links, collection by collection.

    Raises Unreadable if the JSON is damaged.
    """
    for row, collection in enumerate(Record.of(parsed(file.data)).values("collections"), 1):
        for number, value in enumerate(Record.of(collection).values("links"), 1):
            yield from link(value, _known, file, f"Link {number} of collection {row}")


def _known(entry: Record) -> LinkListEntry:
    return LinkListEntry(
        ORIGIN,
        source=entry.address("url"),
        title=entry.text("name"),
        saved=entry.moment("importdate", "createdat"),
        description=entry.text("description"),
        tags=entry.words("tags"),
    )
