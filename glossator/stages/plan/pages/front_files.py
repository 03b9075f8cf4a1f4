"""Small files from which a browser chooses what the home page shows of the archive today: one file a month.

A page has the same bytes every day; only the browser knows the day. Each file of a month has the articles of its days
in any year, and some articles to which no other is related. One more has the articles that came last, by which a
browser that remembers the last visit knows what is new.
"""

from __future__ import annotations

from collections.abc import Iterator
from zlib import crc32

import msgspec

from glossator import dates, site_paths
from glossator.model import ArticleHead, SitePath
from glossator.stages.plan.catalogue import Catalogue, PlannedPage
from glossator.stages.plan.pages.front_page import latest_articles
from glossator.text import cut
from glossator.views import DataFile

KIND = "front-file"
A_DAY = 3
"""Articles of a day of the year, the newest."""
APART = 6
"""Articles of a file to which no other is related."""
LONGEST_TITLE = 150
NEWEST = "newest"
MOST_NEW = 60
"""Articles among which a browser looks for new ones."""
MONTHS = tuple(f"{number:02d}" for number, _ in enumerate(dates.MONTHS, 1))


def plan(catalogue: Catalogue) -> Iterator[PlannedPage]:
    """Plan all files, of which a browser may ask for any; none for a site without articles."""
    for month in (NEWEST, *MONTHS) if catalogue.heads else ():
        yield PlannedPage(site_paths.front_path(month), KIND, month)


def compose(catalogue: Catalogue, planned: PlannedPage) -> DataFile:
    """Compose the file of the newest articles, or of a month: the articles of each day, and those that are apart."""
    if planned.subject == NEWEST:
        return _file([_row(head) for head in latest_articles(catalogue, MOST_NEW)])
    days: dict[str, list[Row]] = {}
    apart: list[Row] = []
    related = catalogue.content.related.items()
    tied = {article for article, others in related if others}
    for head in catalogue.heads.values():
        day = (head.date or "")[8:10] if (head.date or "")[5:7] == planned.subject else ""
        if day and len(rows := days.setdefault(day, [])) < A_DAY:
            rows.append(_row(head))
        if len(apart) < APART and head.id not in tied and _is_of(head, planned.subject):
            apart.append(_row(head))
    return _file({"days": days, "apart": apart})


def _file(content: object) -> DataFile:
    return DataFile(msgspec.json.encode(content).decode() + "\n")


Row = tuple[str, SitePath, str]
"""Title, path and ISO day of an article."""


def _is_of(head: ArticleHead, month: str) -> bool:
    """True if the article is told in the file of the month when it is apart: each is in one."""
    return MONTHS[crc32(head.id.encode()) % len(MONTHS)] == month


def _row(head: ArticleHead) -> Row:
    return cut(head.title, LONGEST_TITLE), site_paths.article_path(head.id), (head.date or "")[:10]
