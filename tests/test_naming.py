"""What is known about names: spellings, particles, misspellings, short forms, countries; and that it is known once."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

from glossator.naming import countries
from glossator.naming.acronyms import abbreviates, are_in_order, initials, is_general, is_short_form, may_abbreviate
from glossator.naming.disjoint_sets import DisjointSets
from glossator.naming.likeness import is_one_letter_apart, may_be_misspelling
from glossator.naming.name_parts import is_generic, is_kind_of_body, is_phrase, part_of, without_version
from glossator.naming.near_names import is_near
from glossator.naming.normalise import (
    compact,
    person_words,
    person_words_in_article,
    singular,
    without_firm_words,
    words,
)

FEWEST_WORDS = 6
"""Words of a table that may not be listed a second time, at least."""

NO_NAMES = {
    "ARTICLES", "NEVER", "CONNECTORS", "COPULAS", "DETERMINERS", "GENITIVE_IN_S", "LINKS", "PHRASE_ENDS", "SUBJECTS",
}  # fmt: skip
"""Words that are never a name, many of them prepositions; codes of languages; and what the trained models take for a
connector, a determiner or a subject, which changes only when they are trained again."""


def test_spellings_of_one_name_have_one_key() -> None:
    assert {("schaeuble",)} == {words("Schäuble"), words("SCHAEUBLE"), words("Schäuble’s")}
    assert ("schauble",) == words("Schäuble", drop_umlauts=True)


def test_a_sign_at_the_end_of_a_word_makes_another_name() -> None:
    assert 4 == len({words("C"), words("C#"), words("C++"), words("C+")})
    assert words("Orvel Plus") == words("Orvel+")
    assert ("orvel", "calling", "meeting") == words("Orvel Calling+Meeting")


def test_a_kind_of_body_is_no_name_unless_every_country_has_one_such_body() -> None:
    assert is_kind_of_body("Agency")
    assert not is_kind_of_body("Parliament")
    assert not is_kind_of_body("Orvel Agency")


def test_courtesy_titles_and_small_particles_tell_nobody_from_another() -> None:
    assert ("thomas", "maiziere") == person_words("Mr Thomas de Maiziere") == person_words("Thomas Maizière")
    assert (
        ("quellmar",) == person_words("Mme Quellmar") == person_words("Señora Quellmar") == person_words("Sr. Quellmar")
    )
    assert ("bashar", "assad") == person_words("Bashar al-Assad")


def test_a_particle_within_a_name_may_have_a_capital() -> None:
    assert person_words("Zine el Abidine Ben Ali") == person_words("Zine El Abidine Ben Ali")
    assert person_words("Ursula von der Leyen") == person_words("URSULA VON DER LEYEN")


def test_a_capital_makes_a_leading_particle_a_first_name_except_within_an_article() -> None:
    assert ("al", "gore") == person_words("Al Gore")
    assert ("maiziere",) == person_words_in_article("De Maizière")


def test_a_firm_is_known_without_its_legal_form_unless_another_name_would_be_left() -> None:
    assert ("orvel",) == without_firm_words(words("Orvel Holding S.p.A."))
    assert "orvel" == compact(words("The Orvel Group plc"))
    assert "chinagroup" == compact(words("China Group"))


def test_a_misspelling_is_strictly_one_letter_apart_and_leniently_alike_as_a_whole() -> None:
    assert is_one_letter_apart("gonschin", "gonshin")
    assert not is_one_letter_apart("gonschin", "gonschins")
    assert may_be_misspelling("abdulkadir", "abdelkader")
    assert not is_one_letter_apart("abdulkadir", "abdelkader")
    assert not may_be_misspelling("ivanov", "ivanova")


def test_a_group_and_its_member_have_one_singular() -> None:
    assert ["Uygur", "Uygur", "Swiss"] == [singular("Uygurs"), singular("Uygur"), singular("Swiss")]


def test_a_name_of_heads_alone_is_borne_by_many_bodies() -> None:
    assert is_generic("Network Service")
    assert is_generic("United States Army")
    assert not is_generic("Otterby Trust")


def test_brackets_allow_an_acronym_that_initials_alone_do_not() -> None:
    name = "Hooligans Against Salafists"
    assert abbreviates("HAS", name)
    assert not abbreviates("HoGeSa", name)
    assert may_abbreviate("HoGeSa", words(name))
    assert not may_abbreviate("Salafists", words(name))


def test_initials_leave_out_small_words_and_legal_forms() -> None:
    assert {"bow", "bw"} < {*initials("Bay of Winds"), *initials("Bay of Winds AG")}
    assert ("bmwa", "bmw") == initials("Bay Motor Works AG")


def test_a_name_within_a_name_is_no_short_form_of_it() -> None:
    assert is_short_form("Security Council", "UN Security Council")
    assert not is_short_form("Council of Europe", "Assembly of the Council of Europe")
    assert not is_short_form("Red Dawn", "Alliance against Red Dawn")
    assert not is_short_form("Red Dawn", "Red Dawn in Kenya")


@pytest.mark.parametrize(
    ("short", "long", "expected"),
    [
        ("Velm", "Orvel and Velm", True),
        ("Orvel", "Orvel/Velm", True),
        ("Velm", "Orvel’s Velm", True),
        ("Orvel", "Orvel's Velm", True),
        ("Orvel", "Orvel & Sons", False),
        ("Orvel's", "Orvel's Bakery", False),
        ("Velm", "Orvel Velm", False),
    ],
)
def test_a_name_that_links_or_owns_another_is_a_phrase(short: str, long: str, *, expected: bool) -> None:
    part = part_of(short, long)
    assert part is not None
    assert expected == is_phrase(part)


def test_only_a_version_with_a_point_names_nothing_else() -> None:
    names = ["Velm 3.12", "Velm 2.x", "velm_20.04", "Velm.js", "Velm 10", "Velm 3 Pro"]
    assert ["Velm", "Velm", "velm", "Velm", "Velm 10", "Velm 3 Pro"] == [without_version(name) for name in names]


def test_units_formats_currencies_and_states_are_everyday_acronyms() -> None:
    assert all(map(is_general, ("TB", "PDF", "USD", "N.Y.", "Api")))
    assert not any(map(is_general, ("WHO", "FATF", "CSB")))


def test_initials_stand_for_given_names_in_their_order() -> None:
    assert are_in_order(["g", "bush"], ["george", "walker", "bush"])
    assert not are_in_order(["w", "g"], ["george", "walker"])


@pytest.mark.parametrize("form", ["United States", "the United States of America", "USA", "U.S.", "America"])
def test_a_country_is_known_by_its_names_and_initials(form: str) -> None:
    assert "US" == countries.code(form)


def test_two_initials_are_a_small_country_only_if_they_are_known_to_be_a_name() -> None:
    assert "NZ" == countries.code("NZ")
    assert "NZ" not in countries.written_forms()
    assert "UK" in countries.written_forms()
    assert countries.code("PRI") is None


def test_capitals_of_everyday_use_are_no_country() -> None:
    assert ["AE", "CD", None, None, None] == [countries.code(form) for form in ("UAE", "DRC", "PNG", "SVG", "CAR")]
    assert {"PNG", "CAR"}.isdisjoint(countries.written_forms())


def test_separated_sets_are_never_joined() -> None:
    sets = DisjointSets(3)
    assert sets.separate(0, 2)
    assert sets.join(0, 1)
    assert not sets.join(1, 2)


def literal_words(node: ast.AST) -> frozenset[str]:
    """The words of a literal table: a string that is split, or a display of strings; in lower case."""
    match node:
        case ast.Call(func=ast.Attribute(attr="split", value=ast.Constant(value=str(text)))):
            return frozenset(text.lower().split("|" if "|" in text else None))
        case ast.Set(elts=elements) | ast.Tuple(elts=elements) | ast.List(elts=elements):
            values = [element.value for element in elements if isinstance(element, ast.Constant)]
            return frozenset(value.lower() for value in values if isinstance(value, str))
    return frozenset()


def tables(path: Path) -> list[frozenset[str]]:
    """The literal tables of a module, except those of other words than names are made of."""
    statements = [
        statement
        for statement in ast.parse(path.read_text("utf-8")).body
        if not (isinstance(statement, ast.Assign) and ast.unparse(statement.targets[0]) in NO_NAMES)
    ]
    found = [literal_words(node) for statement in statements for node in ast.walk(statement)]
    return [table for table in found if len(table) >= FEWEST_WORDS]


def test_what_is_known_about_names_is_listed_once() -> None:
    package = Path(countries.__file__).parents[1]
    inside = [table for path in sorted((package / "naming").glob("*.py")) for table in tables(path)]
    assert len(inside) > 9
    for stage in ("annotate", "resolve"):
        for path in sorted((package / "stages" / stage).rglob("*.py")):
            again = [
                sorted(table & other)
                for table in tables(path)
                for other in inside
                if 2 * len(table & other) > min(len(table), len(other))
            ]
            assert not again, f"{path} lists again what glossator/naming knows: {again}"


@pytest.mark.parametrize(
    ("private", "name", "near"),
    [
        ("Vexil Harrowgate", "Vexil Härrowgate", True),
        ("Jorg Muler", "Jörg Müller", True),
        ("Vexil Harrowgtae", "Vexil Harrowgate", True),
        ("Vexxil Harrowgate", "Vexil Harrowgate", True),
        ("Annemarie Lindqvist", "Anne-Marie Lindqvist", True),
        ("Vexil Harowgate", "Vexil Tobias Harrowgate", True),
        ("Alexander Harrowgate", "Alex Harrowgate", True),
        ("Harowgate, Vexil", "Vexil Harrowgate", True),
        ("Vexil Harowgate", "Mr Harrowgate", True),
        ("Vexil Harowgate Jr.", "Dr. Vexil van Harrowgate", True),
        ("Kim Lee", "Tim Lee", True),
        ("Kim Lee", "Jan Lee", False),
        ("Ann Fox", "Ian Fox", False),
        ("Anna Lee", "Anna Lam", False),
        ("Lea", "Anna Lee", False),
        ("Mira Harrowgate", "Vexil Harrowgate", False),
        ("Marta Lindqvist", "Marta Lindholm", False),
    ],
)
def test_names_that_are_nearly_one(private: str, name: str, near: bool) -> None:
    assert near == is_near(private, name)
