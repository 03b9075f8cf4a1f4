"""Text -> tokens as arrays, with what tells where clauses begin and end."""

from __future__ import annotations

import re
from array import array
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from glossator.stages.annotate.classify.words import Words
from glossator.stages.annotate.lexicon.function_words import FUNCTION_WORDS

_TOKEN = re.compile(r"(?:[^\W\d_]\.){2,}|[$€£#]?\w+(?:[.'’&/+-]\w+)*|[^\w\s]")

STOPS = frozenset('.!?;:()[]—–-|•*"“”')
"""Marks that no descriptor crosses."""

LINKS = frozenset(
    "and or but who which that whose where when while because although though if after before since so as with".split()
)
"""Words before which a descriptor may end."""

PERSONAL = frozenset("i you we my your our me us i'm i’m we're we’re we've we’ve you're you’re i've i’ve".split())
"""Words by which a text speaks of its author and its reader."""

# What a token is: the begin of a number.
WORD, MARK, STOP, LINK, FUNCTION, SPEAKS, CAPITAL, DIGIT = (1 << bit for bit in range(8))


@dataclass(frozen=True, slots=True, eq=False)
class TokenisedSentences:
    """The tokens of a text, in order, and the sentences that they form."""

    text: str
    forms: Sequence[str]
    """Each token in small letters."""
    starts: Sequence[int]
    ends: Sequence[int]
    flags: Sequence[int]
    """Kinds of each token, as a sum of flags such as WORD."""
    rows: NDArray[np.integer]
    """Row of each token in the table of vectors; 0 for a word without a vector."""
    table: NDArray[np.float32]
    sentences: Sequence[tuple[int, int]]
    """First token of each sentence, and the one after its last."""
    _sentence_starts: Sequence[int]

    def __len__(self) -> int:
        return len(self.forms)

    def vectors(self, tokens: NDArray[np.integer]) -> NDArray[np.float32]:
        """Return the vectors of tokens, which would take a kilobyte each for all of a text; zero without a word."""
        rows = np.append(self.rows, 0)[tokens]
        found: NDArray[np.float32] = self.table[rows]
        found[rows == 0] = 0
        return found

    def tokens_of(self, start: int, end: int) -> tuple[int, int]:
        """Return the first token of a stretch of the text, and the one after its last."""
        return bisect_left(self.starts, start), bisect_left(self.starts, end)

    def bounds(self, first: int, last: int) -> tuple[int, int]:
        """Return the offsets of the tokens from one to before another."""
        return self.starts[first], self.ends[last - 1]

    def sentence_of(self, token: int) -> int:
        """Return the index of the sentence of a token; -1 if it stands before all."""
        return bisect_right(self._sentence_starts, token) - 1


def tokenise(text: str, sentences: Sequence[tuple[int, int]], words: Words) -> TokenisedSentences:
    """Tokenise a text; `sentences` are the bounds of its sentences, `words` the table of vectors."""
    forms: list[str] = []
    flags: list[int] = []
    starts, ends = array("q"), array("q")
    lowered: dict[str, str] = {}  # one string for each form: a text of megabytes has a million tokens
    for one in _TOKEN.finditer(text):
        written = one.group()
        forms.append(lowered.get(written) or lowered.setdefault(written, written.lower()))
        flags.append(flags_of(written))
        starts.append(one.start())
        ends.append(one.end())
    bounds = [(bisect_left(starts, start), bisect_left(starts, end)) for start, end in sentences]
    begins = [first for first, _ in bounds]
    rows = words.with_vectors(words.rows(forms))
    return TokenisedSentences(text, forms, starts, ends, flags, rows, words.vectors, bounds, begins)


@lru_cache(1 << 16)
def flags_of(written: str) -> int:
    """Describe a token as a sum of flags such as WORD."""
    if not (written[0].isalnum() or written[-1].isalnum()):
        return (STOP if written in STOPS else 0) | MARK
    form = written.lower()
    flags = WORD
    flags |= LINK if form in LINKS else 0
    flags |= FUNCTION if form in FUNCTION_WORDS else 0
    flags |= SPEAKS if form in PERSONAL else 0
    flags |= CAPITAL if written[0].isupper() else 0
    return flags | (DIGIT if any(map(str.isdigit, written)) else 0)
