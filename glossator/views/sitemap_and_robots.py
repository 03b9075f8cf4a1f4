"""The files by which programs find their way: `sitemap.xml`, `robots.txt` and `opensearch.xml`."""

from __future__ import annotations

from glossator.views.template_value import TemplateValue


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
