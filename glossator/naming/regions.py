"""Countries and the United States as regions in which cities are: what texts call them, and the cities by name."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable
from functools import cache
from typing import NamedTuple

from glossator.naming import countries, geonames

AMBIGUOUS = frozenset({"georgia", "washington"})
"""States whose name means something else as often: a country, a city."""

CAPITAL_DISTRICT = "DC"
"""Code of the only one of the United States that is a city: D.C. is Washington."""

NATIONS = dict.fromkeys(("england", "scotland", "wales", "northern ireland"), "GB")
"""Nations that have no row in the table of countries, each with the ISO code of their state."""

CODED_LIKE_CITIES = frozenset({CAPITAL_DISTRICT, "LA"})
"""Codes of states that mean a city as often."""

CALLED_LIKE_CITIES = frozenset({"new york"})
"""States whose name means one of its cities as often: GeoNames calls the city otherwise."""


class Region(NamedTuple):
    """A country, or one of the United States."""

    country: str
    """ISO code."""
    state: str = ""
    """Postal code of the state; empty for the country as a whole."""


def region_in(text: str) -> Region | None:
    """Return the only country that a text names, and the only state if it names one; None if it is not just one."""
    states = {state_codes()[name.casefold()] for name in _state_names().findall(text)}
    named = {code for form in _country_names().findall(text) if (code := countries.written_forms()[form])}
    if states:
        return Region("US", states.pop()) if len(states) == 1 and named <= {"US"} else None
    return Region(named.pop()) if len(named) == 1 else None


def region_named(form: str) -> Region | None:
    """Return the country or state that a name means, in full or as texts abbreviate it: Oregon, Ore., U.K."""
    key = form.casefold()
    if key in AMBIGUOUS or key in CALLED_LIKE_CITIES:
        return None
    state = state_codes().get(key) or _abbreviated_state(form)
    country = None if state else NATIONS.get(key) or countries.code(form)
    return Region("US", state) if state else Region(country) if country else None


def abbreviated_state(form: str) -> str:
    """Return the name of the state that a place is called by for short; empty if a city or country is called so too."""
    short = form.replace(".", "") if form.isupper() else form
    code = "" if short in CODED_LIKE_CITIES else _abbreviated_state(short)
    name = geonames.states()[code].name if code else ""
    return "" if name.casefold() in AMBIGUOUS | CALLED_LIKE_CITIES else name


def _abbreviated_state(form: str) -> str:
    """Return the code of the state that a form abbreviates: AZ, Ariz., Va.; empty if none, or several."""
    short = form.removesuffix(".").casefold()
    if form in geonames.states() or (short.upper() in geonames.states() and form == f"{short.capitalize()}."):
        return short.upper()
    dotted = form.endswith(".") and form[0].isupper() and len(short) > len("Va")
    codes = [code for name, code in state_codes().items() if dotted and name.startswith(short)]
    return codes[0] if len(codes) == 1 else ""


def regions_of(name: str) -> frozenset[Region]:
    """Return the countries, and those of the United States, in which cities of a name are."""
    states = geonames.states()
    return frozenset(
        region
        for city in cities_by_name().get(key_of(name), ())
        for region in (Region(city.country), Region(city.country, city.region if city.region in states else ""))
    )


def key_of(name: str) -> str:
    """Return a name as the tables have it: a saint is written in full and abbreviated."""
    folded = name.casefold()
    return re.sub(r"\bst\.", "saint", folded) if "st." in folded else folded  # few of the 34,000 cities have it


@cache
def state_codes() -> dict[str, str]:
    """Return the postal code of each of the United States by its name in small letters."""
    return {state.name.casefold(): code for code, state in geonames.states().items()}


@cache
def _state_names() -> re.Pattern[str]:
    return _words(state.name for state in geonames.states().values() if state.name.casefold() not in AMBIGUOUS)


@cache
def _country_names() -> re.Pattern[str]:
    states = state_codes()
    return _words(form for form in countries.written_forms() if form.casefold() not in states)


def _words(names: Iterable[str]) -> re.Pattern[str]:
    """Return a pattern of names as words of their own, the longest first."""
    ordered = sorted(names, key=lambda name: (-len(name), name))
    return re.compile(rf"(?<![\w-])(?:{'|'.join(map(re.escape, ordered))})(?![\w-])")


@cache
def cities_by_name() -> dict[str, list[geonames.City]]:
    """Return the cities of each name in small letters."""
    cities: dict[str, list[geonames.City]] = defaultdict(list)
    for city in geonames.cities():
        cities[key_of(city.name)].append(city)
    return cities
