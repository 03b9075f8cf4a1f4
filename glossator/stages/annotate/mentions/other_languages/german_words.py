"""German words, of which every noun has a capital: a capitalised word that is none of them is likely a name."""

from __future__ import annotations

import lzma
from functools import cache, lru_cache
from importlib import resources
from unicodedata import normalize

from glossator.naming.normalise import CACHED_WORDS
from glossator.stages.annotate.models.classify.words import WordIndex

LINKS = ("", "s", "es", "n", "en", "er", "e")
"""Letters that join the first part of a compound to its last."""
PART = 3, 4
"""Letters of the first and of the last part of a compound, at least: Bachmut is not made of Bach and Mut."""
ENDINGS = ("s", "es", "n", "en", "e", "er", "em", "ern", "in", "innen")
"""Endings of cases, numbers and women; words with them are not listed."""
OF_NAMES = ("bach", "berg", "burg", "dorf", "feld", "hausen", "heim", "hofer", "mann", "stein", "thal", "wald")
"""Last parts of names, which make no compound of a word that is not listed."""
LONGEST = 40
"""Letters of a word that is taken to pieces."""


def is_german_word(word: str) -> bool:
    """True if a word is an ordinary word of German, or a compound of such words."""
    small = normalize("NFC", word).casefold()
    return len(small) > LONGEST or _is_word(small)


@lru_cache(CACHED_WORDS)
def _is_word(word: str) -> bool:
    if _is_listed(word):
        return True
    if word.endswith(OF_NAMES):
        return False
    first, last = PART
    return any(_is_word(word[at:]) and begins_compound(word[:at]) for at in range(first, len(word) - last + 1))


def begins_compound(part: str) -> bool:
    """True if letters may be the first part of a compound: a word, or one with the letters that join it."""
    return any(
        part.endswith(link) and len(part) - len(link) >= PART[0] and _is_word(part.removesuffix(link)) for link in LINKS
    )


def _is_listed(word: str, endings: int = 2) -> bool:
    """True if a word is listed as it is, or without one or two endings."""
    if _index().row(word):
        return True
    stems = (word.removesuffix(ending) for ending in ENDINGS if word.endswith(ending))
    return endings > 0 and any(len(stem) > PART[0] and _is_listed(stem, endings - 1) for stem in stems)


@cache
def _index() -> WordIndex:
    data = (resources.files("glossator") / "data" / "words" / "german.xz").read_bytes()
    return WordIndex(lzma.decompress(data))
