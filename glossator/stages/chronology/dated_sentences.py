"""Sentences with a date in them, each with the one date that it is about."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator
from datetime import date

import msgspec

from glossator.model import Analysis, ArticleHead, DatedSentence, Digest, Text
from glossator.naming.languages import main_language
from glossator.stages.chronology.dates_in_text import dates_in, may_have_dates

FEWEST = 6
"""Words of a sentence, at least: fewer are a heading or a caption."""
LOWER_CASE = 3
"""Words of a sentence that begin with a small letter, at least: a credit has fewer."""
MOST = 60
"""Words of a sentence, at most: more are a list."""
KINDS = frozenset({"paragraph", "quote", "item"})
MOST_NAMES = 6
LANGUAGE = "en"


class DatedArticle(msgspec.Struct, frozen=True, array_like=True):
    """An article whose dates were read."""

    digest: Digest
    """Digest of all that they were read from."""
    parts: tuple[str, ...]
    """The parts of the chronology that list sentences of the article."""


class PartDigest(msgspec.Struct, frozen=True, array_like=True):
    """A part of the chronology, without its sentences."""

    digest: Digest
    count: int
    """Number of sentences."""


def dated_sentences(head: ArticleHead, text: Text, analysis: Analysis, language: str) -> Iterator[DatedSentence]:
    """Yield the sentences of an article that have a date in them; `language` is that of one that does not say."""
    if main_language(head.language or language) != LANGUAGE:
        return
    day = sure_day(head)
    blocks = [block for block in text.blocks if block.kind in KINDS]
    for start, end in analysis.sentences:
        at = bisect_right(blocks, start, key=lambda block: block.start) - 1
        if at < 0 or end > blocks[at].end:
            continue
        if not may_have_dates(text.content[start:end]):
            continue
        sentence = " ".join(text.content[start:end].split())
        words = sentence.split()
        if not FEWEST <= len(words) <= MOST or sum(word[0].islower() for word in words) < LOWER_CASE:
            continue
        found = dates_in(sentence, day)
        if found:
            names = tuple(dict.fromkeys(_names(analysis, start, end)))[:MOST_NAMES]
            yield DatedSentence(
                date=found[0].date,
                article=head.id,
                start=start,
                text=sentence,
                title=head.title,
                publication=head.site or "",
                names=names,
                relative=found[0].relative,
                anchor=blocks[at].anchor,
            )


def sure_day(head: ArticleHead) -> date | None:
    """Return the day of an article if its page says it; None for one that was guessed or is the day of the save."""
    if not head.published or "published" in head.guessed:
        return None
    try:
        return date.fromisoformat(head.published[:10])
    except ValueError:
        return None


def _names(analysis: Analysis, start: int, end: int) -> Iterator[str]:
    for mention in analysis.mentions:
        if start <= mention.start and mention.end <= end:
            yield analysis.names[mention.name].form
