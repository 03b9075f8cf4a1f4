"""The list of known names: its form, and what it tells of a name that an archive has."""

from __future__ import annotations

from collections import Counter
from importlib import resources

import pytest
from msgspec.structs import replace

from glossator.model import (
    Appearance,
    ArticleId,
    ChosenDescriptor,
    DescriptorKind,
    Digest,
    Entity,
    EntityId,
    EntityType,
    Messages,
    Note,
)
from glossator.naming import geonames
from glossator.naming.known_names import AGREED, ALWAYS, BETWEEN_NAMES
from glossator.stages.plan.catalogue.profiles import profile_of
from glossator.stages.plan.parts.listed_facts import KINDS, listed_fact

DISPUTED = {"EH", "HK", "MO", "PS", "TW", "XK"}
"""Codes of lands of which states say that they are no countries."""
FILES = sorted((resources.files("glossator") / "data/known").iterdir(), key=lambda file: file.name)
ROWS = [line.split("\t") for file in FILES for line in file.read_text("utf-8").splitlines()]
AMBIGUOUS, PLAIN = "Apple", "Federal Bureau of Investigation"


def test_a_line_has_six_columns_with_values_that_are_known() -> None:
    assert {6} == {len(row) for row in ROWS}
    assert {kind for *_, kind, _, _ in ROWS} == set(KINDS)
    assert {country for *_, country, _ in ROWS} <= {"", *geonames.countries()} - DISPUTED
    assert {taken for *_, taken in ROWS} == {ALWAYS, AGREED}
    assert {row[2] for row in ROWS} <= set(EntityType)
    assert all(cell == cell.strip() for row in ROWS for cell in row)


def test_all_names_of_a_kind_have_one_type() -> None:
    assert len({(row[3], row[2]) for row in ROWS}) == len(KINDS)


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.name)
def test_names_are_sorted_and_so_are_the_other_names_of_each(file: resources.abc.Traversable) -> None:
    rows = [line.split("\t") for line in file.read_text("utf-8").splitlines()]
    assert [row[0] for row in rows] == sorted(row[0] for row in rows)
    others = [row[1].split(BETWEEN_NAMES) for row in rows]
    assert others == [sorted(several) for several in others]


def test_no_form_names_two_things() -> None:
    forms = Counter(form for name, others, *_ in ROWS for form in (name, *others.split(BETWEEN_NAMES)) if form)
    assert [] == [form for form, times in forms.items() if times > 1]


# ---- the line of a name ----------------------------------------------------------------------------------------------


def entity(name: str, kind: EntityType = EntityType.ORGANISATION, *, is_certain: bool = True) -> Entity:
    appearances = (Appearance(ArticleId("a"), (0,), 1),)
    return Entity(EntityId("x"), name, kind, (), appearances, "machine", None, None, Digest(""), is_certain=is_certain)


def line(of: Entity, words: Messages | None = None) -> str:
    fact = listed_fact(profile_of(of), words or Messages())
    return fact.text if fact else ""


def chosen(text: str, kind: DescriptorKind) -> ChosenDescriptor:
    return ChosenDescriptor(text, ArticleId("a"), 0, len(text), kind)


def test_a_line_says_kind_and_country_in_the_language_of_the_site_and_whence() -> None:
    fact = listed_fact(profile_of(entity(PLAIN)), Messages())
    assert fact is not None
    assert ("Government agency, United States", "the list of known names", "") == (fact.text, fact.source, fact.address)
    german = Messages("de", texts={"Government agency": "Staatliche Behörde"})
    assert "Staatliche Behörde, Vereinigte Staaten" == line(entity(PLAIN), german)
    assert "Philosopher" == line(entity("Plato", EntityType.PERSON))


def test_a_line_is_silent_if_the_type_contradicts() -> None:
    assert "" == line(entity(PLAIN, EntityType.WORK))
    assert "Technology company, United States" == line(entity(AMBIGUOUS))
    assert "" == line(entity(AMBIGUOUS, EntityType.PRODUCT))


def test_an_ambiguous_name_needs_articles_that_make_its_type_clear() -> None:
    assert "" == line(entity(AMBIGUOUS, is_certain=False))
    assert "" != line(entity(PLAIN, is_certain=False)) == line(entity("FBI", is_certain=False))


def test_words_of_the_archive_go_first_and_those_of_a_person_before_all() -> None:
    described = replace(entity(PLAIN), introduction=chosen("the harbour's own watchdog", "phrase"))
    noted = replace(entity(PLAIN), note=Note(EntityId("x"), PLAIN, None, (), (), "Ours.", Digest("")))
    assert ("", "") == (line(described), line(noted))


def test_somebody_of_whom_a_sentence_says_who_it_is_may_be_a_namesake() -> None:
    singer = entity("Peter Singer", EntityType.PERSON)
    assert "Philosopher, Australia" == line(singer)
    assert "" == line(replace(singer, sentences=(chosen("Peter Singer is a baker in Ravnsborg.", "definition"),)))
