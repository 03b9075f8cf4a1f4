"""Spans of names: the choice between those that overlap, and their edges, corrected by rules."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator
from itertools import pairwise

import msgspec

from glossator.model import UNKNOWN_CERTAINTY, EntityType
from glossator.stages.annotate import well_known_places
from glossator.stages.annotate.lexicon import (
    DAYS,
    GENERIC,
    HEADS,
    LEGAL_FORM_PATTERN,
    NEVER,
    OPENING,
    ROLE_ENDINGS,
    TITLES,
)
from glossator.stages.annotate.prose import ends_a_line_of_its_own


class Span(msgspec.Struct, frozen=True):
    """A stretch of the text that is a name, with its type."""

    start: int
    end: int
    type: EntityType
    certainty: int = UNKNOWN_CERTAINTY
    """Probability that the stretch is a name, in tenths."""
    chances: tuple[int, ...] = ()
    """Probability of each type, in tenths; empty if no trained model judged."""


def without_overlap(spans: Iterable[Span]) -> list[Span]:
    """Return the spans in the order of the text; of overlapping ones the longest, of equally long ones the first.

    None may be empty.
    """
    ordered = sorted(spans, key=lambda span: span.start)
    if all(left.end <= right.start for left, right in pairwise(ordered)):
        return ordered
    taken: list[Span] = []  # in the order of the text
    for span in sorted(ordered, key=lambda longest: longest.start - longest.end):
        index = bisect_left(taken, span.end, key=lambda other: other.start)
        if not index or taken[index - 1].end <= span.start:
            taken.insert(index, span)
    return taken


LONGEST = 500
"""Characters of a span that may be a name; some of the patterns take the square of a span's length."""

CURRENCIES = frozenset("$€£¥")
"""Last characters of a span that is part of an amount, as in "US$40"."""

_PLAIN_WORDS = re.compile(r"[^\W\d_]+(?: (?!and )[^\W\d_]+)*")
"""A span that is certainly one name, and begins and ends with a letter."""

_GLUE = re.compile(r"\s*\n\s*|\s+[-–—]+\s+|\s*[;:|/•]\s+|--+|-based\s+|\s*\((?![^)]*\))")
"""Separators of two names in one span."""

_SCORE = re.compile(r"\s+\d+(?:[-:.]\d+)?\s+(?=[A-Z])")
_OWNER = re.compile(r"(?<=\w)['’]s\s+(?=[A-Z])")
_FIRMS = re.compile(rf"(?<=\s)(?:{LEGAL_FORM_PATTERN})\.?((?:,\s|\s+and\s+)(?!(?:{LEGAL_FORM_PATTERN})\b)(?=[A-Z]))")
_AND = re.compile(r"\s+(?:and|&)\s+(?=[A-Z])")
_PREFIX = re.compile(
    r"(?!(?:al|el|an|as|ar|at|ad|ibn|bin)-)(?:[a-z]+|Ex|Anti|Pro|Non|Pan)-(?=[A-Z])|\d+[=.]?\s+(?=[A-Z][a-z])"
)
_SMALL = re.compile(r"(?<=\w)(?:\s+(?!party\b)[a-z][\w'’-]*)+$")
_COMMA = re.compile(r",\s+(?!(?:Inc|Ltd|LLC|Jr|Sr|D\.C|[A-Z]\.|and|or|&)\b)")
_LISTED = re.compile(r"\b(?:and|&)\s")
_BEFORE = re.compile(r"(?:[\s\"'“”‘’«»()\[\]{}.,;:!?*#_–—-]+|(?:the|a|an)\s+|(?:A|An)\s+(?=\S))")
_THE = re.compile(r"The\s+(?=\S)")
_THE_ONE = re.compile(r"The\s\w+(?:[’']s)?$")
_MIDWAY = re.compile(r"[a-z,]\s$")
"""Text before a word in the middle of a sentence, where a capital is not due to the beginning."""

_PORTFOLIO = re.compile(r"\s(?:Minister|Secretary|Commissioner)\b")
_AFTER = re.compile(r"(?:['’]s|(?<=s)['’]|[\s\"“”‘«»(\[{,;:!?*#_–—-]+|\s['’])$")
_FIGURES = re.compile(r"(?:\s+(?!(?:19|20)\d\d$)[^\sA-Za-z]*\d[^\sA-Za-z]*)+$")
_TICKER = re.compile(rf"(?<=\s)((?:{LEGAL_FORM_PATTERN})\.?)\s+[A-Z]{{1,5}}(?:\.[A-Z]{{1,2}})?$")
_DOTTED = re.compile(r"(?:^|[\s.])(?:[A-Z]|Inc|Corp|Co|Ltd|Jr|Sr|Bros|St|Cos)\.$")
CALLING = 8
"""Letters up to which a role word before one more word is taken for a first name."""

_OF = re.compile(r"\b(?:Minister|Secretary)\s(?:of|for)\s$")
_OFFICE = re.compile(
    r"(?:\S+\s+){1,3}(?:President|Minister|Chancellor|Secretary|Senator|Governor|Ambassador|Chairman|Chairwoman|"
    r"Spokesman|Spokeswoman|Director|Commissioner|Professor|Premier)\s+(?=\S)"
)
"""Role before a name; none of its words is part of a person's name."""

_TITLE = re.compile(r"(\w[\w-]*)\.?\s+(?=\S)")

_REST = re.compile(
    rf"(?:\s+(?:of|for|on)(?:\s+the)?(?!\s+(?:{DAYS})\b)(?:\s+[A-Z][\w'’&-]*|\s+and(?=\s+[A-Z])|,(?=\s[A-Z][\w-]+,?\s(?:and|[A-Z])))+)"
)
"""Continuation of an organisation's name after its head."""

_HEAD = re.compile(rf"(?:^|\s)(?:{HEADS})$")
_LEGAL = re.compile(rf",?\s(?:{LEGAL_FORM_PATTERN})\b\.?")
_ARABIC = re.compile(r"\s(?:al|el)-[A-Z]\w+")
_STATE = re.compile(r",?\sD\.C\.")
_PLAIN = (EntityType.PERSON, EntityType.ORGANISATION, EntityType.PLACE)
_KEPT_FIGURES = (EntityType.WORK, EntityType.EVENT, EntityType.PRODUCT, EntityType.LAW)


def repair(content: str, spans: Iterable[Span]) -> list[Span]:
    """Return the spans with their edges corrected; some are split, some dropped."""
    short = (span for span in spans if span.end - span.start <= LONGEST and content[span.end - 1] not in CURRENCIES)
    return [good for span in short for piece in _pieces(content, span) if (good := _edges(content, piece))]


def _pieces(content: str, span: Span) -> Iterator[Span]:
    if _PLAIN_WORDS.fullmatch(content, span.start, span.end):
        yield span
        return
    text = content[span.start : span.end]
    splits = [
        match.span()
        for match in _GLUE.finditer(text)
        if "\n" not in match.group() or ends_a_line_of_its_own(content, span.start + match.start())
    ]
    if span.type is not EntityType.WORK and not _LISTED.search(text):
        splits += [match.span() for match in _COMMA.finditer(text)]
    splits += [match.span(1) for match in _FIRMS.finditer(text)]
    if span.type in _PLAIN:
        splits += [match.span() for match in _SCORE.finditer(text)]
        splits += [match.span() for match in _OWNER.finditer(text) if _is_owner(content, text, match)]
    if span.type is EntityType.PERSON or (span.type is EntityType.PLACE and not well_known_places.is_place(text)):
        splits += [match.span() for match in _AND.finditer(text)]
    start = 0
    for left, right in sorted(splits):
        if left < start:
            continue
        yield Span(span.start + start, span.start + left, span.type)
        start = right
    yield Span(span.start + start, span.end, span.type)


def _is_owner(content: str, text: str, possessive: re.Match[str]) -> bool:
    """True if the text before a possessive is a name of its own: Iraq's Baath Party, but Moody's Investors."""
    owner = text[: possessive.start()]
    if well_known_places.is_place(owner):
        return True
    rest = text[possessive.end() :]
    return owner not in GENERIC and " " in rest and re.search(rf"\b{re.escape(owner)}(?!['’])\b", content) is not None


def _edges(content: str, span: Span) -> Span | None:
    start, end = _trimmed(content, span.start, span.end)
    if span.type in (EntityType.PERSON, EntityType.PLACE):
        while opening := OPENING.match(content, start, end):
            start = opening.end()
    if span.type is EntityType.PERSON:
        start = _after_titles(content, start, end)
    if span.type in (EntityType.GROUP, EntityType.ORGANISATION):
        start = _after_nationality(content, start, end)
    if span.type in _PLAIN:
        prefix = _PREFIX.match(content, start, end)
        start = prefix.end() if prefix else start
        small = _SMALL.search(content[start:end])
        end = start + small.start() if small else end
    start, end = _trimmed(content, start, _extended(content, start, end, span.type))
    end = _before_portfolio(content, start, end)
    text = content[start:end]
    if not _is_name(text) or content[end : end + 1] == "$" or (" " not in text and _PORTFOLIO.match(content, end)):
        return None
    if span.type in _KEPT_FIGURES or text.isalpha():
        return Span(start, end, span.type)
    text = _TICKER.sub(r"\1", _FIGURES.sub("", text))
    return Span(start, start + len(text), span.type) if _is_name(text) else None


def _trimmed(content: str, start: int, end: int) -> tuple[int, int]:
    while start < end and (match := _BEFORE.match(content, start, end)):
        start = match.end()
    if (article := _THE.match(content, start, end)) and not (
        _THE_ONE.match(content[start:end]) and _MIDWAY.search(content, max(0, start - 2), start)
    ):
        start = article.end()
    while start < end and not _PLAIN_WORDS.fullmatch(content, start, end):
        text = content[start:end]
        cut = _AFTER.search(text)
        if cut:
            end = start + cut.start()
        elif text.endswith((".", ")", "]", "'", "’")) and not _kept_stop(content, text, end):
            end -= 1
        else:
            break
    return start, end


def _kept_stop(content: str, text: str, end: int) -> bool:
    """True if the last character belongs to the name: an abbreviation's full stop, a balanced closing bracket."""
    if text.endswith("."):
        return "." in text[:-1].rpartition(" ")[2] or (_DOTTED.search(text) is not None and _goes_on(content, end))
    return text.endswith(")") and text.count("(") == text.count(")")


def _goes_on(content: str, end: int) -> bool:
    """True if the sentence goes on, so that the full stop is an abbreviation's."""
    return re.match(r"\s+[a-z]|[,;)’']", content[end : end + 8]) is not None


def _after_titles(content: str, start: int, end: int) -> int:
    if office := _OFFICE.match(content, start, end):
        start = office.end()
    if _OF.search(content, max(0, start - 20), start) and (what := _TITLE.match(content, start, end)):
        start = what.end()
    while (match := _TITLE.match(content, start, end)) and _is_before_name(content, match, end):
        start = match.end()
    return start


def _is_before_name(content: str, first: re.Match[str], end: int) -> bool:
    """True if a person's first word is a title, or a longer role that the text also writes small."""
    word = first.group(1)
    if word in TITLES or word.removesuffix("s") in TITLES:
        return True
    if not word.endswith(ROLE_ENDINGS) or (len(word) <= CALLING and " " not in content[first.end() : end]):
        return False
    return re.search(rf"(?<![\w@./'’-]){re.escape(word.lower())}(?![\w'’-])", content) is not None


def _after_nationality(content: str, start: int, end: int) -> int:
    """Return the start of a name that the text also uses without its nationality: Taliban, not Afghan Taliban."""
    whole = content[start:end]
    first, _, rest = whole.partition(" ")
    if not rest.isalpha() or not rest[0].isupper() or rest in GENERIC or well_known_places.is_demonym(rest):
        return start
    if not well_known_places.is_demonym(first):
        return start
    return end - len(rest) if content.count(rest) > content.count(whole) else start


def _before_portfolio(content: str, start: int, end: int) -> int:
    """Return the end of a body or place before its minister's portfolio: EU, not EU Migration (Commissioner)."""
    whose, _, _ = content[start:end].rpartition(" ")
    if whose and (whose.isupper() or well_known_places.is_place(whose)) and _PORTFOLIO.match(content, end):
        return start + len(whose)
    return end


def _extended(content: str, start: int, end: int, kind: EntityType) -> int:
    text = content[start:end]
    if kind in (EntityType.ORGANISATION, EntityType.LAW) and _HEAD.search(text):
        rest = _REST.match(content, end)
        end = rest.end() if rest else end
    if kind in (EntityType.ORGANISATION, EntityType.PERSON) and (rest := _LEGAL.match(content, end)):
        end = rest.end()
    if kind is EntityType.PERSON and (rest := _ARABIC.match(content, end)):
        return rest.end()
    if kind is EntityType.PLACE and text == "Washington" and (rest := _STATE.match(content, end)):
        return rest.end()
    if kind in (EntityType.PERSON, EntityType.ORGANISATION) and content[end : end + 1] == "-":
        rest = re.match(r"-[A-Z]\w+", content[end : end + 40])
        last = text.rpartition(" ")[2]
        if rest and not well_known_places.is_place(last) and not well_known_places.is_place(rest.group()[1:]):
            end += rest.end()
    return end


def _is_name(text: str) -> bool:
    """True if a span can be a name at all: two letters, a capital, whole brackets, no word that is never a name."""
    letters = sum(map(str.isalpha, text))
    if letters < 2 or not any(map(str.isupper, text)):
        return False
    if any(text.count(opening) != text.count(closing) for opening, closing in ("()", "[]")):
        return False
    if "@" in text or "http" in text or (re.match(r"\d[\d.,-]*\s", text) and letters < 4):
        return False
    words = text.split()
    return not (
        len(words) == 1
        and (words[0].strip(".") in NEVER or (words[0].title() in NEVER and words[0] != words[0].upper()))
    )
