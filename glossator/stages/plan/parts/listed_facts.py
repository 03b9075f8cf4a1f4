"""Facts that everybody knows of an entity, from lists, marked as such: which place or firm it is."""

from __future__ import annotations

from glossator.model import Messages
from glossator.naming import countries
from glossator.stages.plan.catalogue.profiles import Profile
from glossator.translate import translate
from glossator.views import ListedFact
from glossator.well_known import KnownFirm, KnownPlace

GEONAMES = "https://www.geonames.org/"
"""Beginning of the address of a place in GeoNames."""
WIKIDATA = "https://www.wikidata.org/wiki/"
"""Beginning of the address of a firm in Wikidata, to which the list of firms refers."""
WITH_ARTICLE = frozenset({"Netherlands", "United Kingdom", "United States"})
KINDS = {
    "bank": "Bank",
    "bookshop": "Chain of bookshops",
    "cafe": "Chain of cafés",
    "car rental": "Car rental company",
    "cars": "Make of cars",
    "cinema": "Chain of cinemas",
    "clothes": "Brand of clothes",
    "convenience": "Chain of convenience stores",
    "cosmetics": "Brand of cosmetics",
    "department store": "Chain of department stores",
    "estate agent": "Estate agents",
    "fast food": "Fast food chain",
    "furniture": "Chain of furniture stores",
    "gym": "Chain of gyms",
    "hardware": "Chain of hardware stores",
    "hotel": "Brand of hotels",
    "insurer": "Insurance company",
    "jewellery": "Brand of jewellery",
    "optician": "Chain of opticians",
    "pharmacy": "Chain of pharmacies",
    "restaurant": "Chain of restaurants",
    "shoes": "Brand of shoes",
    "supermarket": "Chain of supermarkets",
}
"""Words for a firm by its kind in the list of firms."""


def listed_fact(entity: Profile, words: Messages) -> ListedFact | None:
    """Return what a list says of an entity of which nothing else tells in few words; None if it says nothing."""
    match entity.listed:
        case KnownPlace() as place if place.kind != "country":  # that Pakistan is a country tells nobody anything
            return ListedFact(_place(place, words), "GeoNames", listed_address(entity))
        case KnownFirm(kind):
            return ListedFact(translate(words, KINDS[kind]), "name-suggestion-index", listed_address(entity))
    return None


def listed_address(entity: Profile) -> str:
    """Return the address under which a list has an entity; empty if none has it."""
    match entity.listed:
        case KnownPlace() as place:
            return f"{GEONAMES}{place.number}"
        case KnownFirm(_, number):
            return f"{WIKIDATA}{number}"
    return ""


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
