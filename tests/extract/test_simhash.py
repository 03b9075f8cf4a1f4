"""Near copies are told by a fingerprint that stays the same for ever, because it is stored."""

from __future__ import annotations

from glossator.stages.extract.text_comparison import likeness

TEXT = (
    "The harbour board of the town met on Tuesday, and spoke for hours about the new lock and what it would cost. Nobody "
    "on the quay expected the vote to be so close, least of all the fishermen, who had come in great numbers, and an "
    "engineer from the capital showed drawings, answered questions, and promised a second report."
)


def test_fingerprint_is_that_of_earlier_versions() -> None:
    assert "48e62d279945e7db" == likeness(TEXT)


def test_short_text_has_none() -> None:
    assert "" == likeness("The lock was opened.")


def test_near_copy_differs_in_few_bits() -> None:
    copy = int(likeness(f"{TEXT} (Reuters)"), 16) ^ int(likeness(TEXT), 16)
    assert 8 >= copy.bit_count()
