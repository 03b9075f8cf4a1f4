"""Rules by which a form is short for a person's full name, or is misspelt; each yields pairs."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from glossator.model import EntityType
from glossator.naming.acronyms import are_in_order
from glossator.naming.likeness import SHORTEST_MISSPELT, is_one_letter_apart
from glossator.stages.annotate import nationalities, well_known_places
from glossator.stages.annotate.coreference.aliases import Form, Groups
from glossator.stages.annotate.lexicon.titles_and_heads import GENERIC


def people(forms: Mapping[str, Form], home: Groups) -> Iterator[tuple[str, str]]:
    """Yield a part of a person's name and the only full name that it fits."""
    people = [form for form in forms.values() if form.type is EntityType.PERSON]
    full = [form for form in people if len(form.words) > 1]
    full += [form for form in forms.values() if form.type is not EntityType.PERSON and _looks_personal(form)]
    for form in sorted(full, key=lambda one: len(one.words)):
        longer = [one for one in full if len(one.words) > len(form.words) and are_in_order(form.words, one.words)]
        if len(set(map(home.of, (one.text for one in longer)))) == 1 and _one_is_person(form, longer[0]):
            yield form.text, longer[0].text
    for form in forms.values():
        if len(form.words) == 1 and _may_be_surname(form):
            sure = (one for one in full if one.type is EntityType.PERSON and form.words[0] in one.words)
            groups = {
                home.of(one.text): one for one in (*sure, *(one for one in full if form.words[0] == one.words[-1]))
            }
            longer_form = next(iter(groups.values()), form)
            if len(groups) == 1 and _one_is_person(form, longer_form):
                yield form.text, longer_form.text


def misspelt(forms: Mapping[str, Form], home: Groups) -> Iterator[tuple[str, str]]:
    """Yield a surname, alone or after its first name, and the only person whose surname differs by a letter."""
    people = [form for form in forms.values() if form.type is EntityType.PERSON]
    full = [form for form in people if len(form.words) > 1]
    for form in people:
        name = form.words[-1]
        if len(name) < SHORTEST_MISSPELT or home.of(form.text) != form.text:
            continue
        groups = {
            home.of(one.text): one
            for one in full
            if one is not form
            and one.words[-1][0] == name[0]
            and (len(form.words) == 1 or form.words[:-1] == one.words[:-1])
            and is_one_letter_apart(name, one.words[-1])
        }
        groups.pop(home.of(form.text), None)
        if len(groups) == 1:
            yield form.text, next(iter(groups.values())).text


def _one_is_person(first: Form, second: Form) -> bool:
    """True if one of two forms is a person's: of a product or a place, another rule knows the parts."""
    return EntityType.PERSON in (first.type, second.type)


def _looks_personal(form: Form) -> bool:
    """True if two or three words that the model took for something else may be a person's name."""
    words = form.text.split()
    return (
        2 <= len(words) <= 3
        and all(
            re.fullmatch(r"[^\W\d_][^\W\d_]+(?:-[^\W\d_]+)?", word) and word.istitle() for word in (words[0], words[-1])
        )
        and not any(
            word in GENERIC or well_known_places.is_place(word) or nationalities.is_demonym(word) for word in words
        )
        and not well_known_places.is_place(form.text)
        and form.type in (EntityType.ORGANISATION, EntityType.PLACE, EntityType.PRODUCT)
    )


def _may_be_surname(form: Form) -> bool:
    if form.type is EntityType.PERSON:
        return True
    return form.type not in (EntityType.LAW, EntityType.EVENT) and not (
        well_known_places.is_place(form.text)
        or nationalities.is_demonym(form.text)
        or form.text.isupper()
        or form.text in GENERIC
    )
