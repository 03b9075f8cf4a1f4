"""Facts of the archive as a whole that are shown or counted on pages about a part of it."""

from __future__ import annotations

from collections.abc import Mapping

import msgspec

from glossator.inverse_frequency import scale
from glossator.model import PrivateNames, Tie
from glossator.stages.plan.catalogue.site_content import SiteContent

ORDERS = ("date", "source", "author", "topic", "tag", "day", "chronology", "corrected")
"""Orders in which all articles are listed."""


class WholeArchive(msgspec.Struct, frozen=True):
    """Facts of the archive. A page that looks at one of them depends on this one alone."""

    articles: int
    scale: int
    """Counts that the weights of names depend on besides the number of their articles."""
    year: str
    """Year of the newest article; empty if none is known."""
    orders: tuple[str, ...]
    """Orders in which there is anything to list."""
    ties: tuple[Tie, ...]
    kept_back: tuple[str, ...]
    """Slugs of the names, titles and files that no link of an own page or note may tell, sorted."""
    private: PrivateNames
    """The private names, with the articles in which a given name counts as one: for pages that quote any article."""


def whole_archive(content: SiteContent, private: PrivateNames, present: Mapping[str, bool]) -> WholeArchive:
    """Return the facts of an archive; `present` says of orders whether they have anything to list."""
    return WholeArchive(
        articles=len(content.heads),
        scale=scale(len(content.heads)),
        year=newest_year(content.heads[0].date or "") if content.heads else "",
        orders=tuple(order for order in ORDERS if present.get(order, True)),
        ties=content.ties,
        kept_back=tuple(sorted(content.kept_back)),
        private=private,
    )


def newest_year(day: str) -> str:
    """Return the year of an ISO day; empty if there is none."""
    return day[:4] if day[:4].isdigit() else ""
