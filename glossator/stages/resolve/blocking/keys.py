"""Blocking keys: two spellings of one name have one key, two names have two."""

from __future__ import annotations

from enum import Enum
from functools import lru_cache

from glossator.model import EntityType
from glossator.naming import countries
from glossator.naming.normalise import CACHED_NAMES, american_spelling, compact, person_words, singular, words


class Family(Enum):
    """Types that are one thing seen in two ways: a company and its product, a treaty and the summit that made it."""

    PERSON = "person"
    PLACE = "place"
    GROUP = "group"
    THING = "thing"


FAMILIES = {
    EntityType.PERSON: Family.PERSON,
    EntityType.PLACE: Family.PLACE,
    EntityType.GROUP: Family.GROUP,
}
"""Family by type; all other types are things."""

COUNTRY_PREFIX = "country "
"""Beginning of a country's key, before its ISO code."""


def family_of(kind: EntityType) -> Family:
    return FAMILIES.get(kind, Family.THING)


@lru_cache(maxsize=CACHED_NAMES)
def untyped_key(form: str) -> str:
    """Return the key of a name whatever its type: no article, legal form or spaces; a country by its code."""
    country = countries.code(form)
    return f"{COUNTRY_PREFIX}{country}" if country else compact(american_spelling(words(form))) or form


def name_key(form: str, family: Family) -> str:
    """Return the key that names of one family have in common if they may be one entity."""
    if family is Family.PERSON:
        return " ".join(person_words(form)) or form
    key = untyped_key(form)
    # Uygur and Uygurs, Republican and Republicans.
    return singular(key) if family is Family.GROUP else key


def umlautless_key(form: str, family: Family) -> str:
    """Return the key of a name as a writer without umlauts at hand spells it: Schauble for Schäuble."""
    if family is Family.PERSON:
        return " ".join(person_words(form, drop_umlauts=True))
    return compact(american_spelling(words(form, drop_umlauts=True)))
