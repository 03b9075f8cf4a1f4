"""Lists of names that everybody knows: of which kind each is said to be, and whether any list has a name."""

from __future__ import annotations

import lzma
import re
from bisect import bisect_left
from functools import cache, lru_cache
from importlib import resources

from glossator.naming import countries, geonames
from glossator.naming.normalise import CACHED_WORDS
from glossator.naming.regions import cities_by_name, key_of, state_codes

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


OF_ORGANISATIONS = bits("organisation", "firm", "press", "team", "brand")
OF_PRODUCTS = bits("software")


def is_known(name: str) -> bool:
    """True if everybody knows a place, a firm, a team or a product of a name."""
    place = key_of(name)
    return (
        is_listed(name)
        or countries.code(name) is not None
        or place in cities_by_name()
        or place in state_codes()
        or name in geonames.continents()
    )


def is_listed(name: str) -> bool:
    """True if everybody knows a firm, a product or a team of a name."""
    return bool(kinds_of(name) & (OF_ORGANISATIONS | OF_PRODUCTS))


def kinds_of(name: str) -> int:
    """Return the kinds of list that the package has a name in, as bits."""
    return packaged_lists().kinds(key(name))


class ListedNames:
    """The kinds of list of each name, found by bisection: an article asks for few, and a dictionary takes long to make.

    State: the names asked for last.
    """

    def __init__(self, data: bytes) -> None:
        """Take compressed lines of a number, a tab and a name, sorted by the names."""
        self._lines = lzma.decompress(data).split(b"\n")[:-1]
        self.kinds = lru_cache(CACHED_WORDS)(self._find)

    def _find(self, name: str) -> int:
        """Return the kinds of list that have a name in small letters, as bits."""
        encoded = name.encode("utf-8", "surrogatepass")
        row = bisect_left(self._lines, encoded, key=_name)
        if row == len(self._lines):
            return 0
        number, _, listed = self._lines[row].partition(b"\t")
        return int(number) if listed == encoded else 0


def _name(line: bytes) -> bytes:
    return line.partition(b"\t")[2]


@cache
def packaged_lists() -> ListedNames:
    """Return the lists of the package, loaded once."""
    return ListedNames((resources.files("glossator") / "data" / "names" / "lists.xz").read_bytes())
