"""Countries, states and cities of GeoNames, from the files that `training.geonames` made."""

from __future__ import annotations

from functools import cache
from importlib import resources
from typing import NamedTuple

import msgspec


class Country(NamedTuple):
    """A country."""

    name: str
    iso3: str
    fips: str
    population: int
    currency: str
    """Code of its currency; empty if it has none."""
    number: int
    """Number in GeoNames."""
    capital: str


class State(NamedTuple):
    """One of the United States."""

    name: str
    number: int
    """Number in GeoNames."""


class City(NamedTuple):
    """A city of 15,000 inhabitants or more."""

    number: int
    """Number in GeoNames."""
    name: str
    country: str
    """ISO code."""
    region: str
    """Code of the first administrative division; in the United States, of the state."""
    latitude: float
    longitude: float
    population: int


class _Lands(msgspec.Struct, frozen=True):
    """The file of countries."""

    countries: dict[str, Country]
    """Countries by ISO code."""
    states: dict[str, State]
    """The United States by their codes."""
    continents: dict[str, int]


def countries() -> dict[str, Country]:
    """Return the countries by ISO code."""
    return _lands().countries


def states() -> dict[str, State]:
    """Return the United States by postal code."""
    return _lands().states


def continents() -> dict[str, int]:
    """Return the continents by name, each with its number in GeoNames."""
    return _lands().continents


@cache
def cities() -> tuple[City, ...]:
    """Return the cities, by their numbers."""
    return msgspec.json.decode(_read("cities.json"), type=tuple[City, ...])


@cache
def cities_in_other_alphabets() -> frozenset[str]:
    """Return names of very large cities with other letters than those of ASCII, in many languages."""
    return frozenset(_read("cities-in-other-alphabets.txt").decode().splitlines())


@cache
def _lands() -> _Lands:
    return msgspec.json.decode(_read("countries.json"), type=_Lands)


def _read(name: str) -> bytes:
    return (resources.files("glossator") / "data" / "places" / name).read_bytes()
