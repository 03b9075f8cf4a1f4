"""Sentences with a date in them, each with the one date that it is about."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import msgspec

from glossator.model import ArticleHead, ArticleId, DatedSentence, Digest, Mention, Name, TimedSentence
from glossator.stages.chronology.dates_in_text import dates_in

MOST_NAMES = 6


class NamesAndTimes(msgspec.Struct, frozen=True):
    """The part of an analysis that dates are read from: reading all of it takes three times as long."""

    names: tuple[Name, ...]
    mentions: tuple[Mention, ...]
    timed: tuple[TimedSentence, ...] = ()


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


class ChronologyState(msgspec.Struct, frozen=True, array_like=True):
    """The chronology as the last build left it, without its sentences."""

    articles: dict[ArticleId, DatedArticle] = {}
    """Every article whose dates were read."""
    parts: dict[str, PartDigest] = {}
    """Month, or year of sentences that tell no month -> its digest."""


def dated_sentences(head: ArticleHead, analysis: NamesAndTimes) -> Iterator[DatedSentence]:
    """Yield the sentences of an article that have a date in them."""
    day = sure_day(head)
    for sentence in analysis.timed:
        found = dates_in(sentence.text, day)
        if found:
            names = tuple(dict.fromkeys(_names(analysis, sentence)))[:MOST_NAMES]
            yield DatedSentence(
                date=found[0].date,
                article=head.id,
                start=sentence.start,
                text=sentence.text,
                title=head.title,
                publication=head.site or "",
                names=names,
                relative=found[0].relative,
                anchor=sentence.anchor,
            )


def sure_day(head: ArticleHead) -> date | None:
    """Return the day of an article if its page says it; None for one that was guessed or is the day of the save."""
    if not head.published or "published" in head.guessed:
        return None
    try:
        return date.fromisoformat(head.published[:10])
    except ValueError:
        return None


def _names(analysis: NamesAndTimes, sentence: TimedSentence) -> Iterator[str]:
    for mention in analysis.mentions:
        if sentence.start <= mention.start and mention.end <= sentence.end:
            yield analysis.names[mention.name].form
