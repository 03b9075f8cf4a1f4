"""Text -> the hashes of its shingles, by which articles with the same passages find each other.

A shingle (Broder, 1997) is seven words in a row, of which the first is long and in small letters: numbers are passed
over, because a correction alters them. All are kept, because which of them a notice has may not depend on what stands
beside it. Quotations are found by their first and last words as well, because one altered word leaves no long run in
them.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache
from zlib import crc32

import numpy as np
from numpy.typing import NDArray

from glossator.folding import UNSPACED
from glossator.passages.words import FoldedWords, Hashes, fold, words_of, written_words

LONG = 4
"""Letters of a word with which a shingle begins."""
WORDS = 7
"""Words of a shingle: of four, most that two articles have in common are turns of phrase."""
ENDS = 5
"""Words at the beginning of a quotation, and at its end, by which it is found."""
SHORTEST_QUOTATION = 7
"""Words."""
LONGEST_QUOTATION = 1200
"""Characters of a quotation."""
QUOTATION = re.compile(rf"[“„«»\"]([^“”„«»\"\n]{{30,{LONGEST_QUOTATION}}})[”“«»\"]")

_TARGET = re.compile(r"\]\([^()\s]*(?:\([^()\s]*\)[^()\s]*)?(?:\s[^()\n]*)?\)|\]\[[^\]\n]*\]")
"""The address of a link or of a picture in Markdown."""
_UNSPACED = re.compile(rf"[{UNSPACED}]")
_FACTOR = np.uint32(0x9E3779B1)


def fingerprints(markdown: str) -> Hashes:
    """Return the hashes by which an article is found, sorted, each once."""
    text = _TARGET.sub("]", markdown)
    quoted = (words_of(text, *match.span(1)) for match in QUOTATION.finditer(text))
    ends = (end_keys(words, 0, len(words)) for words in quoted if len(words) >= SHORTEST_QUOTATION)
    return np.unique(np.concatenate([shingles(written_words(text))[1], *(np.array(keys, np.uint32) for keys in ends)]))


def shingles(written: Iterable[str], size: int = WORDS) -> tuple[list[int], Hashes]:
    """Return the index of the word with which each shingle of a text begins, and the hash of the shingle."""
    tokens = [(index, *token) for index, word in enumerate(written) if (token := _token(word))]
    indices, hashes, begins = np.array(tokens, np.int64).reshape(-1, 3).T
    first = np.flatnonzero(begins[: 1 - size])
    keys: NDArray[np.uint32] = np.zeros(len(first), np.uint32)
    for place in range(size):
        keys = (keys ^ keys >> np.uint32(15)) * _FACTOR + hashes[first + place].astype(np.uint32)
    return indices[first].tolist(), keys


def is_long(written: str) -> bool:
    """True if a word is long and in small letters, or a character of a script without spaces."""
    return (written[0].islower() and len(fold(written)) >= LONG) or bool(_UNSPACED.match(written))


def quotations(words: FoldedWords) -> Iterator[tuple[int, int]]:
    """Yield the quotations of a text, as bounds in words."""
    for match in QUOTATION.finditer(words.content):
        first, last = words.between(*match.span(1))
        if last - first >= SHORTEST_QUOTATION:
            yield first, last


def end_keys(words: FoldedWords, first: int, last: int) -> tuple[int, ...]:
    """Return the hashes of the first and of the last words of a quotation: two of each, which propose by themselves."""
    ends = (words.folded[first : first + ENDS], words.folded[last - ENDS : last])
    hashes = [crc32(" ".join(end).encode()) for end in ends]
    return (*hashes, *(key ^ 0xFFFFFFFF for key in hashes))


@lru_cache(maxsize=1 << 16)  # most words of an article are in many
def _token(written: str) -> tuple[int, bool] | None:
    """Return the hash of a word, and whether a shingle begins with it; None of a number or a sign."""
    return (crc32(fold(written).encode()), is_long(written)) if written[0].isalpha() else None
