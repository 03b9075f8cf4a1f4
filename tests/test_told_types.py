"""The type of a name by what its articles call it, and by how certain the models are in each of them."""

from __future__ import annotations

import pytest
from msgspec.structs import replace

from glossator.model import Analysis, ArticleHead, ArticleId, Decisions, Descriptor, Digest, EntityType, Mention, Name
from glossator.naming.head_nouns import types_told
from glossator.stages.annotate.descriptors.lists_of_names import evidence_of_lists
from glossator.stages.annotate.descriptors.told_types import deciding_noun, with_told_types
from tests.whole_archive import resolve

TYPES = tuple(EntityType)
DOUBTFUL = Name("Katla", EntityType.PERSON, (("Katla", 1),), chances=(4, 3, 0, 0, 0, 0, 0, 3))


def told(text: str, name: Name = DOUBTFUL, kind: str = "phrase") -> EntityType:
    descriptor = Descriptor(0, len(text), text, 0, kind)  # type: ignore[arg-type]  # parametrised
    return with_told_types((name,), [descriptor], {}, TYPES)[0].type


@pytest.mark.parametrize(
    ("phrase", "kinds"),
    [
        ("village southwest of Velm", {EntityType.PLACE}),
        ("loungewear brand creating timeless essentials", {EntityType.ORGANISATION}),
        ("patient monitoring systems", {EntityType.PRODUCT}),
        ("award-winning novelist from the village", {EntityType.PERSON}),
        ("one of the oldest novels", set()),
        ("of the town", set()),
    ],
)
def test_the_noun_that_tells_a_type_is_found_before_the_first_preposition(phrase: str, kinds: set[EntityType]) -> None:
    assert kinds == types_told(phrase)


@pytest.mark.parametrize(
    ("form", "chances", "expected"),
    [
        ("Katla Festival", (4, 3, 0, 0, 0, 0, 3, 0), EntityType.EVENT),
        ("Katla Bridge", (5, 0, 3, 0, 0, 0, 0, 2), EntityType.PLACE),
        ("Katla Bridge", (9, 0, 1, 0, 0, 0, 0, 0), EntityType.PERSON),
        ("Katla Systems", (0, 5, 0, 0, 0, 0, 0, 4), EntityType.ORGANISATION),
        ("Katla King", (3, 5, 0, 0, 0, 0, 0, 2), EntityType.ORGANISATION),
        ("Bridge", (5, 0, 3, 0, 0, 0, 0, 2), EntityType.PERSON),
    ],
)
def test_the_noun_that_ends_a_name_tells_its_type_if_the_models_doubt(
    form: str, chances: tuple[int, ...], expected: EntityType
) -> None:
    name = Name(form, TYPES[chances.index(max(chances))], ((form, 1),), chances=chances)
    assert expected is with_told_types((name,), (), {}, TYPES)[0].type


def test_a_name_is_what_its_article_calls_it_if_the_models_doubt() -> None:
    certain = replace(DOUBTFUL, chances=(10, 0, 0, 0, 0, 0, 0, 0))
    decided = replace(DOUBTFUL, chances=())

    assert EntityType.ORGANISATION is told("loungewear brand")
    assert EntityType.PERSON is told("loungewear brand", certain)
    assert EntityType.PERSON is told("loungewear brand", decided)
    assert EntityType.PERSON is told("loungewear brand", kind="sentence")
    assert EntityType.PERSON is told("founded in May")


def listed_types(content: str, names: list[Name]) -> list[EntityType]:
    """Return the types of names that a text has, given what its lists tell of them."""
    found = [(content.index(name.form), index) for index, name in enumerate(names)]
    mentions = [Mention(start, start + len(names[index].form), index) for start, index in sorted(found)]
    return [one.type for one in with_told_types(names, (), evidence_of_lists(content, names, mentions), TYPES)]


def test_a_doubtful_name_in_a_list_is_of_the_type_of_the_others() -> None:
    village = (0, 0, 10, 0, 0, 0, 0, 0)
    katla = replace(DOUBTFUL, chances=(5, 1, 4, 0, 0, 0, 0, 0))
    names = [Name(form, EntityType.PLACE, ((form, 1),), chances=village) for form in ("Velm", "Orsa")] + [katla]

    assert EntityType.PLACE is listed_types("They live in Velm, Orsa and Katla now.", names)[2]
    assert EntityType.PERSON is listed_types("They left Velm. Orsa is where Katla lives.", names)[2]
    assert EntityType.PERSON is listed_types("They left Velm, Orsa and, said Katla, home.", names)[2]
    assert EntityType.PLACE is listed_types("Velm and Katla are far from Orsa.", names)[2]
    assert EntityType.PERSON is listed_types("They asked Katla, Velm for once, and not Orsa.", names)[2]


def test_a_list_ends_with_its_paragraph() -> None:
    names = [DOUBTFUL, replace(DOUBTFUL, form="Velm", chances=(0, 0, 10, 0, 0, 0, 0, 0))]
    mentions = [Mention(0, 5, 0), Mention(10, 14, 1)]

    assert evidence_of_lists("Katla and Velm", names, mentions)
    assert not evidence_of_lists("Katla\n\nor Velm", names, mentions)


def test_a_list_tells_nothing_of_certain_names_nor_of_those_that_a_rule_decided() -> None:
    village = (0, 0, 10, 0, 0, 0, 0, 0)
    names = [Name(form, EntityType.PLACE, ((form, 1),), chances=village) for form in ("Velm", "Orsa")]
    certain = replace(DOUBTFUL, chances=(10, 0, 0, 0, 0, 0, 0, 0))

    assert EntityType.PERSON is listed_types("Velm, Orsa and Katla", [*names, certain])[2]
    assert EntityType.PERSON is listed_types("Velm, Orsa and Katla", [*names, replace(DOUBTFUL, chances=())])[2]


def test_a_name_listed_with_itself_tells_nothing_of_itself() -> None:
    assert not evidence_of_lists("Katla, Katla", [DOUBTFUL], [Mention(0, 5, 0), Mention(7, 12, 0)])


@pytest.mark.parametrize(
    ("text", "judged", "chances", "expected"),
    [
        ("outdoor loungewear brand", "person", DOUBTFUL.chances, "brand"),
        ("outdoor loungewear brand", "organisation", DOUBTFUL.chances, ""),
        ("award-winning novelist", "person", DOUBTFUL.chances, ""),
        ("loungewear brand", "person", (10, 0, 0, 0, 0, 0, 0, 0), ""),
        ("loungewear brand", "person", (), ""),
        ("founded in May", "person", DOUBTFUL.chances, ""),
    ],
)
def test_the_noun_that_decided_a_type_can_be_told(
    text: str, judged: str, chances: tuple[int, ...], expected: str
) -> None:
    descriptor = Descriptor(0, len(text), text, 0)
    (name,) = with_told_types((replace(DOUBTFUL, chances=chances),), [descriptor], {}, TYPES)

    assert expected == deciding_noun(name, judged, [descriptor])
    assert not deciding_noun(name, judged, [])


def test_a_name_never_gets_a_type_that_is_not_wanted() -> None:
    descriptor = Descriptor(0, 16, "loungewear brand", 0)
    (name,) = with_told_types((DOUBTFUL,), [descriptor], {}, (EntityType.PERSON, EntityType.PLACE))
    assert EntityType.PERSON is name.type


def test_certain_articles_tell_the_type_and_not_the_most_mentions() -> None:
    doubtful = replace(DOUBTFUL, forms=(("Katla", 5),))
    certain = replace(DOUBTFUL, type=EntityType.ORGANISATION, chances=(0, 10, 0, 0, 0, 0, 0, 0))
    names = {"a": doubtful, "b": certain}
    analyses = [
        Analysis(ArticleId(article), (name,), (Mention(0, 5, 0),), (), (), (), Digest(""))
        for article, name in names.items()
    ]
    heads = [ArticleHead(ArticleId(article), article) for article in names]
    archive, _ = resolve(heads, analyses, Decisions(), (), ())

    assert [("Katla", EntityType.ORGANISATION)] == [(one.name, one.type) for one in archive.entities]


def test_articles_that_doubt_give_a_name_no_second_type() -> None:
    doubtful = replace(DOUBTFUL, chances=(5, 3, 1, 0, 0, 0, 0, 1))
    certain = replace(DOUBTFUL, type=EntityType.ORGANISATION, chances=(0, 10, 0, 0, 0, 0, 0, 0))
    names = {"a": doubtful, "b": doubtful, "c": certain, "d": certain}
    analyses = [
        Analysis(ArticleId(article), (name,), (Mention(0, 5, 0),), (), (), (), Digest(""))
        for article, name in names.items()
    ]
    archive, _ = resolve([ArticleHead(ArticleId(one), one) for one in names], analyses, Decisions(), (), ())

    assert [("Katla", EntityType.ORGANISATION)] == [(one.name, one.type) for one in archive.entities]


def test_the_last_word_of_a_name_can_be_told_as_the_noun_that_decided() -> None:
    (bridge,) = with_told_types(
        (Name("Katla Bridge", EntityType.PERSON, (), chances=(5, 0, 3, 0, 0, 0, 0, 2)),), (), {}, TYPES
    )

    assert "Bridge" == deciding_noun(bridge, "person", [])
    assert not deciding_noun(bridge, "place", [])
