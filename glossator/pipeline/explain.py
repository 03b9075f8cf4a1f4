"""Why something was or was not made at the last build: which of its inputs differed, by name."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from glossator import urls
from glossator.config import SiteError
from glossator.content.article_store import read_article_store
from glossator.incremental.cache import LOST, NEW, Cache, Cause
from glossator.model import ArticleId
from glossator.pipeline.context import ArchivePaths

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
    "cited": "which articles it refers to",
    "pictures": "the pictures",
    "versions": "the older versions",
    "entity": "what is known of the entity",
    "passages": "texts that it quotes, or what is found in them",
    "over_time": "when the entity was spoken of",
    "companions": "the entities that appear with it",
    "shared": "titles or dates of articles that it shares with others",
}
"""What a person calls the parts of a page's fingerprint, and the inputs of a stage."""
INPUTS: Mapping[str, str] = {
    "extract": "the saved file",
    "annotate": "the text or the language",
    "rematch": "the text, what is found in it, or what you and other articles say of its names",
}
"""What the input of each stage is."""


@dataclass(frozen=True, slots=True)
class Answer:
    """Of one thing that builds make."""

    path: str
    stage: str
    made: bool
    """Whether the last build made it."""
    changed: tuple[str, ...]
    """When it was last made: what had changed, in words. Empty where it was new, or had been lost."""
    reason: str
    """NEW, LOST or `changed`."""
    builds_ago: int
    """Since it was last made; 0 for the last build."""

    @property
    def sentence(self) -> str:
        verb = "rendered" if self.stage == PAGE else "made"
        when = "at the last build" if self.made else f"{self.builds_ago} builds before"
        why = {
            NEW: "nothing was known of it before",
            LOST: "nothing had changed, but it was gone, or not as a build had left it",
        }.get(self.reason, f"{' and '.join(self.changed)} had changed")
        told = f"{verb} {when}: {why}."
        return told if self.made else f"not {verb} at the last build, for nothing had changed. Last {told}"


def explain(paths: ArchivePaths, path: Path) -> tuple[Answer, ...]:
    """Of a page of the site, an article or a saved file: the page first, then what it was made of.

    Raises SiteError for anything else, and where no build is remembered.
    """
    with Cache(paths.cache) as cache:
        last = cache.build - 1
        if not last:
            raise SiteError("No build of this archive is remembered.", "Build it first.")
        answers = [
            _answer(name, stage, cause, last) for name, stage, cause in _causes(cache, paths, _names(paths, path))
        ]
    if not answers:
        hint = "Name a page of the site, a file of content/articles/ or one of content/saved/ from which one was made."
        raise SiteError(f"The last build knew nothing of {path}.", hint)
    return tuple(dict.fromkeys(answers))


def _names(paths: ArchivePaths, path: Path) -> Iterator[tuple[str, str]]:
    """The namespaces in which the path may name something: `site`, `articles` or `saved`, and its name there."""
    namespaces = {"site": paths.site, "articles": paths.content / "articles", "saved": paths.content / "saved"}
    for namespace, folder in namespaces.items():
        for start in (Path(), paths.site, paths.content):
            if (place := (start / path).absolute()).is_relative_to(folder):
                yield namespace, place.relative_to(folder).as_posix()


def _causes(cache: Cache, paths: ArchivePaths, names: Iterator[tuple[str, str]]) -> Iterator[tuple[str, str, Cause]]:
    site = str(paths.site.resolve())
    store = {one.head.id: one for one in read_article_store(paths.content / "articles").kept}
    for namespace, name in names:
        stem = ArticleId(urls.slug(Path(name).stem))
        about = {
            "site": [stem] if name == urls.article_path(stem) else [],
            "articles": [stem],
            "saved": [key for key, one in store.items() if one.conversion and one.conversion.file == name],
        }[namespace]
        pages = [name] if namespace == "site" else [str(urls.article_path(article)) for article in about]
        files = [one.conversion.file for key in about if (one := store.get(key)) and one.conversion]
        labels = {f"articles/{article}.md": f"articles/{article}.md" for article in about}
        labels |= {f"saved/{file}": file for file in ([name] if namespace == "saved" else files)}
        for page in pages:
            if cause := cache.page(site, page):
                yield page, PAGE, cause
        for shown, label in labels.items():
            for stage, cause in cache.causes(label).items():
                yield shown, stage, cause


def _answer(path: str, stage: str, cause: Cause, last: int) -> Answer:
    reason = cause.why[0] if cause.why[0] in (NEW, LOST) else "changed"
    words = {**WORDS, "input": INPUTS.get(stage, "what went in")}
    changed = tuple(words.get(name, name) for name in cause.why) if reason == "changed" else ()
    return Answer(path, stage, cause.build >= last, changed, reason, max(0, last - cause.build))
