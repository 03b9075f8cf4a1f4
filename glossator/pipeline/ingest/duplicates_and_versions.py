"""Articles that are one: copies of a text, which are not written again, and versions of a page, which are grouped.

A duplicate has the address and nearly the text, or nearly the text alone, of an article of the archive. Versions are
saves of one page at different times, with different texts.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import NamedTuple

import msgspec

from glossator import addresses
from glossator.content.article_store import ArticleStore, StoredArticle
from glossator.model import ArticleId, Extracted
from glossator.rights import in_inbox

DIFFERING_BITS = 3
"""Bits of 64 in which the fingerprints of near duplicates may differ: Manku, Jain and Das Sarma, 2007."""
PIECE_BITS = 64 // (DIFFERING_BITS + 1)
"""Bits of a piece of a fingerprint, of which there is one more than bits may differ."""
SHARED_RUNS = 0.9
"""Share of all runs of four words that two copies of one text have in common."""
SHARED_RUNS_IF_SHORT = 0.97
"""The share for a short text, because bulletins and notices differ only in the word that is the news."""
SHORT = 300
"""Number of runs below which a text is short."""
RUN_WORDS = 4

Piece = tuple[int, int]
"""Index of the lowest bit of a part of a fingerprint, and the value of the part."""


class KnownText(msgspec.Struct, frozen=True):
    """An article of the archive: the name by which messages call it, and a function that returns its text."""

    name: str
    text: Callable[[], str]
    edited: bool = False
    """True if a person changed the text, so that a copy of it as converted is known by its fingerprint alone."""
    private: bool = False
    """True if it is private by its place: no other article is a copy or a version of it, and it of no other."""


class Duplicate(NamedTuple):
    """An article of the archive of which another article is a copy, and what the two share."""

    original: KnownText
    shared: str


@dataclass(slots=True)
class KnownTexts:
    """The articles of the archive. State: it grows with every article that is written."""

    by_source: dict[str, list[KnownText]] = field(default_factory=lambda: defaultdict(list))
    """Articles by canonical address."""
    by_name: dict[str, KnownText] = field(default_factory=dict)
    by_piece: dict[Piece, list[tuple[int, str]]] = field(default_factory=lambda: defaultdict(list))
    """Fingerprints and names by each piece of a fingerprint; near duplicates share at least one piece."""

    def add(self, name: str, address: str, article: Extracted) -> None:
        """Add an article that was written just now; `address` is its canonical address, empty if it has none."""
        private = in_inbox(article.conversion.file)
        self._add(KnownText(name, lambda: article.markdown, False, private), address, article.conversion.likeness)

    def add_stored(self, store: ArticleStore, article: StoredArticle) -> None:
        """Add an article of the store; its text is read when it is needed."""
        name = f"articles/{Path(article.file).name}"
        text = KnownText(name, lambda: store.open_whole(article).markdown, article.edited, _is_of_inbox(article))
        self._add(text, article.article_links.address, article.conversion.likeness if article.conversion else "")

    def _add(self, text: KnownText, address: str, likeness: str) -> None:
        self.by_name[text.name] = text
        if address:
            self.by_source[address].append(text)
        if likeness:
            fingerprint = int(likeness, 16)
            for piece in _pieces(fingerprint):
                self.by_piece[piece].append((fingerprint, text.name))

    def same_address(self, article: Extracted) -> tuple[KnownText, ...]:
        """Return the articles that have the address of this one."""
        texts = self.by_source.get(addresses.canonical(article.source), ()) if article.source else ()
        return tuple(text for text in texts if text.private == in_inbox(article.conversion.file))

    def duplicate(self, article: Extracted) -> Duplicate | None:
        """Return what the article is a copy of; None if it is another article, or another version of one."""
        for original in self.same_address(article):
            if is_near_copy(original.text(), article.markdown):
                return Duplicate(original, "address and text")
        for name in sorted(self._similar_names(article.conversion.likeness)):
            original = self.by_name[name]
            if original.private != in_inbox(article.conversion.file):
                continue
            if original.edited or is_near_copy(original.text(), article.markdown):
                return Duplicate(original, "text")
        return None

    def _similar_names(self, likeness: str) -> set[str]:
        """Return the names of the articles whose fingerprints differ in few bits from one in hexadecimal digits."""
        if not likeness:
            return set()
        fingerprint = int(likeness, 16)
        candidates = (candidate for piece in _pieces(fingerprint) for candidate in self.by_piece.get(piece, ()))
        return {name for other, name in candidates if (fingerprint ^ other).bit_count() <= DIFFERING_BITS}


def _is_of_inbox(article: StoredArticle) -> bool:
    """True if an article is private by its place, and does not say otherwise."""
    return article.own == "private" and article.conversion is not None and in_inbox(article.conversion.file)


def known_texts(store: ArticleStore) -> KnownTexts:
    texts = KnownTexts()
    for article in store.kept:
        texts.add_stored(store, article)
    return texts


def is_near_copy(text: str, other: str) -> bool:
    """True if two texts differ in a few words only, by the Jaccard similarity of their runs of four words."""
    runs, other_runs = _runs(text), _runs(other)
    shared = SHARED_RUNS if min(len(runs), len(other_runs)) >= SHORT else SHARED_RUNS_IF_SHORT
    return len(runs & other_runs) >= shared * len(runs | other_runs)


def _runs(markdown: str) -> set[tuple[str, ...]]:
    words = re.findall(r"\w+", markdown.casefold())
    if len(words) < RUN_WORDS:
        return {tuple(words)}
    return set(zip(*(words[start:] for start in range(RUN_WORDS)), strict=False))


def _pieces(fingerprint: int) -> Iterator[Piece]:
    """Yield the pieces of a fingerprint: two fingerprints that differ in DIFFERING_BITS at most share one of them."""
    mask = (1 << PIECE_BITS) - 1
    return ((index, fingerprint >> index & mask) for index in range(0, 64, PIECE_BITS))


class ArticleVersions(msgspec.Struct, frozen=True):
    """Articles, and further versions of some of them."""

    newest: tuple[StoredArticle, ...]
    """The version of every article that lists, search and names know, in the order in which the articles were given."""
    others: Mapping[ArticleId, tuple[StoredArticle, ...]]
    """Other versions by the id of the newest one, newest first."""
    unordered: frozenset[ArticleId]
    """Ids of versions of which nothing says that they are older than the newest."""


def split_versions(articles: Iterable[StoredArticle]) -> ArticleVersions:
    """Group the versions of each article.

    What is private by its place is a version only of what is private by its place.

    A version is older if it was saved at an earlier time, or, if those times are unknown or equal, if the newest one
    says that it was corrected or updated and the other does not. Without a sign the first by id is the article.
    """
    every = list(articles)
    by_address: dict[tuple[str, bool], list[StoredArticle]] = {}
    for article in every:
        if address := article.article_links.address:
            by_address.setdefault((address, _is_of_inbox(article)), []).append(article)
    others: dict[ArticleId, tuple[StoredArticle, ...]] = {}
    unordered: set[ArticleId] = set()
    for versions in by_address.values():
        if len(versions) > 1:
            first, *rest = _ranked(versions)
            others[first.head.id] = tuple(rest)
            unordered.update(version.head.id for version in rest if not _is_later(first, version))
    replaced = {article.head.id for versions in others.values() for article in versions}
    newest = tuple(article for article in every if article.head.id not in replaced)
    return ArticleVersions(newest, others, frozenset(unordered))


def _ranked(versions: Iterable[StoredArticle]) -> list[StoredArticle]:
    """Return the versions of one article, newest first; those that nothing distinguishes by id."""
    ranked = sorted(versions, key=lambda article: article.head.id)
    dated = all(article.head.saved for article in ranked)

    def age(article: StoredArticle) -> tuple[object, ...]:
        saved, revision = article.head.saved or "", article.article_links.revision
        return (saved, revision) if dated else (revision, saved)

    return sorted(ranked, key=age, reverse=True)


def _is_later(article: StoredArticle, other: StoredArticle) -> bool:
    """True if there is a sign that an article is a later version than the other. A day is not later than its hours."""
    first, second = article.head.saved or "", other.head.saved or ""
    shared = min(len(first), len(second))
    if first[:shared] != second[:shared]:
        return first > second
    return article.article_links.revision > other.article_links.revision
