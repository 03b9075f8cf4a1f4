"""The listings of code in an article that may have colours, and the names under which their colours are kept."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from glossator.markup.layout_events import LANGUAGE, ArticleLayout, Chars, Open
from glossator.text import digest

Colours = Mapping[str, str]
"""Key of a listing -> the listing as HTML in which words have classes."""
NO_COLOURS: Colours = {}
COLOURS = frozenset({"code-comment", "code-deleted", "code-keyword", "code-name", "code-number", "code-string"})
"""Classes of the words that have a colour."""
_LONGEST_LISTING = 5_000
"""Characters of a listing that is coloured: the patterns of some languages take the square of its length, and for C# a
listing of one word on each line takes 2.6 s."""
_MOST_COLOURED = 20_000
"""Characters of an article's listings up to which they are coloured, for the same reason."""
_FENCE = re.compile(r"(?:`{3}|~{3}) *[{.\w]")
"""Beginning of a listing whose language may be named."""


def may_have_listings(markdown: str) -> bool:
    """True if a text may have listings whose language is named."""
    return _FENCE.search(markdown) is not None


def listing_key(language: str, code: str) -> str:
    """Return the key under which the colours of a listing are kept."""
    return digest(language, code)


def listings(layout: ArticleLayout) -> Iterator[tuple[str, str]]:
    """Yield language and code of each listing that may have colours."""
    language, characters = "", 0
    for event in layout.events:
        if isinstance(event, Open):
            language = dict(event.attributes).get(LANGUAGE, "") if event.tag == "code" else ""
        elif isinstance(event, Chars) and language:
            length = len(event.content)
            if characters + length <= _MOST_COLOURED:
                characters += length
                if length <= _LONGEST_LISTING:
                    yield language, event.content
            language = ""
