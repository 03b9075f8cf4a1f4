"""content/saved/ -> content/articles/: each saved file becomes articles once, and no edited one is written again."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

from glossator import urls
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
from glossator.pipeline.ingest.duplicates import Register, register
from glossator.pipeline.ingest.images import Held

Record = TypeVar("Record")

UNSAVED_NAMED = 3
"""Addresses of a list that a notice names; the report has them all."""


@dataclass(frozen=True, slots=True)
class Todo:
    """The saved files that are to be read, and what is said about the others."""

    files: tuple[SavedFile, ...]
    problems: tuple[Problem, ...]


@dataclass(frozen=True, slots=True)
class Gathered:
    """What the saved files hold."""

    articles: tuple[Extracted, ...]
    """Without the bytes of their pictures, which are held apart."""
    listed: Mapping[str, tuple[LinkListEntry, ...]]
    """What each list says, by its file."""
    problems: tuple[Problem, ...]


@dataclass(frozen=True, slots=True)
class Placed:
    """What became of the articles."""

    written: int
    """How many files were written."""
    problems: tuple[Problem, ...]
    unsaved: tuple[str, ...] = ()
    """Addresses that are listed and of which there is no article."""


@dataclass(frozen=True, slots=True)
class Converted:
    """The articles after every saved file was converted, and what there is to say about it."""

    store: ArticleStore
    written: int
    """Number of files written."""
    problems: Problems
    """Told by every build until they are mended."""
    passing: Problems
    """Told once, because their saved files are not read again."""
    unsaved: tuple[str, ...]
    """Addresses in lists of links of which there is no article."""
    times: Mapping[str, FileTimes] | None
    """Stamps of the files of articles before they were read again; None if none was written."""


@timed("extract")
def convert_saved(context: BuildContext, reconvert: bool) -> Converted:
    """Make articles of every saved file that has none yet; of every one that nobody edited, to `reconvert`."""
    saved, folder = context.paths.saved, context.paths.articles
    namespace = Namespace(context.cache, SOURCES)
    known, known_files = namespace.read_all(ARTICLE_FILES), namespace.read_all(SAVED_FILES)
    found, find_problems = files.find_saved(saved, known_files)
    store = read_article_store(folder, known)
    chosen = todo(found, store, reconvert)
    items = [stage_runs.saved_file_input(saved, file) for file in chosen.files]
    with images.held(context.paths.pictures) as held:
        stage = stage_runs.extract_stage(context.config.extract)
        results = run_memoised(context.cache, context.workers, stage, items, context.progress)
        gathered = gather(chosen.files, results, held)
        placed = place(folder, saved, gathered, store, held)
    times = folder_times(folder) if placed.written else None
    store = read_article_store(folder, store.looked) if placed.written else store
    namespace.write(ARTICLE_FILES, _differing(known, store.looked))
    namespace.write(SAVED_FILES, _differing(known_files, files.found(saved, found)))
    commit(context.cache, namespace)
    done = {article.conversion.file for article in store.kept if article.conversion}
    problems = [*find_problems, *chosen.problems, *store.problems]
    passing: list[Problem] = []
    for problem in (*gathered.problems, *placed.problems):
        (passing if problem.path in done else problems).append(problem)
    return Converted(store, placed.written, tuple(problems), tuple(passing), placed.unsaved, times)


def _differing(before: Mapping[str, Record], now: Mapping[str, Record]) -> dict[str, Record | None]:
    """Return the rows that differ from those before; None for a row that is gone."""
    new = {key: row for key, row in now.items() if before.get(key) != row}
    return {**dict.fromkeys(before.keys() - now.keys()), **new}


def todo(found: tuple[SavedFile, ...], store: ArticleStore, reconvert: bool) -> Todo:
    """Those that no article stands for yet, that changed, or (to `reconvert`) whose article nobody edited."""
    by_file: dict[str, list[StoredArticle]] = {}
    by_digest: dict[str, str] = {}
    for one in store.kept:
        if one.conversion:
            by_file.setdefault(one.conversion.file, []).append(one)
            by_digest.setdefault(one.conversion.sha256, one.conversion.file)
    paths = {file.path for file in found}
    chosen, problems = [], []
    for file in found:
        if file.path in store.blocked:
            continue
        mine = by_file.get(file.path, [])
        first = by_digest.setdefault(file.digest, file.path)
        if first != file.path and not mine:
            if first in paths:
                problems.append(_duplicate(file.path, f"has the same bytes as {first}"))
            continue  # else the file was moved, and its article stands
        changed = any(one.conversion and one.conversion.sha256 != file.digest for one in mine)
        if not mine or changed or (reconvert and not all(one.edited for one in mine)):
            chosen.append(file)
    return Todo(tuple(chosen), tuple(problems))


def gather(chosen: Sequence[SavedFile], made: Iterable[StageResult[Extraction]], held: Held) -> Gathered:
    """What was read in each of the files, one after the other."""
    articles: list[Extracted] = []
    listed: dict[str, tuple[LinkListEntry, ...]] = {}
    problems: list[Problem] = []
    for one in made:
        if isinstance(one.value, Problem):
            problems.append(one.value)
            continue
        articles += [held.take(article) for article in one.value.articles]
        problems += one.value.problems
        if one.value.listed:
            listed[chosen[one.index].path] = one.value.listed
    return Gathered(tuple(articles), listed, tuple(problems))


def place(folder: Path, saved: Path, gathered: Gathered, store: ArticleStore, held: Held) -> Placed:
    """Write each article to its file in `folder`, with its pictures; complete it by what the lists say.

    An article that is there already, by its address and text or by nearly the same text, is reported and not written
    again; another text of the same address is another version, in a file of its own. What was saved last comes first,
    so that it has the plain name. `saved` is where the saved files lie.
    """
    if not gathered.articles and not gathered.listed:
        return Placed(0, ())
    by_entry = {(one.conversion.file, one.conversion.entry): one for one in store.kept if one.conversion}
    known = register(store)
    listed = _by_source(gathered.listed)
    taken = {urls.slug(path.stem) for path in folder.rglob("*.md")}
    written = 0
    problems: list[Problem] = []
    for found in _ranked(gathered.articles):
        one = filled(found, listed.get(urls.canonical(found.source or "")))
        mine = by_entry.get((one.conversion.file, one.conversion.entry))
        twin = None if mine else known.twin(one)
        if twin:
            problems.append(_duplicate(one.conversion.file, f"has the same {twin[1]} as {twin[0].name}", one))
            continue
        path = folder / mine.file if mine else folder / f"{_free(one, taken, known)}.md"
        if articles.is_edited(path):  # perhaps while the saved files were being read
            problems += [_edited(one.conversion.file, path)] if not mine or _changed(mine, one) else []
            continue
        one, said = held.place(one, saved / one.conversion.file, folder)
        problems += said
        written += articles.write(path, one)
        known.add(f"articles/{path.name}", urls.canonical(one.source or ""), one)
    written += _complete(store, listed)
    unsaved, notices = _unsaved(gathered.listed, known)
    return Placed(written, (*problems, *notices), unsaved)


def _ranked(found: Iterable[Extracted]) -> list[Extracted]:
    """Those with an address first, of these the last saved first, whatever the order in which they come."""
    ranked = sorted(found, key=lambda one: (one.conversion.file, one.conversion.entry))
    ranked.sort(key=lambda one: one.saved or "", reverse=True)
    return sorted(ranked, key=lambda one: not one.source)


def _changed(mine: StoredArticle, one: Extracted) -> bool:
    return mine.conversion is not None and mine.conversion.sha256 != one.conversion.sha256


def _free(extracted: Extracted, taken: set[str], known: Register) -> str:
    """A slug for the article that no other has."""
    for name in _candidates(extracted, known):
        if name not in taken:
            taken.add(name)
            return name
    raise AssertionError("a digest of the article's place is unique")


def _candidates(extracted: Extracted, known: Register) -> Iterator[str]:
    plain = urls.slug(extracted.title)
    yield plain
    if extracted.saved and known.same_address(extracted):
        yield f"{plain}-{extracted.saved[:10]}"
    yield f"{plain}-{urls.short_digest(extracted.conversion.file + extracted.conversion.entry)}"


def _by_source(lists: Mapping[str, tuple[LinkListEntry, ...]]) -> dict[str, LinkListEntry]:
    """What is listed of each address; of several lists the first by name."""
    found: dict[str, LinkListEntry] = {}
    for _, listed in sorted(lists.items()):
        for one in listed:
            if one.source:
                found.setdefault(urls.canonical(one.source), one)
    return found


def _complete(store: ArticleStore, listed: dict[str, LinkListEntry]) -> int:
    """Fill in what the articles that nobody edited lack and a list knows; how many were written."""
    written = 0
    for one in store.kept if listed else ():
        known = listed.get(one.article_links.address)
        if known and not one.edited and one.conversion:
            made = articles.extracted(store.open(one), one.conversion)
            written += articles.write(store.folder / one.file, filled(made, known))
    return written


def _unsaved(lists: Mapping[str, tuple[LinkListEntry, ...]], known: Register) -> tuple[tuple[str, ...], list[Problem]]:
    """The listed addresses of which the archive has no article, and a notice for each list."""
    unsaved: list[str] = []
    notices = []
    for file, listed in sorted(lists.items()):
        sources = dict.fromkeys(one.source for one in listed if one.source)
        missing = [source for source in sources if urls.canonical(source) not in known.by_source]
        unsaved += missing
        if missing:
            some = ", ".join(missing[:UNSAVED_NAMED]) + (", ..." if len(missing) > UNSAVED_NAMED else "")
            text = f"addresses in this list without an article: {len(missing)} of {len(sources)}: {some}"
            notices.append(Problem("convert", file, text, fatal=False))
    return tuple(dict.fromkeys(unsaved)), notices


def _edited(path: str, article: Path) -> Problem:
    text = f"changed, but articles/{article.name} was edited and stays; delete that to convert anew"
    return Problem("convert", path, text, fatal=False)


def _duplicate(path: str, why: str, article: Extracted | None = None) -> Problem:
    if article and article.conversion.entry:
        return Problem("convert", path, f"{article.conversion.entry} {why}: no second article was made", fatal=False)
    return Problem(
        "convert", path, f"{why}: no second article was made; delete the file that is not needed", fatal=False
    )
