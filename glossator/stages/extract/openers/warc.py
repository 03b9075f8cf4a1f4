"""WARC (ISO 28500): the answers of servers as they came, with an article for each of the pages among them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from glossator import urls
from glossator.model import LinkListEntry, Problem
from glossator.stages.extract.days import iso
from glossator.stages.extract.openers.captures import Capture, Captures, captures
from glossator.stages.extract.openers.resources import amount
from glossator.stages.extract.part import File, Part
from glossator.stages.extract.unreadable import Unreadable

_LEAST = 250
"""Bytes of text in a document that may be an article: what is shorter is a frame, an advertisement or an error."""


def open_warc(file: File) -> Iterator[Part | LinkListEntry | Problem]:
    """The pages in a web archive, each with the pictures of all.

    Those that the crawler names as pages; where it names none, the last capture of every document that was loaded by
    itself and shows some text. A page that is named and was not captured is a link.

    Raises:
        Unreadable: no page is in it.
    """
    found = captures((file.data,))
    named: dict[Capture, None] = {}
    for address in dict.fromkeys(found.pages):
        if capture := found.nearest(address):
            named[capture] = None
        elif source := urls.web_address(address):
            yield LinkListEntry("warc page list", source=source)
    yield from parts(file, "warc", found, list(named.items()) or likely(found))


def likely(found: Captures) -> list[tuple[Capture, None]]:
    """The captures that may be articles, where nothing says which are."""
    wanted = found.latest()
    return [(one, None) for one in wanted if len(wanted) == 1 or amount(_read(found, one)) >= _LEAST]


def parts(
    file: File, recognised: str, found: Captures, wanted: Iterable[tuple[Capture, LinkListEntry | None]]
) -> Iterator[Part | Problem]:
    """The captures that are wanted, with what is known of each besides, as readers get them; then what went wrong.

    Raises:
        Unreadable: there is nothing to hand on and nothing went wrong.
    """
    empty = True
    for capture, hints in wanted:
        empty = False
        try:
            data = found.read(capture)
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
            files=found.pictures,
        )
    yield from (Problem("extract", file.path, message) for message in found.problems)
    if empty and not found.problems:
        raise Unreadable("The web archive holds no page with the text of an article.")


def _read(found: Captures, capture: Capture) -> bytes:
    try:
        return found.read(capture)
    except Unreadable:
        return b" " * _LEAST
