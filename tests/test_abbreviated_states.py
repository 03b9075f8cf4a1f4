"""Codes of states of the United States: the state where a town of it stands before."""

from __future__ import annotations

import pytest

from glossator.model import EntityType, Mention, Name
from glossator.stages.annotate.abbreviated_states import with_names_of_states


def named(content: str, code: str) -> str:
    start = content.index(code)
    names = (Name(code, EntityType.PLACE, ((code, 1),)),)
    (name,) = with_names_of_states(content, names, (Mention(start, start + len(code), 0),))
    assert ((code, 1),) == name.forms
    return name.form


@pytest.mark.parametrize(
    ("content", "code", "expected"),
    [
        ("They met in Boise, ID.", "ID", "Idaho"),
        ("They went to San Antonio, TX, again.", "TX", "Texas"),
        ("The New Orleans, LA, office closed.", "LA", "Louisiana"),
    ],
)
def test_a_code_after_a_town_of_the_state_is_the_state(content: str, code: str, expected: str) -> None:
    assert expected == named(content, code)


@pytest.mark.parametrize(
    ("content", "code"),
    [
        ("From Paris, LA and Tokyo.", "LA"),
        ("They met in TX.", "TX"),
        ("They met in Seattle, WA.", "WA"),
        ("They met in Atlanta, GA.", "GA"),
    ],
)
def test_a_code_elsewhere_or_of_a_state_called_like_a_city_or_country_stays(content: str, code: str) -> None:
    assert code == named(content, code)
