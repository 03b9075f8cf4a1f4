"""Lists of names that everybody knows: of which kind each is said to be."""

from __future__ import annotations

import re
import zlib
from collections.abc import Collection, Mapping, Sequence

import msgspec
import numpy as np
from numpy.typing import NDArray

KINDS = (
    "common",
    "proper",
    "given",
    "surname",
    "person",
    "organisation",
    "team",
    "brand",
    "language",
    "place",
    "demonym",
    "role",
    "calendar",
    "holiday",
    "unit",
    "title",
    "chain",
    "institution",
    "software",
    "term",
    "firm",
    "press",
    "religion",
    "event",
    "phrase",
    "proper noun",
)
"""Kinds of list in the order of their bits."""

WORDS_ALONE = frozenset({"common", "proper", "given", "surname"})
"""Kinds of which only single words are listed."""

_SPACE = re.compile(r"\s+")


def key(name: str) -> str:
    """Return a name as the lists have it."""
    return _SPACE.sub(" ", name.replace("’", "'")).strip().lower()


def bits(*kinds: str) -> int:
    """Return the bits of kinds of list."""
    return sum(1 << KINDS.index(kind) for kind in kinds)


class NameLists(msgspec.Struct, frozen=True, eq=False):
    """Names in small letters -> the kinds of list that they stand in, as bits."""

    bits: dict[str, int]

    def rows(self, names: Sequence[str]) -> NDArray[np.float32]:
        """Return a row for each name: for each kind 1 if the name is listed there, else 0."""
        get = self.bits.get
        found = np.array([get(name.replace("’", "'"), 0) for name in names], np.int32)
        return (found[:, None] >> np.arange(len(KINDS)) & 1).astype(np.float32)


def written(lists: Mapping[str, Collection[str]]) -> bytes:
    """Write the lists of names as compressed lines: the number of their bits, a tab and the name."""
    table: dict[str, int] = {}
    for kind in KINDS:
        for name in () if kind in WORDS_ALONE else lists[kind]:
            table[name] = table.get(name, 0) | bits(kind)
    lines = "".join(f"{table[name]}\t{name}\n" for name in sorted(table))
    return zlib.compress(lines.encode("utf-8"), 9)


def parsed(data: bytes) -> NameLists:
    """Parse the compressed lines of lists of names."""
    rows = (line.partition("\t") for line in zlib.decompress(data).decode("utf-8").split("\n")[:-1])
    return NameLists({name: int(number) for number, _, name in rows})
