"""Words beside a name that belong to it: those of a person's whole name, and of a club called after its town."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence

import msgspec

from glossator.model import Block, EntityType
from glossator.naming import countries
from glossator.naming.known_names import known_name
from glossator.naming.lexicon import PARTICLES
from glossator.stages.annotate import demonyms, well_known_places
from glossator.stages.annotate.lexicon import GENERIC, NEVER, ROLE_ENDINGS, TITLES
from glossator.stages.annotate.mentions.spans import Span

LONGEST_FIRST_NAME = 6
"""Letters of a word that is taken for a first name even if it ends as roles do: Peter, Victor, Brian."""
FEWEST_BESIDE_WORD = 3
"""Mentions of a name beside one word of which the word is part of the name, at least."""
FEWEST_BESIDE_NUMBER = 2
"""Mentions of a name before one number, at least."""
NEARLY_ALL = 0.85
"""Share of the mentions of a name that stand beside the same words."""
REACH = 40
"""Characters beside a name in which such words are."""
_PARTICLE = "|".join(sorted(PARTICLES))
_NAME_WORD = r"(?:[A-Z]['’](?=[A-Z])|Mc|Mac)?[A-Z][a-zà-ÿ][\w-]*"
_WORD_AFTER = re.compile(rf" ((?:(?:{_PARTICLE}) ){{0,2}}{_NAME_WORD})(?![\w’']|\.\w)")
_WORD_BEFORE = re.compile(rf"(?<=[a-z,–-] )({_NAME_WORD}) $")
_WORD_BESIDE = r"(?!The\b)[A-Z][a-z]+"
_BEFORE = re.compile(rf"(?<![\w’'.-])(?:(?P<outer>{_WORD_BESIDE}) )?(?P<inner>{_WORD_BESIDE}) $")
_NUMBER_AFTER = re.compile(r" (?!(?:19|20)\d\d\b)(\d{1,4})(?![\w’'-]|[.,:]\d| [–-])")
"""A number that is neither a year nor a result: Brandt 1, but Brandt 2019, and Brandt 3 – Otterby 2."""
_MIDWAY = re.compile(r"[a-z,] $")
_CAPITALISED = re.compile(r"(?<![\w’'-])[A-Z]\w+(?![\w’'-])")
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
    return msgspec.structs.replace(span, start=start, end=end)


def overlooked_whole_names(content: str, blocks: Iterable[Block], spans: Sequence[Span]) -> Iterator[Span]:
    """Yield the whole names, which no span touches, of people whom the other spans call by one word alone.

    `blocks` are running prose, `spans` are sorted and do not overlap.
    """
    people = [span for span in spans if span.type is EntityType.PERSON]
    forms = {span: content[span.start : span.end] for span in people}
    in_full = {word for form in forms.values() if " " in form for word in form.split()}
    alone = {form: span for span, form in forms.items() if form.isalpha() and form not in in_full}
    for block in blocks if alone else ():
        for word in _CAPITALISED.finditer(content, block.start, block.end):
            if word.group() not in alone:
                continue
            at = bisect_right(spans, word.start(), key=lambda span: span.start)
            left = max(spans[at - 1].end if at else 0, block.start)
            right = min(spans[at].start if at < len(spans) else block.end, block.end)
            if left <= word.start() and word.end() <= right:
                short = msgspec.structs.replace(alone[word.group()], start=word.start(), end=word.end())
                whole = _widen_person(content, short, (left, right))
                if whole.end - whole.start > short.end - short.start:
                    yield whole


def with_words_always_beside(content: str, spans: Sequence[Span]) -> list[Span]:
    """Return the spans, each name of one word with what stands before nearly all its mentions, or a number after.

    `spans` are sorted and do not overlap. What is a name somewhere itself is part of no other.
    """
    by_form: dict[str, list[Span]] = defaultdict(list)
    for span in spans:
        by_form[content[span.start : span.end]].append(span)
    wider: dict[Span, Span] = {}
    for form, mentions in by_form.items():
        if len(mentions) < FEWEST_BESIDE_NUMBER or not form.isalpha() or not form[0].isupper() or _is_whole(form):
            continue
        before, number = _words_before(content, mentions), _number_after(content, mentions)
        if before and _is_part_of_name(before, by_form):
            for span in mentions:
                if content.endswith(f"{before} ", 0, span.start):
                    wider[span] = msgspec.structs.replace(span, start=span.start - len(before) - 1)
        elif number:
            for span in mentions:
                if content.startswith(f" {number}", span.end):
                    wider[span] = msgspec.structs.replace(span, end=span.end + 1 + len(number))
    return [wider.get(span, span) for span in spans]


def _is_whole(form: str) -> bool:
    """True if everybody knows a name by itself, whatever stands beside it: Downtown Chicago, Proud Google."""
    return well_known_places.is_place(form) or known_name(form) is not None


def _words_before(content: str, mentions: Sequence[Span]) -> str:
    """Return the one or two words that stand before nearly all mentions of a name; empty if none do.

    Words that only begin sentences have their capitals from there: Because, Visit.
    """
    words = [_BEFORE.search(content, max(0, span.start - REACH), span.start) for span in mentions]
    if not any(match and _MIDWAY.match(content, match.start() - 2, match.start()) for match in words):
        return ""
    inner = _nearly_always([match["inner"] if match else "" for match in words])
    outer = _nearly_always([match["outer"] or "" if match else "" for match in words]) if inner else ""
    return f"{outer} {inner}".strip()


def _number_after(content: str, mentions: Sequence[Span]) -> str:
    """Return the number that stands after nearly all mentions of a name; empty if none does."""
    numbers = [_NUMBER_AFTER.match(content, span.end, span.end + REACH) for span in mentions]
    return _nearly_always([match.group(1) if match else "" for match in numbers], FEWEST_BESIDE_NUMBER)


def _nearly_always(words: Sequence[str], fewest: int = FEWEST_BESIDE_WORD) -> str:
    """Return the word that is nearly all of the words, and stands there so many times; empty if there is none."""
    ((word, times),) = Counter(words).most_common(1)
    return word if times >= max(fewest, NEARLY_ALL * len(words)) else ""


def _is_part_of_name(words: str, forms: Collection[str]) -> bool:
    """True if words before a name may belong to it: none is a title or one of the other names, nor the first common."""
    parts = words.split()
    return _may_join(parts[0]) and TITLES.isdisjoint(parts) and not any(part in forms for part in parts)


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
