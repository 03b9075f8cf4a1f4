"""Texts as sequences of folded words, and the shingles by which passages are found again.

See Broder, On the resemblance and containment of documents, 1997. The hashes of the words of a shingle are mixed as
in MurmurHash3 (Appleby, 2010).
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import NamedTuple
from zlib import crc32

import msgspec
import numpy as np
from numpy.typing import NDArray

from glossator.folding import UNSPACED, fold_accents

SHORT = 3
"""Letters of a word that is likely to be in every text: two of them make no shingle without the word that follows."""
PAIR = 2
"""Words of a shingle."""
LETTERS_A_SLIP = 5
"""Letters that a name has for each letter in it that may be wrong; a shorter name may have one wrong, too."""
MOST_SLIPS = 2
LONG = 7
"""Letters of a word that says something by itself; see Zipf, The Psycho-Biology of Language, 1935."""

Hashes = NDArray[np.uint32]

_WORD = re.compile(
    rf"[{UNSPACED}][\u0300-\u036f\u0e31-\u0e4e\u3099\u309a]*"
    rf"|\d+(?:[.,:]\d+)+|[^\W_{UNSPACED}]++(?:['’ʼ][^\W\d_{UNSPACED}]++)*+|[$€£¥₹%‰]"
)
_FACTORS = tuple(np.array((0x9E3779B1, 0x85EBCA6B, 0x27D4EB2F, 0xC2B2AE35), np.uint32))
_APOSTROPHES = str.maketrans("’ʼ", "''")


class FoldedWords(msgspec.Struct, frozen=True):
    """The words of a text in order: folded, as written, and their bounds in code points."""

    folded: tuple[str, ...]
    starts: tuple[int, ...]
    ends: tuple[int, ...]
    content: str

    def __len__(self) -> int:
        return len(self.folded)

    def written(self, index: int) -> str:
        """Return a word as the text writes it."""
        return self.content[self.starts[index] : self.ends[index]]

    def between(self, start: int, end: int) -> tuple[int, int]:
        """Return the bounds, in words, of a stretch that is given in code points."""
        return bisect_left(self.starts, start), bisect_left(self.starts, end)

    def text(self, first: int, last: int) -> str:
        """Return the text from the word at `first` up to the word before `last`."""
        return self.content[self.starts[first] : self.ends[last - 1]] if first < last else ""


def words_of(content: str, start: int = 0, end: int | None = None) -> FoldedWords:
    """Return the words of a text, or of a stretch of it; case, accents and the kind of apostrophe do not count."""
    matches = list(_WORD.finditer(content, start, len(content) if end is None else end))
    return FoldedWords(
        tuple(fold(match[0]) for match in matches),
        tuple(match.start() for match in matches),
        tuple(match.end() for match in matches),
        content,
    )


def written_words(content: str) -> list[str]:
    """Return the words of a text as they are written."""
    return _WORD.findall(content)


@lru_cache(maxsize=1 << 16)  # most words of a text are in it more than once
def fold(word: str) -> str:
    """Return a word as it is compared: as search compares it."""
    return fold_accents(word).casefold().translate(_APOSTROPHES)


def base(word: str) -> str:
    """Return a folded word without the sign of the genitive."""
    return word.removesuffix("'s").rstrip("'")


def slips(word: str) -> int:
    """Return how many letters of a name may be wrong if it is a misspelling of another one."""
    return min(MOST_SLIPS, max(1, len(word) // LETTERS_A_SLIP))


def shingles(folded: Sequence[str], start: int = 0, end: int | None = None) -> Iterator[tuple[int, int, int]]:
    """Yield the shingles of consecutive words: hash, first word, and the word after the last.

    A shingle is two words, or three if both of the first are short, so that few are in every text.
    """
    words = folded[start:end]
    keys, sizes = _shingle_keys([_hash(word) for word in words], [len(word) for word in words])
    for first, (key, size) in enumerate(zip(keys.tolist(), sizes.tolist(), strict=True), start):
        yield key, first, first + size


def _shingle_keys(words: Sequence[int], lengths: Sequence[int]) -> tuple[Hashes, NDArray[np.intp]]:
    """Return the hash of the shingle that begins with each word, and its size; the last words begin none."""
    hashes, short = np.array(words, np.uint32), np.array(lengths, np.intp) <= SHORT
    if len(hashes) < PAIR:
        return hashes[:0], np.empty(0, np.intp)
    sizes = np.where(short[:-1] & short[1:], PAIR + 1, PAIR)
    keys = hashes[:-1] * _FACTORS[0] + hashes[1:] * _FACTORS[1]
    third = np.zeros(len(keys), np.uint32)
    third[:-1] = hashes[2:]
    keys += np.where(sizes > PAIR, third, 0) * _FACTORS[2]
    keys ^= keys >> np.uint32(15)
    keys *= _FACTORS[3]
    keys ^= keys >> np.uint32(13)
    if sizes[-1] > PAIR:
        keys, sizes = keys[:-1], sizes[:-1]
    return keys, sizes


@lru_cache(maxsize=1 << 16)
def _hash(word: str) -> int:
    return crc32(word.encode())


def single(word: str) -> int:
    """Return the hash of a folded word that stands for itself in the index."""
    return _hash(base(word))


def is_indexed(written: str) -> bool:
    """True if a word may stand for itself in the index: a name, a number of two digits, or a long word."""
    first = written[0]
    if first.isdigit():
        return len(written) > 1
    if first.isupper():
        return len(written) > SHORT or (len(written) > 1 and written.isupper())
    return len(written) >= LONG


def hashes(content: str) -> Hashes:
    """Return the hashes under which a text is found: its shingles, and the words that say something by themselves.

    They are sorted, each once.
    """
    words = [_indexed(word) for word in written_words(content)]
    keys, _ = _shingle_keys([word.hash for word in words], [word.length for word in words])
    alone = np.array([word.single for word in words if word.single is not None], np.uint32)
    return np.unique(np.concatenate((keys, alone)))


class _IndexedWord(NamedTuple):
    hash: int
    length: int
    """Letters of the folded word."""
    single: int | None
    """Hash of the word by itself; None of a word that says nothing by itself."""


@lru_cache(maxsize=1 << 16)  # most words of an article are in many
def _indexed(written: str) -> _IndexedWord:
    folded = fold(written)
    return _IndexedWord(_hash(folded), len(folded), single(folded) if is_indexed(written) else None)
