"""Texts as the site shows them."""

from __future__ import annotations

import pytest

from glossator.text import within_quotation_marks, without_dateline


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("“The FBI takes it seriously,” a spokesperson said.", "‘The FBI takes it seriously,’ a spokesperson said."),
        ('He called it "a quay", and "a wall".', "He called it ‘a quay’, and ‘a wall’."),
        ("Er rief „Halt“ und ging.", "Er rief ‚Halt‘ und ging."),
        ('It’s 6" wide.', 'It’s 6" wide.'),
    ],
)
def test_quotation_marks_within_quotation_marks_are_single(text: str, shown: str) -> None:
    assert shown == within_quotation_marks(text)


@pytest.mark.parametrize(
    ("sentence", "shown"),
    [
        ("RAVNSBORG, May 2 (Nordwire) - The ferry sank.", "The ferry sank."),
        ("(AP)The ferry sank.", "The ferry sank."),
        ("VELM — which had built it — waited.", "VELM — which had built it — waited."),
        ("The ferry sank.", "The ferry sank."),
    ],
)
def test_the_place_and_the_agency_of_a_report_are_left_out(sentence: str, shown: str) -> None:
    assert shown == without_dateline(sentence)
