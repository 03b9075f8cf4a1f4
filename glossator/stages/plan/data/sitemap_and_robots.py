"""Sitemap, robots.txt and the description of the search: the files by which programs find their way."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from glossator import site_paths
from glossator.model import ArticleId, SitePath
from glossator.naming.private_names import is_private_name
from glossator.stages.plan.catalogue import Catalogue, PlannedPage, address, group
from glossator.stages.plan.catalogue.cut_long_lists import NAME_LENGTHS, Tree, build_tree
from glossator.stages.plan.catalogue.list_pages import list_page
from glossator.stages.plan.catalogue.private_names import address_names_private
from glossator.text import xml_text
from glossator.translate import translate
from glossator.views import RobotsPage, SearchDescriptionPage, SitemapPage

ADDRESSES_AT_MOST = 50_000
"""Addresses in a sitemap: the limit of the protocol."""
LONGEST_NAME = 16
"""Characters of the name of a search: the limit of OpenSearch."""


def plan(catalogue: Catalogue) -> Iterator[PlannedPage]:
    """Plan what the site has of these files; those that name addresses need the address of the site."""
    yield PlannedPage(site_paths.ROBOTS, "robots", "")
    if not catalogue.site.feeds:
        return
    yield PlannedPage(site_paths.SEARCH_DESCRIPTION, "search-description", "")
    if not catalogue.site.indexed:
        return
    tree = _tree(catalogue)
    if "" in tree.cuts:
        yield PlannedPage(site_paths.SITEMAP, "sitemap", "")
    for name in sorted(tree.members):
        yield PlannedPage(site_paths.sitemap_path(name), "sitemap", name)


def compose_sitemap(catalogue: Catalogue, planned: PlannedPage) -> SitemapPage:
    tree, name = _tree(catalogue), planned.subject
    if name in tree.cuts:
        parts = (site_paths.sitemap_path(part) for part in sorted(tree.members))
        return SitemapPage((), tuple(address(catalogue, part) for part in parts))
    return SitemapPage(tuple(address(catalogue, page) for page in _members(tree, name)), ())


def compose_robots(catalogue: Catalogue, _: PlannedPage) -> RobotsPage:
    site = catalogue.site
    return RobotsPage(address(catalogue, site_paths.SITEMAP) if site.feeds and site.indexed else "")


def compose_search_description(catalogue: Catalogue, _: PlannedPage) -> SearchDescriptionPage:
    title = xml_text(catalogue.site.title)
    return SearchDescriptionPage(
        name=title[:LONGEST_NAME].strip(),
        description=translate(catalogue.site.words, "Search %(site)s", site=title),
        search=address(catalogue, site_paths.SEARCH),
        icon=address(catalogue, site_paths.ICON),
    )


def _members(tree: Tree[SitePath], name: str) -> list[SitePath]:
    return sorted(path for _, path in tree.members_of(name))


def _tree(catalogue: Catalogue) -> Tree[SitePath]:
    """Return the pages that search engines may list, cut as the limit of a sitemap asks."""
    listed = group(catalogue, "pages").listed
    return build_tree(((path, path) for path in listed), NAME_LENGTHS, ADDRESSES_AT_MOST)


def listed_pages(catalogue: Catalogue, pages: Iterable[PlannedPage]) -> tuple[SitePath, ...]:
    """Return those of the `pages` that search engines may list, sorted.

    The `pages` are of kinds that may be listed; articles of others and private names are left out.
    """
    if not (catalogue.site.feeds and catalogue.site.indexed):
        return ()
    private = catalogue.settings.private_names
    return tuple(
        sorted(
            page.path
            for page in pages
            if not (page.kind == "article" and catalogue.heads[ArticleId(page.subject)].source)
            and not (page.kind == "source" and is_private_name(list_page(page.kind, page.subject).of, private))
            and not address_names_private(page.path, private)
        )
    )
