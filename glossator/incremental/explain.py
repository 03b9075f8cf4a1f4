"""Explanations why the last build did or did not make a page or a result: the rows and inputs that differed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import NamedTuple

import msgspec

from glossator import site_paths, slugs
from glossator.config import SiteError
from glossator.content.archive_paths import ArchivePaths
from glossator.content.article_store import read_article_store
from glossator.incremental.cache import LOST, NEW, Cache, Cause
from glossator.incremental.namespace import read_stored
from glossator.incremental.schema import ENTITIES
from glossator.model import ArticleId, EntityId
from glossator.stages.plan import GROUPS, TABLES

PAGE = "render"
WORDS: Mapping[str, str] = {
    "program": "Glossator itself or a library that it uses",
    "code": "Glossator itself, or a library or language model that it uses",
    "settings": "the settings",
    "template": "its template or one that this uses",
    "view": "what it shows",
}
"""Plain words for the parts of a page's fingerprint and for the inputs of a stage."""
ROWS: Mapping[str, str] = {**{table.field: table.words for table in TABLES}, **GROUPS, "whole": "{}"}
"""Plain words for the rows of the catalogue that a page looks up, by table."""
WHOLE: Mapping[str, str] = {
    "articles": "the number of articles",
    "scale": "the size of the archive",
    "year": "the year of the newest article",
    "orders": "the orders in which articles are listed",
    "ties": "which entities appear together",
    "kept_back": "which names you keep private",
    "private": "which names you keep private",
}
"""Plain words for the facts of the archive as a whole."""
FIELDS: Mapping[str, str] = {
    "name": "name",
    "type": "type",
    "origin": "confirmation by a person",
    "aliases": "other names",
    "introduction": "descriptor",
    "sentences": "key sentences",
    "note": "note",
    "page": "page",
    "article": "place in a glossary",
    "is_certain": "certainty",
    "listed": "place or firm in a list",
    "bearers": "people who may be meant",
    "counted": "number of articles",
    "reason": "number of articles",
}
"""Plain words for what is known of an entity."""
INPUTS: Mapping[str, str] = {
    "extract": "the saved file",
    "annotate": "the text or the language",
    "rematch": "the text, what is found in it, or what you and other articles say of its names",
}
"""Plain words for the input of each stage."""


NEWLINE = "\n"
STAGES: Mapping[str, str] = {
    "extract": "the article in the saved file",
    "annotate": "the names in the text",
    "rematch": "the names that others know",
    PAGE: "the page",
}
"""Plain words for what each stage makes."""


class PageExplanation(msgspec.Struct, frozen=True):
    """PageExplanation of one page, or of one stage's result for one file."""

    path: str
    stage: str
    made: bool
    """True if the last build made it."""
    changed: tuple[str, ...]
    """Inputs, in plain words, that had changed when it was last made; empty if it was new or had been lost."""
    reason: str
    """NEW, LOST or `changed`."""
    builds_ago: int
    """Number of builds since it was last made; 0 for the last build."""

    @property
    def sentence(self) -> str:
        verb = "rendered" if self.stage == PAGE else "made"
        earlier = "one build before" if self.builds_ago == 1 else f"{self.builds_ago} builds before"
        when = "at the last build" if self.made else earlier
        why = {
            NEW: "nothing was known of it before",
            LOST: "nothing had changed, but it was gone, or not as a build had left it",
        }.get(self.reason, _changes(self.changed))
        last_run = f"{verb} {when}: {why}{'' if NEWLINE in why else '.'}"
        return last_run if self.made else f"not {verb} at the last build, for nothing had changed. Last {last_run}"


def _changes(changed: tuple[str, ...]) -> str:
    """Say what had changed: the first in the sentence, the others in a list below."""
    if len(changed) == 1:
        return f"{changed[0]} had changed"
    return "these had changed:" + "".join(f"\n    - {part}" for part in changed)


def explain(paths: ArchivePaths, path: Path) -> tuple[PageExplanation, ...]:
    """Return the explanations for a page of the site, an article or a saved file: those of pages first.

    Raises SiteError for any other path, and if no build is stored.
    """
    with Cache(paths.cache) as cache:
        last = cache.build - 1
        if not last:
            raise SiteError("No build of this archive is remembered.", "Build it first.")
        answers = [_answer(cache, cause, last) for cause in _causes(cache, paths, _located(paths, path))]
    if not answers:
        hint = "Name a page of the site, a file of content/articles/ or one of content/saved/ from which one was made."
        raise SiteError(f"The last build knew nothing of {path}.", hint)
    return tuple(dict.fromkeys(answers))


class _LocatedFile(NamedTuple):
    """A file by the folder that it is in (`site`, `articles` or `saved`) and its path below the folder."""

    folder: str
    name: str


class _StageCause(NamedTuple):
    """Why a stage last worked on the file at a path."""

    path: str
    stage: str
    cause: Cause


def _located(paths: ArchivePaths, path: Path) -> Iterator[_LocatedFile]:
    """Yield every file that the path may name: relative to the working directory, the site or the content."""
    folders = {"site": paths.site, "articles": paths.content / "articles", "saved": paths.content / "saved"}
    for name, folder in folders.items():
        for start in (Path(), paths.site, paths.content):
            if (file := (start / path).absolute()).is_relative_to(folder):
                yield _LocatedFile(name, file.relative_to(folder).as_posix())


def _causes(cache: Cache, paths: ArchivePaths, files: Iterator[_LocatedFile]) -> Iterator[_StageCause]:
    site = str(paths.site.resolve())
    articles = {article.head.id: article for article in read_article_store(paths.content / "articles").kept}
    for folder, name in files:
        stem = ArticleId(slugs.slug(Path(name).stem))
        ids = {
            "site": [stem] if name == site_paths.article_path(stem) else [],
            "articles": [stem],
            "saved": [
                key for key, article in articles.items() if article.conversion and article.conversion.file == name
            ],
        }[folder]
        pages = [name] if folder == "site" else [str(site_paths.article_path(key)) for key in ids]
        converted = [articles[key].conversion for key in ids if key in articles]
        saved = [name] if folder == "saved" else [conversion.file for conversion in converted if conversion]
        labels = {f"articles/{key}.md": f"articles/{key}.md" for key in ids}
        labels |= {f"saved/{file}": file for file in saved}
        for page in pages:
            if cause := cache.page_cause(site, page):
                yield _StageCause(page, PAGE, cause)
        for path, label in labels.items():
            for stage, cause in cache.causes(label).items():
                yield _StageCause(path, stage, cause)


def _answer(cache: Cache, stage_cause: _StageCause, last: int) -> PageExplanation:
    cause = stage_cause.cause
    reason = cause.why[0] if cause.why[0] in (NEW, LOST) else "changed"
    words = {**WORDS, "input": INPUTS.get(stage_cause.stage, "what went in")}
    causes = _most_precise(cause.why) if reason == "changed" else ()
    in_words = dict.fromkeys(words.get(name) or _row_in_words(cache, name) for name in causes)
    return PageExplanation(
        stage_cause.path, stage_cause.stage, cause.build >= last, tuple(in_words), reason, max(0, last - cause.build)
    )


def _most_precise(causes: tuple[str, ...]) -> Iterable[str]:
    """Return the causes without an entity, or its line in a list, of which it is known which field changed."""
    fields = {cause.split()[1] for cause in causes if cause.startswith("profiles ") and cause.count(" ") == 2}
    return [cause for cause in causes if not (cause.startswith(("entities ", "rows ")) and cause.split()[1] in fields)]


def _row_in_words(cache: Cache, cause: str) -> str:
    """Return what changed of a row, given its table, its key and perhaps the names of its fields."""
    table, _, key = cause.partition(" ")
    if table == "whole":
        return WHOLE.get(key, key)
    if table == "profiles":
        entity, _, fields = key.partition(" ")
        changed = dict.fromkeys(FIELDS.get(field, field) for field in fields.split(",") if field)
        name = _name(cache, entity)
        return " and ".join(f"{name}'s {field}" for field in changed) or ROWS[table].format(name)
    if table in ("entities", "rows"):
        return ROWS[table].format(_name(cache, key))
    return ROWS.get(table, cause).format(f"“{key}”")


def _name(cache: Cache, entity: str) -> str:
    """Return the name of an entity; the id of one that is gone."""
    stored = read_stored(cache, ENTITIES, [EntityId(entity)])
    return stored[EntityId(entity)].name if stored else entity
