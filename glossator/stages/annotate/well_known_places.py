"""Places that everybody knows, by GeoNames."""

from __future__ import annotations

from functools import cache

from glossator.naming import countries, geonames

NATIONS = ("England", "Scotland", "Wales", "Northern Ireland")
"""Countries that are part of a state, so not in the table of states."""
LARGE = 300_000
"""Inhabitants of a city whose name alone may be taken for the city."""


@cache
def regions() -> frozenset[str]:
    """Return the names of continents, of parts of the United Kingdom and of states of the United States."""
    return frozenset({*geonames.continents(), *(state.name for state in geonames.states().values()), *NATIONS})


@cache
def lands() -> frozenset[str]:
    """Return the names of countries and continents."""
    return frozenset({*countries.written_forms(), *geonames.continents()})


@cache
def cities() -> frozenset[str]:
    """Return the names of capitals and of large cities, without those of so few letters that they are words."""
    capitals = (country.capital.strip() for country in geonames.countries().values())
    names = (*capitals, *(city.name for city in geonames.cities() if city.population >= LARGE))
    return frozenset(name for name in names if len(name) > 3)


@cache
def places() -> dict[str, str]:
    """Return every name of a country, region or city by its forms: as it is, and in capitals."""
    names = {*countries.written_forms(), *regions(), *cities()}
    return {form: name for name in sorted(names) for form in (name.upper(), name)}


def is_place(form: str) -> bool:
    return form in places()
