"""The descriptors of an entity's articles -> the one that introduces it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from glossator.model import ArticleId, Descriptor, EntityType, Head, Introduction

INTRODUCED = frozenset({EntityType.PERSON, EntityType.ORGANISATION})
"""Types of which the words of an article say who or what it is."""

SHORT, LONG = 12, 140
"""Characters: less says little ("the firm"), more is a sentence of its own."""


def introduction(
    found: Iterable[tuple[ArticleId, Descriptor]], heads: Mapping[ArticleId, Head], kind: EntityType
) -> Introduction | None:
    """The descriptor of handy length from the earliest article; the first in the text where several are."""
    if kind not in INTRODUCED:
        return None

    def rank(one: tuple[ArticleId, Descriptor]) -> tuple[bool, bool, str, ArticleId, int]:
        article, descriptor = one
        published = heads[article].published
        return (
            not SHORT <= len(descriptor.text) <= LONG,
            published is None,
            published or "",
            article,
            descriptor.start,
        )

    best = min(found, key=rank, default=None)
    if best is None:
        return None
    article, descriptor = best
    return Introduction(descriptor.text, article, descriptor.start, descriptor.end)
