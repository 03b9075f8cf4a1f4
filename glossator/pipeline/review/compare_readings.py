"""Readings of the page that an article was made of: a person compares them, and chooses one or confirms the text.

A choice is a line in the article's front matter, so that a conversion stays a function of the saved file, the settings
and that line. It is made only for an article that nobody edited.
"""

from __future__ import annotations

from collections import defaultdict
from concurrent.futures import Executor
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import NamedTuple

import msgspec

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
from glossator.pipeline.ingest.extension_formats import with_openers
from glossator.rights import strictest_of
from glossator.text import cut

SHOWN = 3
"""Lines of a reading that are shown of its beginning, and of its end."""
LONGEST = 160
"""Characters that are shown of a line."""
_GONE = "Its readings cannot be made."


class ArticleReadings(NamedTuple):
    """An article that nobody edited, and what its saved page can give."""

    saved: Path
    """Folder of the saved files."""
    store: ArticleStore
    stored: StoredArticle
    conversion: Conversion
    page: PageReadings
    current: tuple[str, ...]
    """Readings that give the text that the article has. Pictures lie elsewhere in it, and do not count."""


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


def open_readings(content: Path, article: ArticleId, config: Config, worker: Executor | None = None) -> ArticleReadings:
    """Return an article with the readings of its page, of which there are none if its saved file is gone.

    `worker` is a process that reads the page; without it, this one does. Raises SiteError if the article is not there
    or was edited, or its saved file cannot be read.
    """
    store = read_one_article(content / "articles", article)
    if not store.kept:
        raise SiteError(f"There is no article {article}.", "It may have been renamed: load the page again.")
    stored = store.kept[0]
    if stored.edited or stored.conversion is None:
        raise SiteError(f"articles/{stored.file} was edited, and stays as it is.", "Delete it to convert it anew.")
    page = _read_page(content / "saved", stored.conversion, config, worker)
    text = _text(store.open_whole(stored).markdown).split()
    current = (name for name, made in page.articles.items() if _text(made.markdown).split() == text)
    return ArticleReadings(content / "saved", store, stored, stored.conversion, page, tuple(current))


def _read_page(saved: Path, conversion: Conversion, config: Config, worker: Executor | None) -> PageReadings:
    try:
        file = find_file(saved, conversion.file, conversion.sha256)
    except Unusable as error:
        raise SiteError(f"saved/{conversion.file} {error}.", _GONE) from None
    if file is None:
        return PageReadings()
    stage = stage_runs.readings_stage(config, conversion.entry)
    with Workers(config.build, worker, config.extensions.cluster) as workers:
        items, _ = with_openers([stage_runs.saved_file_input(saved, file)], config.extensions.openers)
        (result,) = run_memoised(None, workers, stage, items, no_progress)
    if isinstance(result.value, Problem):
        raise SiteError(f"saved/{conversion.file}: {result.value.message}", _GONE)
    return result.value


def _text(markdown: str) -> str:
    return read_markdown(markdown).content


def compare(readings: ArticleReadings) -> tuple[ComparedReading, ...]:
    """Return the texts that the page can give, each once, with the readings that give it."""
    names: dict[str, list[str]] = defaultdict(list)
    for name, made in readings.page.articles.items():
        names[made.markdown].append(name)
    compared = []
    for markdown, by in names.items():
        text = _text(markdown)
        lines = tuple(cut(" ".join(line.split()), LONGEST) for line in text.splitlines() if line.strip())
        first, last = lines[:SHOWN], lines[SHOWN:][-SHOWN:]
        current = not set(by).isdisjoint(readings.current)
        compared.append(ComparedReading(tuple(by), len(text.split()), first, last, current))
    return tuple(compared)


def take(readings: ArticleReadings, name: str) -> None:
    """Write an article as one reading of its page makes it, whose name ends the doubt, and stays.

    With an empty name the text stays, and what it is ends the doubt. Raises SiteError if the page has no such reading,
    or if the article was edited meanwhile.
    """
    article = _as_reading(readings, name) if name else _confirmed(readings)
    path = readings.store.folder / readings.stored.file
    if is_edited(path):  # perhaps while the page was being read
        raise SiteError(f"articles/{readings.stored.file} was edited meanwhile, and stays as it is.")
    try:
        article_files.write(path, article)
    except OSError as error:
        raise SiteError(failure(error), "Nothing was written.") from None


def _confirmed(readings: ArticleReadings) -> Extracted:
    """Return the article as it is, with the reading that its text is.

    If an earlier version made the text, and no reading gives it now, that is the reading that the program takes.
    """
    taken, current, conversion = readings.page.taken, readings.current, readings.conversion
    name = conversion.reading or (taken if taken in current else next(iter(current), taken))
    confirmed = msgspec.structs.replace(conversion, reading=name, doubt="")
    return article_files.as_extracted(readings.store.open_whole(readings.stored), confirmed)


def _as_reading(readings: ArticleReadings, name: str) -> Extracted:
    """Return the article as a reading makes it, with the rights that it has, and put its pictures beside it."""
    articles, stored, saved = readings.page.articles, readings.stored, readings.saved
    if name not in articles:
        missing = f"Only a page has them, as long as it is kept: saved/{readings.conversion.file}."
        hint = f"It has {', '.join(articles)}." if articles else missing
        raise SiteError(f"The page of articles/{stored.file} has no reading “{name}”.", hint)
    made = msgspec.structs.replace(articles[name], rights=strictest_of((articles[name].rights, stored.own)))
    with TemporaryDirectory() as scratch:
        pictures = PictureFolder(Path(scratch))
        page = saved / made.conversion.file
        complete, _ = pictures.copy_beside(pictures.take(made), page, readings.store.folder, root=saved)
    return complete
