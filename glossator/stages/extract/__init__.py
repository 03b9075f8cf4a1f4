"""Saved file -> articles: what the file is, what is in it, and the reader for each page of it.

An opener is one function, `open(file) -> pages, links and problems`, for one format that holds pages; a file that is a
page needs none. A reader is one function, `read(part, settings) -> Extracted`. Both raise Unreadable.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace

from glossator.config import ExtractSettings
from glossator.model import Extracted, Extraction, LinkListEntry, Problem
from glossator.stages.extract import html, markdown, text
from glossator.stages.extract.detect import FOREIGN, is_shown, recognise
from glossator.stages.extract.html.explain import Explanation
from glossator.stages.extract.html.explain import explain as explain_page
from glossator.stages.extract.known import completed
from glossator.stages.extract.openers import (
    archivebox,
    bookmarks,
    karakeep,
    linkwarden,
    mhtml,
    omnivore,
    pinboard,
    pocket,
    readability,
    readeck,
    selfextracting,
    tables,
    wacz,
    wallabag,
    warc,
    webarchive,
)
from glossator.stages.extract.part import File, Part
from glossator.stages.extract.unreadable import Unreadable

Reader = Callable[[Part, ExtractSettings], Extracted]
Opener = Callable[[File], Iterable[Part | LinkListEntry | Problem]]


READERS: Mapping[str, Reader] = {"html": html.read, "markdown": markdown.read, "text": text.read}
"""Format of a page -> its reader."""
OPENERS: Mapping[str, Opener] = {
    "bookmarks": bookmarks.open_bookmarks,
    "karakeep": karakeep.open_karakeep,
    "linkwarden": linkwarden.open_linkwarden,
    "mhtml": mhtml.open_mhtml,
    "omnivore": omnivore.open_omnivore,
    "omnivore-json": omnivore.open_items,
    "pinboard": pinboard.open_pinboard,
    "pocket-html": bookmarks.open_bookmarks,
    "pocket-zip": pocket.open_pocket,
    "readability": readability.open_readability,
    "readeck": readeck.open_readeck,
    "wacz": wacz.open_wacz,
    "wallabag": wallabag.open_wallabag,
    "warc": warc.open_warc,
    "webarchive": webarchive.open_webarchive,
    "zipped-html": selfextracting.open_packed,
    **dict.fromkeys(tables.FORMATS, tables.open_table),
}
"""Format of a file that holds pages or links -> its opener."""

LARGEST_PAGE = 50 * 1024 * 1024
"""Bytes. A page with all its pictures inside has about five million."""
_LARGE = f"The page has {{:,}} bytes, more than the {LARGEST_PAGE:,} that are read; save it without pictures."
_REMEDY = "save the article as HTML, plain text or Markdown"
_REFUSED = {
    "empty": "The file is empty; save the article again.",
    "binary": f"The file is neither text nor any format that Glossator knows; {_REMEDY}.",
    **{name: f"The file is {noun}, which Glossator does not read yet; {_REMEDY}." for name, noun in FOREIGN.items()},
}


def extract(data: bytes, path: str, settings: ExtractSettings, about: bytes = b"") -> Extraction:
    """The articles in a saved file, the links that it lists, and why there are none.

    `path` is the file's path below `saved/`; `about` is what its program wrote beside it.
    """
    recognised = recognise(data, path)
    if is_shown(recognised, path):
        return Extraction(recognised)
    if recognised in _REFUSED:
        return Extraction(recognised, problems=(Problem("extract", path, _REFUSED[recognised]),))
    file = File(path, data, hashlib.sha256(data).hexdigest(), about)
    found = tuple(_found(file, recognised, settings))
    return Extraction(
        recognised,
        tuple(one for one in found if isinstance(one, Extracted)),
        tuple(one for one in found if isinstance(one, LinkListEntry)),
        tuple(one for one in found if isinstance(one, Problem)),
    )


def explain(data: bytes, path: str, settings: ExtractSettings) -> Iterator[tuple[str, Explanation]]:
    """For each page in a saved file its name, what its reader decided, and where its article's head is from.

    Raises:
        Unreadable: no article is made of the file.
    """
    recognised = recognise(data, path)
    if recognised in _REFUSED:
        raise Unreadable(_REFUSED[recognised])
    file = File(path, data, hashlib.sha256(data).hexdigest())
    for part in _parts(file, recognised):
        if isinstance(part, Part):
            yield part.entry, _explained(part, settings)


def _explained(part: Part, settings: ExtractSettings) -> Explanation:
    made = _read(part, settings)
    if isinstance(made, Extracted):
        notes = [*made.notices, *(f"{field}: {origin}." for field, origin in made.conversion.origins)]
    elif part.format == "html":  # what became of its blocks can be told all the same
        notes = [made.message]
    else:
        raise Unreadable(made.message, made.line)
    read = Explanation((), (f"It was read as {part.format}.",))
    found = explain_page(part, settings) if part.format == "html" else read
    return replace(found, notes=(*found.notes, *notes))


def _parts(file: File, recognised: str) -> Iterable[Part | LinkListEntry | Problem]:
    return OPENERS[recognised](file) if recognised in OPENERS else (Part(file, file.data, recognised),)


def _found(file: File, recognised: str, settings: ExtractSettings) -> Iterator[Extracted | LinkListEntry | Problem]:
    try:
        for one in _parts(file, recognised):
            made = _read(_indexed(one), settings) if isinstance(one, Part) else one
            if isinstance(made, Extracted):
                yield from (Problem("extract", file.path, notice, fatal=False) for notice in made.notices)
            yield made
    except Unreadable as error:
        yield Problem("extract", file.path, error.message, error.line)


def _indexed(part: Part) -> Part:
    """A page of a snapshot with what the snapshot's index says; its title is the page's, with the site's name in it."""
    if not part.file.about:
        return part
    said = archivebox.about(part.file.about)
    known = replace(said, title=None)
    return replace(part, recognised="archivebox", address=part.address or said.source or "", known=known, hints=said)


def _read(part: Part, settings: ExtractSettings) -> Extracted | Problem:
    if len(part.data) > LARGEST_PAGE:
        return _refused(part, _LARGE.format(len(part.data)))
    try:
        return completed(READERS[part.format](part, settings), part)
    except Unreadable as error:
        return _refused(part, error.message, error.line)


def _refused(part: Part, message: str, line: int | None = None) -> Problem:
    return Problem("extract", part.file.path, f"{part.entry}: {message}" if part.entry else message, line)
