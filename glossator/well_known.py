"""Places of GeoNames that everybody knows by their names, and where cities of a given region are."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator, Sequence
from functools import cache, lru_cache
from typing import Literal, NamedTuple

from glossator.naming import countries, geonames
from glossator.naming.regions import (
    AMBIGUOUS,
    CALLED_LIKE_CITIES,
    Region,
    cities_by_name,
    key_of,
    region_named,
    state_codes,
)

Point = tuple[float, float]
"""Degrees of latitude and longitude."""
DISTRICT = "DC"
"""Code in the table of states of what is none."""
LARGEST_BY = 10
"""Times that one bearer of a name weighs as much as the next, at least, so that the name means it."""
LARGE = 1_000_000
"""Inhabitants of a city whose name alone may mean it, at least."""
LARGE_CAPITAL = 100_000
"""Inhabitants of such a capital."""
NAMED = 30
"""Times that a city weighs more than by its inhabitants if articles name its country, or its state."""
NAMED_WIDELY = 5
"""Times that it does if they name the United States, which many articles do, but not the state."""
NAMING = 3
"""Articles of a place of which more than one has to name its region, so that it counts."""
CONTINENT_POPULATION = 1_000_000_000
"""Inhabitants that a continent counts as having: more than a country of its name."""
STATE_POPULATION = 5_000_000
"""Inhabitants that a state counts as having, because GeoNames' table of states has no numbers."""
SHORTEST_NAME = 4
"""Letters of a name that is no abbreviation, at least."""
SHORTEST_IN_CAPITALS = 6
"""Letters of such a name in capitals, as in datelines."""
CITY_AND_STATE = frozenset({"new york", "washington"})
"""Names of a city and of a state, whichever is meant."""


def country_named(name: str) -> str:
    """Return the ISO code of the country of a name; empty if there is none, or if a state has the name too: Georgia."""
    return "" if name.casefold() in state_codes() else countries.code(name) or ""


def city_in(name: str, region: Region) -> Point | None:
    """Return where the only city of a name in a region is; None if the region has none, or several."""
    points = {
        (city.latitude, city.longitude)
        for city in cities_by_name().get(key_of(name), ())
        if city.country == region.country and region.state in ("", city.region)
    }
    return points.pop() if len(points) == 1 else None


class KnownPlace(NamedTuple):
    """A place that everybody knows by its name."""

    kind: Literal["continent", "country", "territory", "state", "city and state", "capital", "city"]
    country: str
    """ISO code of the country that it is or is in; empty for a continent."""
    state: str
    """Name of the one of the United States that it is in; empty for others."""
    number: str
    """Number in GeoNames."""
    point: Point | None = None
    """Coordinates of a city; None for a country or a state."""


@lru_cache(1 << 14)
def known_place(name: str, regions: frozenset[Region], named: frozenset[Region] = frozenset()) -> KnownPlace | None:
    """Return the place that a name means; None if it may mean several, or none.

    `regions` are those in which words about it say that it is; a place in none of them is not the one that is meant.
    `named` are those of its bearers that its articles name beside it. A place that few people know by its name needs
    one of the two.
    """
    if len(name) < (SHORTEST_IN_CAPITALS if name.isupper() else SHORTEST_NAME):
        return None
    american = any(region.country == "US" for region in regions)
    if name.casefold() in CITY_AND_STATE and (not regions or (american and name.casefold() in CALLED_LIKE_CITIES)):
        return next(state._replace(kind="city and state") for _, state in _lands()[key_of(name)])
    if named and not regions and (largest := known_place(name, frozenset())):
        return largest  # Paris without more is Paris, though the article names Texas
    bearers = [(_weight(rival, named), rival) for rival in _bearers(name)]
    if regions:
        bearers = [(weight, rival) for weight, rival in bearers if any(_is_in(rival[1], region) for region in regions)]
    elif name.casefold() in AMBIGUOUS:
        # In an article about the United States Georgia is the state.
        is_american = any(region.country == "US" for region in named)
        bearers = [bearer for bearer in bearers if is_american and bearer[1][1].kind == "state"]
    bearers.sort(key=lambda bearer: (-bearer[0], bearer[1][1].number))
    if not bearers or (len(bearers) > 1 and bearers[0][0] < LARGEST_BY * bearers[1][0]):
        return None
    weight, (population, place) = bearers[0]
    if any(city.country == place.country and city.population > population for city in _city_of_quarter(name)):
        return None
    is_known = weight >= LARGE or (place.kind == "capital" and population >= LARGE_CAPITAL)
    return place if regions or is_known else None


@lru_cache(1 << 14)
def region_meant(words: str) -> Region | None:
    """Return the region that words name, or in which the only large city of their name is; None if neither."""
    if region := region_named(words):
        return region
    bearers = sorted(_bearers(words), key=lambda bearer: (-bearer[0], bearer[1].number))
    population, place = bearers[0] if bearers else (0, None)
    others = bearers[1][0] if len(bearers) > 1 else 0
    if place is None or place.kind not in ("capital", "city") or population < max(LARGE_CAPITAL, LARGEST_BY * others):
        return None
    return Region(place.country, state_codes().get(place.state.casefold(), ""))


def region_told(words: str) -> Region | None:
    """Return the region that words about a place mean: of a state that is called like another place, the state."""
    state = state_codes().get(words.casefold()) if words.casefold() in AMBIGUOUS else None
    return Region("US", state) if state else region_meant(words)


def _city_of_quarter(name: str) -> Sequence[geonames.City]:
    """Return the cities of which a name with a hyphen may be a quarter: Berlin-Mitte."""
    city, hyphen, _ = name.partition("-")
    return cities_by_name().get(key_of(city), ()) if hyphen else ()


def _weight(bearer: tuple[int, KnownPlace], named: Collection[Region]) -> int:
    """Return how much a place counts among those of its name: its inhabitants, more if articles name its region."""
    population, place = bearer
    state = state_codes().get(place.state.casefold(), "")
    if place.kind not in ("capital", "city") or Region(place.country, state) in named:
        return NAMED * population
    return NAMED_WIDELY * population if Region(place.country) in named else population


def _is_in(place: KnownPlace, region: Region) -> bool:
    states = state_codes()
    return place.country == region.country and (not region.state or states.get(place.state.casefold()) == region.state)


def _bearers(name: str) -> Iterator[tuple[int, KnownPlace]]:
    """Yield the places of a name, each with its population."""
    key, lands = key_of(name), geonames.countries()
    yield from _lands().get(key, ())
    for city in cities_by_name().get(key, ()):
        kind: Literal["capital", "city"] = "capital" if key_of(lands[city.country].capital) == key else "city"
        state = geonames.states()[city.region].name if city.country == "US" and city.region in geonames.states() else ""
        yield city.population, KnownPlace(kind, city.country, state, str(city.number), (city.latitude, city.longitude))


@cache
def _lands() -> dict[str, list[tuple[int, KnownPlace]]]:
    """Return continents, countries, territories and states by name, each with its population."""
    lands: dict[str, list[tuple[int, KnownPlace]]] = defaultdict(list)
    for name, number in geonames.continents().items():
        lands[key_of(name)].append((CONTINENT_POPULATION, KnownPlace("continent", "", "", str(number))))
    for code, country in geonames.countries().items():
        kind: Literal["country", "territory"] = "territory" if countries.sovereign(code) else "country"
        place = KnownPlace(kind, code, "", str(country.number))
        names = {countries.name(code), *(form for form, other in countries.UNLISTED.items() if other == code)}
        for form in names:
            lands[key_of(form)].append((country.population, place))
    for code, state in geonames.states().items():
        if code != DISTRICT:
            lands[key_of(state.name)].append((STATE_POPULATION, KnownPlace("state", "US", "", str(state.number))))
    return lands


def place_numbered(number: str) -> tuple[str, Point | None]:
    """Return the country of a place by its number in GeoNames, and where it is if it is a city; empty if unknown."""
    for code, country in geonames.countries().items():
        if str(country.number) == number:
            return code, None
    city = next((city for city in geonames.cities() if str(city.number) == number), None)
    return (city.country, (city.latitude, city.longitude)) if city else ("", None)
