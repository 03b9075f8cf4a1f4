"""The type of a name by what its articles call it, and by how certain the models are in each of them."""

from __future__ import annotations

import pytest
from msgspec.structs import replace

from glossator.model import Analysis, ArticleHead, ArticleId, Decisions, Descriptor, Digest, EntityType, Mention, Name
from glossator.naming.heads import types_told
from glossator.stages.annotate.told_types import deciding_noun, with_told_types
from glossator.stages.resolve import resolve

TYPES = tuple(EntityType)
DOUBTFUL = Name("Katla", EntityType.PERSON, (("Katla", 1),), chances=(4, 3, 0, 0, 0, 0, 0, 3))


def told(text: str, name: Name = DOUBTFUL, kind: str = "phrase") -> EntityType:
    descriptor = Descriptor(0, len(text), text, 0, kind)  # type: ignore[arg-type]  # parametrised
    return with_told_types((name,), [descriptor], TYPES)[0].type


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


def test_a_name_is_what_its_article_calls_it_if_the_models_doubt() -> None:
    certain = replace(DOUBTFUL, chances=(10, 0, 0, 0, 0, 0, 0, 0))
    decided = replace(DOUBTFUL, chances=())

    assert EntityType.ORGANISATION is told("loungewear brand")
    assert EntityType.PERSON is told("loungewear brand", certain)
    assert EntityType.PERSON is told("loungewear brand", decided)
    assert EntityType.PERSON is told("loungewear brand", kind="remark")
    assert EntityType.PERSON is told("founded in May")


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
    (name,) = with_told_types((replace(DOUBTFUL, chances=chances),), [descriptor], TYPES)

    assert expected == deciding_noun(name, judged, [descriptor])
    assert not deciding_noun(name, judged, [])


def test_a_name_never_gets_a_type_that_is_not_wanted() -> None:
    descriptor = Descriptor(0, 16, "loungewear brand", 0)
    (name,) = with_told_types((DOUBTFUL,), [descriptor], (EntityType.PERSON, EntityType.PLACE))
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
