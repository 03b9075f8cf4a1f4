"""Edges of a name in a text, corrected by rules: titles, marks and words that are no part of it."""

from __future__ import annotations

import re
from functools import lru_cache

from glossator.model import EntityType
from glossator.stages.annotate import demonyms, well_known_places
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
from glossator.stages.annotate.mentions.spans import Span

PLAIN_WORDS = re.compile(r"[^\W\d_]+(?: (?!and )[^\W\d_]+)*")
"""A span that is certainly one name, and begins and ends with a letter."""
_PREFIX = re.compile(
    r"(?!(?:al|el|an|as|ar|at|ad|ibn|bin)-)(?:[a-z]+|Ex|Anti|Pro|Non|Pan)-(?=[A-Z])|\d+[=.]?\s+(?=[A-Z][a-z])"
)
_SMALL = re.compile(r"(?<=\w)(?:\s+(?!party\b)[a-z][\w'’-]*)+$")
_BEFORE = re.compile(r"(?:[\s\"'“”‘’«»()\[\]{}.,;:!?*#_–—-]+|(?:the|a|an)\s+|(?:A|An)\s+(?=\S))")
_THE = re.compile(r"The\s+(?=\S)")
_THE_ONE = re.compile(r"The\s\w+(?:[’']s)?$")
_MIDWAY = re.compile(r"[a-z,]\s$")
"""Text before a word in the middle of a sentence, where a capital is not due to the beginning."""
_PORTFOLIO = re.compile(r"\s(?:Minister|Secretary|Commissioner)\b")
_AFTER = re.compile(r"(?:['’]s|(?<=s)['’]|[\s\"“”‘«»(\[{,;:!?*#_–—-]+|\s['’])$")
_POINT = re.compile(r"(?:^|[\s(])\.$")
"""A point with which a name begins: .NET."""
_REST_OF_WORD = re.compile(r"(?<=\w)['’](?!(?:s|t|d|m|ll|re|ve)\b)[a-zà-ÿ]{2,}")
"""Rest of a word behind an apostrophe that is no possessive and no contraction: Ve'olam."""
_FIGURES = re.compile(r"(?:\s+(?!(?:19|20)\d\d$)[^\sA-Za-z]*\d[^\sA-Za-z]*)+$")
_TICKER = re.compile(rf"(?<=\s)((?:{LEGAL_FORM_PATTERN})\.?)\s+[A-Z]{{1,5}}(?:\.[A-Z]{{1,2}})?$")
_DOTTED = re.compile(r"(?:^|[\s.])(?:[A-Z]|Inc|Corp|Co|Ltd|Jr|Sr|Bros|St|Cos)\.$")
CALLING = 8
"""Letters up to which a role before one more word is taken for a first name, even if the text has the word: Grant."""
_GRADE = re.compile(r"IP[X\d]\d[A-Z]?|T?K[-–]\d+")
"""Grade of protection against dust and water, or of a school."""
_OF = re.compile(r"\b(?:Minister|Secretary)\s(?:of|for)\s$")
_OFFICE = re.compile(
    r"(?:\S+\s+){1,3}(?:President|Minister|Chancellor|Secretary|Senator|Governor|Ambassador|Chairman|Chairwoman|"
    r"Spokesman|Spokeswoman|Director|Commissioner|Professor|Premier)\s+(?=\S)"
)
"""Role before a name; none of its words is part of a person's name."""
_TITLE = re.compile(r"(\w[\w-]*)\.?\s+(?=\S)")
_WHOLE_WORD = re.compile(r"(?<![\w@./'’-])\w[\w-]*+(?!['’])")
"""A word with its hyphens, except those of an address and those with an apostrophe."""
_REST = re.compile(
    rf"(?:\s+(?:of|for|on)(?:\s+the)?(?!\s+(?:{DAYS})\b)(?:\s+[A-Z][\w'’&-]*|\s+and(?=\s+[A-Z])|,(?=\s[A-Z][\w-]+,?\s(?:and|[A-Z])))+)"
)
"""Continuation of an organisation's name after its head."""
_HEAD = re.compile(rf"(?:^|\s)(?:{HEADS})$")
_LEGAL = re.compile(rf",?\s(?:{LEGAL_FORM_PATTERN})\b\.?")
_ARABIC = re.compile(r"\s(?:al|el)-[A-Z]\w+")
_STATE = re.compile(r",?\sD\.C\.")
PLAIN_TYPES = (EntityType.PERSON, EntityType.ORGANISATION, EntityType.PLACE)
_KEPT_FIGURES = (EntityType.WORK, EntityType.EVENT, EntityType.PRODUCT, EntityType.LAW)


def correct_edges(content: str, span: Span) -> Span | None:
    """Return a span with its edges corrected; None if what is left is no name."""
    start, end = _trimmed(content, span.start, span.end)
    if span.type in (EntityType.PERSON, EntityType.PLACE):
        while opening := OPENING.match(content, start, end):
            start = opening.end()
    if span.type is EntityType.PERSON:
        start = _after_titles(content, start, end)
    if span.type in (EntityType.GROUP, EntityType.ORGANISATION):
        start = _after_nationality(content, start, end)
    if span.type in PLAIN_TYPES:
        prefix = _PREFIX.match(content, start, end)
        start = prefix.end() if prefix else start
        small = _SMALL.search(content[start:end])
        end = start + small.start() if small else end
    start, end = _trimmed(content, start, _extended(content, start, end, span.type))
    end = word.end() if (word := _REST_OF_WORD.match(content, end)) else end
    end = _before_portfolio(content, start, end)
    start -= content[start : start + 2].isupper() and bool(_POINT.search(content, max(0, start - 2), start))
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
    while start < end and not PLAIN_WORDS.fullmatch(content, start, end):
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
    return word.lower() in _whole_words(content)


@lru_cache(maxsize=1)
def _whole_words(content: str) -> frozenset[str]:
    """Return the words of a text; a search through the text for each name would take the square of its length."""
    return frozenset(_WHOLE_WORD.findall(content))


def _after_nationality(content: str, start: int, end: int) -> int:
    """Return the start of a name that the text also uses without its nationality: Taliban, not Afghan Taliban."""
    whole = content[start:end]
    first, _, rest = whole.partition(" ")
    if not rest.isalpha() or not rest[0].isupper() or rest in GENERIC or demonyms.is_demonym(rest):
        return start
    if not demonyms.is_demonym(first):
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
    """True if a span can be a name at all: two letters, a capital, whole brackets, no grade or word that is none."""
    letters = sum(map(str.isalpha, text))
    if letters < 2 or not any(map(str.isupper, text)):
        return False
    if any(text.count(opening) != text.count(closing) for opening, closing in ("()", "[]")):
        return False
    if "@" in text or "http" in text or (re.match(r"\d[\d.,-]*\s", text) and letters < 4):
        return False
    words = text.split()
    return not _GRADE.fullmatch(text) and not (
        len(words) == 1
        and (words[0].strip(".") in NEVER or (words[0].title() in NEVER and words[0] != words[0].upper()))
    )
