"""The memoised stages: what goes into each run, what comes out, and what the result depends on.

The stages are imported where they run: they take long to load, in each process, and most builds have nothing to extract
or nothing to annotate.
"""

from __future__ import annotations

import gc
import logging
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import msgspec

from glossator import markup
from glossator.config import AnnotateSettings, ExtractSettings, SiteError
from glossator.content.article_files import reread
from glossator.content.article_store import ArticleStore, StoredArticle
from glossator.files import Unusable, Vanished, read_bytes
from glossator.incremental.article_limits import essential
from glossator.incremental.code_versions import annotate_code, extract_code, rematch_code
from glossator.incremental.memo import StageResult
from glossator.incremental.stage import Stage
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
    from glossator.stages.extract.format_in_words import Description

PAGES_A_BATCH = 4
ARTICLES_A_REMATCH = 200
"""Articles re-matched in one batch: at two milliseconds each, enough to be worth a worker."""
FILES_A_RECOGNITION = 250
"""Files recognised in one batch: a millisecond each."""
RISKY_PAGE = 5_000_000
RISKY_ARTICLE = 500_000
"""Bytes of a saved file, and of an article, from which on it is worked on in a process that can be ended."""
_UNPACKED = (b"PK", b"\x1f\x8b", b"%PDF")
"""Beginnings of files that may unpack to any size, and whose readers are libraries that nothing can call back."""
ARTICLES_A_BATCH = 16
"""Articles annotated in one batch. spaCy's memory grows with the batch and its speed does not: 4 to 32 are equal."""

AnalysisResult = StageResult[Analysis]


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


def article_file(store: ArticleStore, stored: StoredArticle, language: str) -> ArticleFile:
    """Return the article as a worker is given it; `language` is that of an article that does not say."""
    path = f"{store.folder}/{stored.file}"
    return ArticleFile(
        stored.head,
        stored.text,
        stored.head.language or language,
        path,
        stored.article_links.marked,
        hidden=stored.hidden,
    )


def saved_file_input(folder: Path, file: SavedFile, readings: Iterable[tuple[str, str]] = ()) -> SavedFileInput:
    """Return a file found below a folder as a worker is given it.

    `readings` are those that a person chose, by the name of the page within the file.
    """
    about = str(folder / file.about.path) if file.about else ""
    return SavedFileInput(file, str(folder / file.path), about, readings=tuple(sorted(readings)))


def extract_stage(settings: ExtractSettings) -> Stage[SavedFileInput, Extraction]:
    return Stage(
        name="extract",
        work=_extract,
        result=Extraction,
        settings=settings,
        code=extract_code,
        label=lambda saved: saved.file.path,
        input=lambda saved: digest(
            saved.file.path,
            saved.file.digest,
            saved.file.about.digest if saved.file.about else "",
            *(f"{entry} {reading}" for entry, reading in saved.readings),
        ),
        batch_size=PAGES_A_BATCH,
        singly=True,
        pack=lambda saved: msgspec.structs.replace(saved, content=_opened(saved)),
        prepare=_load_readers,
        risky=_is_risky_page,
    )


def recognise_stage() -> Stage[SavedFileInput, Description]:
    """Return the stage that says what a file is, without reading it as an article."""
    from glossator.stages.extract.format_in_words import Description  # noqa: PLC0415 -- see the module

    return Stage(
        name="recognise",
        work=_recognise,
        result=Description,
        settings=None,
        code=extract_code,
        label=lambda saved: saved.file.path,
        input=lambda saved: saved.file.digest,
        batch_size=FILES_A_RECOGNITION,
        singly=True,
        prepare=_load_readers,
        risky=_is_risky_page,
    )


def readings_stage(settings: ExtractSettings, entry: str) -> Stage[SavedFileInput, PageReadings]:
    """Return the stage that makes every reading of one page; `entry` is the name of the page within its file."""
    return Stage(
        name="extract",
        work=_readings,
        result=PageReadings,
        settings=(settings, entry),
        code=lambda _: extract_code(settings),
        label=lambda saved: saved.file.path,
        input=lambda saved: saved.file.digest,
        batch_size=1,
        prepare=_load_readers,
        risky=_is_risky_page,
    )


def annotate_stage(settings: AnnotateSettings) -> Stage[ArticleFile, Analysis]:
    return Stage(
        name="annotate",
        work=_annotate,
        result=Analysis,
        settings=settings,
        code=annotate_code,
        label=lambda file: file.label,
        input=lambda file: digest(file.head.id, file.language, file.text),
        batch_size=ARTICLES_A_BATCH,
        pack=_packed,
        prepare=_load_models,
        risky=is_risky,
        at_limit=_nothing_found,
        lost="is shown without marks",
    )


def rematch_stage(settings: AnnotateSettings, confirmed: TypedNames) -> Stage[RematchItem, Analysis]:
    """Return the stage that applies what people and other articles say: a decision does not start the model."""
    return Stage(
        name="rematch",
        work=_rematch,
        result=Analysis,
        settings=(settings, confirmed),
        code=rematch_code,
        label=lambda item: item.file.label,
        input=lambda item: digest(item.file.text, item.analysis.digest, repr((item.shared, item.splits))),
        batch_size=ARTICLES_A_REMATCH,
        pack=lambda item: item._replace(file=_packed(item.file)),
        risky=lambda item: is_risky(item.file),
        at_limit=lambda item: item.analysis,
        lost="is shown without the names that other articles or people know",
    )


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


def _extract(batch: tuple[SavedFileInput, ...], settings: ExtractSettings) -> tuple[Extraction, ...]:
    from glossator.stages.extract import extract  # noqa: PLC0415 -- see the module

    logging.getLogger("trafilatura").setLevel(logging.CRITICAL)  # another reading may find what it finds no text in
    extractions: list[Extraction] = []
    for saved in batch:
        content = saved.content or _opened(saved)
        if isinstance(content, Problem):
            extractions.append(Extraction("", problems=(content,)))
        else:
            extractions.append(extract(content.page, saved.file.path, settings, content.about, dict(saved.readings)))
    return tuple(extractions)


def _recognise(batch: tuple[SavedFileInput, ...], _: None) -> tuple[Description, ...]:
    from glossator.stages.extract.format_in_words import describe  # noqa: PLC0415 -- see the module

    return tuple(describe(read_bytes(Path(saved.path)), saved.file.path) for saved in batch)


def _readings(batch: tuple[SavedFileInput, ...], settings: tuple[ExtractSettings, str]) -> tuple[PageReadings, ...]:
    from glossator.stages.extract import readings  # noqa: PLC0415 -- see the module

    logging.getLogger("trafilatura").setLevel(logging.CRITICAL)  # another reading may find what it finds no text in
    extracting, entry = settings
    made: list[PageReadings] = []
    for saved in batch:
        about = read_bytes(Path(saved.about)) if saved.about else b""
        made.append(readings(read_bytes(Path(saved.path)), saved.file.path, extracting, about, entry))
    return tuple(made)


def _load_readers(*_: object) -> None:
    from glossator.stages.extract import format_in_words  # noqa: F401, PLC0415 -- see the module


def _is_risky_page(saved: SavedFileInput) -> bool:
    """True if a saved file is large, or may be once it is unpacked, so that a process that can be ended works on it."""
    try:
        return saved.file.size > RISKY_PAGE or read_bytes(Path(saved.path), 4).startswith(_UNPACKED)
    except Unusable:
        return False  # the stage reports it


def _opened(saved: SavedFileInput) -> SavedContent | Problem:
    try:
        return SavedContent(read_bytes(Path(saved.path)), read_bytes(Path(saved.about)) if saved.about else b"")
    except Unusable as error:
        return Problem("extract", saved.file.path, str(error), fatal=not isinstance(error, Vanished))


def _packed(file: ArticleFile) -> ArticleFile:
    try:
        return msgspec.structs.replace(file, markdown=read_markdown(file))
    except Unusable:
        return file  # the worker meets the same fault, and reports it


def is_risky(file: ArticleFile) -> bool:
    """True if an article is so long that it is better worked on in a process that can be ended."""
    try:
        return Path(file.path).stat().st_size > RISKY_ARTICLE
    except OSError:
        return False  # the stage reports it


def forget_models() -> None:
    """Free the memory of the models that this process has loaded, if any."""
    if models := sys.modules.get("glossator.stages.annotate.models"):
        models.forget()
        gc.collect()


def _load_models(batch: tuple[ArticleFile, ...], settings: AnnotateSettings) -> None:
    for language in {file.language for file in batch}:
        _load_model(language, settings)


def _load_model(language: str, settings: AnnotateSettings) -> None:
    from glossator.stages.annotate import MissingModel, load_model  # noqa: PLC0415 -- see the module

    try:
        load_model(language, settings)
    except MissingModel as error:
        raise SiteError(str(error)) from None


def _annotate(batch: tuple[ArticleFile, ...], settings: AnnotateSettings) -> tuple[Analysis, ...]:
    from glossator.stages.annotate import MissingModel, annotate  # noqa: PLC0415 -- see the module

    with essential():
        texts: list[tuple[ArticleId, Text, str]] = [(file.head.id, read_text(file), file.language) for file in batch]
    try:
        return annotate(texts, settings)
    except MissingModel as error:
        raise SiteError(str(error)) from None


def _nothing_found(file: ArticleFile) -> Analysis:
    from glossator.stages.annotate import nothing_found  # noqa: PLC0415 -- see the module

    return nothing_found(file.head.id)


def _rematch(batch: tuple[RematchItem, ...], settings: tuple[AnnotateSettings, TypedNames]) -> tuple[Analysis, ...]:
    from glossator.stages.annotate import rematch  # noqa: PLC0415 -- see the module

    annotating, confirmed = settings
    return tuple(
        rematch(item.analysis, read_text(item.file), (confirmed, item.shared), item.splits, annotating)
        for item in batch
    )
