"""Names that their form tells in English: firms of partners and rows of results."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from glossator.model import EntityType
from glossator.naming import countries
from glossator.stages.annotate import well_known_places
from glossator.stages.annotate.lexicon import LEGAL_FORM_PATTERN
from glossator.stages.annotate.mentions.spans import Span

# Longer words are no names, and a search takes the product of a word's length and this.
_PARTNER = rf"(?!(?:{LEGAL_FORM_PATTERN})\b)[A-Z][\w'’-]{{0,60}}\.?"
_OTHERS = r",?\s(?:and|&)\s(?:Co|Company|Sons|Brothers|Bros|Associates|Partners)\b"
_WORD_FOR_OTHERS = re.compile(_OTHERS)
_PARTNERSHIP = re.compile(
    rf"{_PARTNER}(?:,?\s{_PARTNER}){{0,2}}{_OTHERS}"
    rf"(?:\.(?=,?\s[a-z]))?(?:,?\s(?:{LEGAL_FORM_PATTERN})\b(?:\.(?=,?\s[a-z]))?)?"
)
"""Up to three words of partners, the word for all others, and a legal form; a full stop if the sentence goes on."""

_BEARERS = frozenset({EntityType.PERSON, EntityType.ORGANISATION})


def join_partners(content: str, spans: Sequence[Span]) -> tuple[Span, ...]:
    """Return the spans, in the order of the text, with one span for the whole name of each partnership."""
    if not _WORD_FOR_OTHERS.search(content):  # most texts; the whole pattern costs ten times as much
        return tuple(spans)
    joined = list(spans)
    for match in _PARTNERSHIP.finditer(content):
        inside = [span for span in joined if span.start < match.end() and match.start() < span.end]
        if inside and all(span.type in _BEARERS and span.end <= match.end() for span in inside):
            certainty = max(span.certainty for span in inside)
            # What the models said of its parts tells nothing of the whole.
            whole = Span(inside[0].start, match.end(), EntityType.ORGANISATION, certainty)
            joined[joined.index(inside[0]) : joined.index(inside[-1]) + 1] = [whole]
    return tuple(joined)


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
