"""Charts of articles over time: timelines, and heat maps of long lists."""

from __future__ import annotations

from calendar import monthrange
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable

from glossator.model import ArticleId, SitePath
from glossator.stages.plan.catalogue.cut_long_lists import UNDATED, Tree
from glossator.stages.plan.catalogue.list_pages import ListPage, href, part_href
from glossator.views import Bar, HeatCell, HeatRow

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


LEVELS = 5


def months_by_year(tree: Tree[ArticleId], page: ListPage, path: SitePath) -> tuple[HeatRow, ...]:
    """Return the years of a list by date, newest first; `path` is the path of the page that shows them."""
    months = {month: count for month, count in tree.tally(len("2024-03")).items() if not month.startswith(UNDATED)}
    highest = max(months.values(), default=0)
    years: dict[str, int] = {}
    for month, count in months.items():
        years[month[:4]] = years.get(month[:4], 0) + count
    return tuple(
        HeatRow(
            label=year,
            anchor=f"m{year}",
            count=years[year],
            href=href(tree, page, year, path),
            cells=tuple(
                _cell(
                    month,
                    f"m{month}",
                    (months.get(month, 0), highest),
                    href(tree, page, month, path) if month in months else "",
                )
                for month in (f"{year}-{number:02}" for number in range(1, 13))
            ),
        )
        for year in sorted(years, reverse=True)
    )


def days_by_month(tree: Tree[ArticleId], page: ListPage, path: SitePath) -> tuple[HeatRow, ...]:
    """Return the months of the list by day of the year, or the one that `page` is about, with all their days."""
    shown = [name for name in (f"{number:02}" for number in range(1, 13)) if not page.name or name == page.name]
    counts = {month: _counts(tree, month) for month in shown}
    highest = max((count for days in counts.values() for count in days.values()), default=0)
    return tuple(
        HeatRow(
            label=month,
            anchor=f"d{month}",
            count=sum(days.values()),
            href="" if month == page.name else _day_href(tree, month, path),
            cells=tuple(
                _cell(day, f"d{day}", (days[day], highest), _day_href(tree, day, path) if days[day] else "")
                for day in _days(month)
            ),
        )
        for month, days in counts.items()
    )


def _counts(tree: Tree[ArticleId], month: str) -> Counter[str]:
    """Return the number of articles of each day of a month."""
    days: Counter[str] = Counter()
    for part in tree.cuts.get(month) or (name for name in tree.cuts[""] if name.startswith(month) and name != month):
        days[part[: len("03-14")]] += tree.counts[part]
    days.update(key[: len("03-14")] for key, _ in tree.members.get(month, ()))
    return days


def _days(month: str) -> Iterable[str]:
    _, last = monthrange(2024, int(month))  # a leap year has all days
    return (f"{month}-{number:02}" for number in range(1, last + 1))


def _day_href(tree: Tree[ArticleId], day: str, path: SitePath) -> str:
    """Return the link to the articles of a day of the year, or of a month; empty if there are none."""
    names = [name for name in tree.path(day) if len(name) <= len(day) and name in tree.counts]
    target = part_href(ListPage("days", "", ""), names[-1], path)
    if names[-1] == day:
        return target
    return f"{target}#d{day}" if len(day) > len("03") else ""


def _cell(label: str, anchor: str, amount: tuple[int, int], address: str) -> HeatCell:
    """Return a cell; `amount` is its number of articles, and the highest of the map."""
    count, highest = amount
    return HeatCell(label, anchor, count, -(-count * LEVELS // highest) if count else 0, address)
