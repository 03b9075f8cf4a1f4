"""Spans as models and patterns give them -> names: spans of several names are split, and edges corrected, by rules."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from glossator.model import EntityType
from glossator.stages.annotate import well_known_places
from glossator.stages.annotate.lexicon import GENERIC, LEGAL_FORM_PATTERN
from glossator.stages.annotate.mentions.edges import PLAIN_TYPES, PLAIN_WORDS, correct_edges
from glossator.stages.annotate.mentions.spans import Span
from glossator.stages.annotate.prose import ends_a_line_of_its_own

LONGEST = 500
"""Characters of a span that may be a name; some of the patterns take the square of a span's length."""
CURRENCIES = frozenset("$€£¥")
"""Last characters of a span that is part of an amount, as in "US$40"."""
_GLUE = re.compile(r"\s*\n\s*|\s+[-–—]+\s+|\s*[;:|/•]\s+|--+|-based\s+|\s*\((?![^)]*\))")
"""Separators of two names in one span."""
_SCORE = re.compile(r"\s+\d+(?:[-:.]\d+)?\s+(?=[A-Z])")
_OWNER = re.compile(r"(?<=\w)['’]s\s+(?=[A-Z])")
_FIRMS = re.compile(rf"(?<=\s)(?:{LEGAL_FORM_PATTERN})\.?((?:,\s|\s+and\s+)(?!(?:{LEGAL_FORM_PATTERN})\b)(?=[A-Z]))")
_AND = re.compile(r"\s+(?:and|&)\s+(?=[A-Z])")
_COMMA = re.compile(r",\s+(?!(?:Inc|Ltd|LLC|Jr|Sr|D\.C|[A-Z]\.|and|or|&)\b)")
_LISTED = re.compile(r"\b(?:and|&)\s")


def repair(content: str, spans: Iterable[Span]) -> list[Span]:
    """Return the spans with their edges corrected; some are split, some dropped."""
    short = (span for span in spans if span.end - span.start <= LONGEST and content[span.end - 1] not in CURRENCIES)
    return [good for span in short for piece in _pieces(content, span) if (good := correct_edges(content, piece))]


def _pieces(content: str, span: Span) -> Iterator[Span]:
    if PLAIN_WORDS.fullmatch(content, span.start, span.end):
        yield span
        return
    text = content[span.start : span.end]
    splits = [
        match.span()
        for match in _GLUE.finditer(text)
        if "\n" not in match.group() or ends_a_line_of_its_own(content, span.start + match.start())
    ]
    if span.type is not EntityType.WORK and not _LISTED.search(text):
        splits += [match.span() for match in _COMMA.finditer(text)]
    splits += [match.span(1) for match in _FIRMS.finditer(text)]
    if span.type in PLAIN_TYPES:
        splits += [match.span() for match in _SCORE.finditer(text)]
        splits += [match.span() for match in _OWNER.finditer(text) if _is_owner(content, text, match)]
    if span.type is EntityType.PERSON or (span.type is EntityType.PLACE and not well_known_places.is_place(text)):
        splits += [match.span() for match in _AND.finditer(text)]
    start = 0
    for left, right in sorted(splits):
        if left < start:
            continue
        yield Span(span.start + start, span.start + left, span.type)
        start = right
    yield Span(span.start + start, span.end, span.type)


def _is_owner(content: str, text: str, possessive: re.Match[str]) -> bool:
    """True if the text before a possessive is a name of its own: Iraq's Baath Party, but Moody's Investors."""
    owner = text[: possessive.start()]
    if well_known_places.is_place(owner):
        return True
    rest = text[possessive.end() :]
    return owner not in GENERIC and " " in rest and re.search(rf"\b{re.escape(owner)}(?!['’])\b", content) is not None
