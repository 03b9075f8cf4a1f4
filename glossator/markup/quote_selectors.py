"""Text quote selectors (Web Annotation Data Model, 4.2.4): a passage is found again by its words and those around it.

Words are compared, not characters: quotation marks, spaces and emphasis may have changed. A browser makes the selectors
and finds passages by the same rules, in `static/quote-selector.js`.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import takewhile
from math import ceil
from typing import NamedTuple

from glossator.model import Highlight

CONTEXT = 20
"""Words remembered on either side; more if the passage stands elsewhere with the same words around it."""
WIDEST = 160
"""Words remembered of a passage that stands elsewhere with the same words around it."""
CERTAIN = 4
"""Words that stood and stand only once are found whatever stands around them."""
MARGIN = 3
"""Words of context by which a place has to be better than any other."""
SHARE = 0.4
"""Share of the context that has to be there still."""
_IGNORED = dict.fromkeys((0xAD, *range(0x200B, 0x200E), 0x2060))
"""Hyphens and joiners that are not seen."""
_UNSPACED = ("CJK", "HIRAGANA", "KATAKANA", "THAI", "LAO", "KHMER", "MYANMAR")
"""First words of the names of characters of which each is a word: those of writings without spaces."""
_WORDS = re.compile("um*|[wm]+")


class _Word(NamedTuple):
    folded: str
    start: int
    end: int


class _Place(NamedTuple):
    """A place of the words of a passage in a text."""

    agreeing: int
    """Words around the place that agree in their order; those that touch it count twice."""
    near: int
    """Words around the place that agree and touch it."""
    at: int


def find_passage(text: str, highlight: Highlight) -> tuple[int, int] | None:
    """Return the bounds of a passage in a text; None if it is not there, or might be in several places."""
    run, before, after = (_folded(part) for part in (highlight.exact, highlight.prefix, highlight.suffix))
    words = _words(text)
    places = sorted(_places([word.folded for word in words], run, before, after), reverse=True) if run else []
    fitting = [place for place in places if place.near >= highlight.rival]
    if not fitting:
        return None
    best = fitting[0]
    alone = len(places) == 1 and not highlight.rival and (len(run) >= CERTAIN or best.near >= MARGIN)
    clear = len(fitting) == 1 or best.agreeing >= fitting[1].agreeing + MARGIN
    if not alone and not (clear and best.agreeing >= ceil(SHARE * (len(before) + len(after)))):
        return None
    return _with_edges(text, highlight.exact, words[best.at].start, words[best.at + len(run) - 1].end)


def select_passage(text: str, start: int, end: int) -> Highlight:
    """Return a highlight, without an id, of a passage of a text, by which it is found again; it has a word."""
    words = _words(text)
    first = next(index for index, word in enumerate(words) if word.end > start)
    last = max(index for index, word in enumerate(words) if word.start < end)
    folded = [word.folded for word in words]
    run, reach = folded[first : last + 1], CONTEXT
    while True:
        prefix = text[words[max(0, first - reach)].start : start]
        suffix = text[end : words[min(len(words) - 1, last + reach)].end]
        before, after = _folded(prefix), _folded(suffix)
        near = [place.near for place in _places(folded, run, before, after) if place.at != first]
        rival = 1 + max(near) if near else 0
        reach *= 2
        if rival <= len(before) + len(after) or reach > WIDEST:
            return Highlight("", text[start:end], prefix, suffix, rival)


def _with_edges(text: str, exact: str, start: int, end: int) -> tuple[int, int]:
    """Return the bounds with the signs at the edges of a passage, such as quotation marks, that are still there."""
    kinds = "".join(map(_kind, exact))
    lead = exact[: len(kinds) - len(kinds.lstrip("-"))]
    tail = exact[len(kinds.rstrip("-")) :]
    start -= len(lead) if text.endswith(lead, 0, start) else 0
    end += len(tail) if text.startswith(tail, end) else 0
    return start, end


def _places(words: Sequence[str], run: list[str], before: list[str], after: list[str]) -> Iterator[_Place]:
    reach = max(CONTEXT, len(before), len(after))
    for at in range(len(words) - len(run) + 1):
        if words[at] == run[0] and words[at : at + len(run)] == run:
            left = words[max(0, at - reach) : at]
            right = words[at + len(run) : at + len(run) + reach]
            near = _touching(left[::-1], before[::-1]) + _touching(right, after)
            yield _Place(_common(left, before) + _common(right, after) + near, near, at)


def _touching(left: Sequence[str], right: Sequence[str]) -> int:
    """Return the number of equal words at the beginnings."""
    return sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(left, right, strict=False)))


def _common(left: Sequence[str], right: Sequence[str]) -> int:
    """Return the length of the longest common subsequence of words."""
    row = [0] * (len(right) + 1)
    for word in left:
        above = row
        row = [0]
        for at, other in enumerate(right):
            row.append(above[at] + 1 if word == other else max(row[at], above[at + 1]))
    return row[-1]


def _folded(text: str) -> list[str]:
    return [word.folded for word in _words(text)]


def words_in(text: str) -> int:
    """Return the number of words of a text."""
    return len(_words(text))


def _words(text: str) -> list[_Word]:
    """Return the words of a text."""
    spans = (match.span() for match in _WORDS.finditer("".join(map(_kind, text))))
    words = (_Word(_fold(text[start:end]), start, end) for start, end in spans)
    return [word for word in words if word.folded]


def _fold(word: str) -> str:
    return unicodedata.normalize("NFKC", word.translate(_IGNORED)).lower()


@lru_cache(maxsize=5000)
def _kind(character: str) -> str:
    """Return `u` for a character that is a word, `w` for one of a word, `m` for a mark on it, else `-`."""
    category = unicodedata.category(character)[0]
    if category == "M":
        return "m"
    if ord(character) in _IGNORED:
        return "w"
    if category not in "LN":
        return "-"
    return "u" if unicodedata.name(character, "").startswith(_UNSPACED) else "w"
