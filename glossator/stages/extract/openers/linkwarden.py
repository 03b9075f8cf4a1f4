"""The collections of a Linkwarden account -> their links. The account and the copies of pages are not in question."""

from __future__ import annotations

from collections.abc import Iterator

from glossator.model import Listed, Problem
from glossator.stages.extract.openers.records import Record, odd, parsed
from glossator.stages.extract.part import File

ORIGIN = "linkwarden list"


def open_linkwarden(file: File) -> Iterator[Listed | Problem]:
    """The links, collection by collection.

    Raises:
        Unreadable: the JSON is damaged.
    """
    for row, collection in enumerate(Record.of(parsed(file.data)).values("collections"), 1):
        for number, value in enumerate(Record.of(collection).values("links"), 1):
            link = Record.of(value)
            source = link.address("url")
            if not link.fields:
                yield odd(file.path, f"Link {number} of collection {row}")
            elif source:
                yield Listed(
                    ORIGIN,
                    source=source,
                    title=link.text("name"),
                    saved=link.moment("importdate", "createdat"),
                    description=link.text("description"),
                    tags=link.words("tags"),
                )
