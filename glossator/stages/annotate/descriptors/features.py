"""DescriptorCandidates -> rows of features: what their words are, what stands beside them, and where they stand."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from glossator.model import EntityType
from glossator.stages.annotate.classify.view import Floats, columns, means
from glossator.stages.annotate.descriptors.candidates import PATTERNS, DescriptorCandidate
from glossator.stages.annotate.descriptors.tokenised import (
    CAPITAL,
    DIGIT,
    FUNCTION,
    LINK,
    MARK,
    STOP,
    TokenisedSentences,
)

TYPES = tuple(EntityType)
_PATTERN = {name: number for number, name in enumerate(PATTERNS)}
_TYPE = {name: number for number, name in enumerate(TYPES)}


def features(
    tokens: TokenisedSentences, found: Sequence[DescriptorCandidate], types: Sequence[EntityType]
) -> dict[str, Floats]:
    """Return the blocks of features of candidates, of which there is at least one; `types` are those of their names."""
    numbers = np.array([(one.start, one.end, *one.mention, *one.sentence, one.rank, one.total) for one in found]).T
    start, end, first, last, *_ = numbers
    size = len(tokens)
    # The number after the last token stands for what is before and after the text.
    before, before_name = np.where(start > 0, start - 1, size), np.where(first > 0, first - 1, size)
    around = np.column_stack((start, start + 1, end - 1, before, end, before_name, last))
    return {
        "pattern": _one_hot([_PATTERN[one.pattern] for one in found], len(PATTERNS)),
        "type": _one_hot([_TYPE[kind] for kind in types], len(TYPES)),
        "form": _form(tokens, numbers),
        "words": _means(tokens, start, end),
        # First, second and last word, those before and after, those before and after the name.
        "single words": tokens.vectors(around).reshape(len(found), -1),
    }


def _means(tokens: TokenisedSentences, start: NDArray[np.int64], end: NDArray[np.int64]) -> Floats:
    """Return the mean vector of each candidate's tokens. Those of no candidate are passed over, to save memory."""
    borders = np.bincount(start, minlength=len(tokens) + 1) - np.bincount(end, minlength=len(tokens) + 1)
    inside = np.cumsum(borders) > 0
    place = np.concatenate([[0], np.cumsum(inside)])
    return means(tokens.vectors(np.flatnonzero(inside)))(place[start], place[end])


def _one_hot(numbers: Sequence[int], size: int) -> Floats:
    table = np.zeros((len(numbers), size), np.float32)
    table[np.arange(len(numbers)), numbers] = 1
    return table


def _form(tokens: TokenisedSentences, numbers: NDArray[np.int64]) -> Floats:
    """Return length, distance from the mention, place of the mention, and the kinds of tokens within and beside."""
    start, end, first, last, begin, stop, rank, total = numbers
    size = len(tokens)
    flags = np.array([*tokens.flags, MARK | STOP])
    kinds = np.column_stack([(flags & kind) > 0 for kind in (CAPITAL, DIGIT, FUNCTION, MARK)]).astype(np.float32)
    share = means(kinds)(start, end)
    length = end - start
    away = np.abs(np.where(start >= last, start - last, first - end))
    before, after = flags[np.where(start > 0, start - 1, size)], flags[end]
    return columns(
        length,
        length == 1,
        length <= 2,
        length >= 8,
        np.log1p(away),
        away > 3,
        away > 8,
        rank,
        rank == 0,
        np.log1p(total),
        first == begin,
        first - begin <= 1,
        np.log1p(stop - begin),
        share,
        (flags[start] & CAPITAL) > 0,
        (flags[end - 1] & CAPITAL) > 0,
        (flags[start] & FUNCTION) > 0,
        *((after & kind) > 0 for kind in (MARK, STOP, LINK, FUNCTION)),
        end >= stop,
        *((before & kind) > 0 for kind in (MARK, FUNCTION)),
        np.array(tokens.starts)[first] / len(tokens.text),
        (first > begin) & ((flags[np.maximum(first - 1, 0)] & CAPITAL) > 0),
        last - first,
    )
