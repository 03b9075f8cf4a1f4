"""Facts that everybody knows of an entity, from lists, marked as such: which place it is, what kind of firm or work."""

from __future__ import annotations

from glossator.model import Messages
from glossator.naming import countries
from glossator.naming.known_names import MADE, KnownName
from glossator.stages.plan.catalogue.profiles import Profile
from glossator.translate import translate
from glossator.views import ListedFact
from glossator.well_known import KnownPlace

GEONAMES = "https://www.geonames.org/"
"""Beginning of the address of a place in GeoNames."""
WITH_ARTICLE = frozenset({"Netherlands", "United Kingdom", "United States"})
KINDS = {
    text.lower(): text
    for text in (
        "Activist",
        "Actor",
        "Aerospace and defence company",
        "Aircraft",
        "Airline",
        "Artist",
        "Author",
        "Band",
        "Bank",
        "Book or play",
        "Broadcaster",
        "Businessperson",
        "Car manufacturer",
        "Central bank",
        "Composer",
        "Consumer goods or fashion company",
        "Cryptocurrency",
        "Device",
        "Economist",
        "Energy company",
        "Film",
        "Film director",
        "Financial company",
        "Footballer",
        "Government or military body",
        "Industrial or mining company",
        "International organisation",
        "Journalist",
        "Law or treaty",
        "Magazine",
        "Media company",
        "Medicine",
        "Museum",
        "Musician",
        "News agency",
        "Newspaper",
        "Non-profit organisation",
        "Online publication",
        "Online service",
        "Parliament",
        "Pharmaceutical company",
        "Philosopher",
        "Political party",
        "Politician",
        "Programming language",
        "Research institute",
        "Restaurant chain",
        "Retailer",
        "Scientific journal",
        "Scientist",
        "Singer",
        "Software",
        "Spacecraft or rocket",
        "Sports club",
        "Sports organisation",
        "Sportsperson",
        "Technology company",
        "Telecommunications company",
        "Television series",
        "Transport or travel company",
        "University",
        "Video game",
    )
}
"""Words for what a name in the list of known names is, by its kind there."""


def listed_fact(entity: Profile, words: Messages) -> ListedFact | None:
    """Return what a list says of an entity of which nothing else tells in few words; None if it says nothing."""
    match entity.listed:
        case KnownPlace() as place if text := _place(place, words):
            return ListedFact(text, "GeoNames", listed_address(entity))
        case KnownName(name=maker, kind=kind, country=country):
            made = kind == MADE
            text = translate(words, "Product of %(maker)s", maker=maker) if made else translate(words, KINDS[kind])
            if country:
                text = translate(
                    words, "%(kind)s, %(country)s", kind=text, country=countries.name(country, words.language)
                )
            return ListedFact(text, translate(words, "the list of known names"), "")
    return None


def listed_address(entity: Profile) -> str:
    """Return the address under which a list has an entity; empty if none has it."""
    return f"{GEONAMES}{entity.listed.number}" if isinstance(entity.listed, KnownPlace) else ""


def _place(place: KnownPlace, words: Messages) -> str:
    """Return what a place is; empty for a land of which states dispute it."""
    country = countries.name(place.country, words.language) if place.country else ""
    region = f"{place.state}, {country}" if place.state else country
    match place.kind:
        case "continent":
            return translate(words, "Continent")
        case "country" | "territory":
            return _land(place, words)
        case "state":
            return translate(words, "State of the United States")
        case "city and state":
            return translate(words, "City and state in the United States")
        case "capital":
            return translate(words, "Capital of %(region)s", region=region)
        case "city":
            return translate(words, "City in %(region)s", region=region)


def _land(place: KnownPlace, words: Messages) -> str:
    if place.kind == "territory":
        return translate(words, "Territory of %(country)s", country=_sovereign(place.country, words.language))
    continent = countries.continent(place.country, words.language)
    return translate(words, "Country in %(continent)s", continent=continent) if continent else ""


def _sovereign(code: str, language: str) -> str:
    """Return the name of the state to which a territory belongs, which has an article in some languages."""
    name = countries.name(countries.sovereign(code), language)
    return f"the {name}" if language == "en" and name in WITH_ARTICLE else name
