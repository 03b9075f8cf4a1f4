"""The home page: `home.html`."""

from __future__ import annotations

from dataclasses import dataclass

from glossator.model import EntityType, Html
from glossator.views.common import ArticleLink, Bar, EntityLink, Frame, Link

NO_TEXT = Html("")


@dataclass(frozen=True, slots=True)
class Prominent:
    """The entities of one type that the newest articles mention most."""

    type: EntityType
    entities: tuple[EntityLink, ...]
    index_href: str


@dataclass(frozen=True, slots=True)
class HomePage:
    frame: Frame
    newest: tuple[ArticleLink, ...]
    """Newest articles of those that have a date; without any date the first articles."""
    undated: tuple[ArticleLink, ...]
    """Articles without a date, cut; none if `newest` has them."""
    prominent: tuple[Prominent, ...]
    timeline: tuple[Bar, ...]
    sources: tuple[tuple[Link, int], ...]
    articles: int
    entities: int
    text: Html = NO_TEXT
    """The user's own words for the head of the page, or empty."""
