"""Lists of names that everybody knows: of which kind each is said to be."""

from __future__ import annotations

import zlib
from collections.abc import Collection, Mapping, Sequence

import msgspec
import numpy as np
from numpy.typing import NDArray

from glossator.naming.name_lists import KINDS, WORDS_ALONE, bits


class NameLists(msgspec.Struct, frozen=True, eq=False):
    """Names in small letters -> the kinds of list that they stand in, as bits."""

    bits: dict[str, int]

    def rows(self, names: Sequence[str]) -> NDArray[np.float32]:
        """Return a row for each name: for each kind 1 if the name is listed there, else 0."""
        get = self.bits.get
        values = np.array([get(name.replace("’", "'"), 0) for name in names], np.int32)
        return (values[:, None] >> np.arange(len(KINDS)) & 1).astype(np.float32)


def written(lists: Mapping[str, Collection[str]]) -> bytes:
    """Write the lists of names as compressed lines: the number of their bits, a tab and the name."""
    table: dict[str, int] = {}
    for kind in KINDS:
        for name in () if kind in WORDS_ALONE else lists[kind]:
            table[name] = table.get(name, 0) | bits(kind)
    lines = "".join(f"{table[name]}\t{name}\n" for name in sorted(table))
    return zlib.compress(lines.encode("utf-8"), 9)
