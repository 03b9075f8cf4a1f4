"""Places that everybody knows, by GeoNames and the Unicode CLDR, and the adjectives and nouns of nationality."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from importlib import resources

import msgspec
from babel import Locale, UnknownLocaleError

from glossator.model import EntityType, Name
from glossator.naming import countries, geonames
from glossator.naming.languages import main_language
from glossator.word_lists import word_lists

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


PEOPLES = word_lists("annotate")["peoples"]
"""Adjectives and nouns of nationality that no ending derives from the country's name."""
SPARE = 2
"""Letters that a country's name may have beyond the stem of its demonym."""
ENDINGS = ("ans", "ians", "ese", "an", "ian", "ish", "is", "i", "ic", "ean", "eans", "n", "ns", "s", "er", "ers")


@cache
def is_demonym(word: str) -> bool:
    """True if a word is an adjective or noun of nationality: "Chinese", "Americans"."""
    if word in PEOPLES:
        return True
    return any(word.endswith(ending) and _begins_a_place(word.removesuffix(ending), ending) for ending in ENDINGS)


def _begins_a_place(stem: str, ending: str) -> bool:
    """True if a country or continent is the stem and at most two letters more: Chin-a, Ital-y, Pol-and is no longer."""
    if len(stem) < (4 if ending in ("n", "ns", "s") else 3):
        return False
    spare = {"i": 0, "is": 0, "s": 0, "n": 1, "ns": 1}.get(ending, SPARE)
    return _stems().get(stem, SPARE + 1) <= spare


@cache
def _stems() -> dict[str, int]:
    """Return the fewest letters that a country or region has beyond each beginning of its name."""
    names = [name for name in (*countries.written_forms(), *regions()) if not name.isupper()]
    return {name[: len(name) - left]: left for left in range(SPARE, -1, -1) for name in names}


CONTINENTS = ("002", "003", "005", "009", "019", "142", "150")
"""Numbers of the continents and of both Americas in the Unicode CLDR (UN M49)."""


AMERICAS = "019"
"""Both Americas, whose name means the United States in most languages."""

CITIES = ("Africa/", "America/", "Asia/", "Australia/", "Europe/")
"""Beginnings of time zones that are called after cities; the others are called after islands and stations."""


def with_english_names(names: tuple[Name, ...], language: str) -> tuple[Name, ...]:
    """Return the names of an article in a language, with those of places that the CLDR translates in English.

    One page is for Germany, whichever language an article calls it in: Deutschland stays among the forms.
    """
    english = _english_names(main_language(language))
    return tuple(
        msgspec.structs.replace(name, form=english[name.form])
        if name.type is EntityType.PLACE and name.form in english
        else name
        for name in names
    )


@cache
def _english_names(language: str) -> Mapping[str, str]:
    """Return the English name of countries, continents and some cities by their names in a language but English."""
    try:
        locale = Locale.parse(language)
    except (UnknownLocaleError, ValueError):
        return {}
    return {} if language == "en" else {**_cities(locale), **_territories(locale)}


def _territories(locale: Locale) -> dict[str, str]:
    # Georgia alone would be the state of the United States.
    english_names = {code: name for code, name in countries.names_by_code().items() if name not in regions()}
    english = Locale.parse("en").territories
    english_names |= {code: english[code] for code in CONTINENTS if code != AMERICAS}
    return {locale.territories[code]: english_names[code] for code in english_names.keys() & locale.territories.keys()}


def _cities(locale: Locale) -> dict[str, str]:
    """Return the English name of each city after which a time zone is called, by its name in a language."""
    english = Locale.parse("en").time_zones
    return {
        city: english.get(zone, {}).get("city") or zone.rpartition("/")[2].replace("_", " ")
        for zone, names in locale.time_zones.items()
        if zone.startswith(CITIES) and (city := names.get("city"))
    }
