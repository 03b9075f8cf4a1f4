"""Quoted words -> the passage of the archive that is nearest to them, and how near it is."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

import msgspec

from glossator.passages.words import FoldedWords, shingles, words_of
from glossator.stages.proof.align import Alignment, core, unmatched
from glossator.stages.proof.differences import differing, hides_negation
from glossator.stages.proof.sources import SearchableArticle, SearchedArchive

MOST_CANDIDATES = 6
SHORTEST = 4
"""Words of a quotation without a speaker, and of a part of one that may be of another passage."""

_OMISSION = re.compile(
    r"\s*(?:\[\s*(?:\.\s?\.\s?\.|…)\s*\]|\(\s*(?:\.\s?\.\s?\.|…)\s*\)|\.\s?\.\s?\.|…|\[[^\[\]]{1,120}\])\s*"
)
"""An ellipsis, or what an editor puts in square brackets."""


class Pieces(msgspec.Struct, frozen=True):
    """A quotation in words, and the pieces between its ellipses as bounds in words."""

    words: FoldedWords
    pieces: tuple[tuple[int, int], ...]


class Match(msgspec.Struct, frozen=True):
    """A quotation as an article has it."""

    article: SearchableArticle
    alignments: tuple[Alignment, ...]
    """One for each piece, in positions of the piece's words."""
    starts: tuple[int, ...]
    """First word of each piece."""
    coverage: float
    """Part of what the words say that the passage has."""
    bits: float
    """Information that the passage has, in bits."""
    hidden: str = ""
    """Negation that an ellipsis leaves out."""

    @property
    def exact(self) -> bool:
        words = self.article.words
        return not self.hidden and not any(differing(alignment, words) for alignment in self.alignments)

    @property
    def share(self) -> float:
        """Part of the words that match."""
        matched = sum(len(alignment.matched) for alignment in self.alignments)
        return matched / max(1, sum(alignment.last - alignment.first for alignment in self.alignments))

    @property
    def span(self) -> tuple[int, int]:
        """Bounds of the passage in the article's text."""
        words = self.article.words
        first = min(alignment.there for alignment in self.alignments)
        last = max(alignment.until for alignment in self.alignments)
        last = min(max(last, first + 1), len(words))
        return words.starts[min(first, last - 1)], words.ends[last - 1]


def pieces_of(content: str, start: int, end: int) -> Pieces:
    """Return the words of a quotation, and its pieces; what an editor put in brackets is none of its words."""
    bounds: list[tuple[int, int]] = []
    at = start
    for omission in _OMISSION.finditer(content, start, end):
        bounds.append((at, omission.start()))
        at = omission.end()
    bounds.append((at, end))
    parts = [words_of(content, *each) for each in bounds if each[0] < each[1]]
    parts = [part for part in parts if len(part)]
    joined = FoldedWords(
        tuple(word for part in parts for word in part.folded),
        tuple(at for part in parts for at in part.starts),
        tuple(at for part in parts for at in part.ends),
        content,
    )
    pieces, first = [], 0
    for part in parts:
        pieces.append((first, first + len(part)))
        first += len(part)
    return Pieces(joined, tuple(pieces))


def piece_hashes(pieces: Pieces) -> Iterator[int]:
    """Yield the hashes of a quotation; none spans an omission."""
    for start, end in pieces.pieces:
        yield from (key for key, _, _ in shingles(pieces.words.folded, start, end))


def matches(archive: SearchedArchive, pieces: Pieces, most: int = MOST_CANDIDATES) -> list[Match]:
    """Return the quotation as the likeliest articles have it, the nearest first."""
    keys = sorted(set(piece_hashes(pieces)))
    candidates = archive.candidates(keys, most)
    nearest: list[Match] = []
    for candidate in candidates:
        opened = archive.article(candidate.article)
        if opened is not None and (match := match_in(archive, pieces, opened)):
            nearest.append(match)
    return sorted(nearest, key=lambda match: (not match.exact, -match.coverage, -match.share, match.article.head.id))


def match_in(archive: SearchedArchive, pieces: Pieces, article: SearchableArticle) -> Match | None:
    """Return the quotation as one article has it: its pieces in order. None if it has nothing of it."""
    alignments: list[Alignment] = []
    at = 0
    for start, end in pieces.pieces:
        folded = pieces.words.folded[start:end]
        aligned = article.searched.align(folded, at)
        if not aligned:
            if at == 0 and not alignments and len(pieces.pieces) == 1:
                return None
            aligned = [unmatched(len(folded), at)]
        alignments.append(aligned[0])
        at = max(at, aligned[0].until)
    if not any(alignment.matched for alignment in alignments):
        return None
    starts = tuple(start for start, _ in pieces.pieces)
    coverage, bits = _information(archive, pieces, alignments)
    hidden = ""
    for before, after in pairwise(alignments):
        if before.matched and after.matched and before.until < after.there:
            hidden = hidden or hides_negation(article.words, before.until - 1, after.there)
    return Match(article, tuple(alignments), starts, coverage, bits, hidden)


def _information(archive: SearchedArchive, pieces: Pieces, alignments: Sequence[Alignment]) -> tuple[float, float]:
    """Return which part of what the words say an article has, and how much it is, in bits."""
    total = shared = 0.0
    for (start, end), alignment in zip(pieces.pieces, alignments, strict=True):
        broken = {difference.first for difference in alignment.differences}
        for key, first, last in shingles(pieces.words.folded, start, end):
            weight = max(archive.index.weight(key), 0.1)
            total += weight
            inside = range(first - start, last - start)
            whole = all(word in alignment.matched for word in inside)
            if whole and not any(word in broken for word in inside[1:]):
                shared += weight
    return (shared / total if total else 0.0), shared


def rest_of(pieces: Pieces, match: Match) -> tuple[tuple[int, int], tuple[int, int]] | None:
    """Return the words that match best, and those beside them that are enough to be of another passage."""
    if len(match.alignments) != 1:
        return None
    (start, end), alignment = pieces.pieces[0], match.alignments[0]
    first, last = core(alignment)
    before, after = first, (end - start) - last
    if max(before, after) < SHORTEST or last - first < SHORTEST - 1:
        return None
    rest = (start, start + first) if before >= after else (start + last, end)
    return (start + first, start + last), rest


def part_of(pieces: Pieces, bounds: tuple[int, int]) -> Pieces:
    """Return some words of a quotation as a quotation."""
    first, last = bounds
    words = pieces.words
    part = FoldedWords(words.folded[first:last], words.starts[first:last], words.ends[first:last], words.content)
    return Pieces(part, ((0, last - first),))
