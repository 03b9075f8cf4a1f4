"""A name earns its page: an entity has one if there is more to say of it than that an article mentions it."""

from __future__ import annotations

from dataclasses import replace

import pytest

from glossator.model import (
    Analysis,
    Archive,
    ArticleHead,
    ArticleId,
    Decisions,
    Descriptor,
    Digest,
    EntityId,
    EntityType,
    Mention,
    Name,
    Note,
    Quote,
)
from glossator.stages.resolve import resolve

FAR = 5000
"""An offset far from the beginning of a text."""
CLERK = Name("Nora Quist", EntityType.PERSON, (("Nora Quist", 1), ("Quist", 1)), certainty=9)


def analysis(article: str = "a", name: Name = CLERK, at: int = FAR, times: int = 2) -> Analysis:
    """An article that mentions a name `times` times, for the first time at an offset."""
    mentions = tuple(Mention(at + 100 * number, at + 100 * number + 5, 0) for number in range(times))
    return Analysis(ArticleId(article), (name,), mentions, (), (), (), Digest(""))


def archive(
    *analyses: Analysis, title: str = "A quiet week", decisions: Decisions | None = None, notes: tuple[Note, ...] = ()
) -> Archive:
    heads = [ArticleHead(one.article, title) for one in analyses]
    return resolve(heads, analyses, decisions or Decisions(), notes, ())[0]


def pages(found: Archive) -> list[str]:
    return [entity.name for entity in found.entities if entity.page]


def test_a_name_in_passing_has_no_page() -> None:
    assert [] == pages(archive(analysis()))


def test_a_name_of_two_articles_has_a_page_however_doubtful() -> None:
    doubtful = replace(CLERK, certainty=4)

    assert ["Nora Quist"] == pages(archive(analysis("a", doubtful), analysis("b", doubtful)))


@pytest.mark.parametrize(("certainty", "expected"), [(9, ["Nora Quist"]), (4, [])])
def test_who_is_described_or_quoted_has_a_page_if_it_surely_is_a_name(certainty: int, expected: list[str]) -> None:
    found = analysis(name=replace(CLERK, certainty=certainty))
    described = replace(found, descriptors=(Descriptor(0, 5, "the harbour's night clerk", 0),))
    quoted = replace(found, quotes=(Quote(0, 5, "Nobody asked me.", 0),))

    assert (expected, expected) == (pages(archive(described)), pages(archive(quoted)))


def test_whom_an_article_begins_with_and_comes_back_to_has_a_page() -> None:
    assert ["Nora Quist"] == pages(archive(analysis(at=40)))
    assert [] == pages(archive(analysis(at=40, times=1)))


def test_who_stands_in_the_title_has_a_page() -> None:
    assert ["Nora Quist"] == pages(archive(analysis(), title="What Quist saw"))
    assert [] == pages(archive(analysis(), title="What Quistgaard saw"))


@pytest.mark.parametrize(
    "decisions",
    [
        Decisions(confirm=("Nora Quist",)),
        Decisions(types=(("Nora Quist", EntityType.PERSON),)),
        Decisions(rename=(("Nora Quist", "Nora B. Quist"),)),
    ],
)
def test_a_decision_gives_a_page(decisions: Decisions) -> None:
    assert 1 == len(pages(archive(analysis(times=1), decisions=decisions)))


@pytest.mark.parametrize("listed", ["", "lists/crew.txt"])
def test_a_note_and_an_entry_of_a_list_give_a_page(listed: str) -> None:
    note = Note(EntityId("nora-quist"), "Nora Quist", None, (), (), "", Digest("n"), listed)

    assert ["Nora Quist"] == pages(archive(analysis(times=1), notes=(note,)))


def test_a_mention_that_a_person_linked_gives_a_page() -> None:
    linked = replace(CLERK, said="Nora Quist")

    assert ["Nora Quist"] == pages(archive(analysis(name=linked, times=1)))
