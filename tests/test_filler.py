"""Filler text is told from text, so that it makes no pages and no topics."""

from __future__ import annotations

from collections import Counter

import pytest

from glossator.filler import is_filler

SENTENCE = "The clerk of the harbour said that she had seen the boats leave before it was light. "
LOREM = "Lorem ipsum dolor sit amet, consectetur adipiscing elit, sed do eiusmod tempor incididunt ut labore. "
WORDS = "Quay lantern rope winter barge ledger herring mast. "


@pytest.mark.parametrize(
    ("text", "language", "filler"),
    [
        (5 * SENTENCE, "en", False),
        (5 * LOREM, "en", True),
        (5 * LOREM, "la", True),
        (10 * WORDS, "en", True),
        (10 * WORDS, "fi", False),
        (WORDS, "en", False),
    ],
    ids=["a text", "lorem ipsum", "in any language", "words alone", "a language that needs few", "too short to tell"],
)
def test_filler_has_no_words_of_grammar(text: str, language: str, filler: bool) -> None:
    assert filler == is_filler(Counter(text.lower().replace(",", "").replace(".", "").split()), language)
