"""Clubs and people in tables of results, told by their form."""

from __future__ import annotations

import re
from collections.abc import Iterator

from glossator.model import EntityType
from glossator.naming import countries
from glossator.stages.annotate import well_known_places
from glossator.stages.annotate.spans import Span

_ROW = re.compile(r"(?:\d+\. )?([A-Z][\w'’.-]*(?: [A-Z][\w'’.-]*| of| and)*?)(?: \([A-Z]+\))?(?: \d+){4,}")
"""A line of a table of results: a name, and figures."""

_FROM = re.compile(
    r"(?<![\w'’-])((?:[A-Z][\w'’-]+|[A-Z]\.)(?: (?:[a-z]{2,3} )?[A-Z][\w'’-]+){1,3}) \((?=([A-Z][A-Za-z. ]+)\))"
)


def results(content: str, start: int, end: int) -> Iterator[Span]:
    """Yield clubs at the beginning of a line of figures, and people with their country in brackets."""
    if row := _ROW.fullmatch(content, start, end):
        yield Span(*row.span(1), EntityType.ORGANISATION)
    for match in _FROM.finditer(content, start, end):
        if match.group(2) in countries.written_forms() and not well_known_places.is_place(match.group(1)):
            yield Span(*match.span(1), EntityType.PERSON)
