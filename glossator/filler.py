"""Texts that fill a page and say nothing: lorem ipsum, and lists of words without those that join them."""

from __future__ import annotations

from collections.abc import Mapping

from glossator.word_lists import stop_words

LOREM = frozenset("lorem ipsum dolor amet consectetur adipiscing".split())
LOREM_SHARE = 0.02
"""Share of LOREM among the words of a text from which on it is filler; of lorem ipsum it is a twelfth."""
LANGUAGE = "en"
"""The language whose texts have function words of their own; others add them to words."""
FUNCTION_WORDS = 0.1
"""Share of function words of a text that is no filler, at least; of 590 English pages none has less than .17."""
SHORTEST = 50
"""Words of a text that can be told to be filler, at least."""


def is_filler(words: Mapping[str, int], language: str) -> bool:
    """True if a text has no function words, or those of lorem ipsum; `words` are counted in small letters."""
    total = sum(words.values())
    if total < SHORTEST:
        return False
    if sum(words.get(word, 0) for word in LOREM) >= LOREM_SHARE * total:
        return True
    common = stop_words(LANGUAGE) if language == LANGUAGE else frozenset()
    return bool(common) and sum(times for word, times in words.items() if word in common) < FUNCTION_WORDS * total
