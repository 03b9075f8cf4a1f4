"""The home page: `home.html`."""

from __future__ import annotations

from glossator.model import EntityType, Html
from glossator.views.common import ArticleLink, Bar, EntityLink, Frame, Link
from glossator.views.template_value import TemplateValue
from glossator.views.topics import TopicSummary


class ProminentEntity(TemplateValue, frozen=True):
    """An entity that many articles mention."""

    entity: EntityLink
    descriptor: str
    """A person's words about it, or else those by which articles introduce it, or empty."""
    articles: int


NO_TEXT = Html("")


class Prominent(TemplateValue, frozen=True):
    """The entities of one type that the most articles mention."""

    type: EntityType
    entities: tuple[ProminentEntity, ...]
    index_href: str


class HomePage(TemplateValue, frozen=True):
    frame: Frame
    latest: tuple[ArticleLink, ...]
    """Articles that came last: each with the day on which it was saved, if that is known, else published."""
    undated: tuple[ArticleLink, ...]
    """Articles without a date, cut; none if `latest` has them."""
    topics: tuple[TopicSummary, ...]
    """Topics with the most articles."""
    prominent: tuple[Prominent, ...]
    timeline: tuple[Bar, ...]
    sources: tuple[tuple[Link, int], ...]
    """Publications with their number of articles, those with most first, cut."""
    all_sources: int
    """Number of publications."""
    authors: tuple[tuple[Link, int], ...]
    """Authors with their number of articles, those with most first, cut; none with a single article."""
    all_authors: int
    """Number of authors."""
    articles: int
    entities: int
    ties: bool
    """True if there is a page with the ties between entities."""
    places: bool
    """True if there is a map of the places."""
    text: Html = NO_TEXT
    """The user's own words for the head of the page, or empty."""
