"""Articles by date and by day of the year: all, and those of one source, tag, author, topic or entity."""

from __future__ import annotations

import heapq
from collections import defaultdict
from collections.abc import Collection, Iterable

from msgspec.structs import replace

from glossator import site_paths
from glossator.model import ArticleId, EntityId, Fingerprint, SitePath
from glossator.stages.plan.catalogue import (
    Catalogue,
    article_link,
    entity_link,
    fingerprint_of,
    frame,
    link_facts,
    neighbours,
    topic_name,
)
from glossator.stages.plan.catalogue.cut_long_lists import UNDATED, Tree
from glossator.stages.plan.catalogue.list_pages import ListPage, label_of, page_path, part_name, part_of, tree_of
from glossator.stages.plan.data import feeds
from glossator.stages.plan.parts.charts import days_by_month, months_by_year
from glossator.translate import translate
from glossator.views import ArticleGroup, ArticleIndexPage, ArticleLink, HeatRow, Link, ListOrder, ListPart

NEWEST = 20
"""Articles that the table of contents of a whole list shows besides the parts."""

TITLES = {
    "articles": "Articles by date",
    "days": "Articles by day of the year",
    "source": "Articles by source",
    "tag": "Articles by tag",
    "author": "Articles by author",
    "topic": "Topics",
}
"""Title of the list of all, by the kind of page that the list leads to."""
UNKNOWN_SOURCE = "Unknown source"
_WHOLE = {
    "source": site_paths.SOURCES,
    "tag": site_paths.TAGS,
    "author": site_paths.AUTHORS,
    "topic": site_paths.TOPICS,
}
_ORDERS = {
    "date": site_paths.ARTICLES,
    "source": site_paths.SOURCES,
    "author": site_paths.AUTHORS,
    "topic": site_paths.TOPICS,
    "tag": site_paths.TAGS,
    "day": site_paths.DAYS,
}
"""List of all articles in each order."""
_FACETS = {"source": "source", "tag": "tag", "author": "author"}
"""Facet of the search for the articles of a page, by its kind."""


def page_fingerprint(catalogue: Catalogue, page: ListPage) -> Fingerprint:
    """Return the fingerprint of a list's page; a table of contents is short, and is composed for it."""
    tree = tree_of(catalogue.lists, page)
    if page.name in tree.cuts:
        return fingerprint_of(articles=compose(catalogue, page))
    members = lines(catalogue, (article for _, article in tree.members_of(page.name)))
    kind = catalogue.content.entities[EntityId(page.of)].type if page.kind == "appearances" else ""
    shown = (kind, _title(catalogue, page), list_orders(catalogue), _trail(catalogue, page), _neighbours(tree, page))
    return fingerprint_of(articles=(members, shown))


def lines(catalogue: Catalogue, articles: Iterable[ArticleId]) -> str:
    """Return a key that changes with anything that the lines of the articles show."""
    return link_facts(catalogue, sorted(articles))


def orders(catalogue: Catalogue, path: SitePath) -> tuple[ListOrder, ...]:
    """Return the orders in which the articles are listed, linked from the page at `path`."""
    return tuple(ListOrder(name, site_paths.relative(_ORDERS[name], path)) for name in list_orders(catalogue))


def list_orders(catalogue: Catalogue) -> list[str]:
    """Return the names of the orders in which the articles are listed."""
    present = {"author": catalogue.authors, "topic": catalogue.content.topics, "tag": catalogue.tags}
    return [name for name in _ORDERS if present.get(name, True)]


def compose(catalogue: Catalogue, page: ListPage) -> ArticleIndexPage:
    """Compose the page of a list of articles by date, or of a part of one."""
    path, tree = page_path(page), tree_of(catalogue.lists, page)
    newer, older = (_link(catalogue, page, name, path) for name in _neighbours(tree, page))
    contents = page.name in tree.cuts
    plain = frame(catalogue, path, _title(catalogue, page), _section(page))
    own_feeds = feeds.links(catalogue, page.of, (), path) if page.kind == "source" else ()
    heat = _heat(tree, page, path) if contents else ()
    return ArticleIndexPage(
        frame=replace(plain, feeds=(*plain.feeds, *own_feeds)),
        entity=entity_link(catalogue, EntityId(page.of), path) if page.kind == "appearances" else None,
        grouped_by="day" if page.kind == "days" else "date",
        orders=orders(catalogue, path) if page.kind != "appearances" else (),
        trail=_trail(catalogue, page),
        newer=newer,
        older=older,
        heat=heat,
        parts=contents_of(tree, page, path, apart=bool(heat)) if contents else (),
        beginnings=(),
        within=_within(page) if contents else (),
        newest=_newest(catalogue, page, path) if contents and not page.name and page.kind != "days" else (),
        groups=() if contents else _groups(catalogue, page, tree, path),
        count=tree.counts[page.name],
    )


def contents_of(tree: Tree[ArticleId], page: ListPage, path: SitePath, *, apart: bool = False) -> tuple[ListPart, ...]:
    """Return the parts that a list by date is cut into, newest first, undated ones last; `path` is the page's path.

    If a heat map stands `apart`, only those that it does not show.
    """
    return tuple(
        ListPart(
            label=label_of(name),
            anchor=f"m{name}",
            count=tree.counts[name],
            href=site_paths.relative(page_path(ListPage(page.kind, page.of, name)), path),
        )
        for name in _newest_first(tree.cuts[page.name])
        if not apart or name.startswith(UNDATED)
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
    facet = _FACETS.get(page.kind)
    return (("kind", "Article"), *(((facet, page.of),) if facet and page.of else ()))


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
    newest = (
        [head.id for head in catalogue.content.heads[:NEWEST]]
        if page.kind == "articles"
        else heapq.nsmallest(NEWEST, every, key=catalogue.positions.__getitem__)
    )
    return tuple(article_link(catalogue, article, path) for article in newest)


def _title(catalogue: Catalogue, page: ListPage) -> str:
    words = catalogue.site.words
    part = part_name(words, page.name, page.kind) if page.name else ""
    if page.kind == "articles" and part:
        return part if page.name.startswith(UNDATED) else translate(words, "Articles of %(time)s", time=part)
    if page.kind in ("articles", "days"):
        return part or translate(words, TITLES[page.kind])
    name = _subject(catalogue, page)
    return part_of(words, name, part) if part else name


def _subject(catalogue: Catalogue, page: ListPage) -> str:
    """Return the name of what the articles of a list have in common."""
    match page.kind:
        case "tag":
            return catalogue.tags[page.of].name
        case "author":
            return catalogue.authors[page.of].name
        case "topic":
            return topic_name(catalogue, page.of)
        case "appearances":
            return catalogue.content.entities[EntityId(page.of)].name
        case _:
            return page.of or translate(catalogue.site.words, UNKNOWN_SOURCE)


def _section(page: ListPage) -> str:
    sections = {"articles": "articles", "days": "days", "source": "sources", "tag": "tags"}
    sections |= {"author": "authors", "topic": "topics"}
    return sections.get(page.kind, "entities")


def _trail(catalogue: Catalogue, page: ListPage) -> tuple[Link, ...]:
    path, words = page_path(page), catalogue.site.words
    above = (
        (Link(translate(words, TITLES[page.kind]), site_paths.relative(_WHOLE[page.kind], path)),)
        if page.kind in _WHOLE
        else ()
    )
    wider = (ListPage(page.kind, page.of, name) for name in tree_of(catalogue.lists, page).ancestors(page.name))
    links = (
        Link(
            part_name(words, above.name, above.kind) if above.name else _title(catalogue, above),
            site_paths.relative(page_path(above), path),
        )
        for above in wider
    )
    return *above, *links


def _neighbours(tree: Tree[ArticleId], page: ListPage) -> tuple[str, str]:
    """Return the names of the parts before and after a part, newest first; empty if there is none."""
    names = _newest_first(tree.siblings(page.name))
    newer, older = neighbours(names, names.index(page.name)) if page.name else ("", "")
    return newer or "", older or ""


def _newest_first(names: Collection[str]) -> list[str]:
    undated = [name for name in names if name.startswith(UNDATED)]
    return [*sorted(set(names).difference(undated), reverse=True), *sorted(undated)]


def _link(catalogue: Catalogue, page: ListPage, name: str, path: SitePath) -> Link | None:
    if not name:
        return None
    label = part_name(catalogue.site.words, name, page.kind)
    return Link(label, site_paths.relative(page_path(ListPage(page.kind, page.of, name)), path))
