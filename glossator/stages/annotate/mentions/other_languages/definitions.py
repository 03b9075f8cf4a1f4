"""Names that a text defines beside their acronym: "Bundesamt für Umwelt (BAFU)"."""

from __future__ import annotations

import re
from collections.abc import Iterator

from glossator.model import EntityType
from glossator.stages.annotate.mentions.spans import Span

_BRACKETED = re.compile(r" \(([^\W\d_a-z][^\W\d_]{1,7})\)")
_WORD = re.compile(r"[^\W\d_]+(?:[-’'][^\W\d_]+)*")
_REACH = 120
"""Characters before the brackets in which the name begins."""
_SMALL_WORDS = 4
"""Words of a name that begin with no letter of its acronym: "für", "und", "de la"."""


def defined_names(content: str, start: int, end: int) -> Iterator[Span]:
    """Yield each long name in a stretch of text that an acronym in brackets follows, and the acronym."""
    for match in _BRACKETED.finditer(content, start, end):
        short = match[1]
        if sum(map(str.isupper, short)) < 2:
            continue
        begin = _beginning(content, max(start, match.start() - _REACH), match.start(), short)
        if begin is not None:
            yield Span(begin, match.start(), EntityType.ORGANISATION)
            yield Span(match.start(1), match.end(1), EntityType.ORGANISATION)


def _beginning(content: str, start: int, end: int, short: str) -> int | None:
    """Return where the name begins whose words have the letters of the acronym in their order; None if none has."""
    words = [
        word
        for word in _WORD.finditer(content, start, end)
        if word.start() == start or content[word.start() - 1] in " \n"
    ]
    letters = short.casefold()
    for count in range(2, min(len(words), len(letters) + _SMALL_WORDS) + 1):
        name = words[-count:]
        if any(mark in content[name[0].start() : end] for mark in ".,;:!?()"):
            return None
        if name[0].group()[0].isupper() and _spells([word.group().casefold() for word in name], letters):
            return name[0].start()
    return None


def _spells(words: list[str], letters: str) -> bool:
    """True if the letters are, in order, the initials of the longer words, and letters within these words."""
    rest = letters
    for word in words:
        if rest and word[0] == rest[0]:
            rest = rest[1:]
            position = 1
            # A letter within a compound: EZB is the Europäische Zentralbank.
            while rest and (at := word.find(rest[0], position)) > 0 and not _begins_one(rest[0], words, word):
                rest, position = rest[1:], at + 1
        elif len(word) > 3:
            return False
    return not rest


def _begins_one(letter: str, words: list[str], word: str) -> bool:
    return any(other[0] == letter for other in words[words.index(word) + 1 :])
