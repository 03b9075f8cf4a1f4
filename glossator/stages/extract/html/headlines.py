"""`Headline | Site` -> the headline."""

from __future__ import annotations

import re

_SEPARATOR = re.compile(r"\s+[|–—·»:•\-]+\s+|\s*[|»]\s*")
_SHORTEST = 8
"""Letters: a shorter heading may begin a title by chance."""


def fold(text: str) -> str:
    return re.sub(r"[\W_]+", " ", text.casefold()).strip()


def headline(title: str, site: str, headings: list[str]) -> str:
    """`Headline | Site` without the site: at a heading of the page, or where a part is the site's name."""
    for heading in headings:
        if len(heading) > _SHORTEST and title.startswith(heading):
            return heading
    parts = list(_SEPARATOR.finditer(title))
    for last in reversed(parts):
        rest = fold(title[last.end() :])
        if site and rest and (rest == fold(site) or rest in fold(site) or fold(site) in rest):
            return title[: last.start()]
    return title
