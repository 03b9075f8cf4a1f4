"""Facts that everybody knows of an entity, from lists, marked as such: which place it is, and where."""

from __future__ import annotations

from babel import Locale, UnknownLocaleError

from glossator.model import Messages
from glossator.naming import countries
from glossator.places import KnownPlace
from glossator.stages.plan.catalogue.profiles import Profile
from glossator.translate import translate
from glossator.views import ListedFact

GEONAMES = "https://www.geonames.org/"
"""Beginning of the address of a place in GeoNames."""


def listed_fact(entity: Profile, words: Messages) -> ListedFact | None:
    """Return what a list says of an entity of which nothing else tells in few words; None if it says nothing."""
    if (place := entity.known) is None:
        return None
    return ListedFact(_sentence(place, words), "GeoNames", f"{GEONAMES}{place.number}")


def _sentence(place: KnownPlace, words: Messages) -> str:
    country = _country(place.country, words.language)
    region = f"{place.state}, {country}" if place.state else country
    match place.kind:
        case "country":
            return translate(words, "Country")
        case "state":
            return translate(words, "State of the United States")
        case "capital":
            return translate(words, "Capital of %(region)s", region=region)
        case "city":
            return translate(words, "City in %(region)s", region=region)


def _country(code: str, language: str) -> str:
    """Return the name of a country in a language, else in English."""
    try:
        found = Locale.parse(language, sep="-").territories.get(code)
    except (UnknownLocaleError, ValueError):
        found = None
    return found if found and language != "en" else countries.name(code)
