"""Texts as the site shows them."""

from __future__ import annotations

import pytest

from glossator.text import within_quotation_marks


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
