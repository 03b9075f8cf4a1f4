"""A Pinboard export in JSON -> its links."""

from __future__ import annotations

from collections.abc import Iterator

from glossator.model import Listed, Problem
from glossator.stages.extract.openers.records import Record, odd, parsed
from glossator.stages.extract.part import File

ORIGIN = "pinboard list"


def open_pinboard(file: File) -> Iterator[Listed | Problem]:
    """The links in the order of the file.

    Raises:
        Unreadable: the JSON is damaged.
    """
    found = parsed(file.data)
    for number, value in enumerate(found if isinstance(found, list) else [found], 1):
        link = Record.of(value)
        source = link.address("href")
        if not link.fields:
            yield odd(file.path, f"Link {number}")
        elif source:
            yield Listed(
                ORIGIN,
                source=source,
                title=link.text("description"),
                saved=link.moment("time"),
                description=link.text("extended"),
                tags=link.words("tags", apart=" "),
            )
