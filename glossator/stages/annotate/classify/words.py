"""The table of words: a vector for each, and what lists say of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from io import BytesIO
from itertools import repeat

import numpy as np
from numpy.typing import NDArray


@dataclass(frozen=True, slots=True, eq=False)
class Words:
    """Words in small letters by the row that they have in the tables; row 0 is for those that are not there."""

    index: dict[str, int]
    vectors: NDArray[np.float32]
    """Scaled so that each dimension has a deviation of one; the rarest words, which come last, have none."""
    flags: NDArray[np.uint32]
    """Lists that contain a word, a bit each."""
    group: NDArray[np.uint16]
    """The group of each word: words that the web uses alike share one; 0 for none."""
    group_of_capital: NDArray[np.uint16]
    """The group of each word where it has a capital."""
    groups: NDArray[np.float32]
    """A vector for each group, scaled as `vectors` are; the first is zero."""

    def rows(self, forms: Sequence[str]) -> NDArray[np.int32]:
        """Return the row of each word."""
        return np.fromiter(map(self.index.get, map(str.lower, forms), repeat(0)), np.int32, len(forms))

    def with_vectors(self, rows: NDArray[np.int32]) -> NDArray[np.int32]:
        """Return the rows that have vectors, and 0 for the others."""
        return np.where(rows < len(self.vectors), rows, np.int32(0))


STEPS = 7
"""Values of a number to each side of its mean, so that it fits four bits."""

SPREAD = 3 / STEPS
"""Standard deviations from one value to the next: what is farther from the mean than three is written as three."""


def unpacked(data: bytes) -> Words:
    """Unpack the table from the bytes of its file, in which vectors have four bits a number."""
    with np.load(BytesIO(data), allow_pickle=False) as held:
        names = held["names"].tobytes().decode("utf-8").split("\n")
        vectors, groups = (_vectors(held[kind], held[f"{kind}_mean"]) for kind in ("vectors", "groups"))
        index = dict(zip(names, range(len(names)), strict=True))
        return Words(index, vectors, held["flags"], held["group"], held["group_of_capital"], groups)


def _vectors(packed: NDArray[np.uint8], mean: NDArray[np.float32]) -> NDArray[np.float32]:
    """Return vectors of which two numbers were packed in a byte, below one of zeros."""
    found = np.zeros((len(packed) + 1, len(mean)), np.float32)
    known = found[1:]
    known[:, 0::2] = packed >> 4
    known[:, 1::2] = packed & 15
    known -= STEPS
    known *= np.float32(SPREAD)
    known += mean
    return found
