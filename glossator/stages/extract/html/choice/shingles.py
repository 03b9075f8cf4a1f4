"""Words and runs of words, by which texts are compared."""

from __future__ import annotations

import re
from collections import Counter

Shingles = Counter[tuple[str, ...]]

SIZE = 4
"""Words that make a shingle."""
_WORD = re.compile(r"\w+")


def words(text: str) -> list[str]:
    return _WORD.findall(text.casefold())


def shingles(tokens: list[str]) -> Shingles:
    """Runs of four words with their numbers; a shorter text is one run."""
    if len(tokens) < SIZE:
        return Counter([tuple(tokens)] if tokens else [])
    return Counter(zip(*(tokens[place:] for place in range(SIZE)), strict=False))
