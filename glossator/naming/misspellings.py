"""Misspelt words: strictly, one letter apart; leniently, alike as a whole.

Within an article a surname has no other proof, so the strict predicate decides. Across articles the sounds and the
contexts have to agree too, and transliterations differ by more than a letter, so the lenient one decides.
"""

from __future__ import annotations

from difflib import SequenceMatcher

MISSPELT_LIKENESS = 0.8
"""Likeness (Ratcliff and Obershelp 1988) from which a word may be a misspelling of another one."""

SHORTEST_MISSPELT = 5
"""Letters of a word that may be misspelt, at least."""


def is_one_letter_apart(first: str, second: str) -> bool:
    """True if a letter more, less, other or out of place makes one word the other (Damerau 1964).

    A plural is no misspelling: the letter may not be a last s.
    """
    if abs(len(first) - len(second)) > 1 or first.removesuffix("s") == second.removesuffix("s"):
        return False
    start = next((index for index, pair in enumerate(zip(first, second, strict=False)) if pair[0] != pair[1]), -1)
    if start < 0:
        return True
    rest, other = first[start:], second[start:]
    swapped = rest[1:2] + rest[:1] + rest[2:] == other
    return rest[1:] == other[1:] or rest[1:] == other or rest == other[1:] or swapped


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
