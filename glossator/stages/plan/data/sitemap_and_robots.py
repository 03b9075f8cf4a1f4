"""Sitemap, robots.txt and the description of the search: the files by which programs find their way."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from glossator import site_paths
from glossator.model import SitePath
from glossator.naming.private_names import is_private_name
from glossator.stages.plan.catalogue import Catalogue, PlannedPage, address, fingerprint_of
from glossator.stages.plan.catalogue.cut_long_lists import NAME_LENGTHS, Tree, build_tree
from glossator.stages.plan.catalogue.list_pages import list_pages, page_path
from glossator.stages.plan.catalogue.private_names import address_names_private
from glossator.stages.plan.parts.own_texts import HOME
from glossator.text import xml_text
from glossator.translate import translate
from glossator.views import RobotsPage, SearchDescriptionPage, SitemapPage

ADDRESSES_AT_MOST = 50_000
"""Addresses in a sitemap: the limit of the protocol."""
LONGEST_NAME = 16
"""Characters of the name of a search: the limit of OpenSearch."""


def plan(catalogue: Catalogue) -> Iterator[PlannedPage]:
    """Plan what the site has of these files; those that name addresses need the address of the site."""
    yield PlannedPage(site_paths.ROBOTS, "robots", "", (), fingerprint_of())
    if not catalogue.site.feeds:
        return
    yield PlannedPage(site_paths.SEARCH_DESCRIPTION, "search-description", "", (), fingerprint_of())
    if not catalogue.site.indexed:
        return
    tree = _tree(catalogue)
    if "" in tree.cuts:
        yield PlannedPage(site_paths.SITEMAP, "sitemap", "", (), fingerprint_of(pages=sorted(tree.members)))
    for name in sorted(tree.members):
        fingerprint = fingerprint_of(pages=_members(tree, name))
        yield PlannedPage(site_paths.sitemap_path(name), "sitemap", name, (), fingerprint)


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
    private = catalogue.settings.private_names
    listed = (path for path in _listed(catalogue) if not address_names_private(path, private))
    return build_tree(((path, path) for path in listed), NAME_LENGTHS, ADDRESSES_AT_MOST)


def _listed(catalogue: Catalogue) -> Iterable[SitePath]:
    """Yield the pages that search engines may list.

    Redirects and the lists of an entity's articles by year are left out; the entity's page leads to the latter.
    """
    yield site_paths.HOME
    private = catalogue.settings.private_names
    yield from (
        page_path(page)
        for page in list_pages(catalogue.lists)
        if page.kind != "source" or not is_private_name(page.of, private)
    )
    yield from (
        site_paths.author_path(key, part)
        for key in catalogue.lists.author
        for part in catalogue.lists.author[key].counts
    )
    if catalogue.content.topics:
        yield site_paths.TOPICS
    if catalogue.content.ties:
        yield site_paths.TIES
    if any(row.location for row in catalogue.lists.rows.values()):
        yield site_paths.MAP
    if catalogue.content.chronology_parts:
        yield site_paths.CHRONOLOGY
        yield from map(site_paths.chronology_path, catalogue.content.chronology_parts)
    yield from (
        site_paths.topic_path(key, part) for key, tree in catalogue.lists.topics.items() for part in tree.counts
    )
    own = {"about", *(page.name for page in catalogue.content.pages)} - {HOME}
    yield from (SitePath(f"{name}.html") for name in own)
    yield from (site_paths.article_path(head.id) for head in catalogue.content.heads if not head.source)
    yield from map(site_paths.entity_path, catalogue.lists.rows)
