"""Quotations of an article, with their speaker if the text makes it plain."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from glossator.model import Block, EntityType, Mention, Name, Quote, Text
from glossator.stages.annotate.lexicon.words import TITLES

SHORTEST = 5
"""Words of a quotation; fewer are a term of art or of scorn, unless a speaker is named."""

NEAR = 280
"""Characters around a quotation in which the speaker is looked for."""

BACK = 4
"""Sentences before a quotation in which the antecedent of "he" is looked for."""

_QUOTED = re.compile(r"“([^“”]+)”|(?<![\w])\"([^\"]+)\"(?!\w)")
_VERB = (
    r"(?:said|says|told|added|adds|wrote|writes|tweeted|posted|argued|argues|warned|warns|explained|explains|insisted|"
    r"insists|noted|notes|stated|states|announced|claimed|claims|declared|recalled|asked|asks|replied|concluded|continued|"
    r"stressed|accused|accuses|accuse|called|calls|described|describes|denounced|condemned|urged|urges|predicted|promised|"
    r"vowed|acknowledged|admitted|conceded|complained|commented|remarked|responded|cautioned|criticised|criticized)"
)
_NAME = r"\x02(\d+)\x03"
_WORDS = rf"(?:(?:[\da-z][\w’'-]*|{'|'.join(sorted(TITLES))})\.?\s){{0,8}}?"
"""Words that may stand between a verb and its speaker: no other name, known or not."""

_ADVERB = r"(?:also\s|has\s|had\s|later\s)?"
_REST = r"[^.!?“”\"\x02]{0,110}$"
_AFTERWARDS = (
    re.compile(rf"^,?\s*{_NAME}(?:,[^,]{{1,100}},)?\s{_ADVERB}{_VERB}\b"),
    re.compile(rf"^,?\s*{_VERB}\s{_WORDS}{_NAME}"),
    re.compile(rf"^,?\s*according\sto\s{_WORDS}{_NAME}"),
    re.compile(rf"^[^.!?“”\"]{{0,80}},\s(?:the\s)?{_NAME}\s{_ADVERB}{_VERB}\b"),
)
_BEFOREHAND = (
    re.compile(rf"{_NAME}(?:,[^\x02]{{1,120}},)?\s{_ADVERB}{_VERB}\b{_REST}"),
    re.compile(rf"(?:^|[.!?”\"]\s+){_NAME},\s(?:an?|the|who|whose)\s[^.!?“”\"]{{1,160}},\s{_VERB}\b{_REST}"),
    re.compile(rf"{_NAME}[^.!?“”\"\x02]{{0,140}},\s(?:saying|adding|writing)(?:\sthat)?:?\s*$"),
    re.compile(rf"[Aa]ccording\sto\s{_WORDS}{_NAME}(?:,[^\x02]{{1,80}})?,\s{_REST}"),
)
_PRONOUN = re.compile(rf"^,?\s*(?:(?:he|she)\s{_ADVERB}{_VERB}\b|{_VERB}\s(?:he|she)\b)")
_PRONOUN_BEFORE = re.compile(
    rf"(?:^|[.!?”\"]\s+)(?:He|She|[A-Z][^.!?“”\"\x02]{{0,60}}\s(?:he|she))\s(?:[a-z]+\s){{0,4}}?{_VERB}\b[^.!?“”\"]{{0,110}}$"
)
_HE, _SHE = re.compile(r"\b(?:[Hh]e|[Hh]is|[Hh]im)\b"), re.compile(r"\b(?:[Ss]he|[Hh]ers?)\b")
_NOUN = (
    r"(company|firm|group|bank|department|ministry|agency|party|union|university|airline|carrier|carmaker|court|"
    r"committee|commission|council|institute|organisation|organization|association|newspaper|network|foundation|club)"
)
_FIRMS = frozenset("company firm group airline carrier carmaker".split())
"""Nouns for a firm whatever its name; other bodies have the noun in their name."""

_BODY = re.compile(rf"^,?\s*the\s{_NOUN}\s{_ADVERB}{_VERB}\b")
_BODY_BEFORE = re.compile(
    rf"(?:^|[.!?”\"]\s+)(?:The|A\s(?:spokes\w+|official|statement)\s(?:for|of|from|by)\sthe)\s{_NOUN}\s"
    rf"{_ADVERB}{_VERB}\b[^.!?“”\"]{{0,140}}$"
)
_RESUMED = re.compile(rf"^,?\s*(?:[\w\s,’'\x02\x03-]{{0,100}}?\b{_VERB}\b[^.!?“”\"]{{0,80}})[.,:]\s*$")
_SPOKESMAN = re.compile(rf"\s(?:[a-z][\w-]*\s){{1,6}}{_NAME}")
"""A spokesman of the name before: said European Parliament spokesman Ana Brandt."""

_GOVERNED = re.compile(r"\b(?:of|about|with|for|by|against|from|between|like|on)\s(?:the\s)?(?:\w+\s)?$")
"""A preposition before a name that is no antecedent of "he"."""

_SPEAKERS = (EntityType.PERSON, EntityType.ORGANISATION)


@dataclass(frozen=True, slots=True)
class _Reading:
    """An article and its analysis so far."""

    text: Text
    names: Sequence[Name]
    mentions: Sequence[Mention]
    sentences: Sequence[tuple[int, int]]
    quoted: Sequence[tuple[int, int]]

    def is_quoted(self, mention: Mention) -> bool:
        at = bisect_left(self.quoted, mention.start, key=lambda one: one[1])
        return at < len(self.quoted) and self.quoted[at][0] < mention.start


def quotes(
    text: Text, named: tuple[Sequence[Name], Sequence[Mention]], sentences: Sequence[tuple[int, int]]
) -> tuple[Quote, ...]:
    """Return the quotations in the order of the text; their name is None if no speaker is plainly named.

    `named` are the names and mentions of the text, `sentences` the bounds of its sentences.
    """
    blocks = [block for block in text.blocks if block.kind != "code"]
    quoted = [found.span() for block in blocks for found in _QUOTED.finditer(text.content, block.start, block.end)]
    reading = _Reading(text, *named, sentences, quoted)
    return tuple(quote for block in blocks for quote in _in_block(reading, block))


def _in_block(reading: _Reading, block: Block) -> Iterator[Quote]:
    content = reading.text.content
    last: Quote | None = None
    for match in _QUOTED.finditer(content, block.start, block.end):
        start, end = match.start() + 1, match.end() - 1
        words = content[start:end].split()
        resumed = last and _RESUMED.match(_window(reading, last.end + 1, match.start()))
        speaker = last.name if last and resumed else _speaker(reading, block, match.span(), last)
        last = None
        # A word alone is set in quotation marks for other reasons.
        if len(words) > 1 and (speaker is not None or (len(words) >= SHORTEST and not _is_title(words))):
            last = Quote(start, end, content[start:end].rstrip(","), speaker)
            yield Quote(start, start + len(last.text), last.text, speaker)


def _is_title(words: Sequence[str]) -> bool:
    """True if most longer words have a capital, as in the title of a work."""
    longer = [word for word in words if len(word) > 3]
    return sum(word[0].isupper() for word in longer) * 2 > len(longer)


def _speaker(reading: _Reading, block: Block, quoted: tuple[int, int], last: Quote | None) -> int | None:
    after = _window(reading, quoted[1], min(block.end, quoted[1] + NEAR))
    before = _window(reading, max(block.start, quoted[0] - NEAR), quoted[0])
    found = [pattern.search(after) for pattern in _AFTERWARDS] + [pattern.search(before) for pattern in _BEFOREHAND]
    for match in found:
        if match and (kind := reading.names[int(match.group(1))].type) in _SPEAKERS:
            person = _SPOKESMAN.match(match.string, match.end(1) + 1) if kind is EntityType.ORGANISATION else None
            return int((person or match).group(1))
    if pronoun := _PRONOUN.match(after) or _PRONOUN_BEFORE.search(before):
        still = _still(reading, quoted[0], last)
        other = _HE if _SHE.search(pronoun.group()) else _SHE
        return _person_before(reading, quoted[0], other) if still is None else still
    if body := _BODY.match(after) or _BODY_BEFORE.search(before):
        return _body_before(reading, quoted[0], body.group(1))
    return None


def _window(reading: _Reading, start: int, end: int) -> str:
    """Return a stretch of text in which a number stands for each name."""
    content, mentions = reading.text.content, reading.mentions
    parts, at = [], start
    for mention in mentions[bisect_left(mentions, start, key=lambda one: one.start) :]:
        if mention.end > end:
            break
        parts.append(f"{content[at : mention.start]}\x02{mention.name}\x03")
        at = mention.end
    return "".join(parts) + content[at:end]


def _still(reading: _Reading, start: int, last: Quote | None) -> int | None:
    """Return the speaker of the last quotation, if nobody else is named since."""
    if last is None or last.name is None or reading.names[last.name].type is not EntityType.PERSON:
        return None
    between = (one.name for one in reading.mentions if last.end <= one.start < start)
    others = (name for name in between if name != last.name and reading.names[name].type is EntityType.PERSON)
    return last.name if next(others, None) is None else None


def _person_before(reading: _Reading, start: int, other: re.Pattern[str]) -> int | None:
    """Return the one person of the nearest sentence before that names any outside quotation marks.

    Return None if there are several, or if the text goes on about the other sex.
    """
    for people in _named_before(reading, start, EntityType.PERSON):
        names = {one.name for one in people}
        if names:
            content, first = reading.text.content, people[0]
            subject = not _GOVERNED.search(content, max(0, first.start - 40), first.start)
            fits = not other.search(content, first.end, start)
            return names.pop() if len(names) == 1 and subject and fits else None
    return None


def _body_before(reading: _Reading, start: int, noun: str) -> int | None:
    """Return the organisation that "the department" or "the company" means: by its name, else the last mentioned."""
    told = re.compile(rf"\b{noun}\b", re.IGNORECASE)
    for bodies in _named_before(reading, start, EntityType.ORGANISATION):
        names = dict.fromkeys(one.name for one in bodies)
        fit = [one for one in names if any(told.search(form) for form, _ in reading.names[one].forms)]
        fit = fit or (list(names) if noun in _FIRMS else [])
        if fit:
            return fit[0] if len(fit) == 1 else None
    return None


def _named_before(reading: _Reading, start: int, kind: EntityType) -> Iterator[list[Mention]]:
    """Yield the mentions of a type in each of the sentences before an offset, the nearest first, its own included."""
    at = bisect_left(reading.sentences, start, key=lambda sentence: sentence[1])
    for left, right in reversed(reading.sentences[max(0, at - BACK) : at + 1]):
        first = bisect_left(reading.mentions, left, key=lambda one: one.start)
        last = bisect_left(reading.mentions, min(right, start), key=lambda one: one.start)
        yield [
            one
            for one in reading.mentions[first:last]
            if reading.names[one.name].type is kind and not reading.is_quoted(one)
        ]
