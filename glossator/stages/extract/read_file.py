"""A saved file, recognised, opened and read: its articles and links, or the problem of each unreadable page."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Iterator, Mapping
from types import MappingProxyType

import msgspec

from glossator.config import ExtractSettings
from glossator.model import Extracted, Extraction, LinkListEntry, PageReadings, Problem
from glossator.stages.extract import document, html, markdown, text
from glossator.stages.extract.complete_from_export import complete
from glossator.stages.extract.detect import recognise
from glossator.stages.extract.detect.files_without_articles import FOREIGN, is_shown, unknown_ending
from glossator.stages.extract.html.explain import Explanation
from glossator.stages.extract.html.explain import explain as explain_page
from glossator.stages.extract.opened_file import OpenedFile, Part
from glossator.stages.extract.openers import (
    archivebox,
    docx,
    epub,
    link_lists,
    mail,
    mhtml,
    pdf,
    services,
    web_archives,
    webarchive,
    zipped_files,
    zipped_page,
)
from glossator.stages.extract.unreadable import Unreadable

Reader = Callable[[Part, ExtractSettings], Extracted]
Opener = Callable[[OpenedFile], Iterable[Part | LinkListEntry | Problem]]


READERS: Mapping[str, Reader] = {
    "document": document.read,
    "html": html.read,
    "markdown": markdown.read,
    "text": text.read,
}
"""Format of a page -> its reader."""
OPENERS: Mapping[str, Opener] = {
    "bookmarks": link_lists.open_bookmarks,
    "karakeep": services.open_karakeep,
    "linkwarden": services.open_linkwarden,
    "docx": docx.open_word,
    "email": mail.open_mail,
    "epub": epub.open_epub,
    "mbox": mail.open_mailbox,
    "mhtml": mhtml.open_mhtml,
    "omnivore": services.open_omnivore,
    "omnivore-json": services.open_omnivore_items,
    "pdf": pdf.open_pdf,
    "pinboard": services.open_pinboard,
    "pocket-html": link_lists.open_bookmarks,
    "pocket-zip": link_lists.open_pocket,
    "readability": services.open_readability,
    "readeck": services.open_readeck,
    **dict.fromkeys(("desktop", "url", "webloc"), link_lists.open_shortcut),
    "wacz": web_archives.open_wacz,
    "wallabag": services.open_wallabag,
    "warc": web_archives.open_warc,
    "webarchive": webarchive.open_webarchive,
    "zipped-html": zipped_page.open_packed,
    **dict.fromkeys(link_lists.FORMATS, link_lists.open_table),
}
"""Format of a file that holds pages or links -> its opener. A plain ZIP archive has one for each of its files."""

MOST_REFUSED = 20
"""Files of a ZIP archive that are told one by one if they cannot be read."""
NO_READINGS: Mapping[str, str] = MappingProxyType({})

LARGEST_PAGE = 50 * 1024 * 1024
"""Bytes. A page with all its pictures inside has about five million."""
_LARGE = f"The page has {{:,}} bytes, more than the {LARGEST_PAGE:,} that are read; save it without pictures."
_REMEDY = "save the article as HTML, plain text or Markdown"
_REFUSED = {
    "empty": "The file is empty; save the article again.",
    "binary": f"The file is neither text nor any format that Glossator knows; {_REMEDY}.",
    **{name: f"The file is {noun}, which Glossator does not read yet; {_REMEDY}." for name, noun in FOREIGN.items()},
}

_REFUSED_WITHIN = {**_REFUSED, "zip": "It is a ZIP archive within a ZIP archive; unpack the outer one."}


def extract(
    data: bytes, path: str, settings: ExtractSettings, about: bytes = b"", readings: Mapping[str, str] = NO_READINGS
) -> Extraction:
    """Return the articles in a saved file, the links that it lists, and the problems.

    `path` is the file's path below `saved/`; `about` is what its program wrote beside it (the index of a snapshot);
    `readings` are those that a person chose, by the name of the page within the file.
    """
    recognised = recognise(data, path)
    if is_shown(recognised, path):
        return Extraction(recognised)
    if recognised in _REFUSED:
        return Extraction(recognised, problems=(Problem("extract", path, _REFUSED[recognised]),))
    file = OpenedFile(path, data, hashlib.sha256(data).hexdigest(), about, readings)
    results = tuple(_extracted_parts(file, recognised, settings))
    return Extraction(
        recognised,
        tuple(result for result in results if isinstance(result, Extracted)),
        tuple(result for result in results if isinstance(result, LinkListEntry)),
        tuple(result for result in results if isinstance(result, Problem)),
    )


def explain(data: bytes, path: str, settings: ExtractSettings) -> Iterator[tuple[str, Explanation]]:
    """Yield for each page in a saved file its name, what its reader decided, and the origins of the article's metadata.

    `path` is the file's path below `saved/`. Raises Unreadable if no article is made of the file.
    """
    recognised = recognise(data, path)
    if recognised in _REFUSED:
        raise Unreadable(_REFUSED[recognised])
    file = OpenedFile(path, data, hashlib.sha256(data).hexdigest())
    for part in _parts(file, recognised):
        if isinstance(part, Part):
            yield part.entry, _explained(part, settings)


def readings(data: bytes, path: str, settings: ExtractSettings, about: bytes = b"", entry: str = "") -> PageReadings:
    """Return the article that each reading makes of one page in a saved file; none if the page is no HTML.

    `path` and `about` are those of `extract`; `entry` is the name of the page within the file. Raises Unreadable if
    the file or the page cannot be read.
    """
    recognised = recognise(data, path)
    if recognised in _REFUSED:
        raise Unreadable(_REFUSED[recognised])
    file = OpenedFile(path, data, hashlib.sha256(data).hexdigest(), about)
    for part in _parts(file, recognised):
        if isinstance(part, Part) and part.entry == entry and part.format == "html" and len(part.data) <= LARGEST_PAGE:
            known = _indexed(part)
            found = html.readings(known, settings)
            return msgspec.structs.replace(
                found, articles={name: complete(article, known) for name, article in found.articles.items()}
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


def _parts(file: OpenedFile, recognised: str) -> Iterable[Part | LinkListEntry | Problem]:
    if recognised == "zip":
        return _opened_members(file)
    return OPENERS[recognised](file) if recognised in OPENERS else (Part(file, file.data, recognised),)


def _opened_members(file: OpenedFile) -> Iterator[Part | LinkListEntry | Problem]:
    """Yield the pages and links in the files of a ZIP archive; those that cannot be read are told, up to a number."""
    refused = read = 0
    for member in zipped_files.members(file):
        results = _members_parts(file, member) if isinstance(member, zipped_files.Member) else iter((member,))
        for result in results:
            refused += isinstance(result, Problem)
            read += not isinstance(result, Problem)
            if not isinstance(result, Problem) or refused <= MOST_REFUSED:
                yield result
    if refused > MOST_REFUSED:
        yield Problem("extract", file.path, f"{refused - MOST_REFUSED} more of its files could not be read.")
    if not read and not refused:
        raise Unreadable("The ZIP archive holds no file of which an article could be made.")


def _members_parts(file: OpenedFile, member: zipped_files.Member) -> Iterator[Part | LinkListEntry | Problem]:
    recognised = recognise(member.data, member.name)
    if recognised == "empty" or unknown_ending(recognised, member.name):
        return
    if message := _REFUSED_WITHIN.get(recognised):
        yield Problem("extract", file.path, f"{member.name}: {message}")
        return
    inner = OpenedFile(member.name, member.data, file.sha256)
    try:
        for part in _parts(inner, recognised):
            if isinstance(part, Part):
                entry = f"{member.name}: {part.entry}" if part.entry else member.name
                yield msgspec.structs.replace(part, file=file, entry=entry, files=part.files or member.files)
            elif isinstance(part, Problem):
                yield msgspec.structs.replace(part, path=file.path, message=f"{member.name}: {part.message}")
            else:
                yield part
    except Unreadable as error:
        yield Problem("extract", file.path, f"{member.name}: {error.message}", error.line)


def _extracted_parts(
    file: OpenedFile, recognised: str, settings: ExtractSettings
) -> Iterator[Extracted | LinkListEntry | Problem]:
    try:
        for part in _parts(file, recognised):
            result = _read(_indexed(part), settings) if isinstance(part, Part) else part
            if isinstance(result, Extracted):
                yield from (Problem("extract", file.path, notice, fatal=False) for notice in result.notices)
                yield from result.unclear
            yield result
    except Unreadable as error:
        yield Problem("extract", file.path, error.message, error.line)


def _indexed(part: Part) -> Part:
    """Add the metadata in a snapshot's index to its page, but not the title: the page's includes the site's name."""
    if not part.file.about:
        return part
    index = archivebox.about(part.file.about)
    known = msgspec.structs.replace(index, title=None)
    return msgspec.structs.replace(
        part, recognised="archivebox", address=part.address or index.source or "", known=known, hints=index
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
