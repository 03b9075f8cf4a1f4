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
    """Scaled so that each dimension has a mean square of one."""
    flags: NDArray[np.uint16]
    """Lists that contain a word, a bit each."""

    def rows(self, forms: Sequence[str]) -> NDArray[np.int32]:
        """Return the row of each word."""
        return np.fromiter(map(self.index.get, map(str.lower, forms), repeat(0)), np.int32, len(forms))


def unpacked(data: bytes) -> Words:
    """Unpack the table from the bytes of its file, in which vectors have 8 bits a number."""
    with np.load(BytesIO(data), allow_pickle=False) as held:
        names = held["names"].tobytes().decode("utf-8").split("\n")
        vectors = held["vectors"].astype(np.float32) * held["scale"]
        return Words({name: row for row, name in enumerate(names)}, vectors, held["flags"])
