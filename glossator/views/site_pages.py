"""Pages that every site has, and redirects.

Templates: `home.html`, `text.html` for own pages, `search.html`, `highlights.html`, `not-found.html`; `redirect.html`
of an entity, `moved-article.html` and `moved-topic.html`.
"""

from __future__ import annotations

from glossator.model import EntityType
from glossator.views.answers import OwnText
from glossator.views.article import ShownHighlight
from glossator.views.common import ArticleLink, Bar, EntityLink, Frame, Link, TemplateValue
from glossator.views.overviews import TopicSummary


class ProminentEntity(TemplateValue, frozen=True):
    """An entity that many articles mention."""

    entity: EntityLink
    descriptor: str
    """A person's words about it, or else those by which articles introduce it, or empty."""
    articles: int


NO_TEXT = OwnText()


class Prominent(TemplateValue, frozen=True):
    """The entities of one type that the most articles mention."""

    type: EntityType
    entities: tuple[ProminentEntity, ...]
    index_href: str


class HomePage(TemplateValue, frozen=True):
    frame: Frame
    lead: ArticleLink | None
    """One of the newest articles with a source and a description, in the language of most; None for an empty site."""
    beside: tuple[ArticleLink, ...]
    """Newest of the others."""
    published: tuple[ArticleLink, ...]
    """Articles that were published last, after those above; if no article has a date, others."""
    saved: tuple[ArticleLink, ...]
    """Articles that were saved last, each with that day."""
    news: tuple[ProminentEntity, ...]
    """Entities that the newest articles name more often than all do; empty if the archive is all news."""
    topics: tuple[TopicSummary, ...]
    """Topics with the most articles."""
    prominent: tuple[Prominent, ...]
    """The entities that the most articles mention, by type."""
    timeline: tuple[Bar, ...]
    """Articles per month or year."""
    sources: tuple[tuple[Link, int], ...]
    """Publications of several articles with their number, those with most first, cut; none if all that say little."""
    all_sources: int
    """Number of publications."""
    authors: tuple[tuple[Link, int], ...]
    """Authors with their number of articles, those with most first, cut; none with a single article."""
    all_authors: int
    """Number of authors."""
    articles: int
    """Number of articles."""
    entities: int
    """Number of entities."""
    places: bool
    """True if there is a map of the places."""
    chronology: bool = False
    """True if there is a chronology."""
    text: OwnText = NO_TEXT
    """The user's own words for the head of the page, without parts if there are none."""


class TextPage(TemplateValue, frozen=True):
    """A page of the site's own: `content/pages/*.md`."""

    frame: Frame
    body: OwnText


class SearchPage(TemplateValue, frozen=True):
    """The search page. Before a question it is a place to browse."""

    frame: Frame
    prominent: tuple[Prominent, ...] = ()
    topics: tuple[Link, ...] = ()
    """Topics with the most articles."""
    years: tuple[tuple[Link, int], ...] = ()
    """Years of the articles, the newest first, each with its number of articles."""
    name: str = ""
    """Name that the most articles mention, for an example; empty if there is none."""
    month: str = ""
    """ISO month of the newest article, for an example; empty if it has no date."""
    phrase: str = ""
    """Another name of several words, for an example; empty if there is none."""


class ArticlePassages(TemplateValue, frozen=True):
    """An article with the passages that the owner of the archive marked in it."""

    article: ArticleLink
    passages: tuple[ShownHighlight, ...]


class HighlightsPage(TemplateValue, frozen=True):
    """The page that a browser fills with what its reader keeps, below what the owner publishes."""

    frame: Frame
    published: tuple[ArticlePassages, ...] = ()
    """Articles with passages that the owner marked, newest first; empty unless the owner publishes them."""


class NotFoundPage(TemplateValue, frozen=True):
    frame: Frame


class RedirectPage(TemplateValue, frozen=True):
    """A redirect from the address of an entity that was renamed or merged, or that has no page any more."""

    frame: Frame
    target: EntityLink
    """The entity that had this address, at its present one."""
    article: ArticleLink | None
    """Article in whose glossary the entity stands, if it has no page; the target's address leads there."""


class MovedArticlePage(TemplateValue, frozen=True):
    """A redirect from the address that an article had before its file was renamed."""

    frame: Frame
    article: ArticleLink
    """The article that had this address, at its present one."""


class MovedTopicPage(TemplateValue, frozen=True):
    """A redirect from the address that a topic had which is part of another one now or gone, or that the ties had."""

    frame: Frame
    target: Link
    """The other topic; else the entity that gave the topic its address, or all topics. From the ties, all names."""
