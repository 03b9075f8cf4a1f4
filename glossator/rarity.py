"""What it says of two articles that both have a name: the more, the fewer articles have it."""

from __future__ import annotations

SMALL = 100
"""Articles added to their number, so that in a small archive a name of all has some weight."""


def rarity(count: int, articles: int) -> float:
    """The weight of a name that so many of the articles have: from 1 for one article's alone towards 0 for that of all.

    It is the inverse document frequency (Spärck Jones, 1972), divided by the largest there can be and taken of octaves:
    one more article hardly ever changes it.
    """
    return 1 - (octave(count) - 1) / scale(articles)


def scale(articles: int) -> int:
    """What the weights of an archive depend on besides the counts: equal for archives of about one size."""
    return octave(articles + SMALL) - 1


def octave(count: int) -> int:
    """Doublings up to a count: 1 for one, 2 for two and three, 3 for four to seven."""
    return count.bit_length()
