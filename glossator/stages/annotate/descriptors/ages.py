"""Ages beside the names of people: below sixteen, an archive keeps no page of somebody."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from glossator.model import Descriptor, EntityType, Mention, Name

ADULT = 16
"""Years from which on somebody is no child."""
REACH = 40
"""Characters beside a name in which its age is looked for."""
GERMAN = "de"

_NUMBERS = dict(
    zip(
        "one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen".split(),
        range(1, ADULT),
        strict=True,
    )
)
_NUMBER = rf"(\d{{1,2}}|{'|'.join(_NUMBERS)})"
_AFTER = re.compile(
    rf"(?:,? \(?aged {_NUMBER}\b|, (?:who (?:is|was) )?{_NUMBER}(?=,\s[a-z]|[.;)](?:\s|$)|\sand\s)"
    rf"|,? (?:a|an|ein|eine) {_NUMBER}[- ](?:year-old|jährige)|, {_NUMBER} Jahre)",
)
_IN_BRACKETS = re.compile(r" \((\d{1,2})\)")
_BEFORE = re.compile(rf"\b{_NUMBER}[- ](?:year-old|jährigen?r?)(?: [a-zäöü]+){{0,2}} $", re.IGNORECASE)
_SCORE = re.compile(r"\b\d{1,3}[-–:]\d{1,3}\b")
SCORES = 3
"""Results from which on an article is on sport, where a number behind a name is no age."""


def children(content: str, named: tuple[Sequence[Name], Sequence[Mention]], language: str) -> Iterator[Descriptor]:
    """Yield the age of each person who is a child beside a mention."""
    names, mentions = named
    on_sport = len(_SCORE.findall(content)) >= SCORES
    for mention in mentions:
        if names[mention.name].type is not EntityType.PERSON or on_sport:
            continue
        after = _AFTER.match(content, mention.end, mention.end + REACH)
        if after is None and language == GERMAN:
            after = _IN_BRACKETS.match(content, mention.end)
        beside = after or _BEFORE.search(content, max(0, mention.start - REACH), mention.start)
        if beside is None:
            continue
        age = next(filter(None, beside.groups()))
        if int(_NUMBERS.get(age.casefold(), age)) < ADULT:
            yield Descriptor(*beside.span(), age, mention.name, "age")
