"""Names that are nearly a private one. Whoever wrote the private name may have misspelt it, which protects nobody.

The rules are wide, because a name counts only until a person says that somebody else bears it.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache

from rapidfuzz.distance import OSA

from glossator.naming.lexicon import COURTESY_TITLES, PARTICLES
from glossator.naming.normalise import CACHED_FULL_NAMES, words
from glossator.naming.private_names import SUFFIXES

NameWords = tuple[str, ...]
_UNTOLD = PARTICLES | COURTESY_TITLES | SUFFIXES
"""Words that tell nobody from others."""

MOST_LETTERS = 2
"""Letters in which two whole names differ, at most."""
SHORT_WORD = 4
"""Letters of a word of which one may differ, at most; of a longer one two may."""
SHORTEST_SURNAME = 5
"""Letters of a surname that may differ without a given name beside it, at least."""
LONG_SURNAME = 8
"""Letters of such a surname of which two may differ."""
SHORTEST_NICKNAME = 3
"""Letters of the beginning of a given name that people are called by."""


def is_near(private: str, name: str) -> bool:
    """True if a person's name differs from a private one in one or two letters, or as people shorten names.

    In two letters out of three or four every second name differs. The surname may stand first, middle names may be
    missing, a given name may be short; of a name of one word only the surname is compared.
    """
    return any(_are_near(first, second) for first, second in _spelled(private, name))


def is_same(private: str, name: str) -> bool:
    """True if two names have the same words, whatever their accents."""
    return any(words(private, drop_umlauts=drop) == words(name, drop_umlauts=drop) for drop in (False, True))


def is_one_word(name: str) -> bool:
    """True if a name is a single word, but for a courtesy title: a surname alone, or a pseudonym."""
    return len(_words(name, drop_umlauts=False)) == 1


def bears(surname: str, name: str) -> bool:
    """True if a private name is a surname alone, and a name of several words ends with it."""
    return any(len(first) == 1 < len(second) and first[0] == second[-1] for first, second in _spelled(surname, name))


def _spelled(first: str, second: str) -> Iterator[tuple[NameWords, NameWords]]:
    """Yield the words of two names, with umlauts written out, and without their dots."""
    for drop in (False, True):
        both = _words(first, drop_umlauts=drop), _words(second, drop_umlauts=drop)
        if all(both):
            yield both


@lru_cache(maxsize=CACHED_FULL_NAMES)
def _words(name: str, *, drop_umlauts: bool) -> NameWords:
    whole = words(name, drop_umlauts=drop_umlauts)
    return tuple(word for word in whole if word not in _UNTOLD) or whole


def _are_near(private: NameWords, name: NameWords) -> bool:
    if min(len(private), len(name)) == 1:
        shortest = min(len(private[-1]), len(name[-1]))
        most = MOST_LETTERS if shortest >= LONG_SURNAME else 1
        return shortest >= SHORTEST_SURNAME and OSA.distance(private[-1], name[-1], score_cutoff=most) <= most
    return any(_are_full_near(private, order) for order in (name, (*name[1:], name[0])))


def _are_full_near(private: NameWords, name: NameWords) -> bool:
    if len(private) != len(name) and OSA.distance("".join(private), "".join(name), score_cutoff=1) <= 1:
        return True  # a hyphen or a blank more
    left = MOST_LETTERS - _apart(private[-1], name[-1])
    return left >= 0 and _given_apart(private[0], name[0]) <= left


def _given_apart(first: str, second: str) -> int:
    """Return the letters in which two given names differ; none if one is the initial or the short form of the other."""
    short, long = sorted((first, second), key=len)
    if long.startswith(short) and (len(short) == 1 or len(short) >= SHORTEST_NICKNAME):
        return 0
    return _apart(first, second)


def _apart(first: str, second: str) -> int:
    """Return the letters in which two words differ; more than may differ in a name if they are too many for a word."""
    shortest = min(len(first), len(second))
    most = 0 if shortest == 1 else 1 if shortest <= SHORT_WORD else MOST_LETTERS
    apart = OSA.distance(first, second, score_cutoff=most)
    return apart if apart <= most else MOST_LETTERS + 1
