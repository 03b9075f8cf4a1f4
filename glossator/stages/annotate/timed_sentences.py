"""Sentences with a word or a figure of time in them, and the first of a text, which the chronology reads for dates."""

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
    """Yield the sentences, of those within given bounds, that a date may be read from, and the first of all."""
    blocks, starts = [block for block in text.blocks if block.kind in KINDS], [start for start, _ in sentences]
    headings = [block for block in text.blocks if block.kind == "heading"]
    lead = _lead(text, sentences)
    times = reversed([match.start() for match in _TIME.finditer(text.content)])
    timed = {bisect_right(starts, at) - 1: at for at in times}
    for index in sorted({lead, *timed} - {-1}):
        start, end = sentences[index]
        at = bisect_right(blocks, start, key=lambda block: block.start) - 1
        is_within = at >= 0 and timed.get(index, start) < end <= blocks[at].end
        if not is_within or not _is_sentence(text.content[start:end]):
            continue
        above = bisect_right(headings, start, key=lambda block: block.start) - 1
        told = _OF_YEAR.findall(text.content, starts[max(0, index - EARLIER)], end)
        year = single_year(text.content[headings[above].start : headings[above].end]) if above >= 0 else ""
        words = " ".join(text.content[start:end].split())
        yield TimedSentence(start, end, words, blocks[at].anchor, told[-1] if told else year, is_lead=index == lead)


def _lead(text: Text, sentences: Sequence[tuple[int, int]]) -> int:
    """Return the index of the sentence with which the first paragraph of sentences begins; -1 if there is none."""
    firsts = {block.start for block in text.blocks if block.kind == "paragraph"}
    opening = (index for index, (start, _) in enumerate(sentences) if start in firsts)
    return next((index for index in opening if _is_sentence(text.content[slice(*sentences[index])])), -1)


def _is_sentence(words: str) -> bool:
    """True if words are neither a heading or a credit nor a list."""
    parts = words.split()
    return FEWEST <= len(parts) <= MOST and sum(part[0].islower() for part in parts) >= LOWER_CASE
