"""The list of known names: its form, and what it tells of a name that an archive has."""

from __future__ import annotations

from collections import Counter
from importlib import resources
from pathlib import Path

import pytest
from msgspec.structs import replace

from glossator.content.theme import read_theme, read_words
from glossator.model import (
    Analysis,
    Appearance,
    Archive,
    ArticleHead,
    ArticleId,
    ChosenDescriptor,
    Decisions,
    DescriptorKind,
    Digest,
    Entity,
    EntityId,
    EntityType,
    Messages,
    Name,
    Note,
)
from glossator.naming import geonames
from glossator.naming.known_names import AGREED, ALWAYS, BETWEEN_NAMES
from glossator.stages.annotate.descriptors.told_types import with_told_types
from glossator.stages.plan.catalogue.profiles import profile_of
from glossator.stages.plan.parts.listed_facts import KINDS, listed_fact
from tests.whole_archive import resolve

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
    assert ("Government or military body, United States", "the list of known names", "") == (
        fact.text,
        fact.source,
        fact.address,
    )
    german = Messages("de", texts={"Government or military body": "Staatliche oder militärische Einrichtung"})
    assert "Staatliche oder militärische Einrichtung, Vereinigte Staaten" == line(entity(PLAIN), german)
    arabic = read_words(read_theme(Path("none")).catalogues, "ar")
    assert line(entity(PLAIN), arabic).endswith("، الولايات المتحدة"), "not: and the United States"
    assert "Philosopher" == line(entity("Plato", EntityType.PERSON))


def test_a_line_is_silent_if_the_type_contradicts() -> None:
    assert "" == line(entity(PLAIN, EntityType.PERSON))
    assert "Technology company, United States" == line(entity("GitHub", EntityType.PRODUCT))
    assert "Technology company, United States" == line(entity(AMBIGUOUS))
    assert "" == line(entity(AMBIGUOUS, EntityType.PRODUCT))


def test_an_ambiguous_name_needs_articles_that_make_its_type_clear() -> None:
    assert "" == line(entity(AMBIGUOUS, is_certain=False))
    assert "" != line(entity(PLAIN, is_certain=False)) == line(entity("FBI", is_certain=False))


def test_an_acronym_is_known_as_british_papers_write_it() -> None:
    assert "International organisation" == line(entity("Nato"))
    assert "" == line(entity("Nato", is_certain=False)) == line(entity("Jama", EntityType.PERSON))


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("Windows", "Software"),
        ("Excel 2019", "Software"),
        ("iPad Pro", "Device, United States"),
        ("Google Velmbook", "Product of Google"),
        ("Apple Velmbook", "Product of Apple"),
        ("Shell Velmbook", ""),
        ("Block Velmbook", ""),
        ("Meta Velmbook", ""),
        ("FBI Velmbook", ""),
        ("Velmbook", ""),
    ],
)
def test_a_product_is_known_without_its_maker_with_its_version_or_by_its_maker(name: str, expected: str) -> None:
    assert expected == line(entity(name, EntityType.PRODUCT))
    assert not line(entity(name, EntityType.PERSON))
    assert not line(entity(name, EntityType.PRODUCT, is_certain=False))


def test_dots_of_initials_make_no_other_name() -> None:
    assert "International organisation" == line(entity("U.N. Security Council"))


def test_words_of_the_archive_go_first_and_those_of_a_person_before_all() -> None:
    described = replace(entity(PLAIN), introduction=chosen("the harbour's own watchdog", "phrase"))
    noted = replace(entity(PLAIN), note=Note(EntityId("x"), PLAIN, None, (), (), "Ours.", Digest("")))
    assert ("", "") == (line(described), line(noted))


def test_somebody_of_whom_a_sentence_says_who_it_is_may_be_a_namesake() -> None:
    singer = entity("Peter Singer", EntityType.PERSON)
    assert "Philosopher, Australia" == line(singer)
    assert "" == line(replace(singer, sentences=(chosen("Peter Singer is a baker in Ravnsborg.", "definition"),)))


# ---- types, joins and pages ------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("form", "expected"), [("Ozempic", EntityType.PRODUCT), ("Zelle", EntityType.PERSON), ("Ravn", EntityType.PERSON)]
)
def test_a_known_name_has_its_type_unless_it_is_ambiguous(form: str, expected: EntityType) -> None:
    name = Name(form, EntityType.PERSON, ((form, 1),), chances=(6, 2, 0, 0, 0, 0, 0, 2))
    assert expected is with_told_types((name,), (), {}, tuple(EntityType))[0].type


def archive(*names: Name, decisions: Decisions | None = None) -> Archive:
    """An archive in which each name is alone in an article."""
    ids = [ArticleId("abcdef"[number]) for number in range(len(names))]
    analyses = [
        Analysis(article, (name,), (), (), (), (), Digest("")) for article, name in zip(ids, names, strict=True)
    ]
    return resolve([ArticleHead(article, "A week") for article in ids], analyses, decisions or Decisions(), (), ())[0]


def organisation(form: str, *chances: int) -> Name:
    return Name(form, EntityType.ORGANISATION, ((form, 1),), chances=chances, certainty=10)


def test_the_names_of_one_thing_are_one_entity() -> None:
    (bureau,) = archive(organisation("FBI"), organisation(PLAIN)).entities
    assert {"FBI", PLAIN} == set(bureau.forms)
    apart = Decisions(not_the_same=(("FBI", PLAIN),))
    assert 2 == len(archive(organisation("FBI"), organisation(PLAIN), decisions=apart).entities)


def test_an_ambiguous_name_is_joined_where_its_type_is_clear() -> None:
    doubtful = (3, 4, 0, 0, 0, 0, 0, 3)
    oil, full = organisation("BP"), organisation("British Petroleum")
    assert 1 == len(archive(oil, full).entities)
    assert 2 == len(archive(organisation("BP", *doubtful), full).entities)


def test_a_known_name_has_a_page_from_two_articles_on() -> None:
    unclear = organisation("Mayo Clinic", 0, 5, 5, 0, 0, 0, 0, 0)
    assert [False] == [found.page for found in archive(unclear).entities]
    assert [True] == [found.page for found in archive(unclear, unclear).entities]
    unknown = replace(unclear, form="Ravn Clinic", forms=(("Ravn Clinic", 1),))
    assert [False] == [found.page for found in archive(unknown, unknown).entities]
