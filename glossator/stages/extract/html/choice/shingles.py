"""Words and runs of words, by which texts are compared."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass

Shingles = Counter[tuple[str, ...]]

SIZE = 4
"""Words that make a shingle."""
_WORD = re.compile(r"\w+")
_SHARE = 0.6
"""Of a passage's shingles that must lie in a text for it to be there."""


def words(text: str) -> list[str]:
    return _WORD.findall(text.casefold())


def shingles(tokens: list[str]) -> Shingles:
    """Runs of four words with their numbers; a shorter text is one run."""
    if len(tokens) < SIZE:
        return Counter([tuple(tokens)] if tokens else [])
    return Counter(zip(*(tokens[place:] for place in range(SIZE)), strict=False))


@dataclass(frozen=True, slots=True)
class Wording:
    """A text, to be asked whether a passage is in it."""

    runs: frozenset[tuple[str, ...]]
    lines: frozenset[tuple[str, ...]]

    def has(self, tokens: list[str]) -> bool:
        """Whether most of a passage's runs of words are in the text; one too short for a run must be a line of it."""
        if len(tokens) < SIZE:
            return tuple(tokens) in self.lines
        own = shingles(tokens)
        return sum(number for run, number in own.items() if run in self.runs) >= _SHARE * own.total()


def wording(text: str) -> Wording:
    return Wording(frozenset(shingles(words(text))), frozenset(tuple(words(line)) for line in text.splitlines()) - {()})
