"""A group of clusters -> all that an entity has besides its id."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from glossator.model import EntityType
from glossator.naming import countries
from glossator.stages.resolve.blocking import keys

USUAL = 8
"""How many times as many articles may use the most usual form for a fuller one to be the name still."""


def best_name(votes: Mapping[str, int], kind: EntityType) -> str:
    """The name for a page: a country's own, else the most usual of the full and well-written forms."""
    most = max(votes.values())
    if kind is EntityType.PLACE:
        usual = min(votes, key=lambda form: (-votes[form], form))
        country = countries.code(usual)
        if country:
            return countries.name(country)
    forms = [form for form, count in votes.items() if count * USUAL >= most]
    if kind is EntityType.PERSON:
        forms = [form for form in votes if len(keys.person(form)) > 1 and len(keys.person(form)[0]) > 1] or forms
    forms = [form for form in forms if keys.is_acronym(form) or not form.isupper()] or forms
    full = _full(forms)
    return min(full, key=lambda form: (-votes[form], -len(form), form))


def _full(forms: Sequence[str]) -> Sequence[str]:
    """The forms that are not short for another one: no acronym of a long form, no part of a longer one."""
    if len(forms) == 1 or len(forms) > LONGEST_LIST:
        return forms
    return [
        form for form in forms if not any(keys.abbreviates(form, other) or keys.is_part(form, other) for other in forms)
    ] or forms


LONGEST_LIST = 50
"""Forms among which short ones are looked for, each with each; what has more is told by its votes alone."""


def vote(types: Mapping[EntityType, int]) -> EntityType:
    """The type with most mentions; the earlier in the order of types where they are equal."""
    order = list(EntityType)
    return min(types, key=lambda kind: (-types[kind], order.index(kind)))
