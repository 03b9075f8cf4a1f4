"""A saved file, recognised, opened and read: its articles and links, or the problem of each unreadable page."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from types import MappingProxyType

import msgspec

from glossator import rights
from glossator.addresses import web_address
from glossator.config import ExtractSettings
from glossator.model import Extracted, Extraction, ImportedHighlight, LinkListEntry, PageReadings, Problem
from glossator.stages.extract import html, markdown, text
from glossator.stages.extract.containers import exported_metadata, mhtml
from glossator.stages.extract.decode import decode
from glossator.stages.extract.format_in_words import FOREIGN, NOUNS, is_shown
from glossator.stages.extract.html import document
from glossator.stages.extract.html.explain_page import Explanation
from glossator.stages.extract.html.explain_page import explain as explain_page
from glossator.stages.extract.html.facts.head_and_marked_elements import HEAD, loaded_from
from glossator.stages.extract.html.facts.saved_highlights import SIGN, saved_highlights
from glossator.stages.extract.metadata.article_metadata import complete
from glossator.stages.extract.opened_file import Opened, OpenedFile, Part, Unreadable
from glossator.stages.extract.recognise_format import recognise

Reader = Callable[[Part, ExtractSettings], Extracted]
READERS: Mapping[str, Reader] = {
    "document": document.read,
    "html": html.read,
    "markdown": markdown.read,
    "text": text.read,
}
"""Format of a page -> its reader."""
Openers = Mapping[str, Callable[[OpenedFile], Opened]]
"""Format of a file that holds pages or links -> its opener."""
CORE_OPENERS: Openers = MappingProxyType({"mhtml": mhtml.open_mhtml})
"""Openers that every build has; those of other formats are given to it."""

LARGEST_PAGE = 50 * 1024 * 1024
"""Bytes. A page with all its pictures inside has about five million."""
BY_BROWSER = "header comment"
"""Origin of the address of a page of the inbox."""
_LARGE = f"The page has {{:,}} bytes, more than the {LARGEST_PAGE:,} that are read; save it without pictures."
_REMEDY = "save the article as HTML, plain text or Markdown"
REFUSED = {
    "empty": "The file is empty; save the article again.",
    "binary": f"The file is neither text nor any format that Glossator knows; {_REMEDY}.",
    **{name: f"The file is {noun}, which Glossator does not read yet; {_REMEDY}." for name, noun in FOREIGN.items()},
}
"""Format of which no article is made -> the reason, and what to do."""
_UNOPENED = f"The file is {{}}, which this program has no opener for; {_REMEDY}."


def extract(
    file: OpenedFile, settings: ExtractSettings, openers: Openers = CORE_OPENERS, opener: str = ""
) -> Extraction:
    """Return the articles in a saved file, the links that it lists, the problems, and highlights of other programs.

    `opener` is the name of the opener that takes the file; empty if its format is to be recognised.
    """
    recognised = opener or recognise(file.data, file.path)
    if is_shown(recognised, file.path):
        return Extraction(recognised)
    results = tuple(_extracted_parts(file, recognised, settings, openers))
    return Extraction(
        recognised,
        tuple(result for result in results if isinstance(result, Extracted)),
        tuple(result for result in results if isinstance(result, LinkListEntry)),
        tuple(result for result in results if isinstance(result, Problem)),
        tuple(result for result in results if isinstance(result, ImportedHighlight)),
    )


def explain(
    file: OpenedFile, settings: ExtractSettings, openers: Openers = CORE_OPENERS, opener: str = ""
) -> Iterator[tuple[str, Explanation]]:
    """Yield for each page in a saved file its name, what its reader decided, and the origins of the article's metadata.

    `opener` is that of `extract`. Raises Unreadable if no article is made of the file.
    """
    for part in open_parts(file, opener or recognise(file.data, file.path), openers):
        if isinstance(part, Part):
            yield part.entry, _explained(part, settings)


def readings(
    file: OpenedFile, settings: ExtractSettings, entry: str, openers: Openers = CORE_OPENERS, opener: str = ""
) -> PageReadings:
    """Return the article that each reading makes of one page in a saved file; none if the page is no HTML.

    `entry` is the name of the page within the file, `opener` that of `extract`. Raises Unreadable if the file or the
    page cannot be read.
    """
    for part in open_parts(file, opener or recognise(file.data, file.path), openers):
        if isinstance(part, Part) and part.entry == entry and part.format == "html" and len(part.data) <= LARGEST_PAGE:
            page = _of_inbox(_indexed(part))
            made = html.readings(page, settings)
            return msgspec.structs.replace(
                made, articles={name: complete(article, page) for name, article in made.articles.items()}
            )
    return PageReadings()


def _explained(part: Part, settings: ExtractSettings) -> Explanation:
    result = _read(part, settings)
    if isinstance(result, Extracted):
        notes = [*result.notices, *(f"{field}: {origin}." for field, origin in result.conversion.origins)]
    elif part.format == "html":  # the decisions on its blocks can be explained nevertheless
        notes = [result.message]
    else:
        raise Unreadable(result.message, result.line)
    read = Explanation((), (f"It was read as {part.format}.",))
    explanation = explain_page(part, settings) if part.format == "html" else read
    return msgspec.structs.replace(explanation, notes=(*explanation.notes, *notes))


def open_parts(file: OpenedFile, recognised: str, openers: Openers) -> Opened:
    """Return the pages and links in a file of a recognised format.

    Raises Unreadable if nothing is made of the format, or there is no opener for it.
    """
    if recognised in REFUSED:
        raise Unreadable(REFUSED[recognised])
    if recognised in READERS:
        return iter((Part(file, file.data, recognised),))
    if recognised not in openers:
        raise Unreadable(_UNOPENED.format(NOUNS[recognised]))
    return openers[recognised](file)


def _extracted_parts(
    file: OpenedFile, recognised: str, settings: ExtractSettings, openers: Openers
) -> Iterator[Extracted | LinkListEntry | ImportedHighlight | Problem]:
    try:
        for part in open_parts(file, recognised, openers):
            result = _read(_of_inbox(_indexed(part)), settings) if isinstance(part, Part) else part
            if isinstance(result, Extracted):
                yield from (Problem("extract", file.path, notice, fatal=False) for notice in result.notices)
                yield from result.unclear
            yield result
            if isinstance(part, Part) and part.format == "html" and SIGN in part.data:
                yield from saved_highlights(decode(part.data), part.entry)
    except Unreadable as error:
        yield Problem("extract", file.path, error.message, error.line)


def _indexed(part: Part) -> Part:
    """Add the metadata in a snapshot's index to its page, but not the title: the page's includes the site's name."""
    if not part.file.about:
        return part
    index = exported_metadata.about_snapshot(part.file.about)
    listed = msgspec.structs.replace(index, title=None)
    return msgspec.structs.replace(
        part, recognised="archivebox", address=part.address or index.source or "", known=listed, hints=index
    )


def _of_inbox(part: Part) -> Part:
    """Make a page of the inbox private. Its address is the one that the browser wrote, whatever the page says."""
    if not rights.in_inbox(part.file.path):
        return part
    sent = web_address(loaded_from(decode(part.data[:HEAD])) or part.address)
    return msgspec.structs.replace(
        part, rights="private", known=part.known or LinkListEntry(BY_BROWSER, source=sent or None)
    )


def _read(part: Part, settings: ExtractSettings) -> Extracted | Problem:
    if len(part.data) > LARGEST_PAGE:
        return _refused(part, _LARGE.format(len(part.data)))
    try:
        return complete(READERS[part.format](part, settings), part)
    except Unreadable as error:
        return _refused(part, error.message, error.line)


def _refused(part: Part, message: str, line: int | None = None) -> Problem:
    return Problem("extract", part.file.path, f"{part.entry}: {message}" if part.entry else message, line)
