"""Pages that every site has, and redirects.

Templates: `home.html`, `text.html` for own pages, `search.html`, `not-found.html`; `redirect.html` of an entity,
`moved-article.html` and `moved-topic.html`.
"""

from __future__ import annotations

from glossator.model import EntityType, Html
from glossator.views.common import ArticleLink, Bar, EntityLink, Frame, Link, TemplateValue
from glossator.views.overviews import TopicSummary


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
    chronology: bool = False
    """True if there is a chronology."""
    text: Html = NO_TEXT
    """The user's own words for the head of the page, or empty."""


class TextPage(TemplateValue, frozen=True):
    """A page of the site's own: `content/pages/*.md`."""

    frame: Frame
    body: Html


class SearchPage(TemplateValue, frozen=True):
    frame: Frame


class NotFoundPage(TemplateValue, frozen=True):
    frame: Frame


class RedirectPage(TemplateValue, frozen=True):
    """A redirect from the address of an entity that was renamed or merged, or that has no page any more."""

    frame: Frame
    target: EntityLink
    article: ArticleLink | None
    """Article in whose glossary the entity stands, if it has no page; the target's address leads there."""


class MovedArticlePage(TemplateValue, frozen=True):
    """A redirect from the address that an article had before its file was renamed."""

    frame: Frame
    article: ArticleLink


class MovedTopicPage(TemplateValue, frozen=True):
    """A redirect from the address of a topic that is part of another one now, or none any more."""

    frame: Frame
    target: Link
    """The other topic; else the entity that gave the topic its address, or all topics."""
