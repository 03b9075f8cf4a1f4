"""Which of the archive's articles a new one is another copy of: by its address, or by nearly the same text."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from simhash import Simhash, SimhashIndex

from glossator import urls
from glossator.content.shelf import Kept, Shelf
from glossator.model import Extracted

BITS = 3
"""In which the fingerprints of near copies may differ: Manku, Jain and Das Sarma, 2007, for 64 bits."""
ALIKE, SHORT_ALIKE, SHORT = 0.9, 0.97, 300
"""Of all runs of four words, those that two copies of one text share; more in a text of fewer words than SHORT, for
bulletins and notices differ in a word that is the news."""
_RUN = 4


@dataclass(frozen=True, slots=True)
class Seen:
    """An article of the archive, as a message names it, and how to get at its text."""

    name: str
    text: Callable[[], str]


@dataclass(slots=True)
class Register:
    """The articles of the archive so far. State: it grows with every article that is placed."""

    by_source: dict[str, list[Seen]] = field(default_factory=lambda: defaultdict(list))
    by_name: dict[str, Seen] = field(default_factory=dict)
    near: SimhashIndex = field(default_factory=lambda: SimhashIndex([], f=64, k=BITS))

    def add(self, name: str, address: str, article: Extracted) -> None:
        """One that was placed just now; `address` is its own, canonical."""
        self._enter(Seen(name, lambda: article.markdown), address, article.conversion.likeness)

    def enter(self, shelf: Shelf, kept: Kept) -> None:
        """One that was there before; its text is read once it is asked for."""
        seen = Seen(f"articles/{Path(kept.file).name}", lambda: shelf.open(kept).markdown)
        self._enter(seen, kept.leads.address, kept.conversion.likeness if kept.conversion else "")

    def _enter(self, seen: Seen, address: str, likeness: str) -> None:
        self.by_name[seen.name] = seen
        if address:
            self.by_source[address].append(seen)
        if likeness:
            self.near.add(seen.name, _simhash(likeness))

    def same_address(self, article: Extracted) -> tuple[Seen, ...]:
        """Other saves of the same page."""
        return tuple(self.by_source.get(urls.canonical(article.source), ())) if article.source else ()

    def twin(self, article: Extracted) -> tuple[Seen, str] | None:
        """An article that this one is a copy of, and what they share; None for another article or another version."""
        for seen in self.same_address(article):
            if alike(seen.text(), article.markdown):
                return seen, "address and text"
        if article.conversion.likeness:
            for name in sorted(self.near.get_near_dups(_simhash(article.conversion.likeness))):
                if alike(self.by_name[name].text(), article.markdown):
                    return self.by_name[name], "text"
        return None


def register(shelf: Shelf) -> Register:
    made = Register()
    for one in shelf.kept:
        made.enter(shelf, one)
    return made


def alike(one: str, other: str) -> bool:
    """Whether two texts are the same but for a few words: the Jaccard likeness of their runs of four words."""
    mine, others = _runs(one), _runs(other)
    shared = ALIKE if min(len(mine), len(others)) >= SHORT else SHORT_ALIKE
    return len(mine & others) >= shared * len(mine | others)


def _runs(markdown: str) -> set[tuple[str, ...]]:
    words = re.findall(r"\w+", markdown.casefold())
    return set(zip(*(words[place:] for place in range(_RUN)), strict=False)) if len(words) >= _RUN else {tuple(words)}


def _simhash(likeness: str) -> Simhash:
    return Simhash(int(likeness, 16), f=64)
