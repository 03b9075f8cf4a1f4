"""Dates in words, and for programs."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime
from functools import lru_cache

MONTHS = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)
WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")

_YEAR = re.compile(r"\b(?:1\d|20)\d\d\b")


def single_year(heading: str) -> str:
    """Return the one year that a heading or title says; empty if it says none or several."""
    years = set(_YEAR.findall(heading))
    return years.pop() if len(years) == 1 else ""


def precision(iso: str) -> str:
    """Return what an ISO date tells: `year`, `month` or `day`."""
    return {4: "year", 7: "month"}.get(len(iso), "day")


@lru_cache(maxsize=65536)
def utc(moment: str) -> str:
    """Return an ISO day or moment as RFC 3339 writes it, in UTC: `2025-11-11T00:00:00Z`; empty if it is neither.

    A day begins at midnight, and a moment without an offset is taken as UTC, because no place is known.
    """
    try:
        parsed = datetime.fromisoformat(moment)
        zoned = parsed.astimezone(UTC) if parsed.tzinfo else parsed
    except (ValueError, OverflowError):
        return ""
    return f"{zoned.replace(tzinfo=None, microsecond=0).isoformat()}Z"


@lru_cache(maxsize=4096, typed=True)
def day(moment: str) -> str:
    """Return a date in words: `2025-11-11` is 11 November 2025, `2025-11` November 2025; anything else as it is."""
    try:
        parsed = date.fromisoformat(moment[:10])
    except ValueError:
        return month(moment)
    return f"{parsed.day} {MONTHS[parsed.month - 1]} {parsed.year}"


@lru_cache(maxsize=4096, typed=True)
def month(label: str) -> str:
    """Return `2025-11` as November 2025; anything else, such as a year, as it is."""
    year, name = label.partition("-")[0], month_name(label)
    return label if name == label else f"{name} {year}"


@lru_cache(maxsize=4096, typed=True)
def month_name(label: str) -> str:
    """Return `2025-11` as November; anything else, such as a year, as it is."""
    year, _, number = label.partition("-")
    if not (year.isdecimal() and number.isdecimal() and 1 <= int(number) <= len(MONTHS)):
        return label
    return MONTHS[int(number) - 1]


@lru_cache(maxsize=4096, typed=True)
def day_of_year(label: str) -> str:
    """Return `03-14` as 14 March, `03` as March and `03-14-2024` as 14 March 2024; anything else as it is."""
    number, _, rest = label.partition("-")
    if not (number.isdecimal() and 1 <= int(number) <= len(MONTHS)):
        return label
    date_in_month, _, year = rest.partition("-")
    return " ".join(filter(None, (date_in_month.lstrip("0"), MONTHS[int(number) - 1], year)))


def month_short(label: str) -> str:
    """Return `2025-11` as Nov; anything else, such as a year, as it is."""
    name = month_name(label)
    return label if name == label else name[:3]
