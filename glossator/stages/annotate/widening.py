"""Names of which the model saw a part: the capitalised words beside them belong to them."""

from __future__ import annotations

import re
from collections.abc import Sequence

from glossator.model import Block, EntityType
from glossator.stages.annotate import gazetteer
from glossator.stages.annotate.lexicon.words import GENERIC, NEVER, ROLE_ENDINGS, TITLES
from glossator.stages.annotate.spans import Span

_WORD = r"(?:[A-Z]['’](?=[A-Z])|Mc|Mac)?[A-Z][a-zà-ÿ][\w-]*"
_NEXT = re.compile(rf" ((?:(?:de|den|der|della|di|du|van|von|al|bin) ){{0,2}}{_WORD})(?![\w’']|\.\w)")
_BEFORE = re.compile(rf"(?<=[a-z,–-] )({_WORD}) $")
_BETWEEN = re.compile(r" (?:(?:de|den|der|della|di|du|van|von|al|bin) ){0,2}")
_HALVES = frozenset({EntityType.PERSON, EntityType.ORGANISATION, EntityType.PLACE})
_TEAM = re.compile(r" ((?:[A-Z][a-z]+ )?[A-Z][a-z]{2,}s|United|City|County|Athletic|Albion|Wanderers|Town)(?![\w’'-])")
"""What makes the name of a club of a place: the plural of what its players are called."""

REACH = 40
"""Characters before a name in which its first word is looked for."""


def widened(content: str, block: Block, spans: Sequence[Span]) -> list[Span]:
    """The spans, with the words that the model left out; in the order of the text, none overlapping."""
    found: list[Span] = []
    spans = _joined(content, spans)
    for at, span in enumerate(spans):
        limit = spans[at + 1].start if at + 1 < len(spans) else block.end
        left = found[-1].end if found else block.start
        if span.type is EntityType.PERSON and content[span.end - 1] != ".":
            found.append(_person(content, span, (max(left, span.start - REACH), limit)))
        else:
            club = as_club(content, span, (block,)) if span.type is EntityType.PLACE else None
            found.append(club if club and club.end <= limit else span)
    return found


def whole_person(content: str, block: Block, spans: Sequence[Span], at: int) -> Span:
    """One of the spans; if it is a word of a person's name, with the words beside it that belong to the name."""
    span = spans[at]
    if span.type is not EntityType.PERSON or not content[span.start : span.end].isalpha():
        return span
    left = spans[at - 1].end if at else block.start
    right = spans[at + 1].start if at + 1 < len(spans) else block.end
    return _person(content, span, (max(left, block.start, span.start - REACH), min(right, block.end)))


def _joined(content: str, spans: Sequence[Span]) -> list[Span]:
    """With the halves of a person's name as one: "Ard" and "Steur" around "van der", a first name and what follows."""
    joined: list[Span] = []
    for span in spans:
        last = joined[-1] if joined else None
        if (
            last
            and content[last.start : last.end].isalpha()
            and (between := _BETWEEN.fullmatch(content, last.end, span.start))
            and {last.type, span.type} <= (_HALVES if between.group() != " " else {EntityType.PERSON})
            and EntityType.PERSON in (last.type, span.type)
            and _may_join(content[last.start : last.end])
        ):
            joined[-1] = Span(last.start, span.end, EntityType.PERSON)
        else:
            joined.append(span)
    return joined


def _person(content: str, span: Span, room: tuple[int, int]) -> Span:
    start, end = span.start, span.end
    while (more := _NEXT.match(content, end, room[1])) and _may_join(more.group(1)):
        end = more.end()
    before = _BEFORE.search(content, room[0], start)
    if content.count(" ", start, end) < 2 and before and _may_join(before.group(1)) and not _is_role(before.group(1)):
        start = before.start(1)
    return Span(start, end, span.type)


def as_club(content: str, span: Span, blocks: Sequence[Block]) -> Span | None:
    """The club that is named after a place and by what its players are called, if that stands in one of the blocks."""
    block = next((one for one in blocks if one.start <= span.start < one.end), None)
    team = _TEAM.match(content, span.end, block.end) if block else None
    place = content[span.start : span.end]
    if not team or place in gazetteer.countries() or not all(map(_may_join, team.group(1).split())):
        return None
    return Span(span.start, team.end(), EntityType.ORGANISATION)


def _may_join(words: str) -> bool:
    word = words.rpartition(" ")[2]
    parts = {word, word.removesuffix("s"), *word.split("-")}
    known = word in NEVER or word in GENERIC or gazetteer.is_place(word) or gazetteer.is_demonym(word)
    return not known and parts.isdisjoint(TITLES)


def _is_role(word: str) -> bool:
    """Whether a capitalised word is rather what someone is than what he is called."""
    return len(word) > 6 and word.endswith(ROLE_ENDINGS)
