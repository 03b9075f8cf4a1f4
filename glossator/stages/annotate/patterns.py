"""Names recognised by their form alone, which the model overlooks or cuts."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterator, Sequence

from glossator.model import EntityType, Text
from glossator.naming import countries
from glossator.stages.annotate import nationalities, well_known_places
from glossator.stages.annotate.lexicon.titles_and_heads import (
    DAYS,
    GENERIC,
    HEADS,
    HOLDERS,
    LEGAL_FORM_PATTERN,
    NEVER,
    OPENING,
    TITLES,
)
from glossator.stages.annotate.spans import PROSE, Span, is_headline, small_words

_WORD = r"(?:[A-Z][\w'’]*(?:[-&]\w+)*|[A-Z]\.(?:[A-Z]\.)+)"
_MORE = rf"(?:\s+(?:of|for|on)(?:\s+the)?(?!\s+(?:{DAYS})\b)(?:\s+{_WORD}|\s+and(?=\s+[A-Z]))+)"

_LAWS = "Act|Directive|Treaty|Convention|Accords|Accord|Protocol"
_NAMED_LAWS = "Treaty|Convention|Directive|Law"

_PATTERNS = (
    (
        EntityType.LAW,
        _LAWS,
        re.compile(rf"(?:{_WORD}\s)+(?:{_LAWS})\b(?:\s+(?:of|on)(?:\s+the)?(?:\s+{_WORD})+)?"),
    ),
    (
        EntityType.LAW,
        _NAMED_LAWS,
        re.compile(rf"\b(?:{_NAMED_LAWS})\s(?:of|on)\s(?:the\s)?{_WORD}(?:\s(?:{_WORD}|of(?=\s[A-Z])))*"),
    ),
    (EntityType.ORGANISATION, HEADS, re.compile(rf"(?:{_WORD}\s)+(?:{HEADS})\b(?!\s+[A-Z]\w+\s+[A-Z]){_MORE}?")),
    (EntityType.ORGANISATION, HEADS, re.compile(rf"\b(?:{HEADS}){_MORE}")),
    (EntityType.ORGANISATION, "International", re.compile(rf"{_WORD}\sInternational\b(?!\s[A-Z])")),
    (
        EntityType.ORGANISATION,
        LEGAL_FORM_PATTERN,
        re.compile(
            rf"{_WORD}(?:\s(?:{_WORD}|&|and(?=\s[A-Z]))|,(?=\s[A-Z]\w+\s(?:and|&)))*\s(?:{LEGAL_FORM_PATTERN})\b"
        ),
    ),
)
_SIGNED = tuple((kind, frozenset(words.split("|")), pattern) for kind, words, pattern in _PATTERNS)
"""Patterns, each with the words one of which it must contain."""
_LETTERS = re.compile(r"[A-Za-z]+")


def patterned(content: str, start: int, end: int) -> Iterator[Span]:
    """Yield the laws and organisations of a block of prose by the words in their names."""
    words = frozenset(_LETTERS.findall(content, start, end))
    for kind, signs, pattern in _SIGNED:
        for match in () if words.isdisjoint(signs) else pattern.finditer(content, start, end):
            begin = match.start()
            while opening := OPENING.match(content, begin, match.end()):
                begin = opening.end()
            if " " in content[begin : match.end()] and content[begin : match.end()].split(maxsplit=1)[0] not in NEVER:
                yield Span(begin, match.end(), kind)


_CAPITALS = re.compile(r"[A-Z](?<![\w.&/-][A-Z])(?!(?<=[IVX])[IVX]*\b|-\d\b)[A-Z]{1,5}(?=[\s.,;:)’'])(?!\s[A-Z\d])")
"""Two to six capitals that are no numeral. It begins with a plain set, because searching for that is quick."""
_INTRODUCED = re.compile(r"(?<=[\w”\"’'])\s\([“\"]?([A-Z][\w&.-]{0,8}[A-Z])[”\"]?\)")


def capitals(content: str, start: int, end: int) -> Iterator[Span]:
    """Yield capitals within a sentence, and capitals in brackets after a name: organisations nearly always."""
    for match in _CAPITALS.finditer(content, start, end):
        letters = match.group()
        if letters not in NEVER and (
            _is_told(content, match) or content.count(f" {letters}{content[match.end()]}") > 1
        ):
            yield Span(match.start(), match.end(), EntityType.ORGANISATION)
    for match in _INTRODUCED.finditer(content, start, end):
        if match.group(1) not in NEVER and re.search(
            r"[A-Z][\w'’-]*[”\"’']?$", content[max(start, match.start() - 30) : match.start()]
        ):
            yield Span(match.start(1), match.end(1), EntityType.ORGANISATION)


LONGEST = 60
"""Characters before a cue in which its name is looked for."""

_GIVEN = r"[A-Z][a-zà-ÿ][\w-]*"
_HOLDER = re.compile(
    rf"(?<![\w-])(?:{'|'.join(sorted(HOLDERS))})\.?\s((?:[A-Z][a-zà-ÿ]+[\w-]*|[A-Z]\.)(?:\s[A-Z][a-zà-ÿ]+[\w-]*){{1,2}})"
    r"(?![\w’'-]|\.\w)"
)


def titled(content: str, start: int, end: int) -> Iterator[Span]:
    """Yield the people of a block whose title precedes their name."""
    for match in _HOLDER.finditer(content, start, end):
        words = match.group(1).split()
        if not any(_is_common(word) for word in words):
            yield Span(*match.span(1), EntityType.PERSON)


_WHAT = re.compile(
    r",(?=\s(?:\d\d,|(?:(?:an?|the|chief|deputy|senior|former|managing)\s)+(?:[a-z-]+\s){0,2}"
    r"(?:minister|president|director|secretary|chairman|chairwoman|leader|head|spokesman|spokeswoman|analyst|professor|"
    r"officer|lawyer|executive|economist|author|writer|editor|founder|owner|manager|coach|priest|judge|activist|"
    r"researcher|scientist|historian|journalist|politician|commissioner|senator|governor|mayor)\b))"
)
_WHO = re.compile(rf"(?<![\w’'-])(?<![A-Z]\. ){_GIVEN}(?:\s(?:[A-Z]\.|{_GIVEN})){{1,2}}$")


def apposed(content: str, start: int, end: int) -> Iterator[Span]:
    """Yield the people of a block whose role or age follows their name."""
    for what in _WHAT.finditer(content, start, end):
        who = _WHO.search(content, max(start, what.start() - LONGEST), what.start())
        if who and not any(map(_is_common, who.group().split())):
            yield Span(*who.span(), EntityType.PERSON)


_SPEAKING = re.compile(
    rf"(?<=,[”\"]\s)({_GIVEN}(?:\s{_GIVEN}){{0,2}})(?:,[^,.]{{1,100}},)?\s(?:said|says|told|added|adds|explained|wrote)\b"
)


def speaking(content: str, start: int, end: int) -> Iterator[Span]:
    """Yield the speakers after a quotation in a block: there a capital begins a name."""
    for match in _SPEAKING.finditer(content, start, end):
        if not any(map(_is_common, match.group(1).split())):
            yield Span(*match.span(1), EntityType.PERSON)


_SHORT = re.compile(r"(?<=\w\s)\(([a-z]{3,5})\)")


def shortened(content: str, start: int, end: int) -> Iterator[Span]:
    """Yield initials in small letters after the name of a body: Deutsche Presse-Agentur (dpa)."""
    for match in _SHORT.finditer(content, start, end):
        words = re.findall(r"[A-Za-z]+", content[max(start, match.start() - LONGEST) : match.start()])
        initials = "".join(word[0] for word in words[-len(match.group(1)) :])
        if initials.isupper() and initials.lower() == match.group(1):
            yield Span(*match.span(1), EntityType.ORGANISATION)


def _is_common(word: str) -> bool:
    known = word in TITLES or word in GENERIC or word in NEVER
    return known or well_known_places.is_place(word) or nationalities.is_demonym(word)


_ROW = re.compile(r"(?:\d+\. )?([A-Z][\w'’.-]*(?: [A-Z][\w'’.-]*| of| and)*?)(?: \([A-Z]+\))?(?: \d+){4,}")
"""A line of a table of results: a name, and figures."""

_FROM = re.compile(
    r"(?<![\w'’-])((?:[A-Z][\w'’-]+|[A-Z]\.)(?: (?:[a-z]{2,3} )?[A-Z][\w'’-]+){1,3}) \((?=([A-Z][A-Za-z. ]+)\))"
)


_NICKNAME = re.compile(rf"\s(?:[\"“]([A-Z][\w. ]{{1,12}})[\"”]|\(([A-Z][a-z]+)\))\s({_GIVEN})(?![\w-])")
_FIRST_NAMES = re.compile(rf"(?<![\w'’-]){_GIVEN}(?:\s{_GIVEN}){{0,2}}$")


def nicknamed(content: str, start: int, end: int) -> Iterator[Span]:
    """Yield the people of a block with a nickname between their names: Frederick "Fritz" Henderson."""
    for match in _NICKNAME.finditer(content, start, end):
        before = _FIRST_NAMES.search(content, max(start, match.start() - LONGEST), match.start())
        given = before.group().split() if before else []
        while given and _is_common(given[0]):
            given.pop(0)
        if given and not any(map(_is_common, (*given, match.group(1) or match.group(2), match.group(3)))):
            yield Span(match.start() - len(" ".join(given)), match.end(), EntityType.PERSON)


def results(content: str, start: int, end: int) -> Iterator[Span]:
    """Yield clubs at the beginning of a line of figures, and people with their country in brackets."""
    if row := _ROW.fullmatch(content, start, end):
        yield Span(*row.span(1), EntityType.ORGANISATION)
    for match in _FROM.finditer(content, start, end):
        if match.group(2) in countries.written_forms() and not well_known_places.is_place(match.group(1)):
            yield Span(*match.span(1), EntityType.PERSON)


_RUN = re.compile(
    r"(?<=[a-z,] )[\"“‘']?([A-Z][\w-]*[a-z][\w-]*(?: [A-Z][\w-]*[a-z][\w-]*){0,3})(?![\w’'-]|\.\w| (?:of|from) )"
)
_INSIDE = re.compile(r"[A-Z][\w'’-]* (?:of|for|from|de|della|di|du|des)(?: the)? $")
"""The beginning of a name that a word continues."""

OFTEN = 2
"""Times that a word must have a capital within a sentence, and never lack it, to be a name."""


def _is_told(content: str, letters: re.Match[str]) -> bool:
    """True if initials need not occur twice: there are more than two, and no colon follows."""
    return len(letters.group()) > 2 and content[letters.end()] != ":"


def repeated(text: Text, spans: Sequence[Span]) -> list[Span]:
    """Return the words that the text writes with a capital again and again, in none of the sorted spans."""
    found: dict[str, list[Span]] = defaultdict(list)
    for block in text.blocks:
        if block.kind not in PROSE or is_headline(text.content[block.start : block.end]):
            continue
        for run in _RUN.finditer(text.content, block.start, block.end):
            inside = _INSIDE.search(text.content, max(block.start, run.start() - 40), run.start())
            at = bisect_left(spans, run.end(1), key=lambda one: one.start) - 1
            if not inside and (at < 0 or spans[at].end <= run.start(1)):
                found[run.group(1)].append(Span(*run.span(1), EntityType.ORGANISATION))
    often = {form: spans_of_form for form, spans_of_form in found.items() if len(spans_of_form) >= OFTEN}
    small = small_words(text.content) if often else frozenset()
    return [span for form, spans_of_form in often.items() if _is_unusual(form, small) for span in spans_of_form]


def _is_unusual(form: str, small: frozenset[str]) -> bool:
    """True if no word of a form is a title, a nationality, or also written small in the text."""
    return len(form) > 2 and not any(
        word in NEVER
        or word in TITLES
        or word.removesuffix("s") in TITLES
        or word in GENERIC
        or word.lower() in small
        or nationalities.is_demonym(word)
        for word in form.split()
    )
