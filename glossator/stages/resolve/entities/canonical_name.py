"""The forms of a group of clusters -> the canonical name of the entity."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from glossator.model import EntityType
from glossator.naming import countries
from glossator.naming.acronyms import abbreviates, is_acronym, is_short_form
from glossator.naming.normalise import person_words

RARER = 8
"""Ratio of articles with the most usual form to those with a fuller form that may still be the name, at most."""

MOST_COMPARED = 50
"""Forms that are compared with each other to find short ones; more are told by their votes alone."""


def canonical_name(votes: Mapping[str, int], kind: EntityType) -> str:
    """Return the name for a page: a country's own, else the most usual of the full and well-written forms.

    `votes` has the number of articles by form, `kind` is the type of the entity.
    """
    most = max(votes.values())
    if kind is EntityType.PLACE:
        usual = min(votes, key=lambda form: (-votes[form], form))
        country = countries.code(usual)
        if country:
            return countries.name(country)
    forms = [form for form, count in votes.items() if count * RARER >= most]
    if kind is EntityType.PERSON:
        forms = [form for form in votes if len(person_words(form)) > 1 and len(person_words(form)[0]) > 1] or forms
    forms = [form for form in forms if is_acronym(form) or not form.isupper()] or forms
    full = _full_forms(forms)
    return min(full, key=lambda form: (-votes[form], -len(form), form))


def _full_forms(forms: Sequence[str]) -> Sequence[str]:
    """Return the forms that are not short for another one: no acronym and no short form of a longer one."""
    if len(forms) == 1 or len(forms) > MOST_COMPARED:
        return forms
    return [
        form for form in forms if not any(abbreviates(form, other) or is_short_form(form, other) for other in forms)
    ] or forms
