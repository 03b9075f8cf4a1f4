"""Words -> pieces that the tagger of other languages has vectors of: the likeliest of all ways to part a word."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping, Sequence
from functools import lru_cache

from glossator.naming.normalise import CACHED_WORDS
from glossator.stages.annotate.models.tagger.word_pieces import LONGEST, MOST_PIECES, NO_CAPITAL, capitals_of

BEGIN, END, UNKNOWN = "<s>", "</s>", "<unk>"
SPECIAL = (BEGIN, END, UNKNOWN)
WORD = "\u2581"
"""The sign at the beginning of a piece that begins a word."""
UNKNOWN_COST = 10.0
"""Logarithm by which a letter without a piece is less likely than the least likely piece."""


class UnigramPieces:
    """The pieces by their row, with the logarithms of their probabilities. State: the words met last."""

    def __init__(self, pieces: Sequence[str], scores: Sequence[float]) -> None:
        """Take the pieces in the order of their rows, and the score of each."""
        self._rows: Mapping[str, int] = {piece: row for row, piece in enumerate(pieces)}
        self._scores = scores
        self._longest = max(map(len, pieces))
        self._lowest = min(scores) - UNKNOWN_COST
        self.begin, self.end, self._unknown = (self._rows[piece] for piece in SPECIAL)
        self.of = lru_cache(CACHED_WORDS)(self._of)

    def unexplained(self, words: Sequence[str]) -> list[bool]:
        """Tell of each word if it has a capital; what explains one differs from language to language."""
        return [not word.islower() and capitals_of(word) != NO_CAPITAL for word in words]

    def _of(self, word: str) -> tuple[int, ...]:
        """Return the rows of a word's pieces; a space has none."""
        text = unicodedata.normalize("NFKC", word[:LONGEST]).strip()
        if text and text[0].isalnum():
            text = WORD + text
        # To each place: the likeliest way's score, where its last piece begins, and this piece.
        ways = [(0.0, 0, self._unknown)]
        for end in range(1, len(text) + 1):
            before, _, _ = ways[-1]
            best = before + self._lowest, end - 1, self._unknown
            for start in range(max(0, end - self._longest), end):
                row = self._rows.get(text[start:end])
                if row is not None:
                    best = max(best, (ways[start][0] + self._scores[row], start, row))
            ways.append(best)
        pieces = []
        end = len(text)
        while end:
            _, end, row = ways[end]
            pieces.append(row)
        return tuple(pieces[::-1][:MOST_PIECES])
