"""Words -> pieces that the transformer has vectors of: the longest that fit, from the left (WordPiece)."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Mapping, Sequence
from functools import lru_cache

from glossator.naming.normalise import CACHED_WORDS

# Pieces without letters: of a word that no pieces make up, at the beginning of a window, after a paragraph.
UNKNOWN, BEGIN, END = "[UNK]", "[CLS]", "[SEP]"
MOST_PIECES = 8
"""Pieces of a word that are read: an address has dozens, which say nothing."""
LONGEST = 60
"""Characters of a word that are read."""

# How the capitals of a word stand; the pieces themselves are in small letters.
NO_CAPITAL, FIRST_CAPITAL, ALL_CAPITALS, MIXED = range(4)

_RUN = re.compile(r"[^\W_]+|[^\w\s]|_")
PRONOUN = "I"
SENTENCE_ENDS = frozenset(".!?:;•|\"“”‘'’«»()[]…—–*>-")
"""Marks after which a capital says nothing."""


class WordPieces:
    """The pieces by their row. State: the words met last."""

    def __init__(self, pieces: Sequence[str], ordinary: Collection[int]) -> None:
        """Take the pieces in the order of their rows, and the rows of `ordinary` words, which are no names."""
        self._rows: Mapping[str, int] = {piece: row for row, piece in enumerate(pieces)}
        self._ordinary = frozenset(ordinary)
        self.begin, self.end, self._unknown = (self._rows[piece] for piece in (BEGIN, END, UNKNOWN))
        self.of = lru_cache(CACHED_WORDS)(self._of)

    def unexplained(self, words: Sequence[str]) -> list[bool]:
        """Tell of each word if it has a capital that neither the start of a sentence nor the pronoun "I" explains."""
        flags = []
        opens = True
        for word in words:
            flag = False
            if not word.islower() and word != PRONOUN and capitals_of(word):
                pieces = self.of(word)
                flag = not opens or len(pieces) != 1 or pieces[0] not in self._ordinary
            flags.append(flag)
            opens = word in SENTENCE_ENDS or word.isspace()
        return flags

    def _of(self, word: str) -> tuple[int, ...]:
        """Return the rows of a word's pieces; a space has none."""
        pieces: list[int] = []
        for run in _RUN.findall(plain(word[:LONGEST])):
            pieces += self._pieces(run)
        return tuple(pieces[:MOST_PIECES])

    def _pieces(self, run: str) -> list[int]:
        pieces: list[int] = []
        start = 0
        while start < len(run):
            prefix = "##" if start else ""
            for end in range(len(run), start, -1):
                row = self._rows.get(prefix + run[start:end])
                if row is not None:
                    break
            else:
                return [self._unknown]
            pieces.append(row)
            start = end
        return pieces


def plain(word: str) -> str:
    """Return a word in small letters without accents, as the model knows it."""
    small = word.lower()
    if small.isascii():
        return small
    return "".join(letter for letter in unicodedata.normalize("NFD", small) if unicodedata.category(letter) != "Mn")


def capitals_of(word: str) -> int:
    """Tell how the capitals of a word stand."""
    if word == word.lower():
        return NO_CAPITAL
    if word == word.upper() and len(word) > 1:
        return ALL_CAPITALS
    return FIRST_CAPITAL if word[1:] == word[1:].lower() else MIXED
