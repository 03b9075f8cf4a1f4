"""Names that sound alike: Gadhafi and Gaddafi."""

from __future__ import annotations

import re
from functools import lru_cache

from glossator.naming.misspellings import may_be_misspelling
from glossator.naming.normalise import CACHED_FULL_NAMES

SOUNDS = (
    (re.compile(r"sch|sh|tch"), "ch"),
    (re.compile(r"ph"), "f"),
    (re.compile(r"(?<=[bcdgkrt])h"), ""),
    (re.compile(r"c?k|q|c(?=[aoutlr]|$)"), "k"),
    (re.compile(r"[yj]"), "i"),
    (re.compile(r"ou|oo"), "u"),
    (re.compile(r"(?<=[aou])e"), ""),
    (re.compile(r"w"), "v"),
    (re.compile(r"(.)\1+"), r"\1"),
)
"""Spellings of one sound and the letter that replaces them, in the order of replacement."""


@lru_cache(maxsize=CACHED_FULL_NAMES)
def sound(key: str) -> str:
    """Return a person's key with one letter for each sound that has several spellings. Coarse: no proof by itself."""
    for spelling, letter in SOUNDS:
        key = spelling.sub(letter, key)
    return key


@lru_cache(maxsize=CACHED_FULL_NAMES)
def skeleton(key: str) -> str:
    """Return initial letters and consonants of a person's key by their sounds, which most misspellings leave alone."""
    return re.sub(r"(.)\1+", r"\1", re.sub(r"(?<=\w)[aeiouh]", "", sound(key)))


def sounds_like(first: str, second: str) -> bool:
    """True if each word of two keys of equal skeleton is a spelling, or nearly a spelling, of its counterpart."""
    pairs = zip(first.split(), second.split(), strict=True)
    return all(sound(word) == sound(other) or may_be_misspelling(word, other) for word, other in pairs)
