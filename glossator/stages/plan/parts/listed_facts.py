"""Facts that everybody knows of an entity, from lists, marked as such: which place it is, what kind of firm or work."""

from __future__ import annotations

from glossator.model import Messages
from glossator.naming import countries
from glossator.naming.known_names import KnownName
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
        case KnownPlace() as place if place.kind != "country":  # that Pakistan is a country tells nobody anything
            return ListedFact(_place(place, words), "GeoNames", listed_address(entity))
        case KnownName(kind=kind, country=country):
            text = translate(words, KINDS[kind])
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
    country = countries.name(place.country, words.language) if place.country else ""
    region = f"{place.state}, {country}" if place.state else country
    match place.kind:
        case "continent":
            return translate(words, "Continent")
        case "country" | "territory":
            return translate(words, "Territory of %(country)s", country=_sovereign(place.country, words.language))
        case "state":
            return translate(words, "State of the United States")
        case "capital":
            return translate(words, "Capital of %(region)s", region=region)
        case "city":
            return translate(words, "City in %(region)s", region=region)


def _sovereign(code: str, language: str) -> str:
    """Return the name of the state to which a territory belongs, which has an article in some languages."""
    name = countries.name(countries.sovereign(code), language)
    return f"the {name}" if language == "en" and name in WITH_ARTICLE else name
