"""The weight of a shared name between articles: the fewer articles have it, the more it says."""

from __future__ import annotations

SMALL = 100
"""Articles added to their number, so that in a small archive a name of all articles has some weight."""


def rarity(count: int, articles: int) -> float:
    """Return the weight of a name in `count` of the articles: from 1 for a rare one towards 0 for one in all of them.

    It is the inverse document frequency (Spärck Jones, 1972) divided by its maximum, in steps of two octaves (one to
    three articles, four to fifteen, ...): one more article hardly ever changes it.
    """
    return weight(count, scale(articles))


def weight(count: int, of_scale: int) -> float:
    """Return the weight of a name in `count` articles of an archive of a scale."""
    return 1 - step(count) * 2 / of_scale


def step(count: int) -> int:
    """Return the step of a count: counts on one step weigh the same."""
    return _octave(count) // 2


def scale(articles: int) -> int:
    """Return what weights depend on besides the counts: equal for archives of about one size."""
    return _octave(articles + SMALL)


def _octave(count: int) -> int:
    """Return the number of times that one must be doubled to come up to a count."""
    return count.bit_length() - 1
