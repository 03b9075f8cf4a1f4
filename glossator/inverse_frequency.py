"""What it says of two articles that both have a name: the more, the fewer articles have it."""

from __future__ import annotations

SMALL = 100
"""Articles added to their number, so that in a small archive a name of all has some weight."""


def rarity(count: int, articles: int) -> float:
    """The weight of a name that so many of the articles have: from 1 for a rare one towards 0 for that of all.

    It is the inverse document frequency (Spärck Jones, 1972) divided by the largest there can be, in steps of two
    octaves (one to three articles, four to fifteen, ...): one more article hardly ever changes it.
    """
    return 1 - step(count) * 2 / scale(articles)


def step(count: int) -> int:
    """On which of the steps a count is: counts of one step weigh the same."""
    return _octave(count) // 2


def scale(articles: int) -> int:
    """What weights depend on besides the counts: the same for archives of about one size."""
    return _octave(articles + SMALL)


def _octave(count: int) -> int:
    """How often one is to be doubled to come up to a count."""
    return count.bit_length() - 1
