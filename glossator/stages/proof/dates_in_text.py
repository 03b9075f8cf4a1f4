"""Days, months, seasons, years, decades, days of the week and times of day in a text, in English."""

from __future__ import annotations

import re
from collections.abc import Iterator
from fractions import Fraction
from typing import NamedTuple

from glossator.dates import MONTHS, WEEKDAYS
from glossator.stages.proof.quantity import DATE, SEASONS, TIME, WEEKDAY, Date, Quantity

_HOURS = "one two three four five six seven eight nine ten eleven twelve".split()

_MONTH = "|".join(f"{name}|{name[:3]}\\.?" for name in MONTHS) + r"|Sept\.?"
_YEAR = r"1[5-9]\d\d|20\d\d"
_LEADING = r"(?:(?:early|late|mid|the\s+end\s+of|the)[\s-]+)?"
_DATE = re.compile(
    rf"\b(?P<day>\d{{1,2}})(?:st|nd|rd|th)?\s+(?:of\s+)?(?P<month>{_MONTH})(?!\w)(?:,?\s+(?P<year>{_YEAR})\b)?"
    rf"|\b(?P<month2>{_MONTH})\s+(?P<day2>\d{{1,2}})(?:st|nd|rd|th)?(?![\d:]|,\d)(?:,?\s+(?P<year2>{_YEAR})\b)?"
    rf"|\b(?P<month3>{_MONTH}),?\s+(?P<year3>{_YEAR})\b"
    r"|\b(?P<iso>[12]\d{3}-[01]\d-[0-3]\d)\b"
    rf"|\b(?P<season>[Ss]pring|[Ss]ummer|[Aa]utumn|[Ff]all|[Ww]inter)(?:\s+of|,)?\s+(?P<year4>{_YEAR})\b"
    rf"|(?<![\w$€£])(?:[Tt]he\s+)?(?P<decade>(?:{_YEAR})(?<=0))s\b"
    rf"|(?<![\d.,:$€£¥₹-])(?P<year5>{_YEAR})(?![\d%:/]|[.,]\d|-\d{{2}}-)"
)
_SPOKEN = re.compile(
    rf"\b(?:[Ii]n|[Ss]ince|[Uu]ntil|[Bb]y|[Dd]uring|[Tt]hrough|[Tt]ill|[Ff]rom|[Tt]his|[Ll]ast|[Pp]ast|[Nn]ext|[Ee]very|[Oo]f)\s+{_LEADING}"
    rf"(?:(?P<month>{'|'.join(MONTHS)})\b(?!['’]|\s+\d)|(?P<season>spring|summer|autumn|winter)\b(?!\s+of))"
)
_WEEKDAY = re.compile(rf"\b(?P<weekday>{'|'.join(WEEKDAYS)})\b(?!\s+[A-Z](?!\w*\.?\s+\d))")
_TIME = re.compile(
    r"(?<![\w.,:])(?P<hour>[01]?\d|2[0-3])(?::(?P<minute>[0-5]\d)(?![\d:])(?:\s?[ap]\.?m\b\.?)?|\s?[ap]\.?m\b\.?)"
    rf"|\b(?P<part>half|(?:a\s+)?quarter)\s+(?P<to>past|to)\s+(?P<spoken>{'|'.join(_HOURS)})\b",
    re.IGNORECASE,
)


class TextSpan(NamedTuple):
    """A stretch of a text."""

    text: str
    start: int
    end: int


def dates(stretch: TextSpan) -> Iterator[Quantity]:
    """Yield what a text says of days and times, in no order."""
    for match in _DATE.finditer(*stretch):
        if date := _date(match):
            yield Quantity(*match.span(), DATE, Fraction(0), Fraction(1), date=date)
    for match in _SPOKEN.finditer(*stretch):
        name = match["month"] or match["season"]
        month = SEASONS[name] if match["season"] else 1 + MONTHS.index(name)
        yield Quantity(match.end() - len(name), match.end(), DATE, Fraction(0), Fraction(1), date=Date(0, month, 0))
    for match in _WEEKDAY.finditer(*stretch):
        yield Quantity(*match.span(), WEEKDAY, Fraction(WEEKDAYS.index(match["weekday"])), Fraction(1))
    for match in _TIME.finditer(*stretch):
        yield Quantity(*match.span(), TIME, Fraction(_minutes(match)), Fraction(1))


def _date(match: re.Match[str]) -> Date | None:
    if match["iso"]:
        year, month, day = (int(part) for part in match["iso"].split("-"))
        return Date(year, month, day)
    if match["decade"]:
        return Date(int(match["decade"]), 0, 0, decade=True)
    year = int(next((part for part in match.group("year", "year2", "year3", "year4", "year5") if part), 0))
    if match["season"]:
        return Date(year, SEASONS[match["season"].lower().replace("fall", "autumn")], 0)
    name = match["month"] or match["month2"] or match["month3"]
    month = next(number for number, full in enumerate(MONTHS, 1) if full[:3] == name[:3]) if name else 0
    day = int(match["day"] or match["day2"] or 0)
    return Date(year, month, day) if day <= 31 else None


def _minutes(match: re.Match[str]) -> int:
    """Return a time in minutes of half a day: what is a.m. is seldom said twice."""
    if match["spoken"]:
        hour = 1 + _HOURS.index(match["spoken"].lower())
        part = 30 if match["part"].lower() == "half" else 15
        minutes = hour * 60 + (part if match["to"].lower() == "past" else -part)
    else:
        minutes = int(match["hour"]) * 60 + int(match["minute"] or 0)
    return minutes % 720
