"""Names that readers of the world's press meet, from the list in `data/known`: their types, kinds and countries.

A line has six columns: name, other names, type, kind, the country's ISO code or nothing, and whether the name is always
taken, or only where its articles agree because it is also a word or somebody else's: Apple, Shell.
"""

from __future__ import annotations

from functools import cache
from importlib import resources
from typing import NamedTuple

from glossator.model import EntityType
from glossator.naming.head_nouns import ALIKE

BETWEEN_NAMES = "; "
"""Separates other names in their column."""
ALWAYS = "always"
AGREED = "agreed"


class KnownName(NamedTuple):
    """A name that readers of the world's press meet, and what it names."""

    name: str
    type: EntityType
    kind: str
    """Kind, such as `technology company` or `politician`."""
    country: str
    """ISO code; empty for what is of several countries, of none, or where states dispute it."""
    is_ambiguous: bool
    """True if the same form is a word or the name of something else, so that its articles must agree."""


def known_name(form: str) -> KnownName | None:
    """Return what the list has by a form, which is a name or another name; None if it has nothing.

    British papers write acronyms as words, which may be somebody's name: Nato, but also Jama.
    """
    form = form.replace("’", "'")
    is_word = form.istitle() and form not in _lines()
    line = _lines().get(form.upper() if is_word else form)
    if line is None:
        return None
    name, _, kind, what, country, taken = line.split("\t")
    return KnownName(name, EntityType(kind), what, country, is_word or (taken == AGREED and form == name))


def known_as(form: str, kind: EntityType, *, is_clear: bool) -> KnownName | None:
    """Return what the list has by the name of an entity; None if the entity's type contradicts.

    Texts call a firm and its product by one name. An ambiguous name needs articles that make the type itself clear.
    """
    entry = known_name(form)
    if entry is None or entry.type is kind:
        return entry if entry and (is_clear or not entry.is_ambiguous) else None
    return entry if not entry.is_ambiguous and {kind, entry.type} <= ALIKE else None


@cache
def _lines() -> dict[str, str]:
    """Return the line of each form, which is split only for a name that an archive has."""
    lines: dict[str, str] = {}
    for file in (resources.files("glossator") / "data" / "known").iterdir():
        for line in file.read_text("utf-8").splitlines():
            name, others, _ = line.split("\t", 2)
            lines |= dict.fromkeys([name, *others.split(BETWEEN_NAMES)] if others else [name], line)
    return lines
