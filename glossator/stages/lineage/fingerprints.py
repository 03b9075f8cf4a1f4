"""Text -> the hashes of its shingles, by which articles with the same passages find each other.

Shingles (Broder, 1997) are of long words in small letters: names, and the words of every sentence, make no text like
another. All are kept, because which of them a notice has may not depend on what stands beside it. Quotations are found
by their first and last words as well, because one altered word leaves no long run in them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from itertools import chain
from zlib import crc32

import numpy as np
from numpy.typing import NDArray

from glossator.folding import UNSPACED
from glossator.passages.words import FoldedWords, Hashes, fold, words_of, written_words

LONG = 4
"""Letters of a word that is part of a shingle."""
_FACTORS = tuple(np.array((0x9E3779B1, 0x85EBCA6B, 0x27D4EB2F, 0x165667B1), np.uint32))
WORDS = len(_FACTORS)
"""Words of a shingle."""
ENDS = 4
"""Words at the beginning of a quotation, and at its end, by which it is found."""
SHORTEST_QUOTATION = 7
"""Words."""
LONGEST_QUOTATION = 1200
"""Characters of a quotation."""
QUOTATION = re.compile(rf"[“„«»\"]([^“”„«»\"\n]{{30,{LONGEST_QUOTATION}}})[”“«»\"]")

_TARGET = re.compile(r"\]\([^()\s]*(?:\([^()\s]*\)[^()\s]*)?(?:\s[^()\n]*)?\)|\]\[[^\]\n]*\]")
"""The address of a link or of a picture in Markdown."""
_UNSPACED = re.compile(rf"[{UNSPACED}]")
_CHARACTERS = 3
"""Characters of a script without spaces that stand for a long word."""


def fingerprints(markdown: str) -> Hashes:
    """Return the hashes by which an article is found, sorted, each once."""
    text = _TARGET.sub("]", markdown)
    if _UNSPACED.search(text):
        _, keys = shingles(words_of(text))
    else:  # two thirds of the time, because words that are written alike are looked at once
        keys = _mixed([key for word in written_words(text) if (key := _key(word)) is not None])
    quoted = (words_of(text, *match.span(1)) for match in QUOTATION.finditer(text))
    ends = (end_keys(words, 0, len(words)) for words in quoted if len(words) >= SHORTEST_QUOTATION)
    return np.unique(np.concatenate((keys, np.fromiter(chain.from_iterable(ends), np.uint32))))


def shingles(words: FoldedWords) -> tuple[list[int], Hashes]:
    """Return the index of the word with which each shingle begins, and the hash of the shingle."""
    tokens = [(index, _hash(token)) for index in range(len(words)) if (token := token_at(words, index))]
    keys = _mixed([key for _, key in tokens])
    return [index for index, _ in tokens[: len(keys)]], keys


def _mixed(tokens: list[int]) -> Hashes:
    """Return the hash of the shingle that begins with each token; the last ones begin none."""
    hashes = np.array(tokens, np.uint32)
    count = max(0, len(hashes) - WORDS + 1)
    keys: NDArray[np.uint32] = np.zeros(count, np.uint32)
    for place, factor in enumerate(_FACTORS):
        keys += hashes[place : place + count] * factor
        keys ^= keys >> np.uint32(15)
    return keys


def token_at(words: FoldedWords, index: int) -> str:
    """Return the word at an index if it is long and in small letters, or the characters that stand for one."""
    word = words.folded[index]
    if len(word) >= LONG:
        return word if words.content[words.starts[index]].islower() else ""
    return "".join(words.folded[index : index + _CHARACTERS]) if _UNSPACED.match(word) else ""


def quotations(words: FoldedWords) -> Iterator[tuple[int, int]]:
    """Yield the quotations of a text, as bounds in words."""
    for match in QUOTATION.finditer(words.content):
        first, last = words.between(*match.span(1))
        if last - first >= SHORTEST_QUOTATION:
            yield first, last


def end_keys(words: FoldedWords, first: int, last: int) -> tuple[int, int]:
    """Return the hashes of the first and of the last words of a quotation."""
    folded = words.folded
    return _hash(" ".join(folded[first : first + ENDS])), _hash(" ".join(folded[last - ENDS : last]))


@lru_cache(maxsize=1 << 16)  # most words of an article are in many
def _key(written: str) -> int | None:
    """Return the hash of a word of a script with spaces; None if it is short or begins with no small letter."""
    folded = fold(written)
    return _hash(folded) if len(folded) >= LONG and written[0].islower() else None


@lru_cache(maxsize=1 << 16)
def _hash(word: str) -> int:
    return crc32(word.encode())
