"""Sentences with a date in them, each with the one date that it is about."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import msgspec

from glossator.model import Analysis, ArticleHead, DatedSentence, Digest, Text
from glossator.naming.languages import main_language
from glossator.stages.chronology.dates_in_text import dates_in

FEWEST, MOST = 5, 60
"""Words of a sentence: fewer are a heading or a caption, more are a list."""
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
    inside = {block.start: block for block in text.blocks if block.kind in KINDS}
    bounds = sorted((block.start, block.end) for block in inside.values())
    for start, end in analysis.sentences:
        if not any(first <= start and end <= last for first, last in bounds):
            continue
        sentence = " ".join(text.content[start:end].split())
        if not FEWEST <= len(sentence.split()) <= MOST:
            continue
        found = dates_in(sentence, day)
        if found:
            names = tuple(dict.fromkeys(_names(analysis, start, end)))[:MOST_NAMES]
            yield DatedSentence(
                found[0].date, head.id, start, sentence, head.title, head.site or "", names, found[0].relative
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
