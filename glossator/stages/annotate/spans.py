"""Spans of names, and the choice between spans that overlap."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable
from functools import lru_cache
from itertools import pairwise
from string import ascii_lowercase, ascii_uppercase

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


def without_overlap(spans: Iterable[Span]) -> list[Span]:
    """Return the spans in the order of the text; of overlapping ones the longest, of equally long ones the first.

    None may be empty.
    """
    ordered = sorted(spans, key=lambda one: one.start)
    if all(left.end <= right.start for left, right in pairwise(ordered)):
        return ordered
    taken: list[Span] = []  # in the order of the text
    for span in sorted(ordered, key=lambda one: one.start - one.end):
        index = bisect_left(taken, span.end, key=lambda one: one.start)
        if not index or taken[index - 1].end <= span.start:
            taken.insert(index, span)
    return taken


PROSE = ("paragraph", "item", "quote", "cell", "caption")
"""Kinds of block that the model reads; names are found in headings if the prose contains them."""

SHORT_LINE = 45
"""Characters of a line; a longer line that ends within a sentence was broken to fit a page."""


SAMPLE = 400
"""Characters of a block by which its capitals are judged."""

LONGEST_HEADLINE = 200
"""Characters of a headline."""

_CAPITALS, _SMALL = ascii_uppercase.encode(), ascii_lowercase.encode()

_SMALL_WORD = re.compile(r"(?<!\w)[a-zà-ÿ]+")


@lru_cache(maxsize=2)
def small_words(content: str) -> frozenset[str]:
    """Return the words that a text writes in small letters; several rules ask for those of one text."""
    return frozenset(_SMALL_WORD.findall(content))


def ends_a_line_of_its_own(content: str, at: int) -> bool:
    """True if the line break at an offset is meant: no sentence continues after a short line."""
    return at - content.rfind("\n", 0, at) <= SHORT_LINE


@lru_cache(maxsize=64)
def is_all_capitals(text: str) -> bool:
    """True if a line is set in capitals throughout, so that capitals tell nothing."""
    sample = text[:SAMPLE].encode("ascii", "replace")
    capitals, small = (len(sample) - len(sample.translate(None, letters)) for letters in (_CAPITALS, _SMALL))
    return capitals > 3 and capitals > 4 * small


@lru_cache(maxsize=64)
def is_headline(text: str) -> bool:
    """True if nearly every longer word of a short line has a capital, as headlines have in English."""
    if len(text) >= LONGEST_HEADLINE or text.rstrip().endswith("."):
        return False
    words = [word for word in re.findall(r"[^\W\d_][\w'’-]*", text) if len(word) > 3]
    return len(words) > 2 and sum(word[0].isupper() for word in words) > 0.8 * len(words)
