"""Text, publication or author -> the news agency that it credits. It is never guessed."""

from __future__ import annotations

import re
from functools import cache

from glossator.word_lists import word_lists

BEGINNING = 160
"""Characters in which a credit stands behind the place and the day."""
END = 240
"""Characters in which a credit ends a text."""


def is_agency(name: str) -> bool:
    """True if the name of a publication or an author is that of a news agency."""
    return name.casefold() in _names()


def credited_agency(text: str) -> str:
    """Return the agency that a text credits at its beginning or end, in brackets or in a line of its own, if any."""
    beginning, end = text[:BEGINNING], text[-END:]
    credit = _in_brackets().search(beginning) or _alone().match(beginning)
    last = [*_in_brackets().finditer(end), *_alone().finditer(end)]
    match = credit or (last[-1] if last and not end[last[-1].end() :].strip(" .\n") else None)
    return match["name"] if match else ""


@cache
def _names() -> frozenset[str]:
    return frozenset(name.replace(".", " ").casefold() for name in word_lists("lineage")["agencies"])


@cache
def _named() -> str:
    """Return the pattern of a credit: the name as it is written, perhaps with others and a desk behind a stroke."""
    names = sorted((name.replace(".", " ") for name in word_lists("lineage")["agencies"]), key=len, reverse=True)
    return rf"(?P<name>{'|'.join(map(re.escape, names))})(?:\s?/\s?[\w.]+){{0,3}}"


@cache
def _in_brackets() -> re.Pattern[str]:
    return re.compile(rf"\(\s*{_named()}\s*\)")


@cache
def _alone() -> re.Pattern[str]:
    return re.compile(rf"^[ \t—–-]*(?:©\s*|(?:Source|Quelle|Fuente|Fonte)\s?:\s*)?{_named()}[ \t.]*$", re.MULTILINE)
