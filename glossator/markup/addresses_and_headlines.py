"""The references of an article's Markdown, found without parsing it: addresses, and headlines of other articles."""

from __future__ import annotations

import re
from collections.abc import Iterator

_ADDRESS = re.compile(r"https?://[^\s<>()\[\]]+(?:\([^\s<>()]*\)[^\s<>()\[\]]*)*")
_HEADLINE = re.compile(r"^> \[!related\] (.+)$", re.MULTILINE)
QUOTED = re.compile(r'“([^“”\n]{10,200})”|„([^„“”\n]{10,200})[“”]|«([^«»\n]{10,200})»|"([^"\n]{10,200})"')
"""A quotation that is as long as a headline, in one of four kinds of quotation marks."""
HEADLINE_WORDS = 4
"""Words from which a quotation can be a headline; shorter ones are too often only a phrase."""
HEADLINE_WORDS_AT_MOST = 20
"""Words to which a quotation can be a headline; longer ones are what somebody said."""


def addresses(markdown: str) -> list[str]:
    """Return every web address in the text, as it is written."""
    return _ADDRESS.findall(markdown)


def headlines(markdown: str) -> list[str]:
    """Return what may be headlines of other articles: those that stand alone in the text, and quotations."""
    return _HEADLINE.findall(markdown) + [quoted for _, _, quoted in quotations(markdown)]


def quotations(text: str) -> Iterator[tuple[int, int, str]]:
    """Yield the quotations that may be headlines: start and end inside the quotation marks, and the words.

    A comma or full stop before the closing mark is the sentence's, as American typography has it.
    """
    for found in QUOTED.finditer(text):
        kind = next(number for number in range(1, 5) if found.group(number))
        inside = found.group(kind)
        quoted = inside.rstrip(",.").strip()
        if HEADLINE_WORDS <= len(quoted.split()) <= HEADLINE_WORDS_AT_MOST:
            start = found.start(kind) + len(inside) - len(inside.lstrip())
            yield start, start + len(quoted), quoted
