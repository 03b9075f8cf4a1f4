"""A feed of articles: `feed.xml`, an Atom feed (RFC 4287). All addresses are absolute, all moments in UTC."""

from __future__ import annotations

from glossator.views.template_value import TemplateValue


class FeedEntry(TemplateValue, frozen=True):
    """An article in a feed: what a list of articles says of it, and never its text."""

    title: str
    address: str
    """Address of the article's page in this archive; it identifies the entry."""
    updated: str
    """Moment at which the article was saved, or else published."""
    published: str
    """Moment of publication; empty if it is not known, or a guess."""
    authors: tuple[str, ...]
    publication: str
    """Name of the publication or its host, or empty."""
    source: str
    """Address of the original, or empty."""
    summary: str
    """Description of the article, or empty."""
    tags: tuple[str, ...]
    language: str


class FeedPage(TemplateValue, frozen=True):
    title: str
    address: str
    """Address of the feed itself."""
    subject: str
    """Address of the page that shows what the feed is about."""
    updated: str
    """Moment of the newest entry."""
    entries: tuple[FeedEntry, ...]
    """Newest first."""
