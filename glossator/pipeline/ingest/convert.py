"""content/saved/ -> content/articles/: what is new or changed is converted; an article that a person edited stays."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import TypeVar

import msgspec

from glossator.content import lock_files, saved_files
from glossator.content.article_files import as_extracted
from glossator.content.article_store import ArticleStore, StoredArticle, read_article_store
from glossator.content.conversions import Renames, other_sources, write_conversions
from glossator.content.file_stamps import FileTimes, folder_times
from glossator.incremental.memo import StageResult, run_memoised
from glossator.incremental.namespace import Namespace, commit
from glossator.incremental.schema import ARTICLE_FILES, SAVED_FILES, SOURCES
from glossator.model import (
    ArticleId,
    Conversion,
    Extracted,
    Extraction,
    ImportedHighlight,
    LinkListEntry,
    OtherSource,
    Problem,
    SavedFile,
)
from glossator.pipeline import stage_runs
from glossator.pipeline.context import BuildContext, Problems, rights_policy, timed, unheard
from glossator.pipeline.ingest import article_images, conversion_record
from glossator.pipeline.ingest.article_images import PictureFolder
from glossator.pipeline.ingest.conversion_record import ConversionRecord, with_renamed
from glossator.pipeline.ingest.extension_formats import with_openers
from glossator.pipeline.ingest.write_articles import ReadFiles, duplicate_notice, write_articles
from glossator.rights import in_inbox

Record = TypeVar("Record")
LIST_IN_INBOX = "is a list of links, which completes no article from the inbox: move it to saved/"
"""Notice about a list that would publish what is private by its place."""
NOT_CONVERTED = Conversion(file="", sha256="", format="", reader="")
"""Conversion of an article that a person wrote."""


class ConversionResult(msgspec.Struct, frozen=True):
    """The articles after every saved file was converted, and what there is to report about it."""

    store: ArticleStore
    written: int
    """Number of files written."""
    problems: Problems
    """Problems that every build reports until they are mended."""
    passing: Problems
    """Problems that are reported once, because their saved files are not read again."""
    unsaved: tuple[str, ...]
    """Addresses in lists of links of which there is no article."""
    times: Mapping[str, FileTimes] | None
    """Times of the files of articles before they were read again; None if none was written."""
    renames: Renames
    """Present id by former id, of articles whose files were renamed."""
    other_sources: Mapping[ArticleId, tuple[OtherSource, ...]]
    """Other publications of the text of each article."""
    highlights: Mapping[str, tuple[ImportedHighlight, ...]] = msgspec.field(default_factory=dict)
    """Highlights of other programs in the files that were read."""

    @property
    def public(self) -> list[StoredArticle]:
        return [article for article in self.store.kept if article.head.rights != "private"]


def read_articles(context: BuildContext) -> ArticleStore:
    """Read the articles, but not the files that are unchanged since a build read them; convert and store nothing."""
    last_records = _read_before(context).read_all(ARTICLE_FILES)
    return read_article_store(context.paths.articles, last_records, rights_policy(context.config))


def _read_before(context: BuildContext) -> Namespace:
    """Open what the last build knew of articles and saved files; empty if it might show more or less of them."""
    return Namespace(context.cache, SOURCES, rights=repr(rights_policy(context.config)))


@timed("extract")
def convert_saved(context: BuildContext, reconvert: bool) -> ConversionResult:
    """Convert every saved file that has no article yet; with `reconvert` also those whose articles nobody edited."""
    saved, folder = context.paths.saved, context.paths.articles
    policy, namespace = rights_policy(context.config), _read_before(context)
    records, saved_records = namespace.read_all(ARTICLE_FILES), namespace.read_all(SAVED_FILES)
    saved_files_there, find_problems = saved_files.find_saved(saved, saved_records)
    store = read_article_store(folder, records, policy)
    _tell_of_stored(context, store)
    record, removals = conversion_record.read_record(context.paths.content, store)
    chosen = files_to_convert(saved_files_there, store, reconvert, record)
    readings = chosen_readings(store)
    items = [
        stage_runs.saved_file_input(
            saved, file, [*readings.get(file.path, ()), *readings.get(chosen.moved.get(file.path, ""), ())]
        )
        for file in chosen.files
    ]
    items, extension_problems = with_openers(items, context.config.extensions.openers)
    with article_images.picture_folder(context.paths.pictures) as pictures:
        stage = stage_runs.extract_stage(context.config)
        results = run_memoised(context.cache, context.workers, stage, items, context.progress)
        read = read_files(chosen.files, _told(results, context), pictures)
        read = msgspec.structs.replace(read, moved=chosen.moved)
        fresh = conversion_record.with_inherited_rights(conversion_record.unsettled(read, record, store), record, store)
        written = write_articles(folder, saved, fresh, store, pictures)
    times = folder_times(folder) if written.written else None
    store = read_article_store(folder, store.looked, policy) if written.written else store
    now, renames = conversion_record.settle(record, read, written, store), with_renamed(record, records, store)
    unrecorded: Problems = ()
    if (now, renames) != (record.stored, record.stored_renames):
        unrecorded = lock_files.record_lock(
            lock_files.ARTICLES_LOCK, lambda: write_conversions(context.paths.content, now, renames)
        )
    namespace.write(ARTICLE_FILES, _changed_rows(records, store.looked))
    namespace.write(SAVED_FILES, _changed_rows(saved_records, saved_files.file_records(saved, saved_files_there)))
    commit(context.cache, namespace)
    converted = {article.conversion.file for article in store.kept if article.conversion}
    aside = conversion_record.told_of_files_set_aside(saved_files_there, record)
    problems = [*extension_problems, *find_problems, *chosen.problems, *store.problems, *unrecorded, *aside]
    passing: list[Problem] = [*removals]
    for problem in (*fresh.problems, *written.problems):
        (passing if problem.path in converted else problems).append(problem)
    return ConversionResult(
        store,
        written.written,
        tuple(problems),
        tuple(passing),
        written.unsaved,
        times,
        renames,
        other_sources(now),
        read.highlights,
    )


def _changed_rows(old: Mapping[str, Record], now: Mapping[str, Record]) -> dict[str, Record | None]:
    """Return the rows that differ from those before; None for a row that is gone."""
    new = {key: row for key, row in now.items() if old.get(key) != row}
    return {**dict.fromkeys(old.keys() - now.keys()), **new}


def chosen_readings(store: ArticleStore) -> dict[str, list[tuple[str, str]]]:
    """Return the readings that a person chose in front matter, each with its entry, by path of the saved file."""
    readings: dict[str, list[tuple[str, str]]] = {}
    for conversion in (article.conversion for article in store.kept if article.conversion):
        if conversion.reading:
            readings.setdefault(conversion.file, []).append((conversion.entry, conversion.reading))
    return readings


def _tell_of_stored(context: BuildContext, store: ArticleStore) -> None:
    """Tell of the articles that are there, if anybody wants to hear: their texts are read for that alone."""
    if context.extracted is not unheard:
        for stored in store.kept:
            context.extracted(as_extracted(store.open(stored), stored.conversion or NOT_CONVERTED))


def _told(results: Iterable[StageResult[Extraction]], context: BuildContext) -> Iterator[StageResult[Extraction]]:
    """Yield the results, and tell of their articles."""
    for result in results:
        if isinstance(result.value, Extraction):
            for article in result.value.articles:
                context.extracted(article)
        yield result


def read_files(
    chosen: Sequence[SavedFile], results: Iterable[StageResult[Extraction]], pictures: PictureFolder
) -> ReadFiles:
    """Collect what the stage extracted from the chosen files, and move the pictures to their folder.

    `results` are consumed one after the other, so that the pictures of only one file are in memory.
    """
    articles: list[Extracted] = []
    lists: dict[str, tuple[LinkListEntry, ...]] = {}
    highlights: dict[str, tuple[ImportedHighlight, ...]] = {}
    problems: list[Problem] = []
    for result in results:
        extraction = result.value
        if isinstance(extraction, Problem):
            problems.append(extraction)
            continue
        articles += [pictures.take(article) for article in extraction.articles]
        problems += extraction.problems
        file = chosen[result.index].path
        if extraction.listed and in_inbox(file):
            problems.append(Problem("convert", file, LIST_IN_INBOX, fatal=False))
        elif extraction.listed:
            lists[file] = extraction.listed
        if extraction.highlights:
            highlights[file] = extraction.highlights
    return ReadFiles(tuple(articles), lists, tuple(problems), highlights=highlights)


class FilesToConvert(msgspec.Struct, frozen=True):
    """Saved files to read, and what there is to report about the others."""

    files: tuple[SavedFile, ...]
    problems: tuple[Problem, ...]
    moved: Mapping[str, str] = msgspec.field(default_factory=dict)
    """Former path of each file that was moved since its articles were made, by path."""


def files_to_convert(
    files: tuple[SavedFile, ...], store: ArticleStore, reconvert: bool, record: ConversionRecord
) -> FilesToConvert:
    """Choose the saved files that have no article yet or that changed.

    With `reconvert` the files are chosen too that have an article that nobody edited, even if they were moved. What the
    record says was removed or passed over is not chosen until it is asked for.
    """
    by_file: dict[str, list[StoredArticle]] = {}
    by_digest: dict[str, str] = {}
    for article in store.kept:
        if article.conversion:
            by_file.setdefault(article.conversion.file, []).append(article)
            by_digest.setdefault(article.conversion.sha256, article.conversion.file)
    paths = {file.path for file in files}
    chosen: list[SavedFile] = []
    problems: list[Problem] = []
    for file in files:
        if file.path in store.blocked:
            continue
        stored = by_file.get(file.path, [])
        first = by_digest.setdefault(file.digest, file.path)
        if first != file.path and not stored:
            if first in paths:
                problems.append(duplicate_notice(file.path, f"has the same bytes as {first}"))
            elif reconvert and not all(article.edited for article in by_file[first]):
                by_digest[file.digest] = file.path
                chosen.append(file)
            continue  # a file that was moved keeps its articles
        if not stored and conversion_record.is_settled(file, record):
            problems += conversion_record.copies(file, record, store)
            continue
        changed = any(article.conversion and article.conversion.sha256 != file.digest for article in stored)
        if not stored or changed or (reconvert and not all(article.edited for article in stored)):
            chosen.append(file)
    # Also of a file that was moved before: its articles that somebody edited still name the old path.
    conversions = [article.conversion for article in reversed(store.kept) if article.conversion]
    gone = {conversion.sha256: conversion.file for conversion in conversions if conversion.file not in paths}
    moved = {file.path: gone[file.digest] for file in chosen if file.digest in gone}
    return FilesToConvert(tuple(chosen), tuple(problems), moved)
