"""Names that are alike: misspelt words, and spellings of one sound (Gadhafi and Gaddafi).

Within an article a surname has no other proof than its letters, so the strict predicate of misspellings decides.
Across articles the sounds and the contexts have to agree too, and transliterations differ by more than a letter, so
the lenient one decides.
"""

from __future__ import annotations

import re
from difflib import SequenceMatcher
from functools import lru_cache

from rapidfuzz.distance import OSA

from glossator.naming.normalise import CACHED_FULL_NAMES

MISSPELT_LIKENESS = 0.8
"""Likeness (Ratcliff and Obershelp 1988) from which a word may be a misspelling of another one."""

SHORTEST_MISSPELT = 5
"""Letters of a word that may be misspelt, at least."""


def is_one_letter_apart(first: str, second: str) -> bool:
    """True if one letter more, less, other or out of place makes one word the other.

    A plural is no misspelling: the letter may not be a last s. The distance is that of optimal string alignment
    (Damerau 1964).
    """
    return first.removesuffix("s") != second.removesuffix("s") and OSA.distance(first, second, score_cutoff=1) == 1


def may_be_misspelling(first: str, second: str) -> bool:
    """True if two words are so alike that one may be a misspelling of the other.

    A last letter that differs tells a brother from a sister.
    """
    if min(len(first), len(second)) < SHORTEST_MISSPELT or first[-1] != second[-1]:
        return False
    return likeness(first, second) >= MISSPELT_LIKENESS


def likeness(first: str, second: str) -> float:
    """Return the likeness of two strings between 0 and 1 (Ratcliff and Obershelp 1988)."""
    return SequenceMatcher(None, first, second, autojunk=False).ratio()


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
