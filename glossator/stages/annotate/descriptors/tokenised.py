"""Sentences of a text -> their tokens as arrays, with what tells where clauses begin and end."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from functools import lru_cache
from itertools import pairwise

import msgspec
import numpy as np
from numpy.typing import NDArray

from glossator.naming.head_nouns import LINKS
from glossator.stages.annotate.lexicon import FUNCTION_WORDS
from glossator.stages.annotate.models.classify.find_tokens import find_tokens
from glossator.stages.annotate.models.classify.words import QuantisedVectors, WordVectors

_TOKEN = re.compile(r"((?:[^\W\d_]\.){2,}|[$€£#]?\w+(?:[.'’&/+-]\w+)*|[^\w\s])")

STOPS = frozenset('.!?;:()[]—–-|•*"“”')
"""Marks that no descriptor crosses."""

PERSONAL = frozenset("i you we my your our me us i'm i’m we're we’re we've we’ve you're you’re i've i’ve".split())
"""Words by which a text speaks of its author and its reader."""

US = "US"
"""A country, which in small letters would be a pronoun."""

# What a token is: the begin of a number.
WORD, MARK, STOP, LINK, FUNCTION, SPEAKS, CAPITAL, DIGIT = (1 << bit for bit in range(8))


class TokenisedSentences(msgspec.Struct, frozen=True, eq=False):
    """The tokens of some sentences of a text, in order."""

    text: str
    forms: Sequence[str]
    """Each token in small letters."""
    starts: Sequence[int]
    ends: Sequence[int]
    flags: Sequence[int]
    """Kinds of each token, as a sum of flags such as WORD."""
    numbers: NDArray[np.integer]
    """Number of the vector of each token, and of the end; 0 where the table has no vector."""
    table: QuantisedVectors
    sentences: Sequence[tuple[int, int]]
    """First token of each sentence, and the one after its last."""
    sentence_bounds: Sequence[tuple[int, int]]
    """Begin and end of each sentence in the text."""
    _sentence_starts: Sequence[int]
    _boundaries: Sequence[int]
    """The first mark or linking word from each token on."""
    _speaking: Sequence[int]
    """The first token from each token on that speaks of author or reader."""
    _content_ends: Sequence[int]
    """The end of the last word before each token that is no function word."""
    _words: Sequence[int]
    """The tokens that are words."""
    _words_before: Sequence[int]
    """Number of words before each token."""

    def __len__(self) -> int:
        return len(self.forms)

    def vectors(self, tokens: NDArray[np.integer]) -> NDArray[np.float32]:
        """Return the vectors of tokens, which would take a kilobyte each for all of a text; zero without a word."""
        return self.table.at(self.numbers[tokens])

    def tokens_of(self, start: int, end: int) -> tuple[int, int]:
        """Return the first token of a stretch of the text, and the one after its last."""
        return bisect_left(self.starts, start), bisect_left(self.starts, end)

    def bounds(self, first: int, last: int) -> tuple[int, int]:
        """Return the offsets of the tokens from one to before another."""
        return self.starts[first], self.ends[last - 1]

    def boundary_after(self, token: int) -> int:
        """Return the first token after one that is a mark or a linking word, or the number of tokens."""
        return self._boundaries[token + 1]

    def after_words(self, token: int, count: int) -> int:
        """Return the word that follows so many words from a token on, or the number of tokens."""
        number = self._words_before[token] + count
        return self._words[number] if number < len(self._words) else len(self)

    def speaks(self, first: int, last: int) -> bool:
        """True if a token from one to before another speaks of who writes or reads the text."""
        return self._speaking[first] < last

    def trimmed(self, start: int, end: int) -> int:
        """Return the end of a stretch of tokens without marks and function words at its end."""
        return max(start, self._content_ends[end])

    def sentence_of(self, token: int) -> int:
        """Return the index of the sentence of a token; -1 if it stands before all."""
        return bisect_right(self._sentence_starts, token) - 1


def tokenise(text: str, sentences: Sequence[tuple[int, int]], words: WordVectors) -> TokenisedSentences:
    """Return the tokens of the sentences of a text that lie within given bounds; `words` have the vectors."""
    matches = find_tokens(_TOKEN, text, sentences)
    lowered = ["u.s." if written == US else written.lower() for written in matches.different]
    forms = [lowered[number] for number in matches.number.tolist()]
    flags = np.fromiter(map(flags_of, matches.different), np.uint8, len(lowered))[matches.number]
    borders = matches.borders.tolist()
    is_word = (flags & WORD) > 0
    return TokenisedSentences(
        text,
        forms,
        matches.starts.tolist(),
        matches.ends.tolist(),
        flags.tolist(),
        np.append(words.numbers[words.rows(lowered)][matches.number], 0),
        words.vectors,
        [*pairwise(borders)],
        sentences,
        borders[:-1],
        _next((flags & (MARK | LINK)) > 0),
        _next((flags & SPEAKS) > 0),
        [0, *np.maximum.accumulate(np.where(flags & (MARK | FUNCTION), 0, np.arange(1, len(flags) + 1))).tolist()],
        np.flatnonzero(is_word).tolist(),
        [0, *np.cumsum(is_word).tolist()],
    )


def _next(chosen: NDArray[np.bool_]) -> list[int]:
    """Return the first chosen token from each token on, and from the end on; the end where none is left."""
    places = np.where(chosen, np.arange(len(chosen)), len(chosen))
    return [*np.minimum.accumulate(places[::-1])[::-1].tolist(), len(chosen), len(chosen)]


@lru_cache(1 << 16)
def flags_of(written: str) -> int:
    """Describe a token as a sum of flags such as WORD."""
    if not (written[0].isalnum() or written[-1].isalnum()):
        return (STOP if written in STOPS else 0) | MARK
    form = "" if written == US else written.lower()
    flags = WORD
    flags |= LINK if form in LINKS else 0
    flags |= FUNCTION if form in FUNCTION_WORDS else 0
    flags |= SPEAKS if form in PERSONAL else 0
    flags |= CAPITAL if written[0].isupper() else 0
    return flags | (DIGIT if any(map(str.isdigit, written)) else 0)
