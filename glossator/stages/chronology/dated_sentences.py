"""Sentences with a date in them, each with the one date that it is about."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

import msgspec

from glossator.dates import single_year
from glossator.model import ArticleHead, DatedSentence, Mention, Name, TimedSentence
from glossator.stages.chronology.dates_in_text import FoundDate, dates_in
from glossator.stages.chronology.tense import PAST
from glossator.text import bare_words
from glossator.word_lists import word_lists

MOST_NAMES = 6
_WORDS = word_lists("chronology")
_CALL = re.compile(rf"\W*(?:{'|'.join(sorted(_WORDS['calls']))})\b", re.IGNORECASE)
"""The beginning of a sentence that calls upon the reader to come."""


class NamesAndTimes(msgspec.Struct, frozen=True):
    """The part of an analysis that dates are read from: reading all of it takes three times as long."""

    names: tuple[Name, ...]
    mentions: tuple[Mention, ...]
    timed: tuple[TimedSentence, ...] = ()


def dated_sentences(head: ArticleHead, analysis: NamesAndTimes) -> Iterator[DatedSentence]:
    """Yield the sentences of an article that tell of something with a date."""
    day, title = sure_day(head), bare_words(head.title)
    for sentence in analysis.timed:
        dates = dates_in(sentence.text, _day_for(sentence, head.title, day), _year_above(sentence, day))
        if dates and _tells(sentence.text, title, dates[0], day):
            first, names = dates[0], tuple(dict.fromkeys(_names(analysis, sentence)))[:MOST_NAMES]
            yield DatedSentence(
                date=first.date,
                until=first.until,
                article=head.id,
                start=sentence.start,
                text=sentence.text,
                title=head.title,
                publication=head.site or "",
                names=names,
                relative=first.relative,
                anchor=sentence.anchor,
            )


def _day_for(sentence: TimedSentence, title: str, day: date | None) -> date | None:
    """Return the article's day, from which the dates of a sentence are reckoned.

    Return None if the title says another year, of which the sentence may speak: it gives no year itself.
    """
    year = single_year(title)
    return None if day and year and int(year) != day.year and not PAST.search(sentence.text) else day


def _year_above(sentence: TimedSentence, day: date | None) -> int | None:
    """Return the year that the heading says; none for what was, if that year was not over."""
    year = int(sentence.year or 0)
    is_over = day is None or year < day.year
    return year if year and (is_over or not PAST.search(sentence.text)) else None


def _tells(sentence: str, title: str, first: FoundDate, day: date | None) -> bool:
    """True if a sentence with a date tells of something: it is no question, call or title, and of a year says what was.

    Of a year that is written as a number, it says so only if the year was over on the article's `day`.
    """
    if sentence.rstrip("”’\"') ").endswith("?") or _CALL.match(sentence) or bare_words(sentence) == title:
        return False
    if len(first.date) > len("2024"):
        return True
    is_over = first.relative or day is None or int(first.date) < day.year
    return is_over and PAST.search(sentence) is not None


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
