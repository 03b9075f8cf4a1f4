"""Words and shingles (runs of words), by which texts are compared."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass

Shingles = Counter[tuple[str, ...]]

SIZE = 4
"""Words in a shingle."""
_WORD = re.compile(r"\w+")
_SHARE = 0.6
"""Share of a passage's shingles that must be in a text for the passage to be in it."""
_NEARLY = 0.8
"""Share of the shingles of a short passage, which may be those of a phrase that many passages begin with."""
_FEW = 10
"""Shingles of a short passage."""


def words(text: str) -> list[str]:
    return _WORD.findall(text.casefold())


def shingles(tokens: list[str]) -> Shingles:
    """Count the runs of four words; a shorter text is one run."""
    if len(tokens) < SIZE:
        return Counter([tuple(tokens)] if tokens else [])
    return Counter(zip(*(tokens[start:] for start in range(SIZE)), strict=False))


@dataclass(frozen=True, slots=True)
class Wording:
    """Shingles and lines of a text, in which passages are looked up."""

    runs: Shingles
    lines: Counter[tuple[str, ...]]

    def has(self, tokens: list[str]) -> bool:
        """True if most of a passage's shingles are in the text; a passage too short for one must be a line."""
        if len(tokens) < SIZE:
            return tuple(tokens) in self.lines
        own = shingles(tokens)
        found = sum(number for run, number in own.items() if run in self.runs)
        return found >= (_SHARE if own.total() > _FEW else _NEARLY) * own.total()

    def has_each(self, tokens: list[str]) -> bool:
        """True if most of a group's shingles are in the text, each as often as in the group."""
        own = shingles(tokens)
        return sum(min(number, self.runs[run]) for run, number in own.items()) >= _SHARE * own.total()


def wording(text: str) -> Wording:
    lines = Counter(tuple(words(line)) for line in text.splitlines())
    del lines[()]
    return Wording(shingles(words(text)), lines)
