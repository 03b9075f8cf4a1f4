"""The memoised stages: what goes into each run, what comes out, and what the result depends on."""

from __future__ import annotations

import gc
import sys
from collections.abc import Iterable
from dataclasses import replace
from functools import cache, partial
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

from glossator.config import AnnotateSettings, Config, FileOpeners
from glossator.content.article_store import ArticleStore, StoredArticle
from glossator.files import Unusable, read_bytes
from glossator.incremental.code_versions import annotate_code, extract_code, rematch_code
from glossator.incremental.memo import StageResult
from glossator.incremental.stage import Stage
from glossator.incremental.workers.article_limits import is_interruptible
from glossator.model import Analysis, Digest, Extraction, PageReadings, SavedFile
from glossator.naming.languages import main_language
from glossator.pipeline import stage_work
from glossator.pipeline.stage_work import ArticleFile, RematchItem, SavedFileInput, TextColours, TextWithListings
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


def article_file(store: ArticleStore, stored: StoredArticle, language: str) -> ArticleFile:
    """Return the article as a worker is given it; `language` is that of an article that does not say."""
    path = f"{store.folder}/{stored.file}"
    return ArticleFile(
        stored.head,
        stored.text,
        stored.head.language or language,
        path,
        stored.article_links.marked,
        listings=stored.article_links.listings,
        highlighted=stored.article_links.highlighted,
        hidden=stored.hidden,
    )


def saved_file_input(folder: Path, file: SavedFile, readings: Iterable[tuple[str, str]] = ()) -> SavedFileInput:
    """Return a file found below a folder as a worker is given it.

    `readings` are those that a person chose, by the name of the page within the file.
    """
    about = str(folder / file.about.path) if file.about else ""
    return SavedFileInput(file, str(folder / file.path), about, readings=tuple(sorted(readings)))


def extract_stage(config: Config) -> Stage[SavedFileInput, Extraction]:
    return Stage(
        name="extract",
        work=partial(stage_work.extract_files, config.extensions.openers),
        result=Extraction,
        settings=config.extract,
        code=partial(extract_code, config.extensions.openers),
        label=lambda saved: saved.file.path,
        input=lambda saved: digest(
            saved.file.path,
            saved.file.digest,
            saved.file.about.digest if saved.file.about else "",
            *(f"{entry} {reading}" for entry, reading in saved.readings),
            *filter(None, (saved.opener_code,)),
        ),
        batch_size=PAGES_A_BATCH,
        singly=True,
        pack=lambda saved: msgspec.structs.replace(saved, content=stage_work.saved_content(saved)),
        prepare=partial(stage_work.load_readers, config.extensions.openers),
        risky=_is_risky_page,
    )


def recognise_stage() -> Stage[SavedFileInput, Description]:
    """Return the stage that says what a file is, without reading it as an article."""
    from glossator.stages.extract.format_in_words import Description  # noqa: PLC0415 -- takes long to load

    return Stage(
        name="recognise",
        work=stage_work.recognise_files,
        result=Description,
        settings=None,
        code=partial(extract_code, FileOpeners()),
        label=lambda saved: saved.file.path,
        input=lambda saved: saved.file.digest,
        batch_size=FILES_A_RECOGNITION,
        singly=True,
        prepare=partial(stage_work.load_readers, FileOpeners()),
        risky=_is_risky_page,
    )


def readings_stage(config: Config, entry: str) -> Stage[SavedFileInput, PageReadings]:
    """Return the stage that makes every reading of one page; `entry` is the name of the page within its file."""
    return Stage(
        name="extract",
        work=partial(stage_work.make_readings, config.extensions.openers),
        result=PageReadings,
        settings=(config.extract, entry),
        code=partial(extract_code, config.extensions.openers),
        label=lambda saved: saved.file.path,
        input=lambda saved: digest(saved.file.digest, saved.opener_code),
        batch_size=1,
        prepare=partial(stage_work.load_readers, config.extensions.openers),
        risky=_is_risky_page,
    )


def annotate_stage(settings: AnnotateSettings) -> Stage[ArticleFile, Analysis]:
    return Stage(
        name="annotate",
        work=stage_work.annotate_articles,
        result=Analysis,
        settings=settings,
        code=annotate_code,
        label=lambda file: file.label,
        input=lambda file: digest(file.head.id, file.language, file.text),
        batch_size=ARTICLES_A_BATCH,
        settings_for=lambda file: _of_language(settings, main_language(file.language)),
        pack=stage_work.with_markdown,
        prepare=stage_work.load_models,
        risky=is_risky,
        at_limit=stage_work.nothing_found,
        lost="is shown without marks",
    )


@cache
def _of_language(settings: AnnotateSettings, language: str) -> AnnotateSettings:
    """Return the settings with the pipeline of one language alone."""
    return replace(settings, models=tuple(pair for pair in settings.models if pair[0] == language and pair[1]))


def rematch_stage(settings: AnnotateSettings, confirmed: TypedNames) -> Stage[RematchItem, Analysis]:
    """Return the stage that applies what people and other articles say: a decision does not start the model."""
    return Stage(
        name="rematch",
        work=stage_work.rematch_articles,
        result=Analysis,
        settings=(replace(settings, models=()), confirmed),
        code=rematch_code,
        label=lambda item: item.file.label,
        input=lambda item: digest(item.file.text, item.analysis.digest, repr((item.shared, item.splits))),
        batch_size=ARTICLES_A_REMATCH,
        pack=lambda item: item._replace(file=stage_work.with_markdown(item.file)),
        risky=lambda item: is_risky(item.file),
        at_limit=lambda item: item.analysis,
        lost="is shown without the names that other articles or people know",
    )


def colour_stage() -> Stage[TextWithListings, TextColours]:
    """Return the stage that colours listings: in a process that can be ended, unless this one can be interrupted.

    A preview cannot, because its builds are not in the main thread.
    """
    return Stage(
        name="listings",
        work=stage_work.colour_listings,
        result=TextColours,
        settings=None,
        code=lambda _: Digest(""),
        label=lambda text: text.label,
        input=lambda text: text.digest,
        batch_size=ARTICLES_A_BATCH,
        risky=lambda _: not is_interruptible(),
        at_limit=lambda _: TextColours(),
        lost=stage_work.WITHOUT_COLOURS,
    )


def _is_risky_page(saved: SavedFileInput) -> bool:
    """True if a process that can be ended works on a saved file.

    The file is large, or may be once it is unpacked, or code of another package opens it.
    """
    if saved.opener:
        return True
    try:
        return saved.file.size > RISKY_PAGE or read_bytes(Path(saved.path), 4).startswith(_UNPACKED)
    except Unusable:
        return False  # the stage reports it


def is_risky(file: ArticleFile) -> bool:
    """True if an article is so long that it is better worked on in a process that can be ended."""
    try:
        return Path(file.path).stat().st_size > RISKY_ARTICLE
    except OSError:
        return False  # the stage reports it


def forget_models() -> None:
    """Free the memory of the models that this process has loaded, if any."""
    if models := sys.modules.get("glossator.stages.annotate.models.pipelines"):
        models.forget()
        gc.collect()
