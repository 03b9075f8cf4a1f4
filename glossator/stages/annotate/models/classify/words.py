"""The table of words: a vector for each, and what lists say of it."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Mapping, Sequence
from functools import lru_cache
from io import BytesIO
from typing import Any

import msgspec
import numpy as np
from numpy.typing import NDArray

from glossator.naming.normalise import CACHED_WORDS

STEPS = 7
"""Values of a number to each side of its mean, so that it fits four bits."""

SPREAD = 3 / STEPS
"""Standard deviations from one value to the next: what is farther from the mean than three is written as three."""


class QuantisedVectors(msgspec.Struct, frozen=True, eq=False):
    """Vectors from number 1 on, unpacked when they are asked for: a text needs few, and as floats all take 20 MB."""

    packed: NDArray[np.uint8]
    """The vectors, two numbers in a byte. A number is STEPS more than its distance from the mean in steps."""
    mean: NDArray[np.float32]

    def at(self, numbers: NDArray[np.integer]) -> NDArray[np.float32]:
        """Return vectors by number, scaled so that each dimension has a deviation of one; zeros for number 0."""
        packed = self.packed[np.maximum(numbers, 1) - 1]
        steps = np.empty((*numbers.shape, len(self.mean)), np.int8)
        steps[..., 0::2] = packed >> 4
        steps[..., 1::2] = packed & 15
        steps -= STEPS
        found: NDArray[np.float32] = steps * np.float32(SPREAD)
        found += self.mean
        found[numbers == 0] = 0
        return found


class WordIndex:
    """Rows of words, found by bisection: a text has few words, and a dictionary of all takes long to make.

    State: the rows found last.
    """

    def __init__(self, lines: bytes) -> None:
        """Take the words of a table in small letters, sorted, one a line; the first is empty and means all others."""
        ends = np.flatnonzero(np.frombuffer(lines, np.uint8) == ord("\n"))
        self._lines = lines
        self._starts = np.concatenate(([0], ends + 1)).data
        self._ends = np.append(ends, len(lines)).data
        self.row = lru_cache(CACHED_WORDS)(self._find)

    def _find(self, form: str) -> int:
        """Return the row of a word in small letters; 0 if the table has not got it."""
        word = form.encode("utf-8", "surrogatepass")
        row = bisect_left(range(len(self._starts)), word, key=self._word)
        return row if row < len(self._starts) and self._word(row) == word else 0

    def _word(self, row: int) -> bytes:
        return self._lines[self._starts[row] : self._ends[row]]


class WordVectors(msgspec.Struct, frozen=True, eq=False):
    """Words by the row that they have in the tables, and their vectors; row 0 is for words that are not there."""

    index: WordIndex
    numbers: NDArray[np.int32]
    """Number of each word's vector; 0 for the rarest words, which have none."""
    vectors: QuantisedVectors

    def rows(self, forms: Sequence[str]) -> NDArray[np.int32]:
        """Return the row of each word."""
        return np.fromiter(map(self.index.row, map(str.lower, forms)), np.int32, len(forms))


class Words(WordVectors, frozen=True, eq=False):
    """Words with all that the tables know of them."""

    flags: NDArray[np.uint32]
    """Lists that contain a word, a bit each."""
    group: NDArray[np.uint16]
    """The group of each word: words that the web uses alike share one; 0 for none."""
    group_of_capital: NDArray[np.uint16]
    """The group of each word where it has a capital."""
    groups: QuantisedVectors
    """A vector for each group."""


def read_vectors(data: bytes) -> WordVectors:
    """Return the words and vectors in the bytes of the table's file."""
    with np.load(BytesIO(data), allow_pickle=False) as arrays:
        has_vector = arrays["has_vector"]
        numbers = np.cumsum(has_vector, dtype=np.int32) * has_vector
        return WordVectors(WordIndex(arrays["names"].tobytes()), numbers, _vectors(arrays, "vectors"))


def read_words(data: bytes, known: WordVectors) -> Words:
    """Return the table in the bytes of its file, from which `known` was read."""
    with np.load(BytesIO(data), allow_pickle=False) as arrays:
        group = arrays["group"]
        of_capital = group ^ arrays["group_of_capital"]  # most are equal, so that the file has zeros
        groups = _vectors(arrays, "groups")
        return Words(known.index, known.numbers, known.vectors, arrays["flags"], group, of_capital, groups)


def _vectors(arrays: Mapping[str, NDArray[Any]], name: str) -> QuantisedVectors:
    return QuantisedVectors(arrays[name], arrays[f"{name}_mean"])
