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

_NUMBERS = {
    word: age
    for age, word in enumerate(
        "one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen".split(), start=1
    )
}
_NUMBER = rf"(\d{{1,2}}|{'|'.join(_NUMBERS)})"
_STATED = re.compile(
    rf",? \(?aged {_NUMBER}\b|,? (?:a|an|ein|eine) {_NUMBER}[- ](?:year-old|jährige)|, {_NUMBER} Jahre"
)
_BARE = re.compile(rf", (?:who (?:is|was) )?{_NUMBER}(?=,\s[a-z]|[.;)](?:\s|$)|\sand\s)")
_IN_BRACKETS = re.compile(r" \((\d{1,2})\)")
_BEFORE = re.compile(rf"\b{_NUMBER}[- ](?:year-old|jährigen?r?)(?: [a-zäöü]+){{0,2}} $", re.IGNORECASE)
_SCORE = re.compile(r"\b\d{1,3}[-–:]\d{1,3}\b")
SCORES = 3
"""Results from which on an article is on sport, where a bare number behind a name is no age."""


def children(content: str, named: tuple[Sequence[Name], Sequence[Mention]], language: str) -> Iterator[Descriptor]:
    """Yield the age of each person who is a child beside a mention."""
    names, mentions = named
    bare = (_BARE, _IN_BRACKETS) if language == GERMAN else (_BARE,)
    after = (_STATED,) if len(_SCORE.findall(content)) >= SCORES else (_STATED, *bare)
    for mention in mentions:
        if names[mention.name].type is not EntityType.PERSON:
            continue
        matches = (pattern.match(content, mention.end, mention.end + REACH) for pattern in after)
        before_name = _BEFORE.search(content, max(0, mention.start - REACH), mention.start)
        beside = next(filter(None, matches), before_name)
        if beside is None:
            continue
        age = next(filter(None, beside.groups()))
        if int(_NUMBERS.get(age.casefold(), age)) < ADULT:
            yield Descriptor(beside.start(), beside.end(), age, mention.name, "age")
