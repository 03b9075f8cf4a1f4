"""Lists of names that everybody knows: of which kind each is said to be, and whether any list has a name."""

from __future__ import annotations

import re
import zlib
from functools import cache
from importlib import resources

from glossator.naming import countries, geonames
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
    return packaged_lists().get(key(name), 0)


@cache
def packaged_lists() -> dict[str, int]:
    """Return the kinds of list of each name of the package, loaded once."""
    return parsed((resources.files("glossator") / "data" / "names" / "lists.zlib").read_bytes())


def parsed(data: bytes) -> dict[str, int]:
    """Parse the compressed lines of lists of names."""
    rows = (line.partition("\t") for line in zlib.decompress(data).decode("utf-8").split("\n")[:-1])
    return {name: int(number) for number, _, name in rows}
