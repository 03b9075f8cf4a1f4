"""Capitals that are no names: credits of pictures, entries of lists of references, and legal forms alone."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable

from glossator.stages.annotate.lexicon import LEGAL_FORM_PATTERN
from glossator.stages.annotate.mentions.spans import Span

_AGENCY = r"(?:Getty(?: Images)?|AFP|AP|Associated Press|Reuters|dpa|EPA|Shutterstock|iStock|Alamy|Unsplash|Bloomberg)"
_LABEL = (
    r"(?:(?:photo(?:graph)?|image|picture|illustration|foto|bild)s?(?: credits?| by| courtesy(?: of)?|:)|"
    r"credits?:|(?:image )?courtesy of|©)"
)
_NAME = r"[^\W\d_a-z][\w.’'-]{0,30}"
_CREDIT = re.compile(
    rf"[(\[]\s?(?i:{_LABEL})[^()\[\]\n]{{0,100}}[)\]]"
    rf"|^(?i:{_LABEL})[^\n]{{0,80}}$"
    rf"|{_NAME}(?: {_NAME}){{0,3}}\s?/\s?{_AGENCY}\b(?:\s?(?:/|via)\s?{_AGENCY})?"
    rf"|\bvia {_AGENCY}$",
    re.MULTILINE,
)
_GIVEN = r"[A-Z][\w’'-]{0,30}\.?(?: [A-Z][\w’'-]{0,30}\.?){0,2}"
_REFERENCE = re.compile(
    rf"^{_NAME}(?: {_NAME})?, {_GIVEN}(?:(?:;|,|,? &|,? and) {_NAME}(?: {_NAME})?,? {_GIVEN}){{0,12}}(?:,? et al\.?)?"
    r" ?\((?:\d{1,2} )?(?:[A-Z][a-z]+ )?\d{4}[a-z]?\)[.,:][^\n]*",
    re.MULTILINE,
)
"""An entry of a list of references: authors, surname first, year in brackets, title and where it appeared."""
_LEGAL_FORM = re.compile(rf"(?:{LEGAL_FORM_PATTERN})\.?")


def without_credits(content: str, spans: Iterable[Span]) -> tuple[Span, ...]:
    """Return the spans without those that touch the credit of a picture or a reference, and without legal forms."""
    credited = sorted(match.span() for pattern in (_CREDIT, _REFERENCE) for match in pattern.finditer(content))
    ends = [end for _, end in credited]

    def is_credited(span: Span) -> bool:
        index = bisect_right(ends, span.start)
        return index < len(credited) and credited[index][0] < span.end

    return tuple(
        span for span in spans if not _LEGAL_FORM.fullmatch(content, span.start, span.end) and not is_credited(span)
    )
