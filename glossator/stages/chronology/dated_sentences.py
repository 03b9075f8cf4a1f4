"""Sentences with a date in them, each with the one date that it is about."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, timedelta

import msgspec

from glossator.dates import WEEKDAYS, single_year
from glossator.model import ArticleHead, DatedSentence, Mention, Name, TimedSentence
from glossator.stages.chronology.dates_in_text import FoundDate, dates_in, is_quoted
from glossator.stages.chronology.tense import FUTURE, LASTING, NEWS, PAST
from glossator.text import bare_words, without_dateline
from glossator.word_lists import word_lists

MOST_NAMES = 6
_WORDS = word_lists("chronology")
_CALL = re.compile(rf"\W*(?:{'|'.join(sorted(_WORDS['calls']))})\b", re.IGNORECASE)
"""The beginning of a sentence that calls upon the reader to come."""
_NOTICE = re.compile(
    r"\b(?:as of|last updated|updated on|(?:first|originally) (?:published|appeared|posted)|fact-checked|all rights"
    r" reserved|pictured)\b|[©•]|\((?:\w+ )?(?:photo|image)s?\b|/ ?(?:AP|AFP|Reuters|Getty)\b"
    r"|\b(?:photo|image|picture)s? (?:by|courtesy|via)\b|^\W*\d{1,2} \w+ \d{4}\s?[-–—:]",
    re.IGNORECASE,
)
"""Words of a credit, a list of changes, or a notice about the page itself."""
_DAY_OF_WEEK = f"(?:{'|'.join(WEEKDAYS)})"
_OF_PICTURE = re.compile(rf"\b{_DAY_OF_WEEK},? \w+\.? \d{{1,2}}, \d{{4}}\b|^\W*{_DAY_OF_WEEK}\b[^.:]{{0,20}}:")
"""Weekday and year of one day: captions say both. Or a weekday with a colon, as calendars have it."""
_ASIDE = re.compile(r"^,[^,]{1,120},")
_OTHER_CLAUSE = re.compile(
    r"\b(?:which|who|whose|whom|where|(?:when|after|before|while)(?! \w+ing\b)|as|although|though|because"
    r"|despite|until|if|than"
    r"|that (?:we|you|have|has|had|was|were|is|are|\w+s|\w+ed)|same \w+"
    r"|(?:and|but|so) (?:the|an?|it|he|she|they))\b"
    r"|\b(?!(?:and|or|was|were|been|is|are|be|had|has|have|later|also|first|\w+ly)\b)\w+ \w+ed(?: (?:on|in|by))? $"
)
"""Words between a subject and a date that begin a clause of its own."""
_IN_RELATIVE = re.compile(
    r"(?:\b(?:which|who|whose|whom|where|those)|\bthat (?:was|were|had|has|have|is|are))\b[^,;:—–]*$"
)
"""The words before a date in a clause about something else than the sentence is."""
_OF_NOUN = re.compile(r"(?:\b(?:the|an?|his|her|its|their)|[’']s) $", re.IGNORECASE)
"""Words before a date that make it a part of a noun phrase: "a March 21 call"."""
_BOUND = re.compile(
    r"\b(?:since|until|before|after|from|by|as of|than|through)(?:\s(?:early|late|mid))?[\s-]+", re.IGNORECASE
)
"""Words before a date from or up to which something lasted, or with which it is compared: it was not on that date."""
_OPENS_CLAUSE = re.compile(
    r"(?:[,;:—–]|\b(?:and|as|but|so|that|when|where|which|while))"
    r" (?:the |then |also |(?:[A-Z][\w.’'-]+ ){1,3})?$"
)
"""The end of what stands before the subject of a clause, with its title."""
_ITS_VERB = re.compile(rf"\s(?:\(\w+\)\s)?(?:(?:also|later|first|then|has|have|had|was|were|\w+ly)\s)*{PAST.pattern}")
"""A verb in a tense of the past behind its subject."""
_OTHER_VERB = re.compile(
    r"\b(?:was|were|is|are|has|had|will|would)\b|, [^,]*\b(?:said|says|told|tells|reported|reports)\b"
)
"""A verb behind that of a clause, which may be of another subject."""
_SAYING = re.compile(r"\b(?:said|told|wrote)$")
_JUST_BEFORE = re.compile(r"[^,;:]{2,30}, $")
"""A date that stands before the subject of its clause."""
_PARTICIPLE = re.compile(r"(?:Having been [a-z]+ed|[A-Z][a-z]+ed|Born|Built|Begun|Known|Written) [^,;:]*$")
"""A participle that opens a sentence, up to a date: what it tells was, whatever the subject behind does now."""
_PRESENT = re.compile(r"\s(?:(?:also|now|still|\w+ly)\s)?(?:is|are|wants?|says?|can|may)\b")
"""The verb of a subject of which a sentence tells what is, not what was."""
_TELLS_NEWS = re.compile(
    rf"(?:,[^,]{{1,120}},)?(?:[’']s?)?(?:\s(?!(?:that|which|who|whose|said|says)\b)[\w’'()&-]+,?){{0,8}}?\s(?:{NEWS.pattern})"
)
"""Words from a name to the verb of its noun phrase, which tells what is new."""
_RECENT = timedelta(days=7)
"""Time before a report within which a date in its first sentence is that of its news."""
_PRONOUN = re.compile(r"(?:He|She|They|We|I|You)\b")
_CUT_OFF = re.compile(r"^[^\"“]*[\w.,!?][\"”](?=\s|$)")
"""A sentence that begins within a quotation."""


class NamesAndTimes(msgspec.Struct, frozen=True):
    """The part of an analysis that dates are read from: reading all of it takes three times as long."""

    names: tuple[Name, ...]
    mentions: tuple[Mention, ...]
    timed: tuple[TimedSentence, ...] = ()


def dated_sentences(head: ArticleHead, analysis: NamesAndTimes) -> Iterator[DatedSentence]:
    """Yield the sentences of an article that tell of something with a date.

    The first sentence of a report, in a tense that tells what is new, has the day of the report, unless it tells of an
    event with a date that is of the last days or to come. The day of an article that tells what was in a later year is
    wrong: from it nothing is reckoned.
    """
    told = tuple(_dated_sentences(head, analysis))
    if any(_was_later(sentence, head.stated_day) for sentence in told):
        told = tuple(_dated_sentences(msgspec.structs.replace(head, published=None), analysis))
    yield from told


def _was_later(sentence: DatedSentence, day: str) -> bool:
    """True if a sentence tells, with a date of its own, of an event that was in a later year than an article's day."""
    is_reckoned = sentence.ahead or sentence.relative
    return bool(day) and sentence.subject >= 0 and not is_reckoned and sentence.date[:4] > day[:4]


def _dated_sentences(head: ArticleHead, analysis: NamesAndTimes) -> Iterator[DatedSentence]:
    day, title = sure_day(head), bare_words(head.title)
    for sentence in analysis.timed:
        dates = dates_in(sentence.text, _day_for(sentence, head.title, day), _year_above(sentence, day))
        told = None
        if dates and _tells(sentence.text, title, dates[0], day):
            told = _told(head, analysis, sentence, dates[0])
        if day is not None and _is_report(analysis, sentence):
            latest = (day - _RECENT).isoformat()
            if told is None or told.subject < 0 or told.date < latest[: len(told.date)]:
                first = FoundDate(day.isoformat(), 0, relative=True)
                told = _dated(head, analysis, sentence, first, subject=sentence.subject)
                told = msgspec.structs.replace(told, is_report=True)
        if told is not None:
            yield told


def _told(head: ArticleHead, analysis: NamesAndTimes, sentence: TimedSentence, first: FoundDate) -> DatedSentence:
    """Return a sentence with the date that it says, which tells of an event if it has a subject."""
    day = sure_day(head)
    later = day is not None and first.date > day.isoformat()[: len(first.date)]
    ahead = later and (FUTURE.search(sentence.text) is not None or not PAST.search(sentence.text))
    is_event = _is_whole(sentence.text) and _is_event(analysis, sentence, first, ahead=ahead)
    subject = sentence.subject if is_event else -1
    subject = _subject_of_clause(analysis, sentence, first) if subject < 0 else subject
    told = _dated(head, analysis, sentence, first, subject)
    return msgspec.structs.replace(told, ahead=ahead, is_aside=_is_aside(sentence.text, first.start))


def _dated(
    head: ArticleHead, analysis: NamesAndTimes, sentence: TimedSentence, found: FoundDate, subject: int
) -> DatedSentence:
    """Return a sentence of an article with a date and the index of the name that is the subject, or -1."""
    mentioned = tuple(dict.fromkeys(_mentioned(analysis, sentence)))
    return DatedSentence(
        date=found.date,
        until=found.until,
        article=head.id,
        start=sentence.start,
        text=without_dateline(sentence.text),
        title=head.title,
        publication=head.site or "",
        names=tuple(dict.fromkeys(analysis.names[name].form for name in mentioned))[:MOST_NAMES],
        relative=found.relative,
        anchor=sentence.anchor,
        mentioned=mentioned,
        subject=subject,
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
    return is_over and (PAST.search(sentence) or _PARTICIPLE.match(sentence, 0, first.start)) is not None


def sure_day(head: ArticleHead) -> date | None:
    """Return the day of an article if its page says it; None for one that was guessed or is the day of the save."""
    try:
        return date.fromisoformat(head.stated_day)
    except ValueError:
        return None


def _is_whole(sentence: str) -> bool:
    """True if a sentence is one of a text: no caption, no notice of a page, and not cut off, nor within a quotation."""
    is_other = _NOTICE.search(sentence) or _OF_PICTURE.search(sentence) or _CUT_OFF.match(sentence)
    is_even = sentence.count('"') % 2 == 0 and sentence.count("“") == sentence.count("”")
    return not is_other and is_even and sentence.count("(") == sentence.count(")")


def _is_aside(sentence: str, at: int) -> bool:
    """True if the date at an offset is said by the way: in a credit, quotation, relative clause or noun phrase."""
    is_within = is_quoted(sentence, at) or _is_of_noun(sentence, at)
    return not _is_whole(sentence) or is_within or _IN_RELATIVE.search(sentence, 0, at) is not None


def _is_event(analysis: NamesAndTimes, sentence: TimedSentence, date: FoundDate, *, ahead: bool) -> bool:
    """True if the date is that of what a sentence tells of its subject, which was, or was to come.

    A date in a clause behind, within quotation marks or as a part of a noun phrase is the day of something else.
    """
    behind = _end_of(analysis, sentence, sentence.subject)
    between = _ASIDE.sub("", sentence.text[behind : date.start], count=1)
    if _OTHER_CLAUSE.search(between) or _is_of_other(sentence.text, date.start):
        return False
    if _PARTICIPLE.match(sentence.text, 0, date.start):
        return True
    return ahead or (PAST.search(sentence.text) is not None and not _PRESENT.match(sentence.text, behind))


def _is_report(analysis: NamesAndTimes, sentence: TimedSentence) -> bool:
    """True if a sentence is the first of an article and tells of its subject, in a tense of what is new."""
    if not sentence.is_lead or sentence.subject < 0 or not _is_whole(sentence.text) or LASTING.search(sentence.text):
        return False
    return _TELLS_NEWS.match(sentence.text, _end_of(analysis, sentence, sentence.subject)) is not None


def _end_of(analysis: NamesAndTimes, sentence: TimedSentence, name: int) -> int:
    """Return where the first mention of a name in a sentence ends, from its beginning; 0 if it is not in it."""
    own = (mention for mention in analysis.mentions if sentence.start <= mention.start < sentence.end)
    return next((mention.end - sentence.start for mention in own if mention.name == name), 0)


def _subject_of_clause(analysis: NamesAndTimes, sentence: TimedSentence, date: FoundDate) -> int:
    """Return the name whose verb a date belongs to, if that is not the first verb of the sentence; -1 if none is.

    "The talks were close when Ada Brandt left in May": no other clause begins between the name's verb and the date.
    """
    is_other = _PRONOUN.match(sentence.text) or _is_of_other(sentence.text, date.start)
    if is_other or not _is_whole(sentence.text):
        return -1
    for mention in reversed(analysis.mentions):
        begin, end = mention.start - sentence.start, mention.end - sentence.start
        if not 0 <= begin < len(sentence.text) or begin <= date.start < end:
            continue
        verb = _ITS_VERB.match(sentence.text, end)
        if verb is None or (begin and not _OPENS_CLAUSE.search(sentence.text, 0, begin)):
            continue
        between = sentence.text[verb.end() : date.start]
        if begin > date.start:
            is_its = _JUST_BEFORE.fullmatch(sentence.text, date.start, begin) and not _SAYING.search(verb.group())
        else:
            is_its = not _OTHER_CLAUSE.search(between) and not _OTHER_VERB.search(between)
        if is_its:
            return mention.name
    return -1


def _is_of_other(sentence: str, at: int) -> bool:
    """True if the date at an offset bounds a time, or is part of a quotation or a noun phrase: of something else."""
    is_bound = _BOUND.match(sentence, at) or any(found.end() == at for found in _BOUND.finditer(sentence, 0, at))
    return _is_of_noun(sentence, at) or bool(is_bound) or is_quoted(sentence, at)


def _is_of_noun(sentence: str, at: int) -> bool:
    """True if the date at an offset is a part of a noun phrase: "a March 21 call"."""
    return _OF_NOUN.search(sentence, 0, at) is not None and not sentence[at].islower()


def _mentioned(analysis: NamesAndTimes, sentence: TimedSentence) -> Iterator[int]:
    for mention in analysis.mentions:
        if sentence.start <= mention.start and mention.end <= sentence.end:
            yield mention.name
