"""The list of contents of a long article, from the headings of its HTML."""

from __future__ import annotations

import re
from html import unescape

from glossator.model import Html
from glossator.views import OutlineLink

WORDS = 1500
"""Words above which an article has a list of contents, if it has headings."""
HEADINGS = 5
"""Headings from which a shorter article has one."""
FEWEST = 2
"""Headings of a list of contents, at least."""
_HEADING = re.compile(r'<h([2-6]) id="([^"]+)"[^>]*>(.*?)</h\1>', re.DOTALL)
_TAG = re.compile(r"<[^>]*>")


def outline(body: Html, words: int) -> tuple[OutlineLink, ...]:
    """Return the headings of an article of so many `words`: those of its two highest levels."""
    headings = [
        (int(level), anchor, unescape(_TAG.sub("", text)).strip()) for level, anchor, text in _HEADING.findall(body)
    ]
    headings = [heading for heading in headings if any(map(str.isalnum, heading[2]))]  # a line of "___" is none
    if len(headings) < (FEWEST if words > WORDS else HEADINGS):
        return ()
    highest = sorted({level for level, _, _ in headings})[:2]
    return tuple(
        OutlineLink(text, f"#{anchor}", highest.index(level)) for level, anchor, text in headings if level in highest
    )
