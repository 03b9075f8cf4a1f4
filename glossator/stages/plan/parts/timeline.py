"""Timelines: articles or mentions by month or, for long times, by year."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable

from glossator.views import Bar

MONTHS_AT_MOST = 48
"""Months in a timeline; a longer one is drawn in years."""


def timeline(days: Iterable[tuple[str, int]], href: Callable[[str], str] = lambda _: "") -> tuple[Bar, ...]:
    """Return columns from the first day to the last without gaps, by month or, for long times, by year.

    `days` are ISO days with a weight each; `href` returns the address of the articles of a month or year, or "".
    """
    months: dict[str, int] = defaultdict(int)
    for day, weight in days:
        months[day[:7]] += weight
    if not months:
        return ()
    first, last = min(months), max(months)
    span = [f"{y:04}-{m:02}" for y in range(int(first[:4]), int(last[:4]) + 1) for m in range(1, 13)]
    span = [month for month in span if first <= month <= last]
    if len(span) <= MONTHS_AT_MOST:
        return tuple(Bar(month, months.get(month, 0), href(month) if month in months else "") for month in span)
    years: dict[str, int] = defaultdict(int)
    for month, weight in months.items():
        years[month[:4]] += weight
    every = [f"{y:04}" for y in range(int(first[:4]), int(last[:4]) + 1)]
    return tuple(Bar(year, years.get(year, 0), href(year) if year in years else "") for year in every)
