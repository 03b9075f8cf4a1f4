"""Articles by date and by day of the year: all, and those of one source, tag, author, topic or entity."""

from __future__ import annotations

import heapq
from collections import defaultdict

from msgspec.structs import replace

from glossator.model import ArticleId, EntityId, SitePath
from glossator.stages.plan.catalogue import (
    Catalogue,
    article_link,
    entity_link,
    frame,
    neighbours,
)
from glossator.stages.plan.catalogue.cut_long_lists import Tree
from glossator.stages.plan.catalogue.list_pages import ListPage, page_path, part_href, part_name, tree_of
from glossator.stages.plan.data import feeds
from glossator.stages.plan.lists.navigation import contents_of, newest_first, orders, section, title, trail
from glossator.stages.plan.parts.charts import days_by_month, months_by_year
from glossator.views import ArticleGroup, ArticleIndexPage, ArticleLink, HeatRow, Link

NEWEST = 20
"""Articles that the contents of a whole list show besides the parts."""

_FACETS = frozenset({"source", "tag", "author"})
"""Kinds of page to whose articles a facet of the search of the same name leads."""


def compose(catalogue: Catalogue, page: ListPage) -> ArticleIndexPage:
    """Compose the page of a list of articles by date, or of a part of one."""
    path, tree = page_path(page), tree_of(catalogue.lists, page)
    newer, older = (_link(catalogue, page, name, path) for name in _neighbours(tree, page))
    plain = frame(catalogue, path, title(catalogue, page), section(page))
    own_feeds = feeds.links(catalogue, page.of, (), path) if page.kind == "source" else ()
    shown = ArticleIndexPage(
        frame=replace(plain, feeds=(*plain.feeds, *own_feeds)),
        grouped_by="day" if page.kind == "days" else "date",
        orders=orders(catalogue, path) if page.kind != "appearances" else (),
        count=tree.counts[page.name],
        entity=entity_link(catalogue, EntityId(page.of), path) if page.kind == "appearances" else None,
        trail=trail(catalogue, page, path),
        newer=newer,
        older=older,
    )
    if page.name not in tree.cuts:
        return replace(shown, groups=_groups(catalogue, page, tree, path))
    heat = _heat(tree, page, path)
    return replace(
        shown,
        heat=heat,
        parts=contents_of(catalogue, page, path, apart=bool(heat)),
        within=_within(page),
        newest=_newest(catalogue, page, path) if not page.name and page.kind != "days" else (),
    )


def _heat(tree: Tree[ArticleId], page: ListPage, path: SitePath) -> tuple[HeatRow, ...]:
    """Return the heat map of a table of contents; none of the parts of a year."""
    if page.kind == "days":
        return days_by_month(tree, page, path)
    return () if page.name else months_by_year(tree, page, path)


def _within(page: ListPage) -> tuple[tuple[str, str], ...]:
    """Return the facets of the search that find the articles of a page, as far as there are any."""
    if page.kind == "appearances":
        return ()
    return (("kind", "Article"), *(((page.kind, page.of),) if page.kind in _FACETS and page.of else ()))


def _groups(catalogue: Catalogue, page: ListPage, tree: Tree[ArticleId], path: SitePath) -> tuple[ArticleGroup, ...]:
    """Return the articles of a part by month, newest first, undated ones last; or by day of the year."""
    links = article_links(catalogue, tree, page.name, path)
    groups: dict[str, list[ArticleLink]] = defaultdict(list)
    if page.kind == "days":
        for link in links:
            groups[link.date[5:]].append(link)
        return tuple(ArticleGroup(label, f"d{label}", tuple(groups[label])) for label in sorted(groups))
    for link in links:
        groups[link.date[:7]].append(link)
    return tuple(
        ArticleGroup(label, f"m{label}" if label else "undated", tuple(groups[label]))
        for label in sorted(groups, reverse=True)
    )


def article_links(catalogue: Catalogue, tree: Tree[ArticleId], name: str, path: SitePath) -> tuple[ArticleLink, ...]:
    """Return the links from the page at `path` to the articles of a part of a list, newest first."""
    members = sorted((article for _, article in tree.members_of(name)), key=catalogue.positions.__getitem__)
    return tuple(article_link(catalogue, article, path) for article in members)


def _newest(catalogue: Catalogue, page: ListPage, path: SitePath) -> tuple[ArticleLink, ...]:
    every = (article for _, article in tree_of(catalogue.lists, page).members_of(""))
    newest = heapq.nsmallest(NEWEST, every, key=catalogue.positions.__getitem__)
    return tuple(article_link(catalogue, article, path) for article in newest)


def _neighbours(tree: Tree[ArticleId], page: ListPage) -> tuple[str, str]:
    """Return the names of the parts before and after a part, newest first; empty if there is none."""
    names = newest_first(tree.siblings(page.name))
    newer, older = neighbours(names, names.index(page.name)) if page.name else ("", "")
    return newer or "", older or ""


def _link(catalogue: Catalogue, page: ListPage, name: str, path: SitePath) -> Link | None:
    if not name:
        return None
    label = part_name(catalogue.site.words, name, page.kind)
    return Link(label, part_href(page, name, path))
