"""Words and shingles (runs of words), by which texts are compared."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import islice

Shingles = Counter[tuple[str, ...]]

SIZE = 4
"""Words in a shingle."""
_WORD = re.compile(r"\w+")
_SHARE = 0.6
"""Share of a passage's shingles that must be in a text for the passage to be in it."""


def words(text: str) -> list[str]:
    return _WORD.findall(text.casefold())


def shingles(tokens: list[str]) -> Shingles:
    """Count the runs of four words; a shorter text is one run."""
    if len(tokens) < SIZE:
        return Counter([tuple(tokens)] if tokens else [])
    return Counter(zip(*(tokens[start:] for start in range(SIZE)), strict=False))


@dataclass(frozen=True, slots=True)
class Wording:
    """Shingles of a text, and its lines that are too short for one, in which passages are looked up."""

    runs: frozenset[tuple[str, ...]]
    lines: frozenset[tuple[str, ...]]

    def has(self, tokens: list[str]) -> bool:
        """True if most of a passage's shingles are in the text; a passage too short for one must be a line."""
        if len(tokens) < SIZE:
            return tuple(tokens) in self.lines
        own = shingles(tokens)
        return sum(number for run, number in own.items() if run in self.runs) >= _SHARE * own.total()


def wording(text: str, runs: Iterable[tuple[str, ...]] = ()) -> Wording:
    """Return the wording of a text; `runs` are its shingles if they are known."""
    return Wording(frozenset(runs or shingles(words(text))), frozenset(_short_lines(text)))


def _short_lines(text: str) -> Iterator[tuple[str, ...]]:
    for line in text.splitlines():
        tokens = tuple(found[0] for found in islice(_WORD.finditer(line.casefold()), SIZE))
        if 0 < len(tokens) < SIZE:
            yield tokens
