"""An article's headline among all that a page calls it: the one that most of its voices agree on."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from lxml.html import HtmlElement

from glossator.stages.extract.html.facts import linked_data
from glossator.stages.extract.html.facts.seen import SILENT, Head, tidy
from glossator.stages.extract.html.facts.sitenames import SiteNames, fold
from glossator.stages.extract.html.facts.statements import Found, Statements

_NAMED = ("twitter:title", "dc.title", "citation_title", "parsely-title")
_FIRST_FEW = 10
"""Headings below the first level that may hold the headline."""
_ENOUGH = 3
"""Words from which a text is a headline of its own."""
_LONGEST = 500
"""Characters of a title."""
_ALIKE = 0.5
"""Share of a text's pairs of letters by which a heading says about the same."""
_ALONE, _HEADING, _LINKED, _SHARED, _MARKED, _SEEN, _OTHER = 3.2, 3.1, 3.0, 2.0, 1.1, 1.0, 0.5
"""How much each voice counts: JSON-LD and what readers see more than what is meant for sharing and searching, for that
is often shortened or sharpened. A page whose title element is all that it declares was written by hand."""


class Voice(NamedTuple):
    """One of the places in which a page names its article."""

    text: str
    origin: str
    weight: float
    key: str
    """The text, folded."""


def titles(stated: Statements, sites: tuple[str, ...]) -> Found:
    """What the page calls its article, the likeliest first. `sites` are names of the site, which is no part of it."""
    names = SiteNames(stated, sites)
    headings = _headings(stated, names)
    declared = _declared(stated)
    main = _likest(headings, [voice.key for voice in declared])
    voices = [_voice(names.cut(voice.text, main), voice.origin, voice.weight) for voice in declared]
    lower = _lower(stated)
    if not main:
        main = next((heading.text for heading in lower if any(_says(heading, voice.key) for voice in voices)), "")
    voices += [_voice(main, "visible text", _HEADING), *lower]
    support = {voice.key: _support(voice.key, voices) for voice in voices if voice.key}
    for voice in sorted(voices, key=lambda voice: -support.get(voice.key, 0.0)):
        yield voice.text, voice.origin
    for heading in headings:
        yield heading, "visible text"


def place_of(stated: Statements, title: str) -> Head:
    """Where the headline is seen: the heading or line that says it; else the first heading, or where the text is."""
    place = next(_places(stated, title), None)
    return Head() if place is None else Head(place, frozenset(stated.elements[place].iterancestors()))


def _places(stated: Statements, title: str) -> Iterator[int]:
    key = fold(title)
    said = [(place, fold(text)) for place, text in stated.headings] if key else []
    yield from (place for place, text in said if text == key)
    yield from (place for place, text in said if text and key.endswith(text))
    yield from (place for place, element in enumerate(stated.elements) if key and _begins(element, title))
    yield from (place for place, _ in stated.headings if stated.elements[place].tag == "h1")
    yield from (*stated.tagged["article"], *stated.tagged["main"])


def _begins(element: HtmlElement, title: str) -> bool:
    text = element.text
    return bool(text) and text.strip() == title and element.tag != "title" and element.tag not in SILENT


def _voice(text: str, origin: str, weight: float) -> Voice:
    return Voice(text, origin, weight, fold(text))


def _declared(stated: Statements) -> list[Voice]:
    stands = [
        (linked_data.text(stated.data.get("headline")), "json-ld", _LINKED),
        *((value, origin, _SHARED) for value, origin in stated.named("og:title")),
        *((value, origin, _MARKED) for value, origin in stated.item("headline")),
        *((value, origin, _OTHER) for value, origin in stated.named(*_NAMED)),
    ]
    voices = [_voice(tidy(value), origin, weight) for value, origin, weight in stands if 0 < len(value) <= _LONGEST]
    if 0 < len(stated.title) <= _LONGEST:
        voices.append(_voice(stated.title, "title element", _OTHER if voices else _ALONE))
    return list(dict.fromkeys(voices))


def _headings(stated: Statements, names: SiteNames) -> list[str]:
    """The page's headings of the first level, without the site's name."""
    texts = [text for place, text in stated.headings if stated.elements[place].tag == "h1" and len(text) <= _LONGEST]
    return [text for text in texts if text and not names.is_site(text) and not _ends(stated.title, text)]


def _lower(stated: Statements) -> list[Voice]:
    """Headings below the first level: what repeats a title there is the headline."""
    lower = [text for place, text in stated.headings if stated.elements[place].tag != "h1"]
    return [_voice(text, "visible text", _SEEN) for text in lower[:_FIRST_FEW] if len(text) <= _LONGEST]


def _ends(title: str, text: str) -> bool:
    """Whether a heading only repeats the end of the title, where the site's name stands."""
    words = len(text.split())
    return title.endswith(text) and words <= _ENOUGH and words + _ENOUGH < len(title.split())


def _likest(headings: list[str], keys: list[str]) -> str:
    """The heading that is most like what else the page says of its title; the first of several."""
    if not keys:
        return next(iter(headings), "")
    pairs = [_pairs(key) for key in keys]
    likeness = {heading: max(_alike(_pairs(fold(heading)), other) for other in pairs) for heading in headings}
    best = max(likeness, key=lambda heading: likeness[heading], default="")
    return best if likeness.get(best, 0.0) >= _ALIKE else ""


def _alike(first: set[str], second: set[str]) -> float:
    return len(first & second) / max(1, min(len(first), len(second)))


def _pairs(key: str) -> set[str]:
    return {key[place : place + 2] for place in range(len(key) - 1)}


def _says(heading: Voice, key: str) -> bool:
    """Whether a heading says a text, perhaps with a kicker before it."""
    return heading.key == key or (len(key.split()) > _ENOUGH and heading.key.endswith(f" {key}"))


def _support(key: str, voices: list[Voice]) -> float:
    """The weight of all voices for a headline: those that say it, and those that set a kicker before it.

    A heading that stands without its kicker may have it in a line of its own: only what is declared counts so.
    """
    own = [voice for voice in voices if voice.key == key]
    # What a lower heading alone says is a section of the text.
    if all(voice.weight == _SEEN for voice in own):
        return 0.0
    total = sum(voice.weight for voice in own)
    if len(key.split()) >= _ENOUGH and any(voice.weight in (_LINKED, _SHARED) for voice in own):
        total += sum(voice.weight for voice in voices if voice.key != key and _has_kicker(voice, own[0].text, key))
    return total


def _has_kicker(voice: Voice, text: str, key: str) -> bool:
    if voice.origin == "visible text":
        return _says(voice, key)
    return voice.text.endswith(text) and bool(re.search(r"[:|/–—\-]\s+$", voice.text[: -len(text)]))
