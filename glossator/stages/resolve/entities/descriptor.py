"""The descriptors of an entity's articles -> the one that introduces the entity."""

from __future__ import annotations

from collections.abc import Iterable

from glossator.model import ArticleId, ChosenDescriptor, EntityType
from glossator.stages.resolve.blocking.occurrences import DescriptorSpan, Occurrence, OccurrenceTable

DESCRIBED_TYPES = frozenset({EntityType.PERSON, EntityType.ORGANISATION})
"""Types of entity that articles describe."""

SHORTEST = 12
"""Characters of a descriptor that says enough, at least; "the firm" does not."""

LONGEST = 140
"""Characters of a descriptor at most; more is a sentence of its own."""


def choose_descriptor(
    table: OccurrenceTable, occurrences: Iterable[Occurrence], kind: EntityType
) -> ChosenDescriptor | None:
    """Return the descriptor of suitable length from the earliest article, and of several the first in the text.

    `occurrences` are those of the entity, `kind` is its type.
    """
    if kind not in DESCRIBED_TYPES or not table.descriptors:
        return None

    def rank(candidate: tuple[str | None, ArticleId, DescriptorSpan]) -> tuple[bool, bool, str, ArticleId, int]:
        published, article, span = candidate
        return not SHORTEST <= len(span.text) <= LONGEST, published is None, published or "", article, span.start

    candidates = (
        (table.descriptors[occurrence].published, table.articles[occurrence], span)
        for occurrence in occurrences
        if occurrence in table.descriptors
        for span in table.descriptors[occurrence].spans
    )
    best = min(candidates, key=rank, default=None)
    if best is None:
        return None
    _, article, span = best
    return ChosenDescriptor(span.text, article, span.start, span.end)
