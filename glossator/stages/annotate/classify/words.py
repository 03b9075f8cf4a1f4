"""The table of words: a vector for each, and what lists say of it."""

from __future__ import annotations

from collections.abc import Sequence
from io import BytesIO
from itertools import repeat

import msgspec
import numpy as np
from numpy.typing import NDArray

STEPS = 7
"""Values of a number to each side of its mean, so that it fits four bits."""

SPREAD = 3 / STEPS
"""Standard deviations from one value to the next: what is farther from the mean than three is written as three."""


class QuantisedVectors(msgspec.Struct, frozen=True, eq=False):
    """Vectors whose numbers are in steps from their mean; a text needs few of them, and as floats all take 20 MB."""

    steps: NDArray[np.int8]
    """A row for each vector: the number of each dimension, in steps from its mean."""
    mean: NDArray[np.float32]

    def __len__(self) -> int:
        return len(self.steps)

    def at(self, rows: NDArray[np.integer]) -> NDArray[np.float32]:
        """Return the vectors of rows, scaled so that each dimension has a deviation of one; zeros for row 0."""
        found: NDArray[np.float32] = self.steps[rows] * np.float32(SPREAD)
        found += self.mean
        found[rows == 0] = 0
        return found


class Words(msgspec.Struct, frozen=True, eq=False):
    """Words in small letters by the row that they have in the tables; row 0 is for those that are not there."""

    index: dict[str, int]
    vectors: QuantisedVectors
    """The rarest words, which come last, have none."""
    flags: NDArray[np.uint32]
    """Lists that contain a word, a bit each."""
    group: NDArray[np.uint16]
    """The group of each word: words that the web uses alike share one; 0 for none."""
    group_of_capital: NDArray[np.uint16]
    """The group of each word where it has a capital."""
    groups: QuantisedVectors
    """A vector for each group; none for the first."""

    def rows(self, forms: Sequence[str]) -> NDArray[np.int32]:
        """Return the row of each word."""
        return np.fromiter(map(self.index.get, map(str.lower, forms), repeat(0)), np.int32, len(forms))

    def with_vectors(self, rows: NDArray[np.int32]) -> NDArray[np.int32]:
        """Return the rows that have vectors, and 0 for the others."""
        return np.where(rows < len(self.vectors), rows, np.int32(0))


def unpacked(data: bytes) -> Words:
    """Unpack the table from the bytes of its file, in which vectors have four bits a number."""
    with np.load(BytesIO(data), allow_pickle=False) as held:
        names = held["names"].tobytes().decode("utf-8").split("\n")
        vectors, groups = (_vectors(held[kind], held[f"{kind}_mean"]) for kind in ("vectors", "groups"))
        index = dict(zip(names, range(len(names)), strict=True))
        return Words(index, vectors, held["flags"], held["group"], held["group_of_capital"], groups)


def _vectors(packed: NDArray[np.uint8], mean: NDArray[np.float32]) -> QuantisedVectors:
    """Return vectors of which two numbers were packed in a byte, below one for row 0."""
    steps = np.zeros((len(packed) + 1, len(mean)), np.int8)
    known = steps[1:]
    known[:, 0::2] = packed >> 4
    known[:, 1::2] = packed & 15
    known -= STEPS
    return QuantisedVectors(steps, mean)
