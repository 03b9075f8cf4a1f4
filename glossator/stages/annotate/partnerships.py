"""Firms named after their partners: "Harrow, Lund and Co" is one name, which models cut at its comma or its "and"."""

from __future__ import annotations

import re
from collections.abc import Sequence

from glossator.model import EntityType
from glossator.stages.annotate.lexicon import LEGAL_FORM_PATTERN
from glossator.stages.annotate.spans import Span

_PARTNER = rf"(?!(?:{LEGAL_FORM_PATTERN})\b)[A-Z][\w'’-]*\.?"
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
    for found in _PARTNERSHIP.finditer(content):
        inside = [span for span in joined if span.start < found.end() and found.start() < span.end]
        if inside and all(span.type in _BEARERS and span.end <= found.end() for span in inside):
            certainty = max(span.certainty for span in inside)
            # What the models said of its parts tells nothing of the whole.
            whole = Span(inside[0].start, found.end(), EntityType.ORGANISATION, certainty)
            joined[joined.index(inside[0]) : joined.index(inside[-1]) + 1] = [whole]
    return tuple(joined)
