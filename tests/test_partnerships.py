"""Firms named after their partners are one name, wherever the models cut them."""

from __future__ import annotations

import pytest

from glossator.model import EntityType
from glossator.stages.annotate.mentions.english_forms import join_partners
from glossator.stages.annotate.mentions.spans import Span


def joined(content: str, *names: str, kind: EntityType = EntityType.ORGANISATION) -> list[str]:
    spans = [Span(content.index(name), content.index(name) + len(name), kind, 7, (10,)) for name in names]
    return [content[span.start : span.end] for span in join_partners(content, spans)]


@pytest.mark.parametrize(
    ("content", "names", "expected"),
    [
        ("It hired Harrow, Lund and Co for the sale.", ["Harrow", "Lund and Co"], ["Harrow, Lund and Co"]),
        ("Sold to Oskar Brandt and Sons Ltd today.", ["Oskar Brandt", "Sons Ltd"], ["Oskar Brandt and Sons Ltd"]),
        ("Yesterday Aber & Associates, a firm, left.", ["Aber"], ["Aber & Associates"]),
        ("Skerry Corp, Harrow and Co. said so.", ["Skerry Corp", "Harrow"], ["Skerry Corp", "Harrow and Co."]),
        ("Harrow and Lund and Company met.", ["Harrow", "Lund"], ["Harrow", "Lund and Company"]),
        ("Ilse Marant and Company B marched.", [], []),
        ("Brandt and partners met Harrow and Costa.", ["Brandt", "Harrow", "Costa"], ["Brandt", "Harrow", "Costa"]),
    ],
)
def test_the_partners_of_a_firm_are_one_name(content: str, names: list[str], expected: list[str]) -> None:
    assert expected == joined(content, *names)


def test_a_place_begins_no_partnership() -> None:
    assert ["Ravnsborg"] == joined("in Ravnsborg and Partners", "Ravnsborg", kind=EntityType.PLACE)


def test_a_partnership_is_an_organisation_whatever_its_partners_are() -> None:
    (firm,) = join_partners("Oskar Brandt and Sons", [Span(0, 12, EntityType.PERSON, 9, (10,))])
    assert (EntityType.ORGANISATION, 9, ()) == (firm.type, firm.certainty, firm.chances)
