"""Features of descriptor candidates that tell of other names: those within the words, beside them, and in the sentence.

Words that are other names, or that end in one, seldom tell who somebody is: "Ada Brandt, Orla Venn and others" is a
list, and in "Velm: Marshall Press" the town is no publisher.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Sequence

import msgspec
import numpy as np
from numpy.typing import NDArray

from glossator.model import EntityType
from glossator.naming.head_nouns import ALIKE, types_of_noun
from glossator.stages.annotate.descriptors.phrases_around_names import DETERMINERS, PHRASE, DescriptorCandidate
from glossator.stages.annotate.descriptors.tokenised import (
    CAPITAL,
    DIGIT,
    FUNCTION,
    MARK,
    WORD,
    TokenisedSentences,
)
from glossator.stages.annotate.lexicon import PREPOSITIONS
from glossator.stages.annotate.models.classify.view import Floats

NOBODY = -1
"""Index of the name, and number of the type, of a token that is in no name."""

_ORDER = tuple(EntityType)
TYPES = {kind: number for number, kind in enumerate(_ORDER)}

PREPOSITION, CONJUNCTION, COMMA, COLON, BRACKET, QUOTE, DASH = range(1, 8)
SEPARATORS = (COMMA, COLON, BRACKET, QUOTE, DASH)
_KINDS = (
    dict.fromkeys(PREPOSITIONS, PREPOSITION)
    | dict.fromkeys(("and", "or", "&"), CONJUNCTION)
    | {",": COMMA, ":": COLON}
    | dict.fromkeys("([", BRACKET)
    | dict.fromkeys("“‘\"'", QUOTE)
    | dict.fromkeys("–—-|", DASH)
)

APOSTROPHES = ("'", "’")
GENITIVES = ("'s", "’s")

GAP = 3
"""Tokens between words and the name behind them that are looked at."""


class NamedTokens(msgspec.Struct, frozen=True, eq=False):
    """Names of each token, and of the end of all: the index of the name that has the token in one of its mentions."""

    owner: Sequence[int]
    starts: Sequence[int]
    """The first tokens of the mentions, in order."""
    begins: frozenset[int]
    """The first tokens of the mentions."""
    types: Sequence[int]
    """Number of the type of each name, and of none."""


def named_tokens(
    tokens: TokenisedSentences, mentions: Iterable[tuple[int, int, int]], types: Sequence[EntityType]
) -> NamedTokens:
    """Return which tokens are in names; a mention has start, end and the index of its name, `types` those of names."""
    owner = [NOBODY] * (len(tokens) + 1)
    starts = list[int]()
    for start, end, name in mentions:
        first, last = tokens.tokens_of(start, end)
        if first < last:
            owner[first:last] = [name] * (last - first)
            starts.append(first)
    return NamedTokens(owner, sorted(starts), frozenset(starts), [*map(TYPES.__getitem__, types), NOBODY])


def tells_of_another(tokens: TokenisedSentences, candidate: DescriptorCandidate, name: int, named: NamedTokens) -> bool:
    """True if words tell of another name: one of the same type, or a person before the mention, is within or explained.

    "Mayor Ada Brandt sent" tells nothing of whom she sent, and "the actor Orla Venn" is the next of a list. What is
    somebody's, "Ada Brandt’s sister", is another thing, and so is what stands behind a preposition, "sister of Ada
    Brandt", or what a name says more of, "a Google subsidiary". Words that begin within a name tell nothing.
    """
    starts, types = named.starts, named.types
    if candidate.pattern == "after comma" and _is_next_name(tokens, candidate, _ORDER[types[name]]):
        return True
    if named.owner[candidate.start] not in (NOBODY, name) and candidate.start not in named.begins:
        return True
    stands_before = candidate.end <= candidate.mention[0]
    if stands_before and _explains_another(tokens, candidate, name, named):
        return True
    for at in starts[bisect_left(starts, candidate.start) : bisect_left(starts, candidate.end)]:
        other = named.owner[at]
        if other != name and not _is_genitive(tokens, named, at):
            if types[other] == types[name] and not _is_subordinate(tokens, named, candidate, at):
                return True
            if stands_before and types[other] == TYPES[EntityType.PERSON]:
                return True
    return False


def _is_next_name(tokens: TokenisedSentences, candidate: DescriptorCandidate, kind: EntityType) -> bool:
    """True if words are all capitalised and no noun among them tells the type of the name."""
    words = range(candidate.start, candidate.end)
    types = {kind_told for at in words for kind_told in types_of_noun(tokens.forms[at])}
    fits = kind in types or (kind in ALIKE and not types.isdisjoint(ALIKE))
    return not fits and all(tokens.flags[at] & (CAPITAL | FUNCTION | MARK | DIGIT) for at in words)


def _explains_another(
    tokens: TokenisedSentences, candidate: DescriptorCandidate, name: int, named: NamedTokens
) -> bool:
    """True if words between commas follow another name: "Orla, a lamp shop, the Velm Podcast"."""
    at = candidate.start - 1
    while at >= candidate.sentence[0] and tokens.flags[at] & WORD and candidate.start - at <= PHRASE:
        at -= 1
    parted = "," in tokens.forms[candidate.end : candidate.mention[0]]
    return (
        parted and at > candidate.sentence[0] and tokens.forms[at] == "," and named.owner[at - 1] not in (NOBODY, name)
    )


def _is_subordinate(tokens: TokenisedSentences, named: NamedTokens, candidate: DescriptorCandidate, at: int) -> bool:
    """True if a name within words stands before a noun, or behind a preposition of the same member of an enumeration.

    No person's name stands before a noun, and one with which words begin needs a determiner, too.
    """
    last = _end_of_name(named, at)
    is_person = named.types[named.owner[at]] == TYPES[EntityType.PERSON]
    if (
        not is_person
        and last < candidate.end
        and tokens.forms[last].isalpha()
        and _KINDS.get(tokens.forms[last]) is None
    ):
        return at > candidate.start or (at > 0 and tokens.forms[at - 1] in DETERMINERS)
    kinds = [_KINDS.get(form) for form in tokens.forms[candidate.start : at]]
    return next((kind == PREPOSITION for kind in reversed(kinds) if kind is not None), False)


def _end_of_name(named: NamedTokens, first: int) -> int:
    last = first + 1
    while named.owner[last] == named.owner[first] and last not in named.begins:
        last += 1
    return last


def _is_genitive(tokens: TokenisedSentences, named: NamedTokens, first: int) -> bool:
    """True if the name that begins at a token ends in a genitive."""
    last = _end_of_name(named, first)
    return tokens.forms[last - 1].endswith(GENITIVES) or (last < len(tokens) and tokens.forms[last] in APOSTROPHES)


def names_around(
    tokens: TokenisedSentences, numbers: NDArray[np.int64], whose: NDArray[np.int64], named: NamedTokens
) -> Floats:
    """Return a row for each candidate.

    `numbers` has columns for its tokens, those of its mention and those of its sentence, `whose` the indices of names.
    """
    start, end, first, last, begin, stop, *_ = numbers
    size = len(tokens)
    owner, types = np.array(named.owner), np.array(named.types)
    begins = np.zeros(len(owner), np.bool_)
    begins[named.starts] = True
    get = _KINDS.get
    kinds = np.array([*(get(form, 0) for form in tokens.forms), 0])
    before, after = np.where(start > begin, start - 1, size), np.where(end < stop, end, size)
    before_name, after_name = np.where(first > begin, first - 1, size), np.where(last < stop, last, size)
    before_comma = np.where(first > begin + 1, first - 2, size)
    after_comma = np.where(last + 1 < stop, last + 1, size)
    beside = (start, end - 1, before, after, before_comma, after_comma, before_name, after_name, start + 1)
    owners = owner[np.array(beside)]
    other = (owners != NOBODY) & (owners != whose)
    alike = other & (types[owners] == types[whose])
    joined = (kinds == COMMA) | (kinds == CONJUNCTION)
    joins = (joined[before_name], joined[after_name])
    within, around = _names_between(named, start, end), np.searchsorted(named.starts, (begin, stop))
    same, people = within[np.arange(len(start)), types[whose]], within[:, TYPES[EntityType.PERSON]]
    inside = np.append(0, np.cumsum(owner != NOBODY))
    rows = (
        (inside[end] - inside[start]) / (end - start),
        within.sum(axis=1),
        np.log1p(around[1] - around[0]),
        *(same, same > 0, people, people > 0),
        (owners[:2] == whose).any(axis=0),
        other[0] & ~begins[start],
        other[1] & other[3] & ~begins[after],
        other[8] & ~other[0],
        *(row for pair in zip(other[:4], alike[:4], strict=True) for row in pair),
        *(kinds[np.array((before_name, before, after, start))] == PREPOSITION),
        *(joins[side] & names[4 + side] for side in (0, 1) for names in (other, alike)),
        *other[6:8],
        *_between(kinds, end, first),
    )
    return np.array(rows, np.float32).T


def _names_between(named: NamedTokens, start: NDArray[np.int64], end: NDArray[np.int64]) -> NDArray[np.int64]:
    """Return the number of names that begin within each candidate, by type."""
    kinds = np.array([named.types[named.owner[first]] for first in named.starts], np.int64)
    begun = np.zeros((len(kinds) + 1, len(TYPES)), np.int64)
    np.cumsum(kinds[:, None] == np.arange(len(TYPES)), axis=0, out=begun[1:])
    low, high = np.searchsorted(named.starts, (start, end))
    between: NDArray[np.int64] = begun[high] - begun[low]
    return between


def _between(kinds: NDArray[np.int64], end: NDArray[np.int64], first: NDArray[np.int64]) -> Floats:
    """Return for each separator whether it stands between a candidate and the mention behind it."""
    places = np.array([np.where(end + away < first, end + away, len(kinds) - 1) for away in range(GAP)])
    separated: Floats = (kinds[places] == np.array(SEPARATORS)[:, None, None]).any(axis=1)
    return separated
