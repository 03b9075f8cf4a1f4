"""Small files from which a browser chooses what the home page shows of the archive today: one file a month.

A page has the same bytes every day; only the browser knows the day. Each file has the articles of the month's days in
any year, and some articles to which no other is related.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from zlib import crc32

import msgspec

from glossator import site_paths
from glossator.model import ArticleHead, SitePath
from glossator.stages.plan.catalogue import Catalogue, PlannedPage, fingerprint_of
from glossator.text import cut
from glossator.views import DataFile

KIND = "front-file"
A_DAY = 3
"""Articles of a day of the year, the newest."""
APART = 6
"""Articles of a file to which no other is related."""
LONGEST_TITLE = 150
MONTHS = tuple(f"{month:02d}" for month in range(1, 13))


def plan(catalogue: Catalogue) -> Iterator[PlannedPage]:
    """Plan the files of all months, of which a browser may ask for any; none for a site without articles."""
    for month, content in _contents(catalogue).items():
        yield PlannedPage(site_paths.front_path(month), KIND, month, (), fingerprint_of(articles=content))


def compose(catalogue: Catalogue, planned: PlannedPage) -> DataFile:
    days, apart = _contents(catalogue)[planned.subject]
    return DataFile(msgspec.json.encode({"days": days, "apart": apart}).decode() + "\n")


Row = tuple[str, SitePath, str]
"""Title, path and ISO day of an article."""


def _contents(catalogue: Catalogue) -> dict[str, tuple[dict[str, list[Row]], list[Row]]]:
    """Return, by month, the articles of each day, and those that are apart."""
    days: dict[str, dict[str, list[Row]]] = defaultdict(dict)
    apart: dict[str, list[Row]] = defaultdict(list)
    for head in catalogue.content.heads:
        day = (head.date or "")[5:10]
        if day and len(rows := days[day[:2]].setdefault(day[3:], [])) < A_DAY:
            rows.append(_row(head))
        month = MONTHS[crc32(head.id.encode()) % len(MONTHS)]
        if not catalogue.content.related.get(head.id) and len(apart[month]) < APART:
            apart[month].append(_row(head))
    months = MONTHS if catalogue.content.heads else ()
    return {month: (days.get(month, {}), apart.get(month, [])) for month in months}


def _row(head: ArticleHead) -> Row:
    return cut(head.title, LONGEST_TITLE), site_paths.article_path(head.id), (head.date or "")[:10]
