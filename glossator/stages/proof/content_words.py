"""The words that say what a sentence is about, as stems: "rented cars" and "car rental" have both in common."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache

from glossator.dates import MONTHS
from glossator.passages.words import base, words_of
from glossator.word_lists import stop_words

_NO_CONTENT = frozenset(
    """according added announced around article billion called cent day days dozen half hundred including million month
    months new number percent recent reported reports said say says see thousand time times told trillion wants week
    weeks will writes wrote year years""".split()
)
"""Words that journalists and figures bring along, whatever the sentence is about."""
_CALENDAR = frozenset(
    [*(name.casefold() for name in MONTHS), *(f"{day}day" for day in "sun mon tues wednes thurs fri satur".split())]
)
_SUFFIX = re.compile(r"(?:ments?|ions?|ings?|ers?|ors?|als?|ies|ied|ed|es|ly|s|e|y)$")
SHORTEST = 3
"""Letters of a word that says something."""
STEM = 4
"""Letters that a stem keeps, at least."""


def content_words(text: str, start: int, end: int) -> frozenset[str]:
    """Return the stems of the words of a stretch that say what it is about; none of numbers."""
    return stems(words_of(text, start, end).folded)


def stems(folded: Iterable[str]) -> frozenset[str]:
    """Return the stems of those of some folded words that say something."""
    return frozenset(stem(word) for word in map(base, folded) if len(word) >= SHORTEST and says_something(word))


@lru_cache(maxsize=1 << 16)
def stem(word: str) -> str:
    """Return a folded word without the endings by which its forms differ; a short one without its plural."""
    for _ in range(2):
        suffix = _SUFFIX.search(word)
        least = SHORTEST if suffix and suffix[0] == "s" else STEM
        if suffix is None or suffix.start() < least:
            break
        word = word[: suffix.start()]
    return word


@lru_cache(maxsize=1 << 16)
def says_something(word: str) -> bool:
    """True if a folded word tells what a sentence is about: it is none of grammar, numbers or the calendar."""
    if not word.replace("'", "").isalpha() or word in stop_words("en"):
        return False
    return word not in _NO_CONTENT and word not in _CALENDAR
