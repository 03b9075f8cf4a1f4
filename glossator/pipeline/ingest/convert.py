"""content/saved/ -> content/articles/: each saved file is converted once; an article that a person edited stays."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

from glossator import disk, urls
from glossator.content import articles, files
from glossator.content.article_store import ArticleStore, StoredArticle, read_article_store
from glossator.content.stamps import FileTimes, folder_times
from glossator.incremental.memo import StageResult, run_memoised
from glossator.incremental.namespace import Namespace, commit
from glossator.incremental.schema import ARTICLE_FILES, SAVED_FILES, SOURCES
from glossator.link_lists import filled
from glossator.model import Extracted, Extraction, LinkListEntry, Problem, SavedFile
from glossator.pipeline import stage_runs
from glossator.pipeline.context import BuildContext, Problems, timed
from glossator.pipeline.ingest import images
from glossator.pipeline.ingest.duplicates import KnownTexts, known_texts
from glossator.pipeline.ingest.images import PictureFolder

Record = TypeVar("Record")
Lists = Mapping[str, tuple[LinkListEntry, ...]]
"""Entries of lists of links, by the path of the saved file."""

ADDRESSES_IN_NOTICE = 3
"""Addresses of a list that a notice names; the report has all of them."""


@dataclass(frozen=True, slots=True)
class FilesToConvert:
    """Saved files to read, and what there is to report about the others."""

    files: tuple[SavedFile, ...]
    problems: tuple[Problem, ...]


@dataclass(frozen=True, slots=True)
class ReadFiles:
    """Articles and lists of links of the files that were read."""

    articles: tuple[Extracted, ...]
    """Articles without the bytes of their pictures, which wait in a PictureFolder."""
    lists: Lists
    problems: tuple[Problem, ...]


@dataclass(frozen=True, slots=True)
class WrittenArticles:
    """Result of writing articles."""

    written: int
    """Number of files written."""
    problems: tuple[Problem, ...]
    unsaved: tuple[str, ...] = ()
    """Addresses in lists of links of which there is no article."""


@dataclass(frozen=True, slots=True)
class ConversionResult:
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


@timed("extract")
def convert_saved(context: BuildContext, reconvert: bool) -> ConversionResult:
    """Convert every saved file that has no article yet; with `reconvert` also those whose articles nobody edited."""
    saved, folder = context.paths.saved, context.paths.articles
    namespace = Namespace(context.cache, SOURCES)
    records, saved_records = namespace.read_all(ARTICLE_FILES), namespace.read_all(SAVED_FILES)
    found, find_problems = files.find_saved(saved, saved_records)
    store = read_article_store(folder, records)
    chosen = files_to_convert(found, store, reconvert)
    readings = chosen_readings(store)
    items = [stage_runs.saved_file_input(saved, file, readings.get(file.path, ())) for file in chosen.files]
    with images.picture_folder(context.paths.pictures) as pictures:
        stage = stage_runs.extract_stage(context.config.extract)
        results = run_memoised(context.cache, context.workers, stage, items, context.progress)
        read = read_files(chosen.files, results, pictures)
        written = write_articles(folder, saved, read, store, pictures)
    times = folder_times(folder) if written.written else None
    store = read_article_store(folder, store.looked) if written.written else store
    namespace.write(ARTICLE_FILES, _changed_rows(records, store.looked))
    namespace.write(SAVED_FILES, _changed_rows(saved_records, files.file_records(saved, found)))
    commit(context.cache, namespace)
    converted = {article.conversion.file for article in store.kept if article.conversion}
    problems = [*find_problems, *chosen.problems, *store.problems]
    passing: list[Problem] = []
    for problem in (*read.problems, *written.problems):
        (passing if problem.path in converted else problems).append(problem)
    return ConversionResult(store, written.written, tuple(problems), tuple(passing), written.unsaved, times)


def _changed_rows(before: Mapping[str, Record], now: Mapping[str, Record]) -> dict[str, Record | None]:
    """Return the rows that differ from those before; None for a row that is gone."""
    new = {key: row for key, row in now.items() if before.get(key) != row}
    return {**dict.fromkeys(before.keys() - now.keys()), **new}


def files_to_convert(found: tuple[SavedFile, ...], store: ArticleStore, reconvert: bool) -> FilesToConvert:
    """Choose the saved files that have no article yet or that changed.

    With `reconvert` the files are chosen too that have an article that nobody edited.
    """
    by_file: dict[str, list[StoredArticle]] = {}
    by_digest: dict[str, str] = {}
    for article in store.kept:
        if article.conversion:
            by_file.setdefault(article.conversion.file, []).append(article)
            by_digest.setdefault(article.conversion.sha256, article.conversion.file)
    paths = {file.path for file in found}
    chosen, problems = [], []
    for file in found:
        if file.path in store.blocked:
            continue
        stored = by_file.get(file.path, [])
        first = by_digest.setdefault(file.digest, file.path)
        if first != file.path and not stored:
            if first in paths:
                problems.append(_duplicate(file.path, f"has the same bytes as {first}"))
            continue  # else the file was moved, and its article stays
        changed = any(article.conversion and article.conversion.sha256 != file.digest for article in stored)
        if not stored or changed or (reconvert and not all(article.edited for article in stored)):
            chosen.append(file)
    return FilesToConvert(tuple(chosen), tuple(problems))


def chosen_readings(store: ArticleStore) -> dict[str, list[tuple[str, str]]]:
    """Return the readings that a person chose in front matter, each with its entry, by path of the saved file."""
    readings: dict[str, list[tuple[str, str]]] = {}
    for conversion in (article.conversion for article in store.kept if article.conversion):
        if conversion.reading:
            readings.setdefault(conversion.file, []).append((conversion.entry, conversion.reading))
    return readings


def read_files(
    chosen: Sequence[SavedFile], results: Iterable[StageResult[Extraction]], pictures: PictureFolder
) -> ReadFiles:
    """Collect what the stage extracted from the chosen files, and move the pictures to their folder.

    `results` are consumed one after the other, so that the pictures of only one file are in memory.
    """
    articles: list[Extracted] = []
    lists: dict[str, tuple[LinkListEntry, ...]] = {}
    problems: list[Problem] = []
    for result in results:
        extraction = result.value
        if isinstance(extraction, Problem):
            problems.append(extraction)
            continue
        articles += [pictures.take(article) for article in extraction.articles]
        problems += extraction.problems
        if extraction.listed:
            lists[chosen[result.index].path] = extraction.listed
    return ReadFiles(tuple(articles), lists, tuple(problems))


def write_articles(
    folder: Path, saved: Path, read: ReadFiles, store: ArticleStore, pictures: PictureFolder
) -> WrittenArticles:
    """Write each article to its file in `folder`, with its pictures, completed by the lists of links.

    An article that is there already, by its address and text or by nearly the same text, is reported and not written
    again; another text of the same address is another version, in a file of its own. The article that was saved last
    is written first, so that it gets the plain name. `saved` is the folder of the saved files, `store` holds the
    articles that are there, `pictures` the pictures of the articles that were read.
    """
    if not read.articles and not read.lists:
        return WrittenArticles(0, ())
    by_entry = {
        (article.conversion.file, article.conversion.entry): article for article in store.kept if article.conversion
    }
    known = known_texts(store)
    entries = _by_address(read.lists)
    taken = {urls.slug(path.stem) for path in folder.rglob("*.md")}
    written = 0
    problems: list[Problem] = []
    with disk.FileBatch() as batch:
        for extracted in _ranked(read.articles):
            article = filled(extracted, entries.get(urls.canonical(extracted.source or "")))
            conversion = article.conversion
            stored = by_entry.get((conversion.file, conversion.entry))
            duplicate = None if stored else known.duplicate(article)
            if duplicate:
                reason = f"has the same {duplicate.shared} as {duplicate.original.name}"
                problems.append(_duplicate(conversion.file, reason, article))
                continue
            path = folder / stored.file if stored else folder / f"{_free_stem(article, taken, known)}.md"
            if articles.is_edited(path):  # perhaps while the saved files were being read
                problems += [_edited(conversion.file, path)] if not stored or _is_changed(stored, article) else []
                continue
            article, notices = pictures.copy_beside(article, saved / conversion.file, folder, batch.replace)
            problems += notices
            written += articles.write(path, article, batch.replace)
            known.add(f"articles/{path.name}", urls.canonical(article.source or ""), article)
        batch.flush()
        written += _complete(store, entries, batch)
    unsaved, notices = _unsaved(read.lists, known)
    return WrittenArticles(written, (*problems, *notices), unsaved)


def _ranked(articles: Iterable[Extracted]) -> list[Extracted]:
    """Return articles with an address first and among them the last saved first, whatever order they come in."""
    ranked = sorted(articles, key=lambda article: (article.conversion.file, article.conversion.entry))
    ranked.sort(key=lambda article: article.saved or "", reverse=True)
    return sorted(ranked, key=lambda article: not article.source)


def _is_changed(stored: StoredArticle, article: Extracted) -> bool:
    return stored.conversion is not None and stored.conversion.sha256 != article.conversion.sha256


def _free_stem(article: Extracted, taken: set[str], known: KnownTexts) -> str:
    """Return a slug for the article that no other article has, and add it to `taken`."""
    for stem in _candidate_stems(article, known):
        if stem not in taken:
            taken.add(stem)
            return stem
    raise AssertionError("a digest of the article's file and entry is unique")


def _candidate_stems(article: Extracted, known: KnownTexts) -> Iterator[str]:
    plain = urls.slug(article.title)
    yield plain
    if article.saved and known.same_address(article):
        yield f"{plain}-{article.saved[:10]}"
    yield f"{plain}-{urls.short_digest(article.conversion.file + article.conversion.entry)}"


def _by_address(lists: Lists) -> dict[str, LinkListEntry]:
    """Return the entry for each canonical address; if several lists have one, that of the first list by path."""
    by_address: dict[str, LinkListEntry] = {}
    for _, entries in sorted(lists.items()):
        for entry in entries:
            if entry.source:
                by_address.setdefault(urls.canonical(entry.source), entry)
    return by_address


def _complete(store: ArticleStore, entries: Mapping[str, LinkListEntry], batch: disk.FileBatch) -> int:
    """Fill in what unedited articles lack and a list knows; return the number of files written."""
    written = 0
    for stored in store.kept if entries else ():
        entry = entries.get(stored.article_links.address)
        if entry and not stored.edited and stored.conversion:
            article = articles.as_extracted(store.open(stored), stored.conversion)
            written += articles.write(store.folder / stored.file, filled(article, entry), batch.replace)
    return written


def _unsaved(lists: Lists, known: KnownTexts) -> tuple[tuple[str, ...], tuple[Problem, ...]]:
    """Return the listed addresses of which the archive has no article, and a notice for each list that has some."""
    unsaved: list[str] = []
    notices = []
    for file, entries in sorted(lists.items()):
        sources = dict.fromkeys(entry.source for entry in entries if entry.source)
        missing = [source for source in sources if urls.canonical(source) not in known.by_source]
        unsaved += missing
        if missing:
            more = ", ..." if len(missing) > ADDRESSES_IN_NOTICE else ""
            addresses = ", ".join(missing[:ADDRESSES_IN_NOTICE]) + more
            text = f"addresses in this list without an article: {len(missing)} of {len(sources)}: {addresses}"
            notices.append(Problem("convert", file, text, fatal=False))
    return tuple(dict.fromkeys(unsaved)), tuple(notices)


def _edited(path: str, article: Path) -> Problem:
    text = f"changed, but articles/{article.name} was edited and stays; delete that to convert anew"
    return Problem("convert", path, text, fatal=False)


def _duplicate(path: str, why: str, article: Extracted | None = None) -> Problem:
    if article and article.conversion.entry:
        return Problem("convert", path, f"{article.conversion.entry} {why}: no second article was made", fatal=False)
    return Problem(
        "convert", path, f"{why}: no second article was made; delete the file that is not needed", fatal=False
    )
