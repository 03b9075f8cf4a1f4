"""Names that stand in text which the site keeps back: decisions may be about them, and nothing public may tell them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from collections.abc import Set as AbstractSet
from pathlib import Path
from typing import NamedTuple

from glossator import frontmatter, markup
from glossator.content import decisions as decisions_file
from glossator.content.article_files import stated_rights
from glossator.content.article_store import ArticleStore, StoredArticle
from glossator.files import Unusable, read_text
from glossator.model import NOBODY, ArticleId, Decisions, Note
from glossator.pipeline.analysis.find_entities import FoundEntities
from glossator.pipeline.analysis.find_names import Decided
from glossator.pipeline.context import Problems
from glossator.stages.resolve import unknown_articles

PAGES, NOTES = "pages", "entities"


class KeptBackNames(NamedTuple):
    """Names, by where they stand."""

    held: frozenset[str] = frozenset()
    """Names in a text, or a part of one, that is kept back."""
    only: frozenset[str] = frozenset()
    """Names in text that is kept back, and in no published text."""


def kept_back_names(content: Path, store: ArticleStore, names: Iterable[str]) -> KeptBackNames:
    """Return which of the names stand in text that is kept back. The store is read as the site publishes it."""
    patterns = {name: _pattern(name) for name in names if name.strip()}
    if not patterns:
        return KeptBackNames()
    held: set[str] = set()
    shown: set[str] = set()
    for whole, published in _texts(content, store, patterns):
        for name, pattern in patterns.items():
            if pattern.search(published):
                shown.add(name)
            if len(pattern.findall(whole)) > len(pattern.findall(published)):
                held.add(name)
    return KeptBackNames(frozenset(held), frozenset(held - shown))


def _pattern(name: str) -> re.Pattern[str]:
    spaced = r"\s+".join(map(re.escape, name.split()))
    return re.compile(rf"(?<!\w){spaced}(?!\w)", re.IGNORECASE)


def _texts(content: Path, store: ArticleStore, names: Iterable[str]) -> Iterator[tuple[str, str]]:
    """Yield the texts that may hold one of the names: the whole of each, and what is published of it."""
    words = [frozenset(name.casefold().split()) for name in names]
    for article in store.kept:
        if text := _read(store.folder / article.file, words):
            published = "" if article.head.rights == "private" else _published(store, article)
            yield published if article.head.rights == "full" else _with_plain(text), published
    for folder in (PAGES, NOTES):
        for path in sorted((content / folder).glob("*.md")):
            if not (text := _read(path, words)):
                continue
            if not _is_public(text):
                yield text, ""
            elif folder == PAGES:  # a note is shown with an entity of the articles, or not at all
                yield text, text


def _read(path: Path, words: Iterable[frozenset[str]]) -> str:
    """Return the text of a file; empty if it has not all words of any name, or cannot be read."""
    try:
        text = read_text(path)
    except Unusable:
        return ""  # reported, and shown nowhere
    folded = text.casefold()
    return text if any(all(word in folded for word in name) for name in words) else ""


def _with_plain(text: str) -> str:
    """Return the front matter of an article's file, and what its text shows; the file if it cannot be read."""
    try:
        fields, body = frontmatter.split(text)
    except frontmatter.FrontMatterError:
        return text
    return f"{text[: len(text) - len(body)] if fields else ''}\n{markup.read(body).content}"


def _published(store: ArticleStore, article: StoredArticle) -> str:
    """Return what is published of an article that is not private."""
    head = article.head
    said = (head.title, head.site, head.description, *head.authors, *head.tags, *head.aliases)
    return "\n".join([*filter(None, said), markup.read(store.open(article).markdown).content])


def _is_public(text: str) -> bool:
    try:
        return stated_rights(text, *frontmatter.split(text)).rights == "full"
    except frontmatter.FrontMatterError:
        return False


def without_kept_back_names(
    content: Path, store: ArticleStore, found: FoundEntities, decided: Decided, problems: Problems
) -> Problems:
    """Return the problems of decisions and notes, none of them about a name or an article that is only kept back."""
    unknown = unknown_articles(decided.decisions, found.states.keys() | private_articles(store))
    return (*without_held_names(content, store, found, problems), *unknown)


def without_held_names(content: Path, store: ArticleStore, found: FoundEntities, problems: Problems) -> Problems:
    """Return the problems without those about a name which only text has that is kept back."""
    names = {found.unmatched[problem] for problem in problems if problem in found.unmatched}
    held = kept_back_names(content, store, names).held if keeps_back(store) else frozenset()
    return tuple(problem for problem in problems if found.unmatched.get(problem) not in held)


def private_articles(store: ArticleStore) -> set[ArticleId]:
    return {article.head.id for article in store.kept if article.head.rights == "private"}


def keeps_back(store: ArticleStore) -> bool:
    """True if the site keeps back an article or a part of one."""
    return any(article.head.rights != "full" for article in store.kept)


def files_with_kept_back_names(
    content: Path, store: ArticleStore, decided: Decided, unmatched: AbstractSet[str] | None = None
) -> Iterator[str]:
    """Yield the files of decisions and notes with a name that no published text has, but text that is kept back.

    Without the names that are `unmatched`, because no published article has them as names, all are looked up.
    """
    splits = decided.decisions.splits
    entries = [entry for entry in said_by(decided.decisions) if unmatched is None or not unmatched.isdisjoint(entry)]
    entries += [(split.name, split.entity) for split in splits if split.entity != NOBODY]
    notes = [note for note in decided.notes if not note.listed and (unmatched is None or note.name in unmatched)]
    if not (entries or notes or splits) or not keeps_back(store):
        return
    only = kept_back_names(content, store, {*(word for entry in entries for word in entry), *_names(notes)}).only
    named = {ArticleId(article) for split in splits for article in split.articles}
    if named & private_articles(store) or any(not only.isdisjoint(entry) for entry in entries):
        yield decisions_file.FILE
    yield from (f"entities/{note.slug}.md" for note in notes if not only.isdisjoint(_names([note])))


def said_by(decisions: Decisions) -> Iterator[tuple[str, ...]]:
    """Yield the names in each decision but splits, those that it gives included."""
    yield from ((name,) for name in (*decisions.ignore, *decisions.private, *decisions.confirm))
    yield from ((name,) for name, _ in decisions.types)
    yield from decisions.rename
    yield from decisions.not_the_same
    yield from ((survivor, *names) for survivor, names in decisions.merge)


def _names(notes: Iterable[Note]) -> set[str]:
    return {name for note in notes for name in (note.name, *note.aliases)}
