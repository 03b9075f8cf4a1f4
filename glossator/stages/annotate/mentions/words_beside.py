"""Words beside a name that belong to it: those of a person's whole name, and of a club called after its town."""

from __future__ import annotations

import re
from collections.abc import Sequence

from glossator.model import Block, EntityType
from glossator.naming import countries
from glossator.naming.lexicon import PARTICLES
from glossator.stages.annotate import demonyms, well_known_places
from glossator.stages.annotate.lexicon import GENERIC, NEVER, ROLE_ENDINGS, TITLES
from glossator.stages.annotate.mentions.spans import Span

LONGEST_FIRST_NAME = 6
"""Letters of a word that is taken for a first name even if it ends as roles do: Peter, Victor, Brian."""
_PARTICLE = "|".join(sorted(PARTICLES))
_NAME_WORD = r"(?:[A-Z]['’](?=[A-Z])|Mc|Mac)?[A-Z][a-zà-ÿ][\w-]*"
_WORD_AFTER = re.compile(rf" ((?:(?:{_PARTICLE}) ){{0,2}}{_NAME_WORD})(?![\w’']|\.\w)")
_WORD_BEFORE = re.compile(rf"(?<=[a-z,–-] )({_NAME_WORD}) $")
_TEAM = re.compile(r" ((?:[A-Z][a-z]+ )?[A-Z][a-z]{2,}s|United|City|County|Athletic|Albion|Wanderers|Town)(?![\w’'-])")
"""The rest of a club's name after a place: the plural of its players' name, or a word for a club."""


def whole_person(content: str, block: Block, spans: Sequence[Span], index: int) -> Span:
    """Return a span; if it is a word of a person's name, with the words beside it that belong to the name."""
    span = spans[index]
    if span.type is not EntityType.PERSON or not content[span.start : span.end].isalpha():
        return span
    left = spans[index - 1].end if index else block.start
    right = spans[index + 1].start if index + 1 < len(spans) else block.end
    return _widen_person(content, span, (max(left, block.start), min(right, block.end)))


def _widen_person(content: str, span: Span, limits: tuple[int, int]) -> Span:
    start, end = span.start, span.end
    while (more := _WORD_AFTER.match(content, end, limits[1])) and _may_join(more.group(1)):
        end = more.end()
    lead = _WORD_BEFORE.search(content, limits[0], start)
    if lead and content.count(" ", start, end) < 2:
        word = lead.group(1)
        is_role = len(word) > LONGEST_FIRST_NAME and word.endswith(ROLE_ENDINGS)
        start = lead.start(1) if _may_join(word) and not is_role else start
    return Span(start, end, span.type)


def as_club(content: str, span: Span, block: Block) -> Span | None:
    """Return the club that is named after a place in a block and its players."""
    team = _TEAM.match(content, span.end, block.end)
    town = content[span.start : span.end]
    if not team or town in countries.written_forms() or not all(map(_may_join, team.group(1).split())):
        return None
    return Span(span.start, team.end(), EntityType.ORGANISATION)


def _may_join(words: str) -> bool:
    word = words.rpartition(" ")[2]
    parts = {word, word.removesuffix("s"), *word.split("-")}
    taken = word in NEVER or word in GENERIC or well_known_places.is_place(word) or demonyms.is_demonym(word)
    return not taken and parts.isdisjoint(TITLES)
