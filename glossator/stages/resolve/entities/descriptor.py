"""The descriptors of an entity's articles -> the one that introduces it."""

from __future__ import annotations

from collections.abc import Iterable

from glossator.model import ArticleId, ChosenDescriptor, EntityType
from glossator.stages.resolve.blocking.columns import Names, Place

INTRODUCED = frozenset({EntityType.PERSON, EntityType.ORGANISATION})
"""Types of which the words of an article say who or what it is."""

SHORT, LONG = 12, 140
"""Characters: less says little ("the firm"), more is a sentence of its own."""


def introduction(names: Names, places: Iterable[Place], kind: EntityType) -> ChosenDescriptor | None:
    """The descriptor of handy length from the earliest article; the first in the text where several are."""
    if kind not in INTRODUCED or not names.described:
        return None

    def rank(one: tuple[str | None, ArticleId, int, int, str]) -> tuple[bool, bool, str, ArticleId, int]:
        published, article, start, _, text = one
        return not SHORT <= len(text) <= LONG, published is None, published or "", article, start

    found = (
        (names.described[place][0], names.articles[place], *words)
        for place in places
        if place in names.described
        for words in names.described[place][1]
    )
    best = min(found, key=rank, default=None)
    if best is None:
        return None
    _, article, start, end, text = best
    return ChosenDescriptor(text, article, start, end)
