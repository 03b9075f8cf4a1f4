"""The text of an article, ready to be compared with others."""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from functools import cached_property

import msgspec

from glossator.model import ArticleId, Block, Text
from glossator.passages.words import FoldedWords, words_of
from glossator.stages.lineage.fingerprints import end_keys, quotations, shingles

NOT_COMPARED = frozenset({"related", "code"})
"""Kinds of blocks that are none of the article's prose."""
OFTEN = 3
"""Times that a shingle may stand in a text and still tell a place of it."""


class ComparedText(msgspec.Struct, frozen=True, dict=True):
    """The words of an article, and where its shingles and quotations stand."""

    article: ArticleId
    text: Text

    @cached_property
    def words(self) -> FoldedWords:
        parts = [
            words_of(self.text.content, block.start, block.end)
            for block in self.text.blocks
            if block.kind not in NOT_COMPARED
        ]
        folded, starts, ends = (
            tuple(value for part in parts for value in getattr(part, field)) for field in ("folded", "starts", "ends")
        )
        return FoldedWords(folded, starts, ends, self.text.content)

    @cached_property
    def places(self) -> dict[int, list[int]]:
        """Words with which each shingle begins; none of a shingle that stands in many places."""
        places: dict[int, list[int]] = defaultdict(list)
        starts, keys = shingles(self.words)
        for start, key in zip(starts, keys.tolist(), strict=True):
            places[key].append(start)
        return {key: starts for key, starts in places.items() if len(starts) <= OFTEN}

    @cached_property
    def quotations(self) -> dict[int, list[tuple[int, int]]]:
        """Bounds of the quotations, in words, by the hash of either end."""
        by_end: dict[int, list[tuple[int, int]]] = defaultdict(list)
        for first, last in quotations(self.words):
            for key in end_keys(self.words, first, last):
                by_end[key].append((first, last))
        return by_end

    @cached_property
    def _starts(self) -> list[int]:
        return [block.start for block in self.text.blocks]

    def block(self, word: int) -> Block:
        """Return the block in which a word stands."""
        return self.text.blocks[bisect_right(self._starts, self.words.starts[word]) - 1]
