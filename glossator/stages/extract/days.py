"""Days as people write them in a text -> ISO dates."""

from __future__ import annotations

import datetime as dt
import re

_MONTHS = (
    ("jan", "ene", "janv"),
    ("feb", "fév", "fev"),
    ("mar", "mär", "maer"),
    ("apr", "abr", "avr"),
    ("may", "mai"),
    ("jun", "juin"),
    ("jul", "juil"),
    ("aug", "ago", "aoû"),
    ("sep", "set"),
    ("oct", "okt", "out"),
    ("nov",),
    ("dec", "dez", "dic", "déc"),
)
"""Beginnings of month names in English, German, Spanish, French and Portuguese."""
_MONTH = r"(?P<month>[^\W\d_]{3,10})\.?"
_DAY = r"(?P<day>\d{1,2})(?:st|nd|rd|th|er|º)?"
_YEAR = r"(?P<year>(?:19|20)\d\d)"
_NOTATIONS = tuple(
    re.compile(rf"(?<![\w/.-]){notation}(?![\w/]|[.-]\d)", re.IGNORECASE)
    for notation in (
        rf"{_YEAR}[-/.](?P<month>\d{{1,2}})[-/.](?P<day>\d{{1,2}})(?:T[\d:.+Z-]+)?",
        rf"{_DAY}\.?\s+(?:de\s+)?{_MONTH},?\s+(?:del?\s+)?{_YEAR}",
        rf"{_MONTH}\s+{_DAY},?\s+{_YEAR}",
        rf"(?P<day>\d{{1,2}})\.\s?(?P<month>\d{{1,2}})\.\s?{_YEAR}",
        rf"(?P<day>1[3-9]|2\d|3[01])/(?P<month>\d{{1,2}})/{_YEAR}",
        rf"(?P<month>\d{{1,2}})/(?P<day>1[3-9]|2\d|3[01])/{_YEAR}",
    )
)
"""With slashes only where one of the numbers can be no month: 3/4/2024 is a different day on each side of the sea."""
_LONGEST_LINE = 120
"""Characters of a line that says a day and nothing else."""
_AROUND = frozenset(
    """mon monday tue tues tuesday wed wednesday thu thurs thursday fri friday sat saturday sun sunday montag
    dienstag mittwoch donnerstag freitag samstag sonntag mo di mi do fr sa so lunes martes miércoles jueves
    viernes sábado domingo am pm a p m uhr h at um las gmt utc bst cest cet est edt pst pdt cst cdt et on el stand
    date datum fecha first published posted updated modified last saved retrieved accessed printed downloaded
    veröffentlicht aktualisiert erschienen abgerufen publicado actualizado consultado min minute minutes read
    issue""".split()
)
"""Words that may stand beside a day without saying anything else."""


def find_day(text: str) -> str | None:
    """The first day that a text names, as an ISO date."""
    found = _first(text)
    return found[0] if found else None


def is_date_line(text: str) -> bool:
    """Whether a line says a day and nothing else than what goes with one: weekday, time, "Published on"."""
    if len(text) > _LONGEST_LINE or not (found := _first(text)):
        return False
    rest = text
    while found:
        rest = rest[: found[1].start()] + " " + rest[found[1].end() :]
        found = _first(rest)
    return all(word in _AROUND for word in re.findall(r"[^\W\d_]+", rest.lower()))


def _first(text: str) -> tuple[str, re.Match[str]] | None:
    days = ((day, match) for notation in _NOTATIONS for match in notation.finditer(text) if (day := _day(match)))
    return min(days, key=lambda found: found[1].start(), default=None)


def _day(match: re.Match[str]) -> str | None:
    month = match["month"].lower()
    number = int(month) if month.isdigit() else _month(month)
    try:
        return dt.date(int(match["year"]), number, int(match["day"])).isoformat()
    except ValueError:
        return None


def _month(name: str) -> int:
    """The number of a month; 0 for a word that is none."""
    return next((number for number, starts in enumerate(_MONTHS, 1) if name.startswith(starts)), 0)
