"""What an article has people say: quoted words whose speaker the sentence names plainly. Others are left out."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence

from glossator.model import Block, EntityType, Mention, Name, Quote, Text

SHORTEST = 5
"""Words; fewer are mostly a term of art or of scorn."""

NEAR = 160
"""Characters around the quoted words in which the speaker is looked for."""

_QUOTED = re.compile(r"“([^“”]+)”|(?<![\w])\"([^\"]+)\"(?!\w)")
_VERB = (
    r"(?:said|says|told|added|adds|wrote|writes|tweeted|posted|argued|argues|warned|warns|explained|explains|insisted|insists|"
    r"noted|notes|stated|states|announced|claimed|claims|declared|recalled|asked|asks|replied|concluded|continued|stressed)"
)
_NAME = r"\x02(\d+)\x03"
_WORDS = r"(?:[\w’'-]+\s){0,8}?"
_AFTERWARDS = (
    re.compile(rf"^,?\s*{_NAME}(?:,[^,\x02]{{1,100}},)?\s(?:also\s|has\s|had\s|later\s)?{_VERB}\b"),
    re.compile(rf"^,?\s*{_VERB}\s{_WORDS}{_NAME}"),
    re.compile(rf"^,?\s*according\sto\s{_WORDS}{_NAME}"),
)
_BEFOREHAND = (
    re.compile(rf"{_NAME}(?:,[^\x02]{{1,120}},)?\s(?:also\s|has\s|had\s|later\s)?{_VERB}\b[^.!?“”\"\x02]{{0,110}}$"),
    re.compile(rf"{_NAME}[^.!?“”\"\x02]{{0,140}},\s(?:saying|adding|writing)(?:\sthat)?:?\s*$"),
    re.compile(rf"[Aa]ccording\sto\s{_WORDS}{_NAME}(?:,[^\x02]{{1,80}})?,\s[^.!?“”\"\x02]{{0,110}}$"),
)
_PRONOUN = re.compile(rf"^,?\s*(?:(?:he|she)\s(?:also\s|later\s)?{_VERB}\b|{_VERB}\s(?:he|she)\b)")
_RESUMED = re.compile(rf"^,?\s*(?:[\w\s,’'\x02\x03-]{{0,100}}?\b{_VERB}\b[^.!?“”\"]{{0,80}})[.,]?\s*$")
_SPEAKERS = (EntityType.PERSON, EntityType.ORGANISATION)

Marked = tuple[Sequence[Name], Sequence[Mention]]


def quotes(text: Text, named: Marked, sentences: Sequence[tuple[int, int]]) -> tuple[Quote, ...]:
    """The quoted words that have a plain speaker, in the order of the text."""
    return tuple(
        quote for block in text.blocks if block.kind != "code" for quote in _in_block(text, block, named, sentences)
    )


def _in_block(text: Text, block: Block, named: Marked, sentences: Sequence[tuple[int, int]]) -> Iterator[Quote]:
    last: Quote | None = None
    for match in _QUOTED.finditer(text.content, block.start, block.end):
        start, end = match.start() + 1, match.end() - 1
        if len(text.content[start:end].split()) < SHORTEST and not (last and text.content[start].isupper()):
            continue
        resumed = last and _RESUMED.match(_window(text.content, named, last.end + 1, match.start()))
        speaker = last.name if last and resumed else _speaker(text, block, named, (match.start(), match.end()))
        if speaker is None and _PRONOUN.match(text.content[match.end() : match.end() + NEAR]):
            speaker = _person_before(match.start(), named, sentences)
        if speaker is not None and len(text.content[start:end].split()) >= SHORTEST:
            last = Quote(start, end, text.content[start:end].rstrip(","), speaker)
            yield Quote(start, start + len(last.text), last.text, speaker)
        else:
            last = None


def _speaker(text: Text, block: Block, named: Marked, quoted: tuple[int, int]) -> int | None:
    after = _window(text.content, named, quoted[1], min(block.end, quoted[1] + NEAR))
    before = _window(text.content, named, max(block.start, quoted[0] - NEAR), quoted[0])
    found = [pattern.search(after) for pattern in _AFTERWARDS] + [pattern.search(before) for pattern in _BEFOREHAND]
    for match in found:
        if match and named[0][int(match.group(1))].type in _SPEAKERS:
            return int(match.group(1))
    return None


def _window(content: str, named: Marked, start: int, end: int) -> str:
    """A stretch of text in which a number stands for each name."""
    mentions = named[1]
    parts, at = [], start
    for mention in mentions[bisect_left(mentions, start, key=lambda one: one.start) :]:
        if mention.end > end:
            break
        parts.append(f"{content[at : mention.start]}\x02{mention.name}\x03")
        at = mention.end
    return "".join(parts) + content[at:end]


def _person_before(start: int, named: Marked, sentences: Sequence[tuple[int, int]]) -> int | None:
    """The one person whom the sentence before names, where it names no other."""
    at = bisect_left(sentences, start, key=lambda sentence: sentence[1])
    if at == 0:
        return None
    left, right = sentences[at - 1]
    names, mentions = named
    people = {m.name for m in mentions if left <= m.start < right and names[m.name].type is EntityType.PERSON}
    return people.pop() if len(people) == 1 else None
