"""An author's name -> family and given names, so that references are sorted and shortened as people expect."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import NamedTuple

from glossator.export.data import EntityData
from glossator.model import UNTYPED

PARTICLES = frozenset("af al bin da de del della den der di dos du el la le ten ter van von zu zum zur".split())
"""Words in small letters that belong to the family name after them."""
SUFFIXES = frozenset({"jr", "sr", "ii", "iii", "iv"})
NO_PERSON = frozenset(
    "agence agency associated board bureau committee company council department desk editorial editors foundation "
    "group inc institute international ltd magazine media ministry network news office online organisation "
    "organization press reporter reporters service society staff team the times university wire writers".split()
)
"""Words that no name of a person has, in small letters."""
MOST_WORDS = 5
_WORD = re.compile(r"[^\W\d_](?:[^\W\d_]|[-'’.])*")
"""A word of a name: letters, and the signs within or after them."""


class PersonName(NamedTuple):
    """A name in its parts; what there is not is empty."""

    family: str
    given: str
    suffix: str = ""


class People:
    """Names of an archive's people, and of everything else. State: none after it was made."""

    def __init__(self, entities: Iterable[EntityData]) -> None:
        """Take the names and aliases of the entities."""
        typed = [entity for entity in entities if entity.type != UNTYPED]
        self._types = {form.casefold(): entity.type for entity in typed for form in (*entity.aliases, entity.name)}

    def parts(self, author: str) -> PersonName | None:
        """Return the parts of a person's name; None for an organisation, and for whatever nobody can be sure of.

        An entity of that name tells what it is; else it is a person's name if it looks like one.
        """
        name = " ".join(author.split())
        kind = self._types.get(name.casefold())
        if kind not in (None, "person"):
            return None
        family, comma, given = name.partition(", ")
        if comma and "," not in given and given.casefold().rstrip(".") not in SUFFIXES:
            return PersonName(family, given) if _is_name(f"{given} {family}".split()) else None
        words = name.replace(",", "").split()
        return _split(words) if _is_name(words) else None


def _is_name(words: list[str]) -> bool:
    """True if words are capitalised but for particles, at least two, and none is that of an organisation."""
    if not 2 <= len(words) <= MOST_WORDS or not all(map(_WORD.fullmatch, words)):
        return False
    plain = [word.casefold().rstrip(".") for word in words]
    capitalised = all(word[0].isupper() or word in PARTICLES for word in words)
    return capitalised and words[0][0].isupper() and NO_PERSON.isdisjoint(plain)


def _split(words: list[str]) -> PersonName | None:
    suffix = words.pop() if words[-1].casefold().rstrip(".") in SUFFIXES else ""
    if len(words) < 2:
        return None
    start = len(words) - 1
    while start > 1 and words[start - 1] in PARTICLES:
        start -= 1
    return PersonName(" ".join(words[start:]), " ".join(words[:start]), suffix)
