"""Work of a worker in each memoised stage: the items that it is given, and the functions that work on a batch.

The stages are imported where they run: they take long to load, in each process, and most builds have nothing to extract
or nothing to annotate.
"""

from __future__ import annotations

import logging
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import msgspec

from glossator import markup
from glossator.config import AnnotateSettings, ExtractSettings, FileOpeners, SiteError
from glossator.content.article_files import reread
from glossator.files import Unusable, Vanished, read_bytes
from glossator.incremental.workers.article_limits import LimitReached, Limits, essential, limited
from glossator.model import (
    Analysis,
    ArticleHead,
    ArticleId,
    Digest,
    Extraction,
    PageReadings,
    Problem,
    SavedFile,
    Split,
    Text,
)
from glossator.text import digest

if TYPE_CHECKING:
    from glossator.stages.annotate import TypedNames
    from glossator.stages.extract import Openers
    from glossator.stages.extract.format_in_words import Description


COLOUR_LIMITS = Limits(seconds=0.5)
"""Limits for the colours of all listings of one text: most take some milliseconds."""
WITHOUT_COLOURS = "is shown without the colours of its code"


class SavedContent(NamedTuple):
    """The bytes of a saved file, and of what the program that saved it wrote beside it."""

    page: bytes
    about: bytes


class SavedFileInput(msgspec.Struct, frozen=True):
    """A saved file, and the paths by which a worker opens it."""

    file: SavedFile
    path: str
    about: str = ""
    """Path of what the program that saved the file wrote beside it; empty if there is nothing."""
    content: SavedContent | Problem | None = None
    """Content of the files, for a worker that does not share our disk; None if the worker opens the files itself."""
    readings: tuple[tuple[str, str], ...] = ()
    """Readings that a person chose, by the name of the page within the file."""
    opener: str = ""
    """Name of the opener of another package that takes the file; empty if the format is to be recognised."""
    opener_code: str = ""
    """Name, version and digest of that package."""


class ArticleFile(msgspec.Struct, frozen=True):
    """An article, and the path by which a worker opens it."""

    head: ArticleHead
    text: Digest
    """Digest of the Markdown, or of the plain text."""
    language: str
    path: str
    marked: bool
    """True if a person may have marked mentions in the article."""
    plain: bool = False
    """True for a text file that is taken as it stands."""
    listings: bool = False
    """True if the article may have listings whose language is named."""
    highlighted: bool = False
    """True if the article may have highlights in its text."""
    hidden: tuple[str, ...] = ()
    """Keys of the names in the text that are not shown."""
    markdown: str | None = None
    """The text, for a worker that does not share our disk; None for a worker that opens the file itself."""

    @property
    def label(self) -> str:
        return f"articles/{self.head.id}.md"


class RematchItem(NamedTuple):
    """An article to be re-matched."""

    file: ArticleFile
    analysis: Analysis
    shared: TypedNames
    """Names that other articles have."""
    splits: tuple[Split, ...]
    """Decisions about single names of the article."""


class TextWithListings(NamedTuple):
    """An article, or an own page or note, that may have listings."""

    key: str
    label: str
    """Path by which people know the text."""
    digest: Digest
    file: ArticleFile | None = None
    """The article; None for an own page or note."""
    markdown: str = ""
    """The text of an own page or note."""


class TextColours(msgspec.Struct, frozen=True):
    """Colours of the listings of one text; none, and a sentence that says why, if a limit was reached."""

    colours: dict[str, str] = {}
    problem: str = ""


def read_markdown(file: ArticleFile) -> str:
    """Return the text of an article. Raises Unusable if the file was changed since the build looked at it."""
    if file.markdown is not None:
        return file.markdown
    markdown = reread(Path(file.path), file.head, file.hidden).markdown
    if digest(markdown) != file.text:
        raise Unusable("was changed while it was being read: build again")
    return markdown


def read_text(file: ArticleFile) -> Text:
    """Return the text of an article with its blocks. Raises Unusable if the file was changed since."""
    return text_of(file, read_markdown(file))


def text_of(file: ArticleFile, markdown: str) -> Text:
    """Return the text of an article from its Markdown, with its blocks."""
    if not file.plain:
        return markup.read(markdown)
    from glossator.stages.annotate import plain_text  # noqa: PLC0415 -- see the module

    return plain_text(markdown)


def extract_files(
    openers: FileOpeners, batch: tuple[SavedFileInput, ...], settings: ExtractSettings
) -> tuple[Extraction, ...]:
    """Return what the openers and readers make of each saved file, in the order of the batch."""
    from glossator.stages.extract import extract, saved_file  # noqa: PLC0415 -- see the module

    extractions: list[Extraction] = []
    for saved in batch:
        content = saved.content or saved_content(saved)
        if isinstance(content, Problem):
            extractions.append(Extraction("", problems=(content,)))
        else:
            file = saved_file(content.page, saved.file.path, content.about, dict(saved.readings))
            extractions.append(extract(file, settings, openers_by_format(openers), saved.opener))
    return tuple(extractions)


def recognise_files(batch: tuple[SavedFileInput, ...], _: None) -> tuple[Description, ...]:
    from glossator.stages.extract.format_in_words import describe  # noqa: PLC0415 -- see the module

    return tuple(describe(read_bytes(Path(saved.path)), saved.file.path) for saved in batch)


def make_readings(
    openers: FileOpeners, batch: tuple[SavedFileInput, ...], settings: tuple[ExtractSettings, str]
) -> tuple[PageReadings, ...]:
    """Return the article that each reading makes of a page; `settings` has the name of the page within its file."""
    from glossator.stages.extract import readings, saved_file  # noqa: PLC0415 -- see the module

    extracting, entry = settings
    made: list[PageReadings] = []
    for saved in batch:
        about = read_bytes(Path(saved.about)) if saved.about else b""
        file = saved_file(read_bytes(Path(saved.path)), saved.file.path, about)
        made.append(readings(file, extracting, entry, openers_by_format(openers), saved.opener))
    return tuple(made)


def load_readers(openers: FileOpeners, *_: object) -> None:
    from glossator.stages.extract import format_in_words  # noqa: F401, PLC0415 -- see the module

    logging.getLogger("trafilatura").setLevel(logging.CRITICAL)  # another reading may find what it finds no text in
    openers.load()


def openers_by_format(openers: FileOpeners) -> Openers:
    """Return the openers of the core, and those that were added to it."""
    from glossator.stages.extract import CORE_OPENERS  # noqa: PLC0415 -- see the module

    return {**CORE_OPENERS, **openers.load()}


def saved_content(saved: SavedFileInput) -> SavedContent | Problem:
    try:
        return SavedContent(read_bytes(Path(saved.path)), read_bytes(Path(saved.about)) if saved.about else b"")
    except Unusable as error:
        return Problem("extract", saved.file.path, str(error), fatal=not isinstance(error, Vanished))


def with_markdown(file: ArticleFile) -> ArticleFile:
    try:
        return msgspec.structs.replace(file, markdown=read_markdown(file))
    except Unusable:
        return file  # the worker meets the same fault, and reports it


def load_models(batch: tuple[ArticleFile, ...], settings: AnnotateSettings) -> None:
    from glossator.stages.annotate import MissingModel, load_model  # noqa: PLC0415 -- see the module

    try:
        for language in {file.language for file in batch}:
            load_model(language, settings)
    except MissingModel as error:
        raise SiteError(str(error)) from None


def annotate_articles(batch: tuple[ArticleFile, ...], settings: AnnotateSettings) -> tuple[Analysis, ...]:
    from glossator.stages.annotate import MissingModel, annotate  # noqa: PLC0415 -- see the module

    with essential():
        texts: list[tuple[ArticleId, Text, str]] = [(file.head.id, read_text(file), file.language) for file in batch]
    try:
        return annotate(texts, settings)
    except MissingModel as error:
        raise SiteError(str(error)) from None


def colour_listings(batch: tuple[TextWithListings, ...], _: None) -> tuple[TextColours, ...]:
    """Return the colours of the listings of each text; the limit of CPU time holds for all listings of one text."""
    return tuple(map(_colours, batch))


def _colours(text: TextWithListings) -> TextColours:
    from glossator.markup.code_colours import colours_of, lexer_of  # noqa: PLC0415 -- nothing else runs Pygments

    listings = markup.listings_of(read_markdown(text.file) if text.file else text.markdown, own=text.file is None)
    for language, _ in listings:
        lexer_of(language)  # a library that is interrupted while it is loaded may be unusable
    try:
        with limited(COLOUR_LIMITS):
            return TextColours(dict(colours_of(listings)))
    except LimitReached:
        return TextColours(
            problem=f"{WITHOUT_COLOURS}: its listings need more than {COLOUR_LIMITS.seconds} CPU seconds"
        )


def nothing_found(file: ArticleFile) -> Analysis:
    from glossator.stages import annotate  # noqa: PLC0415 -- see the module

    return annotate.nothing_found(file.head.id)


def rematch_articles(
    batch: tuple[RematchItem, ...], settings: tuple[AnnotateSettings, TypedNames]
) -> tuple[Analysis, ...]:
    from glossator.stages.annotate import rematch  # noqa: PLC0415 -- see the module

    annotating, confirmed = settings
    return tuple(
        rematch(item.analysis, read_text(item.file), (confirmed, item.shared), item.splits, annotating)
        for item in batch
    )
