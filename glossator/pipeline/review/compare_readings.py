"""Readings of the page that an article was made of: a person compares them, and chooses one or confirms the text.

A choice is a line in the article's front matter, so that a conversion stays a function of the saved file, the settings
and that line. It is made only for an article that nobody edited.
"""

from __future__ import annotations

from collections.abc import Iterable
from concurrent.futures import Executor
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import NamedTuple

import msgspec

from glossator import slugs
from glossator.config import Config, SiteError
from glossator.content import article_files
from glossator.content.article_front_matter import is_edited
from glossator.content.article_store import ArticleStore, StoredArticle, read_one_article
from glossator.content.saved_files import find_file
from glossator.files import Unusable, failure
from glossator.incremental.memo import no_progress, run_memoised
from glossator.incremental.workers.executors import Workers
from glossator.markup import read as read_markdown
from glossator.model import ArticleId, Conversion, Extracted, PageReadings, Problem
from glossator.pipeline import stage_runs
from glossator.pipeline.ingest.article_images import PictureFolder
from glossator.rights import strictest_of

SHOWN = 3
"""Lines of a reading that are shown of its beginning, and of its end."""
LONGEST = 160
"""Characters that are shown of a line."""
_GONE = "Its readings cannot be made."


class ComparedReading(msgspec.Struct, frozen=True):
    """A text that the page can give, as a person compares it with the others."""

    names: tuple[str, ...]
    """Readings that give this text."""
    words: int
    first: tuple[str, ...]
    """First lines, as readers see them."""
    last: tuple[str, ...]
    """Last lines; none if the first are all."""
    current: bool
    """True if the article has this text."""


class ReadingState(NamedTuple):
    """State of the reading of an article, which says what a person may do about it."""

    comparable: bool
    """True if the article is doubtful, or a person chose its reading, and nobody edited it."""
    doubtful: bool
    """True if the article can be confirmed."""


def reading_state(content: Path, article: ArticleId) -> ReadingState:
    """Return what a person may do about the reading of an article; nothing if there is no such article."""
    kept = read_one_article(content / "articles", article).kept
    conversion = kept[0].conversion if kept and not kept[0].edited else None
    doubtful = conversion is not None and bool(conversion.doubt)
    return ReadingState(doubtful or (conversion is not None and bool(conversion.reading)), doubtful)


def compare_readings(
    content: Path, article: ArticleId, config: Config, kept: Executor | None = None
) -> tuple[ComparedReading, ...]:
    """Return the texts that the page of an article can give, each once; none if its saved file is gone.

    `kept` is a process that reads the page; without it, this one does. Raises SiteError if the article is not there or
    was edited, or its saved file cannot be read.
    """
    store, stored, conversion = _unedited(content, article)
    found = _readings(content, conversion, config, kept)
    current = _same_text(found, store, stored)
    names: dict[str, list[str]] = {}
    for name, made in found.articles.items():
        names.setdefault(made.markdown, []).append(name)
    return tuple(_compared(text, by, current) for text, by in names.items())


def choose_reading(
    content: Path, article: ArticleId, config: Config, reading: str, kept: Executor | None = None
) -> None:
    """Write an article as one reading of its page makes it; the name of the reading ends the doubt, and stays.

    `kept` is a process that reads the page. Raises SiteError if the article is not there or was edited, if its saved
    file cannot be read, or if the page has no such reading.
    """
    store, stored, conversion = _unedited(content, article)
    found = _readings(content, conversion, config, kept)
    if reading not in found.articles:
        known = ", ".join(found.articles)
        hint = f"It has {known}." if known else f"Only a page has them, as long as it is kept: saved/{conversion.file}."
        raise SiteError(f"The page of articles/{stored.file} has no reading “{reading}”.", hint)
    made = found.articles[reading]
    with TemporaryDirectory() as scratch:
        pictures = PictureFolder(Path(scratch))
        taken = pictures.take(msgspec.structs.replace(made, rights=strictest_of((made.rights, stored.own))))
        saved = content / "saved"
        complete, _ = pictures.copy_beside(taken, saved / made.conversion.file, store.folder, root=saved)
        _write(store.folder, stored, complete)


def choose_readings(paths: Iterable[Path], content: Path, config: Config, reading: str) -> None:
    """Write each article, named by its file, as one reading of its page makes it.

    Raises SiteError as `choose_reading` does, or if a file is not below `content/articles/`.
    """
    for path in paths:
        if not path.resolve().is_relative_to((content / "articles").resolve()):
            raise SiteError(f"{path} is not below {content / 'articles'}.", "Name the file of an article.")
        choose_reading(content, slugs.article_id(path.stem), config, reading)


def confirm_text(content: Path, article: ArticleId, config: Config, kept: Executor | None = None) -> None:
    """Write into an article's front matter which reading its text is, which ends the doubt; the text stays.

    If an earlier version made the text, and no reading gives it now, it is the reading that the program takes. `kept`
    is a process that reads the page.
    Raises SiteError if the article is not there or was edited, or its saved file cannot be read.
    """
    store, stored, conversion = _unedited(content, article)
    found = _readings(content, conversion, config, kept)
    same = _same_text(found, store, stored)
    name = found.taken if found.taken in same or not same else same[0]
    confirmed = msgspec.structs.replace(conversion, reading=conversion.reading or name, doubt="")
    _write(store.folder, stored, article_files.as_extracted(store.open_whole(stored), confirmed))


def _unedited(content: Path, article: ArticleId) -> tuple[ArticleStore, StoredArticle, Conversion]:
    store = read_one_article(content / "articles", article)
    if not store.kept:
        raise SiteError(f"There is no article {article}.", "It may have been renamed: load the page again.")
    stored = store.kept[0]
    if stored.edited or stored.conversion is None:
        raise SiteError(f"articles/{stored.file} was edited, and stays as it is.", "Delete it to convert it anew.")
    return store, stored, stored.conversion


def _readings(content: Path, conversion: Conversion, config: Config, kept: Executor | None) -> PageReadings:
    saved = content / "saved"
    try:
        file = find_file(saved, conversion.file, conversion.sha256)
    except Unusable as error:
        raise SiteError(f"saved/{conversion.file} {error}.", _GONE) from None
    if file is None:
        return PageReadings()
    stage = stage_runs.readings_stage(config, conversion.entry)
    with Workers(config.build, kept, config.extensions.cluster) as workers:
        (result,) = run_memoised(None, workers, stage, [stage_runs.saved_file_input(saved, file)], no_progress)
    if isinstance(result.value, Problem):
        raise SiteError(f"saved/{conversion.file}: {result.value.message}", _GONE)
    return result.value


def _same_text(found: PageReadings, store: ArticleStore, stored: StoredArticle) -> list[str]:
    """Return the readings that give the text that the article has. Pictures lie elsewhere in it, and do not count."""
    text = _text(store.open_whole(stored).markdown).split()
    return [name for name, made in found.articles.items() if _text(made.markdown).split() == text]


def _text(markdown: str) -> str:
    return read_markdown(markdown).content


def _compared(markdown: str, names: Iterable[str], current: Iterable[str]) -> ComparedReading:
    text = _text(markdown)
    lines = [shown for line in text.splitlines() if (shown := " ".join(line.split()))]
    first, last = lines[:SHOWN], lines[SHOWN:][-SHOWN:]
    return ComparedReading(
        tuple(names),
        len(text.split()),
        tuple(map(_shortened, first)),
        tuple(map(_shortened, last)),
        not set(names).isdisjoint(current),
    )


def _shortened(line: str) -> str:
    return line if len(line) <= LONGEST else f"{line[:LONGEST].rstrip()}…"


def _write(folder: Path, stored: StoredArticle, article: Extracted) -> None:
    path = folder / stored.file
    if is_edited(path):  # perhaps while the page was being read
        raise SiteError(f"articles/{stored.file} was edited meanwhile, and stays as it is.")
    try:
        article_files.write(path, article)
    except OSError as error:
        raise SiteError(failure(error), "Nothing was written.") from None
