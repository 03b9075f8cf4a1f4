"""WARC (ISO 28500): recorded answers of servers -> an article for each page among them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from glossator import web_addresses
from glossator.model import LinkListEntry, Problem
from glossator.stages.extract.date_parsing import iso
from glossator.stages.extract.opened_file import OpenedFile, Part
from glossator.stages.extract.openers.principal_document import amount
from glossator.stages.extract.openers.web_archive_captures import Capture, Captures, captures
from glossator.stages.extract.unreadable import Unreadable

_LEAST = 250
"""Bytes of text in a document that may be an article: anything shorter is a frame, an advertisement or an error."""


def open_warc(file: OpenedFile) -> Iterator[Part | LinkListEntry | Problem]:
    """Yield the pages in a web archive, each with the pictures of the whole archive.

    Pages are what the crawler names as pages; if it names none, the last capture of every document that was loaded by
    itself and shows some text. A page that is named but was not captured is a link.

    Raises Unreadable if the archive holds no page.
    """
    collected = captures((file.data,))
    named: dict[Capture, None] = {}
    for address in dict.fromkeys(collected.pages):
        if capture := collected.nearest(address):
            named[capture] = None
        elif source := web_addresses.web_address(address):
            yield LinkListEntry("warc page list", source=source)
    yield from parts(file, "warc", collected, list(named.items()) or likely(collected))


def likely(collected: Captures) -> list[tuple[Capture, None]]:
    """Return the captures that may be articles, for an archive that does not list its pages."""
    wanted = collected.latest()
    return [(capture, None) for capture in wanted if len(wanted) == 1 or amount(_read(collected, capture)) >= _LEAST]


def parts(
    file: OpenedFile, recognised: str, collected: Captures, wanted: Iterable[tuple[Capture, LinkListEntry | None]]
) -> Iterator[Part | Problem]:
    """Yield the wanted captures as readers receive them, each with its metadata; then the problems.

    `recognised` is the format's name in the front matter.

    Raises Unreadable if there is neither a capture nor a problem.
    """
    empty = True
    for capture, hints in wanted:
        empty = False
        try:
            data = collected.read(capture)
        except Unreadable as error:
            yield Problem("extract", file.path, f"{capture.address}: {error.message}")
            continue
        yield Part(
            file,
            data,
            "html",
            recognised=recognised,
            entry=capture.address,
            charset=capture.charset,
            address=capture.address,
            hints=hints or LinkListEntry("warc record", saved=iso(capture.date) or None),
            files=collected.pictures,
        )
    yield from (Problem("extract", file.path, message) for message in collected.problems)
    if empty and not collected.problems:
        raise Unreadable("The web archive holds no page with the text of an article.")


def _read(collected: Captures, capture: Capture) -> bytes:
    try:
        return collected.read(capture)
    except Unreadable:
        return b" " * _LEAST
