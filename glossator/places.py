"""Names of places -> where they are, and the outlines of countries.

GeoNames has countries by name, and cities within a country that is given. `training.outlines` made the outlines from
Natural Earth.
"""

from __future__ import annotations

import json
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from functools import cache, lru_cache
from importlib import resources
from itertools import accumulate
from typing import Literal, NamedTuple

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
        (city.latitude, city.longitude)
        for city in _cities().get(name.casefold(), ())
        if city.country == region.country and region.state in ("", city.region)
    }
    return found.pop() if len(found) == 1 else None


class KnownPlace(NamedTuple):
    """A place that everybody knows by its name."""

    kind: Literal["country", "state", "capital", "city"]
    country: str
    """ISO code of the country that it is or is in."""
    state: str
    """Name of the one of the United States that it is in; empty for others."""
    number: str
    """Number in GeoNames."""
    point: Point | None = None
    """Coordinates of a city; None for a country or a state."""


LARGEST_BY = 10
"""Times that one bearer of a name is as populous as the next, at least, so that the name alone means it."""
LARGE = 100_000
"""Inhabitants of a city whose name alone may mean it, at least."""
STATE_POPULATION = 5_000_000
"""Inhabitants that a state counts as having, because GeoNames' table of states has no numbers."""
CALLED_LIKE_CITIES = frozenset({"new york"})
"""States whose name means one of its cities as often: GeoNames calls the city otherwise."""
SHORTEST_NAME = 4
"""Letters of a name that is no abbreviation, at least."""


@lru_cache(1 << 14)
def known_place(name: str, regions: frozenset[Region]) -> KnownPlace | None:
    """Return the place that a name means; None if it may mean several, or none.

    `regions` are those that the articles name for it; a place in none of them is not the one that is meant. Names that
    only small places have, and those of a country and a state, mean one only with such words.
    """
    if len(name) < SHORTEST_NAME or name.isupper() or name.casefold() in CALLED_LIKE_CITIES:
        return None
    bearers = sorted(_bearers(name), key=lambda bearer: (-bearer[0], bearer[1].number))
    if regions:
        bearers = [one for one in bearers if any(_is_in(one[1], region) for region in regions)]
    if not bearers or (len(bearers) > 1 and bearers[0][0] < LARGEST_BY * bearers[1][0]):
        return None
    population, place = bearers[0]
    is_alone = regions or (population >= LARGE and name.casefold() not in AMBIGUOUS)
    return place if is_alone else None


def _is_in(place: KnownPlace, region: Region) -> bool:
    states = _states()
    return place.country == region.country and (not region.state or states.get(place.state.casefold()) == region.state)


def _bearers(name: str) -> Iterator[tuple[int, KnownPlace]]:
    """Yield the places of a name, each with its population."""
    key, lands = name.casefold(), geonames.countries()
    yield from _lands().get(key, ())
    for city in _cities().get(key, ()):
        kind: Literal["capital", "city"] = "capital" if lands[city.country].capital.casefold() == key else "city"
        state = geonames.states()[city.region].name if city.country == "US" and city.region in geonames.states() else ""
        yield city.population, KnownPlace(kind, city.country, state, str(city.number), (city.latitude, city.longitude))


@cache
def _lands() -> dict[str, list[tuple[int, KnownPlace]]]:
    """Return countries and states by name, each with its population."""
    found: dict[str, list[tuple[int, KnownPlace]]] = defaultdict(list)
    for code, country in geonames.countries().items():
        place = KnownPlace("country", code, "", str(country.number))
        names = {countries.name(code), *(form for form, other in countries.UNLISTED.items() if other == code)}
        for form in names:
            found[form.casefold()].append((country.population, place))
    for state in geonames.states().values():
        found[state.name.casefold()].append((STATE_POPULATION, KnownPlace("state", "US", "", str(state.number))))
    return found


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
    return {state.name.casefold(): code for code, state in geonames.states().items()}


@cache
def _state_names() -> re.Pattern[str]:
    return _words(state.name for state in geonames.states().values() if state.name.casefold() not in AMBIGUOUS)


@cache
def _country_names() -> re.Pattern[str]:
    states = _states()
    return _words(form for form in countries.written_forms() if form.casefold() not in states)


def _words(names: Iterable[str]) -> re.Pattern[str]:
    """Return a pattern of names as words of their own, the longest first."""
    ordered = sorted(names, key=lambda name: (-len(name), name))
    return re.compile(rf"(?<![\w-])(?:{'|'.join(map(re.escape, ordered))})(?![\w-])")


@cache
def _cities() -> dict[str, list[geonames.City]]:
    """Return the cities of each name in small letters."""
    found: dict[str, list[geonames.City]] = defaultdict(list)
    for city in geonames.cities():
        found[city.name.casefold()].append(city)
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
