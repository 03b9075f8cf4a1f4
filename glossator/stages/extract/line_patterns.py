"""Patterns for lines, made of lists of words and phrases."""

from __future__ import annotations

import re


def any_of(words: str) -> str:
    """Return the source of a pattern for any of some words, which blanks separate."""
    return "|".join(words.split())


def whole_line(*phrases: str) -> re.Pattern[str]:
    """Return a pattern for a line that is one of these phrases, whatever signs are around it."""
    return re.compile(rf"\W*(?:{'|'.join(phrases)})\W*", re.IGNORECASE)
