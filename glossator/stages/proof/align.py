"""The passage of an article that is nearest to some words: seeds on one diagonal, then an alignment of the band.

See Altschul, Gish, Miller, Myers and Lipman, Basic local alignment search tool, 1990; distances by Levenshtein, 1966.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from typing import NamedTuple

import msgspec
from rapidfuzz.distance import Levenshtein

from glossator.passages.words import FoldedWords, shingles

BAND = 8
"""Words by which a passage may be longer than the words that were looked for, or begin earlier."""
PLACES = 3
"""Places of an article that are aligned."""
AMISS = 1.5
"""Matching words that outweigh one that does not match, where a part of the words is cut off that matches badly."""


class Gap(NamedTuple):
    """A stretch of words that is other in the article, in positions of words; either may be empty."""

    first: int
    last: int
    there: int
    until: int
    """Bounds in the article."""


class Alignment(msgspec.Struct, frozen=True):
    """Words as an article has them, in positions of words."""

    first: int
    last: int
    """The words that were aligned."""
    there: int
    until: int
    """The passage of the article."""
    matched: frozenset[int]
    """Positions of words that the passage has, too."""
    differences: tuple[Gap, ...]


class SearchedArticle:
    """The words of an article, and where each shingle stands. State: the places, once they are asked for."""

    def __init__(self, words: FoldedWords) -> None:
        self.words = words
        self._places: Mapping[int, list[int]] | None = None

    @property
    def places(self) -> Mapping[int, list[int]]:
        if self._places is None:
            places: dict[int, list[int]] = defaultdict(list)
            for key, first, _ in shingles(self.words.folded):
                places[key].append(first)
            self._places = places
        return self._places

    def align(self, folded: Sequence[str], start: int) -> list[Alignment]:
        """Return the alignments of some words with the likeliest places from word `start` on, the best first."""
        alignments = [
            self._aligned(folded, max(start, diagonal - BAND), diagonal + len(folded) + BAND)
            for diagonal in self._diagonals(folded, start)
        ]
        return sorted(
            alignments, key=lambda alignment: (-len(alignment.matched) + len(alignment.differences), alignment.there)
        )

    def _diagonals(self, folded: Sequence[str], start: int) -> list[int]:
        votes: Counter[int] = Counter()
        for key, first, _ in shingles(folded):
            for place in self.places.get(key, ()):
                if place >= start:
                    votes[place - first] += 1
        if not votes and len(folded) < BAND:
            words = set(folded)
            votes.update(place - folded.index(word) for place, word in enumerate(self.words.folded) if word in words)
        summed = {at: sum(votes[at + step] for step in range(-BAND // 2, BAND // 2 + 1)) for at in votes}
        chosen: list[int] = []
        for at in sorted(summed, key=lambda at: (-summed[at], -votes[at], at)):
            if len(chosen) < PLACES and all(abs(at - other) > BAND for other in chosen):
                chosen.append(at)
        return chosen

    def _aligned(self, folded: Sequence[str], there: int, until: int) -> Alignment:
        band = self.words.folded[there:until]
        codes = Levenshtein.opcodes(band, folded)
        matched: set[int] = set()
        pieces: list[Piece] = []
        for code in codes:
            if code.tag == "equal":
                matched |= set(range(code.dest_start, code.dest_end))
                pieces.append((code.src_start + there, code.dest_start, code.src_end - code.src_start))
        if not pieces:
            return unmatched(len(folded), there)
        closed = _closed_up(pieces, self.words.folded)
        return _from_pieces(closed, matched, len(folded), (there, min(until, len(self.words))))


def unmatched(length: int, there: int) -> Alignment:
    """Return the alignment of so many words of which an article has none at a place."""
    return Alignment(0, length, there, there, frozenset(), (Gap(0, length, there, there),))


Piece = tuple[int, int, int]
"""A matching run: place in the article, first word, number of words."""


def _closed_up(pieces: Sequence[Piece], article: Sequence[str]) -> list[Piece]:
    """Return the matching runs with those at either end next to their neighbours, if their words stand there, too.

    An alignment costs as much if the first "the" is matched with one that stands far before the passage.
    """
    runs = list(pieces)
    while len(runs) > 1:
        (place, first, run), (following, after, more) = runs[:2]
        gap = following - place - run
        if not gap or after != first + run or article[following - run : following] != article[place : place + run]:
            break
        runs[:2] = [(following - run, first, run + more)]
    while len(runs) > 1:
        (place, first, run), (following, after, more) = runs[-2:]
        gap, end = following - place - run, place + run
        if not gap or after != first + run or article[end : end + more] != article[following : following + more]:
            break
        runs[-2:] = [(place, first, run + more)]
    return runs


def _from_pieces(pieces: Sequence[Piece], matched: set[int], length: int, band: tuple[int, int]) -> Alignment:
    """Return the alignment of some matching runs."""
    differences: list[Gap] = []
    first_there, first, _ = pieces[0]
    begins = max(band[0], first_there - first)
    if first:
        differences.append(Gap(0, first, begins, first_there))
    at, word = first_there, first
    for place, start, run in pieces:
        if place > at or start > word:
            differences.append(Gap(word, start, at, place))
        at, word = place + run, start + run
    ends = min(band[1], at + length - word)
    if word < length:
        differences.append(Gap(word, length, at, ends))
    return Alignment(0, length, begins, ends, frozenset(matched), tuple(differences))


def core(alignment: Alignment) -> tuple[int, int]:
    """Return the bounds of the words that match best: most matches for the mismatches among them (Bentley 1984)."""
    best = (0.0, 0, 0)
    total, begun = 0.0, alignment.first
    for word in range(alignment.first, alignment.last):
        total += 1 if word in alignment.matched else -AMISS
        if total < 0:
            total, begun = 0.0, word + 1
        elif total > best[0]:
            best = (total, begun, word + 1)
    return best[1], best[2]
