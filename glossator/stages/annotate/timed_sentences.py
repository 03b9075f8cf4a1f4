"""Sentences with a word or a figure of time in them, which the chronology reads for dates."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence

from glossator.dates import single_year
from glossator.model import Text, TimedSentence

LANGUAGE = "en"
"""Primary subtag of the language whose words of time are known."""
FEWEST = 6
"""Words of a sentence, at least: fewer are a heading or a caption."""
LOWER_CASE = 3
"""Words of a sentence that begin with a small letter, at least: a credit has fewer."""
MOST = 60
"""Words of a sentence, at most: more are a list."""
EARLIER = 2
"""Sentences before one whose year its days may be of."""
KINDS = frozenset({"paragraph", "quote", "item"})

_TIME = re.compile(
    r"\b(?:(?:1\d|20)\d\d\b"
    r"|(?:Jan(?:uary)?|Feb(?:ruary)?|March|Mar\.|April|Apr\.|May|June?|July?|Aug(?:ust)?|Sept?(?:ember)?|Oct(?:ober)?"
    r"|Nov(?:ember)?|Dec(?:ember)?|(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day)\b"
    r"|[Yy]esterday\b|[Ll]ast night\b|(?:[Ll]ast|[Tt]his|[Nn]ext) (?:year|month)\b)"
)

_OF_YEAR = re.compile(r"\bof ((?:1\d|20)\d\d)\b(?![-–—\d])")
"""The year of something that is told: "the floods of 2016"."""


def timed_sentences(text: Text, sentences: Sequence[tuple[int, int]]) -> Iterator[TimedSentence]:
    """Yield the sentences, of those within given bounds, that a date may be read from."""
    blocks, starts = [block for block in text.blocks if block.kind in KINDS], [start for start, _ in sentences]
    headings = [block for block in text.blocks if block.kind == "heading"]
    last = -1
    for match in _TIME.finditer(text.content):
        index = bisect_right(starts, match.start()) - 1
        if index <= last:
            continue
        last = index
        start, end = sentences[index]
        at = bisect_right(blocks, start, key=lambda block: block.start) - 1
        if end <= match.start() or at < 0 or end > blocks[at].end:
            continue
        words = text.content[start:end].split()
        if FEWEST <= len(words) <= MOST and sum(word[0].islower() for word in words) >= LOWER_CASE:
            above = bisect_right(headings, start, key=lambda block: block.start) - 1
            told = _OF_YEAR.findall(text.content, starts[max(0, index - EARLIER)], end)
            year = single_year(text.content[headings[above].start : headings[above].end]) if above >= 0 else ""
            year = told[-1] if told else year
            yield TimedSentence(start, end, " ".join(words), blocks[at].anchor, year)
