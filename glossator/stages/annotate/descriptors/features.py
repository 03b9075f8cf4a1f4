"""DescriptorCandidates -> rows of features, and the network of the package that weighs them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from glossator.naming.head_nouns import ALIKE, PHRASE_ENDS, types_of_noun
from glossator.stages.annotate.descriptors.names_around import TYPES, NamedTokens, names_around
from glossator.stages.annotate.descriptors.phrases_around_names import PATTERNS, DescriptorCandidate
from glossator.stages.annotate.descriptors.tokenised import (
    CAPITAL,
    DIGIT,
    FUNCTION,
    LINK,
    MARK,
    STOP,
    WORD,
    TokenisedSentences,
)
from glossator.stages.annotate.models.classify.view import Floats, columns, means

_PATTERN = {name: number for number, name in enumerate(PATTERNS)}

ENDS_PHRASE = -1
ALIKE_BITS = sum(1 << TYPES[kind] for kind in ALIKE)


def features(
    tokens: TokenisedSentences, candidates: Sequence[DescriptorCandidate], whose: Sequence[int], named: NamedTokens
) -> dict[str, Floats]:
    """Return the blocks of features of candidates, of which there is at least one; `whose` are their names' indices."""
    owners = np.array(whose)
    types = np.array(named.types)[owners]
    places = [(span.start, span.end, *span.mention, *span.sentence, span.rank, span.total) for span in candidates]
    numbers = np.array(places).T
    start, end, first, last, *_ = numbers
    size = len(tokens)
    # The number after the last token stands for what is before and after the text.
    before, before_name = np.where(start > 0, start - 1, size), np.where(first > 0, first - 1, size)
    around = np.column_stack((start, start + 1, end - 1, before, end, before_name, last))
    return {
        "pattern": _one_hot([_PATTERN[candidate.pattern] for candidate in candidates], len(PATTERNS)),
        "type": _one_hot(types, len(TYPES)),
        "form": _form(tokens, numbers),
        "wording": _wording(tokens, numbers),
        "head": _heads(tokens, numbers, types),
        "names": names_around(tokens, numbers, owners, named),
        "words": _means(tokens, start, end),
        # First, second and last word, those before and after, those before and after the name.
        "single words": tokens.vectors(around).reshape(len(candidates), -1),
    }


def _heads(tokens: TokenisedSentences, numbers: NDArray[np.int64], types: NDArray[np.int64]) -> Floats:
    """Return whether each candidate has a noun that tells types, whether its name's type is among them or contradicted.

    As `types_told` finds it: the last one of the first noun phrase.
    """
    start, end, *_ = numbers
    noun_types = np.fromiter(map(_told, tokens.forms), np.int32, len(tokens))
    places = np.arange(len(noun_types))
    stops = np.where(noun_types == ENDS_PHRASE, places, len(noun_types))
    stops = np.append(np.minimum.accumulate(stops[::-1])[::-1], len(noun_types))
    heads = np.append(-1, np.maximum.accumulate(np.where(noun_types > 0, places, -1)))
    head = heads[np.minimum(end, stops[start])]
    head_types = np.where(head >= start, noun_types[head], 0)
    own = 1 << types
    alike = ((own & ALIKE_BITS) > 0) & ((head_types & ALIKE_BITS) > 0)
    return columns(head_types > 0, (head_types & own) > 0, (head_types > 0) & ((head_types & own) == 0) & ~alike)


@lru_cache(1 << 16)
def _told(form: str) -> int:
    """Return the types that a noun in small letters tells, as a sum of bits; ENDS_PHRASE for the end of a phrase."""
    if form in PHRASE_ENDS:
        return ENDS_PHRASE
    return sum(1 << TYPES[kind] for kind in types_of_noun(form))


def _means(tokens: TokenisedSentences, start: NDArray[np.int64], end: NDArray[np.int64]) -> Floats:
    """Return the mean vector of each candidate's tokens. Those of no candidate are passed over, to save memory."""
    borders = np.bincount(start, minlength=len(tokens) + 1) - np.bincount(end, minlength=len(tokens) + 1)
    inside = np.cumsum(borders) > 0
    place = np.concatenate([[0], np.cumsum(inside)])
    return means(tokens.vectors(np.flatnonzero(inside)))(place[start], place[end])


def _one_hot(numbers: Sequence[int] | NDArray[np.int64], size: int) -> Floats:
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


ENDINGS = re.compile(
    r"(?P<gerund>\w{3,}ing$)|(?P<participle>\w{2,}ed$)|(?P<adjective>\w+(?:al|ous|ive|able|ible|ful|less|ean|ary|ic)$)"
    r"|(?P<superlative>\w{3,}est$|most$|top$)|(?P<comparative>more$|less$|\w{3,}ier$|better$|other$|another$|different$)"
    r"|(?P<adverb>\w{3,}ly$)|(?P<plural>\w{2,}[^suif]s$|\w+ies$)|(?P<number>one$|two$|three$|both$|several$|many$|\d)"
)
"""Forms that no whole noun phrase, or none of a single thing, begins or ends with; the first group that matches."""

ROLES = frozenset("plays played playing portrays portrayed stars starring starred cast character".split())
"""Words of a sentence that tells of parts in a film, which are no lives."""


@lru_cache(1 << 16)
def _ending(form: str) -> int:
    """Return the number of the group of `ENDINGS` that a form in small letters belongs to; 0 for none."""
    ending = ENDINGS.match(form)
    return ending.lastindex or 0 if ending else 0


def _wording(tokens: TokenisedSentences, numbers: NDArray[np.int64]) -> Floats:
    """Return how the first and the last words are formed, and what kind of sentence it is: a headline, one of parts."""
    start, end, first, last, begin, stop, *_ = numbers
    size = len(tokens)
    endings = np.append(np.fromiter(map(_ending, tokens.forms), np.int64, size), 0)
    around = (start, end - 1, np.where(end - start > 1, start + 1, size), np.where(end - start > 1, end - 2, size))
    flags = np.array([*tokens.flags, MARK | STOP])
    words, capitals = (flags & WORD) > 0, (flags & CAPITAL) > 0
    parts = np.append([form in ROLES for form in tokens.forms], False)
    counts = np.cumsum(np.column_stack((words, capitals, parts)), axis=0)
    within = counts[stop - 1] - counts[begin] + np.column_stack((words, capitals, parts))[begin]
    return columns(
        *(_one_hot(endings[at], ENDINGS.groups + 1) for at in around),
        within[:, 1] / np.maximum(1, within[:, 0]),
        within[:, 1] > 0.6 * within[:, 0],
        within[:, 2] > 0,
        (flags[stop - 1] & MARK) > 0,
        start == begin,
        start == last,
        end == first,
        start == last + 1,
        (flags[last] & CAPITAL) > 0,
    )
