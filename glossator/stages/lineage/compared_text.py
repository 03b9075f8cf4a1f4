"""The text of an article, ready to be compared with others."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import defaultdict
from functools import cached_property
from itertools import takewhile

import msgspec

from glossator.model import ArticleId, Block, Text
from glossator.naming.head_nouns import types_told
from glossator.passages.words import FoldedWords, words_of
from glossator.stages.lineage.fingerprints import WORDS, end_keys, quotations, shingles

NOT_COMPARED = frozenset({"related", "code"})
"""Kinds of blocks that are none of the article's prose."""
OFTEN = 3
"""Times that a shingle may stand in a text and still tell a place of it."""
SEED = 5
"""Words in a row from which a passage is followed in both directions, once two articles are compared."""
LONGEST_DESCRIPTION = 90
"""Characters behind a name that describe who it is; a longer clause says something of its own."""
_STOPS = '.!?:;()[\\]“”"\n。！？'
_DESCRIPTION = re.compile(rf"(?:,\s\d{{1,3}})?,\s(?=([^\W\d_][^,{_STOPS}]{{2,{LONGEST_DESCRIPTION}}})[,{_STOPS}])")
_STOP = re.compile(rf"[{_STOPS}]")


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
        return self._places(WORDS)

    @cached_property
    def seeds(self) -> dict[int, list[int]]:
        """Words with which each run begins that is enough to go on from; as above."""
        return self._places(SEED)

    def _places(self, size: int) -> dict[int, list[int]]:
        places: dict[int, list[int]] = defaultdict(list)
        starts, keys = shingles(map(self.words.written, range(len(self.words))), size)
        for start, key in zip(starts, keys.tolist(), strict=True):
            if self.block(start) is self.block(start + size - 1):  # else an edit beside it would make it a place
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
    def introductions(self) -> frozenset[int]:
        """Words of names of two words or more, and of what says behind a comma who or what they are, in English."""
        content, introduced = self.text.content, set[int]()
        for match in _DESCRIPTION.finditer(content):
            line = content[max(0, match.start() - LONGEST_DESCRIPTION) : match.start()].rpartition("\n")[2]
            name = list(takewhile(lambda word: word[:1].isupper(), reversed(line.split(" "))))
            if len(name) > 1 and types_told(match[1]):
                introduced.update(range(*self.words.between(match.start() - len(" ".join(name)), match.end(1))))
        return frozenset(introduced)

    def is_whole(self, first: int, last: int) -> bool:
        """True if a sentence, or what stands in brackets, begins with a word and ends with another."""
        starts, ends, content = self.words.starts, self.words.ends, self.text.content
        begins = not first or _STOP.search(content, ends[first - 1], starts[first])
        finishes = last + 1 == len(starts) or _STOP.search(content, ends[last], starts[last + 1])
        return bool(begins and finishes)

    @cached_property
    def _starts(self) -> list[int]:
        return [block.start for block in self.text.blocks]

    def block(self, word: int) -> Block:
        """Return the block in which a word stands."""
        return self.text.blocks[bisect_right(self._starts, self.words.starts[word]) - 1]
