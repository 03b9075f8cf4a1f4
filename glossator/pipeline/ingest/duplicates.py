"""Which of the archive's articles a new one is another copy of: by its address, or by nearly the same text."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from glossator import urls
from glossator.content.article_store import ArticleStore, StoredArticle
from glossator.model import Extracted

BITS = 3
"""In which the fingerprints of near copies may differ: Manku, Jain and Das Sarma, 2007, for 64 bits."""
PIECE = 64 // (BITS + 1)
ALIKE, SHORT_ALIKE, SHORT = 0.9, 0.97, 300
"""Of all runs of four words, those that two copies of one text share; more in a text of fewer words than SHORT, for
bulletins and notices differ in a word that is the news."""
_RUN = 4


@dataclass(frozen=True, slots=True)
class SeenText:
    """An article of the archive, as a message names it, and how to get at its text."""

    name: str
    text: Callable[[], str]


@dataclass(slots=True)
class Register:
    """The articles of the archive so far. State: it grows with every article that is placed."""

    by_source: dict[str, list[SeenText]] = field(default_factory=lambda: defaultdict(list))
    by_name: dict[str, SeenText] = field(default_factory=dict)
    by_piece: dict[tuple[int, int], list[tuple[int, str]]] = field(default_factory=lambda: defaultdict(list))
    """Fingerprints and names by each piece of a fingerprint; near copies share a piece at least."""

    def add(self, name: str, address: str, article: Extracted) -> None:
        """One that was placed just now; `address` is its own, canonical."""
        self._enter(SeenText(name, lambda: article.markdown), address, article.conversion.likeness)

    def enter(self, store: ArticleStore, kept: StoredArticle) -> None:
        """One that was there before; its text is read once it is asked for."""
        seen = SeenText(f"articles/{Path(kept.file).name}", lambda: store.open(kept).markdown)
        self._enter(seen, kept.article_links.address, kept.conversion.likeness if kept.conversion else "")

    def _enter(self, seen: SeenText, address: str, likeness: str) -> None:
        self.by_name[seen.name] = seen
        if address:
            self.by_source[address].append(seen)
        if likeness:
            fingerprint = int(likeness, 16)
            for piece in _pieces(fingerprint):
                self.by_piece[piece].append((fingerprint, seen.name))

    def same_address(self, article: Extracted) -> tuple[SeenText, ...]:
        """Other saves of the same page."""
        return tuple(self.by_source.get(urls.canonical(article.source), ())) if article.source else ()

    def twin(self, article: Extracted) -> tuple[SeenText, str] | None:
        """An article that this one is a copy of, and what they share; None for another article or another version."""
        for seen in self.same_address(article):
            if alike(seen.text(), article.markdown):
                return seen, "address and text"
        for name in sorted(self._near(article.conversion.likeness)):
            if alike(self.by_name[name].text(), article.markdown):
                return self.by_name[name], "text"
        return None

    def _near(self, likeness: str) -> set[str]:
        """The names of articles whose fingerprints differ from this one in few bits."""
        if not likeness:
            return set()
        mine = int(likeness, 16)
        others = (other for piece in _pieces(mine) for other in self.by_piece.get(piece, ()))
        return {name for fingerprint, name in others if (mine ^ fingerprint).bit_count() <= BITS}


def register(store: ArticleStore) -> Register:
    made = Register()
    for one in store.kept:
        made.enter(store, one)
    return made


def alike(one: str, other: str) -> bool:
    """Whether two texts are the same but for a few words: the Jaccard likeness of their runs of four words."""
    mine, others = _runs(one), _runs(other)
    shared = ALIKE if min(len(mine), len(others)) >= SHORT else SHORT_ALIKE
    return len(mine & others) >= shared * len(mine | others)


def _runs(markdown: str) -> set[tuple[str, ...]]:
    words = re.findall(r"\w+", markdown.casefold())
    return set(zip(*(words[place:] for place in range(_RUN)), strict=False)) if len(words) >= _RUN else {tuple(words)}


def _pieces(fingerprint: int) -> Iterator[tuple[int, int]]:
    """One piece more than bits may differ, each with its place: fingerprints as near as that share one of them."""
    return ((place, fingerprint >> place & (1 << PIECE) - 1) for place in range(0, 64, PIECE))
