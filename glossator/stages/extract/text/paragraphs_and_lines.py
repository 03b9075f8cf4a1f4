"""Plain text as units (a paragraph, a line, a verse), each with its kind."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from itertools import pairwise
from statistics import mean
from typing import Literal

import msgspec

from glossator.stages.extract.metadata.date_parsing import is_date_line
from glossator.stages.extract.metadata.header_lines import names_of_line
from glossator.stages.extract.text import boilerplate_patterns as patterns

Kind = Literal[
    "prose", "line", "item", "verse", "date", "byline", "credit", "control", "box", "tail", "teaser", "repeated"
]

WIDEST = 90
"""Characters of a line: hard-wrapped text has 60 to 80 columns."""
NARROWEST = 45
"""Characters on average: the lines of a group with fewer are verse, an address, a list."""
_CLEARLY_WRAPPED = 4
"""Lines of a group that suffice to show that it is wrapped."""
LONG = 18
"""Words: headlines have fewer, so a line that has so many is prose even without a full stop."""
_LONGEST_BOILERPLATE = 600
"""Characters; the limit also bounds what the patterns for boilerplate cost."""

_SENTENCE_END = re.compile(r"""(?:[.!?…:;。！？؟۔।：；]|[,—–-](?=["”’»'«“]))["”’»'«“」』）)\]]*\Z""")
_UNSPACED = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uff66-\uff9f\u0e00-\u0e7f]")
_UNSPACED_WORD = 2
"""Characters of a word in Chinese, Japanese or Thai, on average."""
_SHORTEST_LEAD = 5
"""Words before a colon that make a sentence; fewer are a label."""
_ITEM = re.compile(r"(?:[•‣◦·▪*–-]|\d{1,2}[.)])\s+(?=\S)")


class Unit(msgspec.Struct, frozen=True):
    text: str
    """One line; a verse has several."""
    gap: int
    """Blank lines before it."""
    kind: Kind

    times: int = 1
    """Occurrences in the text."""

    @property
    def words(self) -> int:
        return word_count(self.text)


def units(text: str) -> tuple[Unit, ...]:
    """Return the units of a text in order."""
    pieces = list(_pieces(_groups(text)))
    occurrences = Counter(piece for piece, _ in pieces)
    kinds = {piece: _kind(piece, times) for piece, times in occurrences.items()}
    return tuple(Unit(piece, gap, kinds[piece], occurrences[piece]) for piece, gap in pieces)


def word_count(text: str) -> int:
    """Count the words in a text, also if its script has no spaces between words."""
    return len(text.split()) + len(_UNSPACED.findall(text)) // _UNSPACED_WORD


def ends_sentence(text: str) -> bool:
    """True if a text ends as a sentence does; a label with a colon is no sentence."""
    return bool(_SENTENCE_END.search(text)) and (text[-1] not in ":：" or word_count(text) >= _SHORTEST_LEAD)


def byline_names(text: str) -> str | None:
    """Return the names in a line such as "By Jane Doe", unchanged; None for other lines."""
    names = names_of_line(text)
    if not names or ends_sentence(text.rstrip(".")):
        return None
    # "By Friday the river had fallen" is prose; names contain no run of words in small letters.
    small = [word for word in re.split(r"[\s,]+", names) if word[:1].islower()]
    return names if len(small) <= len(names.split()) // 2 and len(names.split()) <= 14 else None


def item_text(text: str) -> tuple[str, str] | None:
    """Return the bullet or number and the text of a list item; None for other lines."""
    match = _ITEM.match(text)
    return (match[0].strip(), text[match.end() :]) if match else None


def _groups(text: str) -> Iterator[tuple[int, list[str]]]:
    """Yield the runs of lines without a blank one between them, each with the number of blank lines before it."""
    gap, group = 0, list[str]()
    for raw in [*text.split("\n"), ""]:
        line = " ".join(raw.split())
        if line:
            group.append(line)
            continue
        if group:
            yield gap, group
            gap, group = 0, []
        gap += 1


def _pieces(groups: Iterator[tuple[int, list[str]]]) -> Iterator[tuple[str, int]]:
    numbered = list(groups)
    wrapped = _wrapped([group for _, group in numbered])
    for gap, group in numbered:
        if (wrapped or (len(group) >= _CLEARLY_WRAPPED and _wrapped([group]))) and _flows(group):
            yield from ((piece, 0 if number else gap) for number, piece in enumerate(_joined(group)))
        elif _is_verse(group):
            yield "\n".join(group), gap
        else:
            yield from ((line, 0 if number else gap) for number, line in enumerate(group))


def _wrapped(groups: list[list[str]]) -> bool:
    """True if a text is hard-wrapped: lines of one width that continue with a small letter."""
    inner = [pair for group in groups for pair in pairwise(group) if len(pair[0]) >= NARROWEST]
    if not inner or max(len(line) for group in groups if len(group) > 1 for line in group) > WIDEST:
        return False
    return sum(following[0].islower() for _, following in inner) >= 0.3 * len(inner)


def _flows(group: list[str]) -> bool:
    """True if the lines of a group are one paragraph."""
    if len(group) < 2:
        return False
    return (
        bool(_ITEM.match(group[0]))
        or mean(map(len, group[:-1])) >= NARROWEST
        or all(line[0].islower() for line in group[1:])
    )


def _joined(group: list[str]) -> Iterator[str]:
    """Yield a wrapped paragraph as one line, and each item of a wrapped list as one."""
    start = 0
    for number in range(1, len(group) + 1):
        if number == len(group) or _ITEM.match(group[number]):
            yield " ".join(group[start:number])
            start = number


def _is_verse(group: list[str]) -> bool:
    """True if short lines belong together: some end in a punctuation mark and some do not."""
    if len(group) < 3 or not 12 <= mean(map(len, group)) < NARROWEST + 5 or any(map(_ITEM.match, group)):
        return False
    if any(_is_control(line) or is_date_line(line) for line in group):
        return False
    return len(group) * 0.3 <= sum(line[-1] in ",;:.!?—–-" for line in group) and group[-1][-1] in ".!?…”\"'’—,;:"


def _is_control(line: str) -> bool:
    return len(line) <= _LONGEST_BOILERPLATE and bool(patterns.CONTROL.fullmatch(line) or patterns.TAIL.fullmatch(line))


def _kind(text: str, times: int) -> Kind:
    words = word_count(text)
    if "\n" in text:
        return "verse"
    if kind := _boilerplate(text, words):
        return kind
    if _ITEM.match(text):
        return "item"
    if ends_sentence(text) or words >= LONG:
        return "prose"
    return "repeated" if times > 1 else "line"


def _boilerplate(text: str, words: int) -> Kind | None:
    """Return the kind of a line that is recognised by its words alone; None if it may be the article's."""
    if len(text) > _LONGEST_BOILERPLATE:
        return "control" if patterns.COOKIES.match(text[:_LONGEST_BOILERPLATE]) else None
    short = words < 2 * LONG
    signs: tuple[tuple[Kind, object], ...] = (
        ("teaser", short and patterns.TEASER.fullmatch(text)),
        ("box", patterns.BOX.fullmatch(text)),
        ("tail", patterns.TAIL.fullmatch(text) or (short and patterns.LEGAL.match(text))),
        (
            "control",
            patterns.CONTROL.fullmatch(text)
            or patterns.COOKIES.match(text)
            or (words <= patterns.LONGEST_APPEAL and patterns.APPEAL.search(text)),
        ),
        ("date", any(map(str.isdigit, text)) and is_date_line(text)),
        ("byline", byline_names(text)),
        ("credit", short and (patterns.CREDIT.fullmatch(text) or patterns.CAPTION.fullmatch(text))),
    )
    return next((kind for kind, applies in signs if applies), None)
