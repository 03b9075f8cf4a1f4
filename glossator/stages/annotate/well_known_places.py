"""Places that everybody knows, by GeoNames."""

from __future__ import annotations

from functools import cache
from importlib import resources

from glossator.naming import countries, geonames

NATIONS = ("England", "Scotland", "Wales", "Northern Ireland")
"""Countries that are part of a state, so not in the table of states."""


@cache
def regions() -> frozenset[str]:
    """Return the names of continents, of parts of the United Kingdom and of states of the United States."""
    return frozenset({*geonames.continents(), *(state.name for state in geonames.states().values()), *NATIONS})


@cache
def lands() -> frozenset[str]:
    """Return the names of countries and continents."""
    return frozenset({*countries.written_forms(), *geonames.continents()})


def city_names(*, latin: bool) -> frozenset[str]:
    """Return names of cities for languages other than English: large ones, or in other alphabets very large ones."""
    return cities() if latin else geonames.cities_in_other_alphabets()


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
