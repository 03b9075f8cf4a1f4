"""Names of places -> where they are, and the outlines of countries.

GeoNames has countries by name, and cities within a country that is given. `training.outlines` made the outlines from
Natural Earth.
"""

from __future__ import annotations

import json
import re
from collections import defaultdict
from collections.abc import Iterable
from functools import cache
from importlib import resources
from itertools import accumulate
from typing import NamedTuple

from glossator.naming import countries, geonames

Point = tuple[float, float]
"""Degrees of latitude and longitude."""


AMBIGUOUS = frozenset({"georgia", "washington"})
"""States whose name means something else as often: a country, a city."""


class Region(NamedTuple):
    """A country, or one of the United States."""

    country: str
    """ISO code."""
    state: str = ""
    """Postal code of the state; empty for the country as a whole."""


def country_named(name: str) -> str:
    """Return the ISO code of the country of a name; empty if there is none, or if a state has the name too: Georgia."""
    return "" if name.casefold() in _states() else countries.code(name) or ""


def region_in(text: str) -> Region | None:
    """Return the only country that a text names, and the only state if it names one; None if it is not just one."""
    states = {_states()[found.casefold()] for found in _state_names().findall(text)}
    named = {code for found in _country_names().findall(text) if (code := countries.written_forms()[found])}
    if states:
        return Region("US", states.pop()) if len(states) == 1 and named <= {"US"} else None
    return Region(named.pop()) if len(named) == 1 else None


def city_in(name: str, region: Region) -> Point | None:
    """Return where the only city of a name in a region is; None if the region has none, or several."""
    found = {
        point
        for country, state, point in _cities().get(name.casefold(), ())
        if country == region.country and region.state in ("", state)
    }
    return found.pop() if len(found) == 1 else None


def place_numbered(number: str) -> tuple[str, Point | None]:
    """Return the country of a place by its number in GeoNames, and where it is if it is a city; empty if unknown."""
    for code, country in geonames.countries().items():
        if str(country.number) == number:
            return code, None
    city = next((city for city in geonames.cities() if str(city.number) == number), None)
    return (city.country, (city.latitude, city.longitude)) if city else ("", None)


@cache
def _states() -> dict[str, str]:
    """Return the postal code of each of the United States by its name in small letters."""
    return {state.casefold(): code for code, state in geonames.states().items()}


@cache
def _state_names() -> re.Pattern[str]:
    return _words(name for name in geonames.states().values() if name.casefold() not in AMBIGUOUS)


@cache
def _country_names() -> re.Pattern[str]:
    states = _states()
    return _words(form for form in countries.written_forms() if form.casefold() not in states)


def _words(names: Iterable[str]) -> re.Pattern[str]:
    """Return a pattern of names as words of their own, the longest first."""
    ordered = sorted(names, key=lambda name: (-len(name), name))
    return re.compile(rf"(?<![\w-])(?:{'|'.join(map(re.escape, ordered))})(?![\w-])")


@cache
def _cities() -> dict[str, list[tuple[str, str, Point]]]:
    """Return country, state and place of the cities of each name in small letters."""
    found: dict[str, list[tuple[str, str, Point]]] = defaultdict(list)
    for city in geonames.cities():
        found[city.name.casefold()].append((city.country, city.region, (city.latitude, city.longitude)))
    return found


STEPS = 20
"""Units of an outline in a degree."""
DATA = "c0062638e5ff0ac5"
"""Beginning of the file's SHA-256 digest. It is code, so that pages are made again if the file changes."""


class Ring(NamedTuple):
    """A closed line: the border of a country, an island or a lake. Units count east and south from 0° N, 0° E."""

    path: str
    """Path data of SVG."""
    west: int
    north: int
    east: int
    south: int


@cache
def outlines() -> dict[str, tuple[Ring, ...]]:
    """Return the rings of each country by ISO code, the largest first; land without code has the empty one."""
    data = (resources.files("glossator") / "data" / "places" / "outlines.json").read_bytes()
    return {code: tuple(map(_ring, rings)) for code, rings in json.loads(data).items() if rings}


def _ring(steps: list[int]) -> Ring:
    xs, ys = list(accumulate(steps[::2])), list(accumulate(steps[1::2]))
    line = "".join(
        f"{dx}{dy}" if dy < 0 and not index else f"{' ' if dx >= 0 and index else ''}{dx}{'' if dy < 0 else ' '}{dy}"
        for index, (dx, dy) in enumerate(zip(steps[2::2], steps[3::2], strict=True))
    )
    return Ring(f"M{steps[0]} {steps[1]}l{line}z", min(xs), min(ys), max(xs), max(ys))
