"""Names made of ordinary German words, which the noun before them tells: "die Partei „Neue Mole“", "Rapper Pegel"."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

from glossator.model import Block, EntityType
from glossator.stages.annotate.mentions.other_languages.german_nouns import is_body_of_city, kind_noun
from glossator.stages.annotate.mentions.spans import Span

TWICE = 2
"""Times that a text calls a person by an ordinary word after a noun, at least."""

_CAPITAL = r"[^\W\d_a-zà-öø-ÿ]"
_NOUN = rf"(?<![\w‑-])({_CAPITAL}[\w‑-]*)"
_QUOTED = re.compile(rf"{_NOUN} [„“\"»‚‘']({_CAPITAL}[^\n„“”\"«»‚‘;:]{{1,60}}?)(?<![.,!?…])[“”\"«‘’']")
_CALLED = re.compile(rf"{_NOUN} ({_CAPITAL}\w+)(?![\w‑-]|[-‑.’'] ?\w| {_CAPITAL})")
_OF_CITY = re.compile(rf"(?<![\w‑-])({_CAPITAL}\w*er) ({_CAPITAL}\w+)(?![\w‑-])")


def named_by_nouns(content: str, blocks: Sequence[Block]) -> Iterator[Span]:
    """Yield the names in the blocks that are quoted or repeated after a noun that tells their type, or a city's."""
    for block in blocks:
        for match in _QUOTED.finditer(content, block.start, block.end):
            if (noun := kind_noun(match[1])) and (noun.type is not EntityType.PERSON or _are_capitalised(match[2])):
                yield Span(*match.span(2), noun.type)
        for match in _OF_CITY.finditer(content, block.start, block.end):
            if is_body_of_city(match[1], match[2]):
                yield Span(*match.span(), EntityType.ORGANISATION)
    yield from _called(content, blocks)


def _are_capitalised(words: str) -> bool:
    """True if words may be a person's name, and not what a person says."""
    return all(word[0].isupper() for word in words.split())


def _called(content: str, blocks: Iterable[Block]) -> Iterator[Span]:
    """Yield the words by which a text calls a person more than once: "der Rapper Pegel", but not "Politiker Fehler"."""
    found = [match for block in blocks for match in _CALLED.finditer(content, block.start, block.end)]
    people = [match for match in found if (noun := kind_noun(match[1])) and noun.type is EntityType.PERSON]
    times = Counter(match[2] for match in people)
    yield from (Span(*match.span(2), EntityType.PERSON) for match in people if times[match[2]] >= TWICE)
