"""An Omnivore export -> its articles, and the links without a stored text."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from glossator.model import LinkListEntry, Problem
from glossator.stages.extract.opened_file import OpenedFile, Part
from glossator.stages.extract.openers.article_page import article_page
from glossator.stages.extract.openers.exported_metadata import Record, entries, link
from glossator.stages.extract.openers.zip_members import Zipped, opened
from glossator.stages.extract.unreadable import Unreadable

ORIGIN = "omnivore export"
_BATCH = re.compile(r"(?:[^/]+/)?metadata_\d+_to_\d+\.json")
_CONTENT = re.compile(r"(?:[^/]+/)?content/([^/]+)\.(html|pdf)")


def is_omnivore(names: Sequence[str]) -> bool:
    """True if an archive with members of these names is an export of Omnivore."""
    return any(map(_BATCH.fullmatch, names))


def open_omnivore(file: OpenedFile) -> Iterator[Part | LinkListEntry | Problem]:
    """Yield the items in the order of the batches, then the texts that no item names. Highlights are not read.

    Raises Unreadable if the archive is damaged.
    """
    archive = opened(file.data)
    stored = (name for name, member in archive.members.items() if member.file_size)
    contents = {match[1]: name for name in stored if (match := _CONTENT.fullmatch(name))}
    for batch in filter(_BATCH.fullmatch, archive.members):
        try:
            values = entries(archive.read(batch))
        except Unreadable as error:
            yield Problem("extract", file.path, f"{batch}: {error.message}", error.line)
            continue
        for number, value in enumerate(values, 1):
            item = Record.of(value)
            name = contents.pop(item.raw("slug"), "")
            if name:
                yield from _content(file, archive, name, _known(item))
            else:
                yield from link(value, _known, file, f"Item {number} of {batch}")
    for name in contents.values():
        yield from _content(file, archive, name, LinkListEntry(ORIGIN))


def open_items(file: OpenedFile) -> Iterator[LinkListEntry | Problem]:
    """Yield the items of one batch that was taken out of its export.

    Raises Unreadable if the JSON is damaged.
    """
    for number, value in enumerate(entries(file.data), 1):
        yield from link(value, _known, file, f"Item {number}")


def _content(
    file: OpenedFile, archive: Zipped, name: str, known: LinkListEntry
) -> Iterator[Part | LinkListEntry | Problem]:
    entry = name.rpartition("/")[2]
    try:
        data = _data(archive, name)
    except Unreadable as error:
        yield Problem("extract", file.path, f"{entry}: {error.message}")
        if known.source:
            yield known
        return
    yield article_page(file, data.decode("utf-8", "replace"), known, "omnivore", entry.removesuffix(".html"))


def _data(archive: Zipped, name: str) -> bytes:
    if name.endswith(".pdf"):
        raise Unreadable("The article is a PDF document, which Glossator does not read yet; save its text.")
    return archive.read(name)


def _known(item: Record) -> LinkListEntry:
    return LinkListEntry(
        ORIGIN,
        source=item.address("url", "originalarticleurl"),
        title=item.text("title"),
        site=item.text("sitename"),
        authors=item.people("author"),
        published=item.moment("publishedat"),
        saved=item.moment("savedat"),
        description=item.text("description"),
        image=item.address("thumbnail", "image"),
        tags=item.words("labels"),
    )
