"""Names that their form tells in English: firms of partners, rows of results, capitalised words in no mention."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence

from glossator.model import EntityType, Mention, Text
from glossator.naming import countries
from glossator.stages.annotate import well_known_places
from glossator.stages.annotate.lexicon import GENERIC, LEGAL_FORM_PATTERN, NEVER, TITLES
from glossator.stages.annotate.mentions.spans import Span
from glossator.stages.annotate.prose import PROSE, is_all_capitals, is_headline, small_words

# Longer words are no names, and a search takes the product of a word's length and this.
_PARTNER = rf"(?!(?:{LEGAL_FORM_PATTERN})\b)[A-Z][\w'’-]{{0,60}}\.?"
_OTHERS = r",?\s(?:and|&)\s(?:Co|Company|Sons|Brothers|Bros|Associates|Partners)\b"
_WORD_FOR_OTHERS = re.compile(_OTHERS)
_PARTNERSHIP = re.compile(
    rf"{_PARTNER}(?:,?\s{_PARTNER}){{0,2}}{_OTHERS}"
    rf"(?:\.(?=,?\s[a-z]))?(?:,?\s(?:{LEGAL_FORM_PATTERN})\b(?:\.(?=,?\s[a-z]))?)?"
)
"""Up to three words of partners, the word for all others, and a legal form; a full stop if the sentence goes on."""

_BEARERS = frozenset({EntityType.PERSON, EntityType.ORGANISATION})


def join_partners(content: str, spans: Sequence[Span]) -> tuple[Span, ...]:
    """Return the spans, in the order of the text, with one span for the whole name of each partnership."""
    if not _WORD_FOR_OTHERS.search(content):  # most texts; the whole pattern costs ten times as much
        return tuple(spans)
    joined = list(spans)
    for match in _PARTNERSHIP.finditer(content):
        inside = [span for span in joined if span.start < match.end() and match.start() < span.end]
        if inside and all(span.type in _BEARERS and span.end <= match.end() for span in inside):
            certainty = max(span.certainty for span in inside)
            # What the models said of its parts tells nothing of the whole.
            whole = Span(inside[0].start, match.end(), EntityType.ORGANISATION, certainty)
            joined[joined.index(inside[0]) : joined.index(inside[-1]) + 1] = [whole]
    return tuple(joined)


_ROW = re.compile(r"(?:\d+\. )?([A-Z][\w'’.-]*(?: [A-Z][\w'’.-]*| of| and)*?)(?: \([A-Z]+\))?(?: \d+){4,}")
"""A line of a table of results: a name, and figures."""

_FROM = re.compile(
    r"(?<![\w'’-])((?:[A-Z][\w'’-]+|[A-Z]\.)(?: (?:[a-z]{2,3} )?[A-Z][\w'’-]+){1,3}) \((?=([A-Z][A-Za-z. ]+)\))"
)


def results(content: str, start: int, end: int) -> Iterator[Span]:
    """Yield clubs at the beginning of a line of figures, and people with their country in brackets."""
    if row := _ROW.fullmatch(content, start, end):
        yield Span(*row.span(1), EntityType.ORGANISATION)
    for match in _FROM.finditer(content, start, end):
        if match.group(2) in countries.written_forms() and not well_known_places.is_place(match.group(1)):
            yield Span(*match.span(1), EntityType.PERSON)


_WORD = r"[^\W\d_a-zà-ÿ][\w&’'-]*"
_RUN = re.compile(rf"(?<![\w’'-]){_WORD}(?: (?:(?:of|for|and|the|de|von|der|la|del) ){{0,2}}(?:{_WORD}|\d+))*")
_OWNED = re.compile(r"['’]s?$")

LONGEST = 12
"""Words in a run; a longer run of capitalised words is a heading or a list."""


def find_candidates(text: Text, mentions: Sequence[Mention]) -> tuple[str, ...]:
    """Return the runs of capitalised words that no mention touches, each once, in the order of the text.

    Single words are left out if the text also writes them small, or if they are titles, nationalities or never a name.
    """
    small = small_words(text.content)
    return tuple(dict.fromkeys(run for run in _runs(text, mentions) if " " in run or _is_unusual(run, small)))


def _runs(text: Text, mentions: Sequence[Mention]) -> Iterator[str]:
    for block in text.blocks:
        if block.kind not in PROSE:
            continue
        line = text.content[block.start : block.end]
        if is_all_capitals(line) or is_headline(line):
            continue
        for run in _RUN.finditer(text.content, block.start, block.end):
            at = bisect_left(mentions, run.end(), key=lambda mention: mention.start) - 1
            if at < 0 or mentions[at].end <= run.start():
                words = _OWNED.sub("", run.group())
                if words.count(" ") < LONGEST:
                    yield words


def _is_unusual(word: str, small: Mapping[str, int]) -> bool:
    listed = word in NEVER or word in TITLES or word in GENERIC
    return len(word) > 1 and not listed and word.lower() not in small and not well_known_places.is_demonym(word)
