"""Stretches of equal words -> the passages that one article shares with another, block by block."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby, pairwise

from glossator.model import DifferingWords, SharedPassage
from glossator.stages.lineage.compared_text import ComparedText
from glossator.stages.lineage.stretches import Pairs

FEWEST = 3
"""Equal words of a passage in a block: fewer begin or end there by chance."""


def passages_of(text: ComparedText, other: ComparedText, shared: Sequence[Pairs]) -> Iterator[SharedPassage]:
    """Yield the passages of a text that another one has, too, in their order."""
    for pairs in shared:
        for part in (list(group) for _, group in groupby(pairs, lambda pair: text.block(pair[0]).start)):
            if len(part) >= FEWEST:
                yield _passage(text, other, part)


def turned(shared: Sequence[Pairs]) -> list[Pairs]:
    """Return stretches as the second text has them."""
    return sorted(([(there, here) for here, there in pairs] for pairs in shared), key=lambda pairs: pairs[0])


def _passage(text: ComparedText, other: ComparedText, pairs: Pairs) -> SharedPassage:
    (first, place), (last, end) = pairs[0], pairs[-1]
    starts, ends = text.words.starts, text.words.ends
    return SharedPassage(
        starts[first],
        ends[last],
        text.block(first).anchor,
        other.article,
        other.block(place).anchor,
        len(pairs),
        1 + max(last - first, end - place),
        tuple(_differences(text, other, pairs)),
    )


def _differences(text: ComparedText, other: ComparedText, pairs: Pairs) -> Iterator[DifferingWords]:
    starts, ends = text.words.starts, text.words.ends
    for (start, at), (following, after) in pairwise(pairs):
        if following > start + 1:
            yield DifferingWords(starts[start + 1], ends[following - 1], other.words.text(at + 1, after))
        elif after > at + 1:
            yield DifferingWords(starts[following], starts[following], other.words.text(at + 1, after))
