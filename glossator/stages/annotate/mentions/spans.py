"""Spans of names, and the choice between those that overlap."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from itertools import pairwise
from typing import Protocol, TypeVar

import msgspec

from glossator.model import UNKNOWN_CERTAINTY, EntityType


class Span(msgspec.Struct, frozen=True):
    """A stretch of the text that is a name, with its type."""

    start: int
    end: int
    type: EntityType
    certainty: int = UNKNOWN_CERTAINTY
    """Probability that the stretch is a name, in tenths."""
    chances: tuple[int, ...] = ()
    """Probability of each type, in tenths; empty if no trained model judged."""


class Bounded(Protocol):
    """A value that is about a stretch of a text."""

    @property
    def start(self) -> int: ...
    @property
    def end(self) -> int: ...


AnyBounded = TypeVar("AnyBounded", bound=Bounded)


def overlapping(stretches: Sequence[AnyBounded], other: Bounded) -> Sequence[AnyBounded]:
    """Return those that overlap another stretch; they are in the order of the text, and none overlaps the next."""
    first = bisect_right(stretches, other.start, key=lambda stretch: stretch.end)
    return stretches[first : bisect_left(stretches, other.end, lo=first, key=lambda stretch: stretch.start)]


def without_overlap(spans: Iterable[Span]) -> list[Span]:
    """Return the spans in the order of the text; of overlapping ones the longest, of equally long ones the first.

    None may be empty.
    """
    ordered = sorted(spans, key=lambda span: span.start)
    if all(left.end <= right.start for left, right in pairwise(ordered)):
        return ordered
    taken: list[Span] = []  # in the order of the text
    for span in sorted(ordered, key=lambda longest: longest.start - longest.end):
        index = bisect_left(taken, span.end, key=lambda other: other.start)
        if not index or taken[index - 1].end <= span.start:
            taken.insert(index, span)
    return taken
