"""Spellings of one name of a person that languages make of other letters than Latin ones: Wladimir, Vladimir."""

from __future__ import annotations

import re

SHORTEST = 5
"""Letters of a word that may be spelt otherwise, at least: Khan is not Chan."""

TABLE = tuple(
    (re.compile(pattern), letters)
    for pattern, letters in (
        (r"tsch|tch|kh", "ch"),
        (r"sch", "sh"),
        (r"w", "v"),
        (r"(?:iy|ij|yj|yi)$", "y"),
        (r"(?<=[aeo])[ij]$", "y"),
        (r"(?<=sk)i$", "y"),
        (r"^s(?=\w+sky$)", "z"),
    )
)
"""Letters of German, Dutch, French or Polish romanisations, and the ones that stand for all of them."""

HACEKS = str.maketrans({"š": "sh", "č": "ch", "ž": "zh", "Š": "Sh", "Č": "Ch", "Ž": "Zh"})
"""Letters that are written as two without a háček."""


def romanised(words: tuple[str, ...]) -> str:
    """Return the words of a person's name in the spelling that stands for all romanisations of the name."""
    return " ".join(map(_romanised_word, words))


def _romanised_word(word: str) -> str:
    if len(word) < SHORTEST:
        return word
    for pattern, letters in TABLE:
        word = pattern.sub(letters, word)
    return word
