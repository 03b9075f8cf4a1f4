"""Names that stand in text which the site keeps back: decisions may be about them, and nothing public may tell them."""

from __future__ import annotations

import re
from codecs import BOM_UTF8
from collections.abc import Callable, Iterable, Iterator, Mapping
from collections.abc import Set as AbstractSet
from functools import lru_cache, partial
from pathlib import Path
from typing import NamedTuple

from glossator import frontmatter, markup
from glossator.content import decisions as decisions_file
from glossator.content.article_files import stated_rights
from glossator.content.article_store import ArticleStore, StoredArticle
from glossator.content.file_stamps import stamp_of
from glossator.files import Unusable, read_bytes
from glossator.incremental.namespace import Namespace
from glossator.incremental.searched_files import search_files
from glossator.model import NOBODY, ArticleId, Decisions, Note
from glossator.naming.normalise import CACHED_FULL_NAMES
from glossator.pipeline.analysis.find_entities import FoundEntities
from glossator.pipeline.analysis.find_names import Decided
from glossator.pipeline.context import Problems
from glossator.stages.resolve import unknown_articles
from glossator.text import visible

Words = Iterable[frozenset[str]]
"""Words of each of several names, in lower case."""
_WORD = re.compile(r"[^\W_]+")
PAGES, NOTES = "pages", "entities"


class KeptBackNames(NamedTuple):
    """Names, by where they stand."""

    held: frozenset[str] = frozenset()
    """Names in a text, or a part of one, that is kept back."""
    shown: frozenset[str] = frozenset()
    """Names in published text."""

    @property
    def only(self) -> frozenset[str]:
        """Names in text that is kept back, and in no published text."""
        return self.held - self.shown


class _Texts(NamedTuple):
    """Contents of a file."""

    whole: str = ""
    published: str = ""


class _TextFile(NamedTuple):
    """A file whose text may be kept back."""

    state: str
    """State of all that the texts are made of; empty if it proves nothing."""
    read: Callable[[Words], _Texts]
    """Returns the texts of the file, which are empty if it has not all words of any name."""


def kept_back_names(content: Path, store: ArticleStore, names: Iterable[str]) -> KeptBackNames:
    """Return which of the names stand in text that is kept back. The store is read as the site publishes it."""
    searched = _searched(names)
    files = _text_files(content, store).values() if searched else ()
    by_file = [_names_in(file, searched) for file in files]
    return KeptBackNames(
        frozenset().union(*(here.held for here in by_file)), frozenset().union(*(here.shown for here in by_file))
    )


def names_held(content: Path, store: ArticleStore, names: Iterable[str], namespace: Namespace) -> frozenset[str]:
    """Return which of the names stand in text that is kept back. Only files that changed since the last time are read.

    The namespace has what was found then.
    """
    searched = _searched(names)
    public = {f"articles/{article.file}" for article in store.kept if article.head.rights == "full"}
    files = {name: file for name, file in _text_files(content, store).items() if name not in public}
    states = {name: file.state for name, file in files.items()}

    def held_in(name: str) -> tuple[str, ...]:
        return tuple(sorted(_names_in(files[name], searched).held))

    return search_files(namespace, "unused names", sorted(searched), states, held_in)


def _names_in(file: _TextFile, searched: Mapping[str, frozenset[str]]) -> KeptBackNames:
    whole, published = map(visible, file.read(searched.values()))
    words = _words(whole) | _words(published)
    patterns = {name: _pattern(name) for name, name_words in searched.items() if name_words <= words}
    counts = {name: len(pattern.findall(published)) for name, pattern in patterns.items()} if published else {}
    held = (name for name, pattern in patterns.items() if whole and len(pattern.findall(whole)) > counts.get(name, 0))
    return KeptBackNames(frozenset(held), frozenset(name for name, count in counts.items() if count))


def _searched(names: Iterable[str]) -> dict[str, frozenset[str]]:
    """Return the names that have words, with the words."""
    return {name: words for name in names if (words := _words(visible(name)))}


def _words(text: str) -> frozenset[str]:
    return frozenset(_WORD.findall(text.casefold()))


@lru_cache(maxsize=CACHED_FULL_NAMES)
def _pattern(name: str) -> re.Pattern[str]:
    spaced = r"\s+".join(map(re.escape, visible(name).split()))
    return re.compile(rf"(?<!\w){spaced}(?!\w)", re.IGNORECASE)


def _text_files(content: Path, store: ArticleStore) -> dict[str, _TextFile]:
    """Return the files of articles, pages and notes, by path. An article that cannot be read is kept back."""
    files = {}
    kept = {article.file: article for article in store.kept}
    for name in sorted(kept.keys() | store.looked.keys()):
        article, record = kept.get(name), store.looked.get(name)
        shown = f"{article.digest} {article.head.rights}" if article else ""
        state = f"{record.stamp} {shown}" if record and record.stamp else ""
        read = partial(_article, store, article) if article else partial(_unreadable, store.folder / name)
        files[f"articles/{name}"] = _TextFile(state, read)
    for folder in (PAGES, NOTES):
        for path in sorted((content / folder).glob("*.md")):
            files[f"{folder}/{path.name}"] = _TextFile(stamp_of(str(path)), partial(_own_text, path, folder))
    return files


def _article(store: ArticleStore, article: StoredArticle, words: Words) -> _Texts:
    text = _read(store.folder / article.file, words)
    if not text:
        return _Texts()
    published = "" if article.head.rights == "private" else _published(store, article)
    return _Texts(published if article.head.rights == "full" else _with_plain(text), published)


def _unreadable(path: Path, words: Words) -> _Texts:
    return _Texts(_read(path, words))


def _own_text(path: Path, folder: str, words: Words) -> _Texts:
    """Return the texts of a page or a note, which are published whole or not at all."""
    text = _read(path, words)
    if not _is_public(text):
        return _Texts(text)
    return _Texts(text, text) if folder == PAGES else _Texts()  # a note is shown with an entity of the articles


def _read(path: Path, words: Words) -> str:
    """Return the text of a file; empty if it has not all words of any name, or is not there."""
    try:
        text = read_bytes(path).removeprefix(BOM_UTF8).decode("utf-8", "replace")
    except Unusable:
        return ""  # reported, and shown nowhere
    here = _words(visible(text))
    return text if any(name <= here for name in words) else ""


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
    parts = (head.title, head.site, head.description, *head.authors, *head.tags, *head.aliases)
    return "\n".join([*filter(None, parts), markup.read(store.open(article).markdown).content])


def _is_public(text: str) -> bool:
    try:
        return stated_rights(text, *frontmatter.split(text)).rights == "full"
    except frontmatter.FrontMatterError:
        return False


def without_kept_back_names(
    content: Path, store: ArticleStore, archive: FoundEntities, decided: Decided, problems: Problems
) -> Problems:
    """Return the problems of decisions and notes, none of them about a name or an article that is only kept back."""
    unknown = unknown_articles(decided.decisions, archive.states.keys() | private_articles(store))
    return (*without_held_names(content, store, archive, problems), *unknown)


def without_held_names(content: Path, store: ArticleStore, archive: FoundEntities, problems: Problems) -> Problems:
    """Return the problems without those about a name which only text has that is kept back."""
    names = {archive.unmatched[problem] for problem in problems if problem in archive.unmatched}
    held = kept_back_names(content, store, names).held if keeps_back(store) else frozenset()
    return tuple(problem for problem in problems if archive.unmatched.get(problem) not in held)


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
