"""Dates as English sentences write them -> ISO dates, as precise as the sentence is.

What needs the article's day ("on Monday", "in March", "last year") is only read if that day is sure, and then means the
nearest time before it, or after it if the verb that the words belong to speaks of the future; "on 3 March" is of the
year that the heading says, if one does. What is not plain has no date.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from functools import partial

import msgspec

from glossator.dates import MONTHS, WEEKDAYS, precision
from glossator.stages.chronology.tense import Tense, tense_at

EARLIEST = 1000
LATEST = 2100
WEEK = len(WEEKDAYS)
FARTHEST = timedelta(days=290)
"""Time from the article's day beyond which the other year is nearer, so that a month or a day has no plain year."""
HALF = timedelta(days=15)
"""Half a month, whose middle stands for it: the month of the article's day was, too."""
_OF_THE_PAST = frozenset(("since", "last"))
"""Words before a month that was."""

_MONTH = (
    "(?:"
    + "|".join(
        [*MONTHS, *(rf"{name[:3]}\." for name in MONTHS), r"Sept\.", "Jan", "Feb", "Aug", "Sept?", "Oct", "Nov", "Dec"]
    )
    + ")"
)
_ORDINAL = r"(?:st|nd|rd|th)?"
_YEAR = r"(?:1\d|20)\d\d"
_DAY = re.compile(
    rf"\b(?:(?:(?P<d0>\d{{1,2}}){_ORDINAL}\s?(?:[–—-]|to)\s?)?(?P<d1>\d{{1,2}}){_ORDINAL}\s+(?:of\s+)?(?P<m1>{_MONTH})\b"
    rf"(?:,?\s+(?P<y1>{_YEAR})\b)?"
    rf"|(?P<m2>{_MONTH}),?\s+(?P<d2>\d{{1,2}}){_ORDINAL}\b"
    rf"(?!\s?(?:%|percent|per cent|million|billion|people))"
    rf"(?:\s?(?:[–—-]|to|(?P<and>and)|through)\s?(?:(?P<m3>{_MONTH})\s+)?(?P<d3>\d{{1,2}}){_ORDINAL}\b)?"
    rf"(?:,?\s+(?P<y2>{_YEAR})\b)?"
    rf"|(?P<iso>{_YEAR}-[01]\d-[0-3]\d)\b)"
)
_OF_MONTH = re.compile(
    rf"\b(?:(?P<cue>in|since|until|by|during|from|before|after|through|early|late|mid|last|this|next|of)[\s-]+)?"
    rf"(?P<m>{_MONTH})(?:(?:\s+of)?,?\s+(?P<y>{_YEAR})\b)?(?![\w’'-])",
    re.IGNORECASE,
)
_OF_YEAR = re.compile(
    r"\b(?P<cue>in|since|until|by|during|before|after|from|early|late|mid|back in|as of|"
    r"(?:spring|summer|autumn|fall|winter)(?: of)?)[\s-]+(?:early |late |mid-?)?"
    r"(?P<y>(?:1\d|20)\d\d)(?!['’]?s\b|[\d%–—-]|[,.]\d|:\s[A-Z]|\s*(?:and|to|or)\s+\d)",
    re.IGNORECASE,
)
_WEEKDAY = re.compile(
    r"\b(?:(?P<other>(?:Black|Cyber|Easter|except(?: for)?|[Ee]ach|[Ee]very|First|Good|Super|[Tt]hat|a|through)\s+)"
    rf"|(?P<which>last|next|this|Last|Next|This)\s+)?(?P<day>{'|'.join(WEEKDAYS)})\b"
    r"(?!s\b| (?:night|morning|afternoon|evening)s\b|’s\b|'s\b|\s(?:Night|Times|Post|Mail))"
)
_NEAR = re.compile(
    r"\b(?:(?P<day>yesterday|last night|(?<=[^,;:] )today|tomorrow|this (?:morning|afternoon|evening))\b(?!['’])"
    r"|(?<!the )(?P<which>last|this|next|earlier this|later this)\s+(?P<unit>year|month|week)\b(?!['’]))",
    re.IGNORECASE,
)
_DAYS_ON = {"yesterday": -1, "last night": -1, "tomorrow": 1}
"""Days from that of the article to the one of which words speak that do not speak of its own."""
_BEHIND = re.compile(r",?\s+(last|this|next)\s+year\b", re.IGNORECASE)
_STEPS = {"last": -1, "next": 1}
_ADVICE = re.compile(r"\b(?:[Yy]ou|[Yy]our|may|might)\b|^For example\b")
"""Words of a sentence in which "this year" is no year: it addresses the reader, or tells what may be."""
_MEMORY = re.compile(
    r"\b(?:[Ww]hen (?:I|we were|(?:he|she) was (?:an?|young|little|\d+))|[Aa]s an? (?:child|boy|girl|kid|teenager))\b"
)
"""Words of a sentence that remembers another time, from which its days are reckoned."""
_QUOTATION_MARK = re.compile(r"(?P<opens>[“«]|(?:^|(?<=[\s(\[—–-]))\")|[”»\"]")
_RANGE_AFTER = re.compile(rf"\s*(?:[–—-]|,|and|or|to|through)\s*{_MONTH}\b")
_RANGE_BEFORE = re.compile(r"\d\s?[–—-]\s?$")


class FoundDate(msgspec.Struct, frozen=True):
    """A date in a sentence."""

    date: str
    start: int
    relative: bool = False
    """True if it is reckoned from the article's day."""
    of_week: bool = False
    """True if the words say a day of the week alone."""
    until: str = ""
    """The last day if the sentence says a range of days; else empty."""


def dates_in(sentence: str, day: date | None, year: int | None = None) -> list[FoundDate]:
    """Return the dates of a sentence, the most precise first.

    `day` is that of the article if it is sure, `year` the one that the heading says, if one does. A day of the month
    comes before a weekday. A weekday within quotation marks is none: the day of the words is not known.
    """
    day = None if _MEMORY.search(sentence) else day
    dates = [*_days(sentence, day, year)]
    taken = [(date.start, date.start + 30) for date in dates]
    dates += (date for date in _months(sentence, day, year) if not _is_taken(date, taken))
    dates += (date for date in _years(sentence) if not _is_taken(date, taken))
    if day is not None and not _ADVICE.search(sentence):
        near = (*_weekdays(sentence, day), *_near(sentence, day))
        dates += (date for date in near if precision(date.date) != "day" or not is_quoted(sentence, date.start))
    return sorted(dates, key=lambda date: (-len(date.date), date.relative, date.of_week, date.start))


def _is_taken(date: FoundDate, taken: list[tuple[int, int]]) -> bool:
    return any(start - 12 <= date.start < end for start, end in taken)


def is_quoted(sentence: str, at: int) -> bool:
    """True if an offset is within quotation marks, of which one may be in another sentence."""
    marks = [*_QUOTATION_MARK.finditer(sentence)]
    preceding = [mark for mark in marks if mark.start() < at]
    return preceding[-1]["opens"] is not None if preceding else bool(marks) and not marks[0]["opens"]


def _days(sentence: str, day: date | None, above: int | None) -> Iterator[FoundDate]:
    for match in _DAY.finditer(sentence):
        reckoned = _year_behind(sentence, match.end(), day)
        if match["iso"]:
            made = _date(*map(int, match["iso"].split("-")))
        else:
            month, number = _month_number(match["m1"] or match["m2"]), _first_day(match)
            year = match["y1"] or match["y2"] or reckoned or above
            dated = partial(_date, month=month, day=number)
            made = dated(int(year)) if year else _nearest(dated, day, tense_at(sentence, match.span()))
        if made and not _RANGE_BEFORE.search(sentence, 0, match.start()):
            whole = match["iso"] or match["y1"] or match["y2"] or (above and not reckoned)
            yield FoundDate(made.isoformat(), match.start(), relative=not whole, until=_until(match, made))


def _year_behind(sentence: str, at: int, day: date | None) -> int | None:
    """Return the year that words behind a day or a month mean; None without such words: "in January last year"."""
    behind = _BEHIND.match(sentence, at)
    return day.year + _STEPS.get(behind[1].lower(), 0) if day and behind else None


def _first_day(match: re.Match[str]) -> int:
    """Return the number of a day, or of the first of a range; a range does not begin with a larger number."""
    last = int(match["d1"] or match["d2"])
    return min(int(match["d0"] or last), last)


def _until(match: re.Match[str], first: date) -> str:
    """Return the last day of a range that begins with a day; empty if that is a day alone, or one of two."""
    number = match["d1"] if match["d0"] else match["d3"]
    if not number or match["and"]:
        return ""
    last = _date(first.year, _month_number(match["m3"]) if match["m3"] else first.month, int(number))
    return last.isoformat() if last and last > first else ""


def _months(sentence: str, day: date | None, above: int | None) -> Iterator[FoundDate]:
    for match in _OF_MONTH.finditer(sentence):
        if not match["y"] and _RANGE_AFTER.match(sentence, match.end()):
            continue  # of every year
        name, cue = match["m"], (match["cue"] or "").lower()
        if not name[0].isupper():
            continue
        month = _month_number(name)
        if reckoned := _year_behind(sentence, match.end(), day):
            yield FoundDate(f"{reckoned}-{month:02}", match.start(), relative=True)
        elif year := match["y"] or (above if cue and cue != "of" else None):
            yield FoundDate(f"{year}-{month:02}", match.start())
        elif cue and cue != "of":
            tense = "past" if cue in _OF_THE_PAST else tense_at(sentence, match.span())
            if made := _nearest(partial(_date, month=month, day=15), day, tense):
                yield FoundDate(f"{made.year}-{month:02}", match.start(), relative=True)


def _years(sentence: str) -> Iterator[FoundDate]:
    for match in _OF_YEAR.finditer(sentence):
        if EARLIEST <= int(match["y"]) <= LATEST:
            yield FoundDate(match["y"], match.start())


def _weekdays(sentence: str, day: date) -> Iterator[FoundDate]:
    for match in _WEEKDAY.finditer(sentence):
        if match["other"]:
            continue
        number, which = WEEKDAYS.index(match["day"]), (match["which"] or "").lower()
        back = (day.weekday() - number) % WEEK
        tense = {"last": "past", "next": "future"}.get(which) or tense_at(sentence, match.span())
        if not tense or (back == WEEK - 1 and not which and tense == "past"):
            continue  # as likely the day after: of an article that was changed, or written where it was later
        if tense == "future":
            ahead = (number - day.weekday()) % WEEK
            made = day + timedelta(days=ahead or (WEEK if which == "next" else 0))
        else:
            made = day - timedelta(days=back or (WEEK if which == "last" else 0))
        yield FoundDate(made.isoformat(), match.start(), relative=True, of_week=True)


def _near(sentence: str, day: date) -> Iterator[FoundDate]:
    for match in _NEAR.finditer(sentence):
        if match["day"]:
            days = _DAYS_ON.get(match["day"].lower(), 0)
            yield FoundDate((day + timedelta(days=days)).isoformat(), match.start(), relative=True)
            continue
        step = _STEPS.get(match["which"].lower(), 0)
        if match["unit"].lower() == "year":
            yield FoundDate(str(day.year + step), match.start(), relative=True)
        elif match["unit"].lower() == "week":
            monday = day + timedelta(days=step * WEEK - day.weekday())
            if monday.month == (monday + timedelta(days=WEEK - 1)).month:  # else nobody knows of which month it was
                yield FoundDate(f"{monday:%Y-%m}", match.start(), relative=True)
        else:
            month = day.year * 12 + day.month - 1 + step
            yield FoundDate(f"{month // 12}-{month % 12 + 1:02}", match.start(), relative=True)


def _nearest(make: Callable[[int], date | None], day: date | None, tense: Tense | None) -> date | None:
    """Return the date of the year in which it is nearest to the article's day, before or after it by the tense."""
    if day is None or tense is None:
        return None
    made = (candidate for year in (day.year - 1, day.year, day.year + 1) if (candidate := make(year)))
    month = day.replace(day=1)
    fit = (candidate for candidate in made if (candidate >= month if tense == "future" else candidate <= day + HALF))
    nearest = min(fit, key=lambda candidate: abs(candidate - day), default=None)
    return nearest if nearest and abs(nearest - day) < FARTHEST else None


def _month_number(name: str) -> int:
    return next(number for number, full in enumerate(MONTHS, 1) if full[:3].lower() == name[:3].lower())


def _date(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None
