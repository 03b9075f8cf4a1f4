"""Names of places in other languages, by the Unicode CLDR."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

import msgspec
from babel import Locale, UnknownLocaleError

from glossator.model import EntityType, Name
from glossator.naming import countries
from glossator.naming.languages import main_language
from glossator.stages.annotate.well_known_places import regions

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
