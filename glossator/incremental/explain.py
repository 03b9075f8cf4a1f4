"""Explanations why the last build did or did not make a page or a result: the names of the inputs that differed."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import NamedTuple

import msgspec

from glossator import addresses, site_paths
from glossator.config import SiteError
from glossator.content.archive_paths import ArchivePaths
from glossator.content.article_store import read_article_store
from glossator.incremental.cache import LOST, NEW, Cache, Cause
from glossator.model import ArticleId

PAGE = "render"
WORDS: Mapping[str, str] = {
    "program": "Glossator itself or a library that it uses",
    "code": "Glossator itself, or a library or language model that it uses",
    "settings": "the settings",
    "template": "its template or one that this uses",
    "text": "the text, or what is found in it",
    "head": "its title, date, author or what else its head says",
    "entities": "what is known of the entities on it",
    "names": "which entity each name is",
    "related": "the related articles",
    "articles": "titles or dates of articles that it links to, or their order",
    "cards": "what its cards say",
    "cited": "which articles it refers to",
    "pictures": "the pictures",
    "note_links": "what its own text links to",
    "versions": "the older versions",
    "also_in": "where else the article was published",
    "tags": "which of its tags other articles share",
    "authors": "which of its authors have several articles",
    "topic": "the articles and the entities of the topic, and its name",
    "ties": "which entities appear together",
    "places": "where the places are",
    "entity": "what is known of the entity",
    "passages": "texts that it quotes, or what is found in them",
    "over_time": "when the entity was spoken of",
    "companions": "the entities that appear with it",
    "shared": "titles or dates of articles that it shares with others",
    "feeds": "the feeds that it belongs to",
    "hidden": "which names you keep private",
}
"""Plain words for the parts of a page's fingerprint and for the inputs of a stage."""
INPUTS: Mapping[str, str] = {
    "extract": "the saved file",
    "annotate": "the text or the language",
    "rematch": "the text, what is found in it, or what you and other articles say of its names",
}
"""Plain words for the input of each stage."""


class Answer(msgspec.Struct, frozen=True):
    """Explanation of one page, or of one stage's result for one file."""

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
        }.get(self.reason, f"{' and '.join(self.changed)} had changed")
        last_run = f"{verb} {when}: {why}."
        return last_run if self.made else f"not {verb} at the last build, for nothing had changed. Last {last_run}"


def explain(paths: ArchivePaths, path: Path) -> tuple[Answer, ...]:
    """Return the explanations for a page of the site, an article or a saved file: those of pages first.

    Raises SiteError for any other path, and if no build is stored.
    """
    with Cache(paths.cache) as cache:
        last = cache.build - 1
        if not last:
            raise SiteError("No build of this archive is remembered.", "Build it first.")
        answers = [_answer(cause, last) for cause in _causes(cache, paths, _located(paths, path))]
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
        stem = ArticleId(addresses.slug(Path(name).stem))
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


def _answer(found: _StageCause, last: int) -> Answer:
    cause = found.cause
    reason = cause.why[0] if cause.why[0] in (NEW, LOST) else "changed"
    words = {**WORDS, "input": INPUTS.get(found.stage, "what went in")}
    changed = tuple(words.get(name, name) for name in cause.why) if reason == "changed" else ()
    return Answer(found.path, found.stage, cause.build >= last, changed, reason, max(0, last - cause.build))
