"""Files for programs: `feed.xml`, `sitemap.xml`, `robots.txt`, `opensearch.xml`, and data that no template makes.

A feed is an Atom feed (RFC 4287). All its addresses are absolute, all its moments in UTC.
"""

from __future__ import annotations

from glossator.views.common import TemplateValue


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
    """Name of what the feed is about, and title of the site."""
    address: str
    """Address of the feed itself."""
    subject: str
    """Address of the page that shows what the feed is about."""
    updated: str
    """Moment of the newest entry."""
    entries: tuple[FeedEntry, ...]
    """Newest first."""


class SitemapPage(TemplateValue, frozen=True):
    """A sitemap (sitemaps.org, protocol 0.9), or the index of several."""

    addresses: tuple[str, ...]
    """Addresses of the pages that search engines may list."""
    parts: tuple[str, ...]
    """Addresses of the sitemaps of a site that is too large for one; then there are no `addresses`."""


class RobotsPage(TemplateValue, frozen=True):
    """The file for crawlers (RFC 9309)."""

    sitemap: str
    """Address of the sitemap, or empty."""


class SearchDescriptionPage(TemplateValue, frozen=True):
    """The description of the search for browsers (OpenSearch 1.1)."""

    name: str
    """Title of the site, at most 16 characters."""
    description: str
    search: str
    """Address of the search page."""
    icon: str
    """Address of the icon."""


class DataFile(TemplateValue, frozen=True):
    content: str
