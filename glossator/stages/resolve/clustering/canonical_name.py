"""The forms of a group of clusters -> the canonical name of the entity."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from glossator.model import EntityType
from glossator.naming import countries
from glossator.naming.acronyms import abbreviates, is_acronym
from glossator.naming.name_parts import is_generic, is_phrase, is_slogan, part_of, without_version
from glossator.naming.normalise import person_words, without_firm_words, words
from glossator.naming.regions import abbreviated_state, cities_by_name, key_of
from glossator.well_known import SHORTEST_NAME

RARER = 3
"""Ratio of mentions by the most usual form to those by a fuller one from which the fuller one is too rare to be shown.

A reader would not recognise a name by which hardly anybody calls the entity.
"""


def canonical_name(articles: Mapping[str, int], mentions: Mapping[str, int], kind: EntityType) -> str:
    """Return the name for a page: the form that is used most, or a fuller one that it is short for.

    A country or state has its own name, a person given name and surname. What the usual form is the acronym or the last
    words of is fuller, and so is the longer name of a body; but a longer name of anything else is rather that of
    another thing.

    `articles` has the number of articles by the best form of each, `mentions` the number of mentions by any form,
    `kind` is the type of the entity.
    """
    if kind is EntityType.PLACE:
        most = min(articles, key=lambda form: (-articles[form], form))
        if country := countries.code(most):
            return countries.name(country)
        if (state := abbreviated_state(most) or most) in map(abbreviated_state, mentions):
            return state
    if kind is EntityType.PERSON:
        full = [form for form in articles if len(person_words(form)) > 1 and len(person_words(form)[0]) > 1]
        forms = _in_mixed_case(full or articles)
        return min(forms, key=lambda form: (-articles[form], -len(person_words(form)), -mentions[form], form))

    def rank(form: str) -> tuple[int, bool, bool, int, str]:
        parts = words(form)
        is_legal = without_firm_words(parts) != parts
        return -mentions[form], without_version(form) != form, is_legal, -len(form), form

    usual = min([form for form in mentions if not is_generic(form)] or mentions, key=rank)
    familiar = (form for form in mentions if mentions[form] * RARER > mentions[usual])
    fuller = [form for form in familiar if _is_fuller(form, usual, kind)]
    shown = min(_in_mixed_case(fuller) or [usual], key=rank)
    may_be_acronym = kind is not EntityType.PLACE and " " not in shown
    return shown if may_be_acronym else _in_ordinary_case(shown, mentions) or shown


def _is_fuller(form: str, usual: str, kind: EntityType) -> bool:
    """True if a form is the name that the usual form is short for, or the usual form in mixed case."""
    if abbreviates(usual, form) or (words(form) == words(usual) and usual.isupper() and not form.isupper()):
        return True
    part = part_of(usual, form)
    if part is None or is_phrase(part) or is_slogan(part):
        return False
    # Apple Inc. is not shown with its legal form.
    more = len(without_firm_words(words(form))) > len(words(usual))
    return part.ends or (part.begins and more and kind is EntityType.ORGANISATION)


def _in_ordinary_case(form: str, mentions: Mapping[str, int]) -> str:
    """Return a name in capitals as any article writes it otherwise, or the table of cities does; else empty."""
    if not form.isupper() or len(form) < SHORTEST_NAME:
        return ""
    others = [other for other in mentions if words(other) == words(form) and not other.isupper()]
    listed = (city.name for city in cities_by_name().get(key_of(form), ()))
    return min(others, key=lambda other: (-mentions[other], other)) if others else next(listed, "")


def _in_mixed_case(forms: Iterable[str]) -> list[str]:
    """Return the forms that are not set in capitals throughout; all if there is no other."""
    every = list(forms)
    return [form for form in every if is_acronym(form) or not form.isupper()] or every
