"""German nouns that tell what the name beside them is, and names of ordinary words that only such a noun tells.

The nouns are offices, trades, kinds of bodies, of works and of places: "die Partei „Neue Mole“", "der Rapper Pegel".
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from typing import NamedTuple

from glossator.model import Block, EntityType
from glossator.stages.annotate.mentions.other_languages.german_words import LONGEST, begins_compound
from glossator.stages.annotate.mentions.other_languages.places import is_place_in
from glossator.stages.annotate.mentions.spans import Span
from glossator.word_lists import word_lists

_LISTS = {
    "german_posts": EntityType.PERSON,
    "german_people": EntityType.PERSON,
    "german_kinds_of_body": EntityType.ORGANISATION,
    "german_works": EntityType.WORK,
    "german_products": EntityType.PRODUCT,
    "german_kinds_of_place": EntityType.PLACE,
}
_HEADS = {word.lower(): kind for name, kind in _LISTS.items() for word in word_lists("annotate")[name]}
_POSTS = frozenset(map(str.lower, word_lists("annotate")["german_posts"]))
_OF_PEOPLE = ("", "s", "es", "n", "en")
_OF_THINGS = ("", "s", "es")  # with an n these are several
_WOMAN = "in"
_RELATIVES = frozenset("bruder ehefrau ehemann mutter schwester sohn tochter vater".split())
_ADJECTIVAL = ("geordnete", "auftragte", "sitzende")
_BODIES = tuple(word_lists("annotate")["german_bodies_of_cities"])
TWICE = 2
"""Times that a text calls a person by an ordinary word after a noun, at least."""

_CAPITAL = r"[^\W\d_a-zà-öø-ÿ]"
_NOUN = rf"(?<![\w‑-])({_CAPITAL}[\w‑-]*)"
_QUOTED = re.compile(rf"{_NOUN} [„“\"»‚‘']({_CAPITAL}[^\n„“”\"«»‚‘;:]{{1,60}}?)(?<![.,!?…])[“”\"«‘’']")
_CALLED = re.compile(rf"{_NOUN} ({_CAPITAL}\w+)(?![\w‑-]|[-‑.’'] ?\w| {_CAPITAL})")
_OF_CITY = re.compile(rf"(?<![\w‑-])({_CAPITAL}\w*er) ({_CAPITAL}\w+)(?![\w‑-])")


class KindNoun(NamedTuple):
    """A noun that tells the type of what it stands beside."""

    type: EntityType
    length: int
    """Letters of the noun without the ending of its case."""
    is_vague: bool
    """True if the noun tells little by itself: a post without its country or body, a relative, "firm"."""
    is_adjectival: bool
    """True if the noun ends as its article asks: der Abgeordnete, ein Abgeordneter."""


@lru_cache(1 << 14)
def kind_noun(word: str) -> KindNoun | None:
    """Return what a noun tells of the name beside it; None if it tells nothing, or of several."""
    small = word.lower()
    if len(small) > LONGEST or not word[:1].isupper():
        return None
    for ending in _OF_PEOPLE:
        if not small.endswith(ending):
            continue
        bare = small.removesuffix(ending)
        for stem in (bare, *([bare.removesuffix(_WOMAN)] if bare.endswith(_WOMAN) and not ending else [])):
            head = _head(stem)
            if head and ending in (_OF_PEOPLE if _HEADS[head] is EntityType.PERSON else _OF_THINGS):
                return KindNoun(_HEADS[head], len(bare), _is_vague(word, stem, head), head.endswith(_ADJECTIVAL))
    return None


def _head(stem: str) -> str:
    """Return the longest listed noun that a noun is, or in which a compound ends; empty if there is none."""
    for at in range(len(stem)):
        if stem[at:] in _HEADS:
            first = stem[:at].rpartition("-")[2]
            if not first or begins_compound(first.casefold()):
                return stem[at:]
    return ""


def _is_vague(word: str, stem: str, head: str) -> bool:
    if head in _POSTS:
        return "-" not in word and not word.startswith(("Bundes", "Vize"))
    return stem == head and (head in _RELATIVES or _HEADS[head] not in (EntityType.PERSON, EntityType.PRODUCT))


def is_body_of_city(adjective: str, noun: str) -> bool:
    """True if two words name a body of a city: Berliner Feuerwehr."""
    return is_of_city(adjective) and noun.lower().endswith(_BODIES)


def is_of_city(word: str) -> bool:
    """True if a word is the adjective of a city: Berliner, Münchner, Bremer."""
    if not word.endswith("er") or not word[:1].isupper():
        return False
    stems = word[:-2], word[:-2] + "en", word[:-1], word.removesuffix("ner") + "en"
    return any(is_place_in(stem, "de") for stem in stems)


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
    matches = [match for block in blocks for match in _CALLED.finditer(content, block.start, block.end)]
    people = [match for match in matches if (noun := kind_noun(match[1])) and noun.type is EntityType.PERSON]
    times = Counter(match[2] for match in people)
    yield from (Span(*match.span(2), EntityType.PERSON) for match in people if times[match[2]] >= TWICE)
