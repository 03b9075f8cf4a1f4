"""Articles by date and by source, and those of one entity: whole lists, and the parts of long ones."""

from __future__ import annotations

import heapq
from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import replace

from glossator import urls
from glossator.collation import SortKey, sort_key
from glossator.model import ArticleId, EntityId, Fingerprint, SitePath
from glossator.stages.plan import feeds
from glossator.stages.plan.catalogue import (
    Catalogue,
    article_link,
    entity_link,
    fingerprint_of,
    frame,
    link_facts,
    neighbours,
)
from glossator.stages.plan.cutting import Tree
from glossator.stages.plan.lists import UNDATED, ListPage, href, label_of, page_path, part_name, part_of, tree_of
from glossator.translate import is_english, translate
from glossator.views import ArticleGroup, ArticleIndexPage, ArticleLink, Link, ListPart

NEWEST = 20
"""Articles that the table of contents of a whole list shows besides the parts."""

BY_DATE = "Articles by date"
BY_SOURCE = "Articles by source"
BY_TAG = "Articles by tag"
UNKNOWN_SOURCE = "Unknown source"


def page_fingerprint(catalogue: Catalogue, page: ListPage) -> Fingerprint:
    """Return the fingerprint of a list's page; a table of contents is short, and is composed for it."""
    if page.kind == "tags":
        return fingerprint_of(articles=compose(catalogue, page))
    tree = tree_of(catalogue.lists, page)
    has_tags = bool(catalogue.tags)
    if page.kind == "sources" and not catalogue.lists.sources_apart:
        return fingerprint_of(articles=(_lines(catalogue, catalogue.heads), has_tags))
    if page.kind == "sources" or page.name in tree.cuts:
        return fingerprint_of(articles=compose(catalogue, page))
    members = _lines(catalogue, (article for _, article in tree.members_of(page.name)))
    kind = catalogue.content.entities[EntityId(page.of)].type if page.kind == "appearances" else ""
    shown = (kind, _title(catalogue, page), has_tags, _trail(catalogue, page), _neighbours(tree, page))
    return fingerprint_of(articles=(members, shown))


def _lines(catalogue: Catalogue, articles: Iterable[ArticleId]) -> str:
    """Return a key that changes with anything that the lines of the articles show."""
    return link_facts(catalogue, sorted(articles))


def compose(catalogue: Catalogue, page: ListPage) -> ArticleIndexPage:
    if page.kind == "sources":
        return _sources(catalogue, page)
    if page.kind == "tags":
        return _tags(catalogue, page)
    path, tree = page_path(page), tree_of(catalogue.lists, page)
    newer, older = (_link(catalogue, page, name, path) for name in _neighbours(tree, page))
    contents = page.name in tree.cuts
    plain = frame(catalogue, path, _title(catalogue, page), _section(page))
    own_feeds = feeds.links(catalogue, page.of, (), path) if page.kind == "source" else ()
    return ArticleIndexPage(
        frame=replace(plain, feeds=(*plain.feeds, *own_feeds)),
        entity=entity_link(catalogue, EntityId(page.of), path) if page.kind == "appearances" else None,
        grouped_by="date",
        tags=_tags_href(catalogue, path),
        trail=_trail(catalogue, page),
        newer=newer,
        older=older,
        parts=contents_of(tree, page, path) if contents else (),
        newest=_newest(catalogue, page, path) if contents and not page.name else (),
        groups=() if contents else _months(catalogue, tree, page.name, path),
        count=tree.counts[page.name],
    )


def contents_of(tree: Tree[ArticleId], page: ListPage, path: SitePath) -> tuple[ListPart, ...]:
    """Return the parts that a list by date is cut into, newest first, undated ones last; `path` is the page's path."""
    months = tree.tally(len("2024-03")) if page == ListPage("articles", "", "") else {}
    return tuple(
        ListPart(
            label=label_of(name),
            anchor=f"m{name}",
            count=tree.counts[name],
            href=urls.relative(page_path(ListPage(page.kind, page.of, name)), path),
            months=tuple(
                ListPart(month, f"m{month}", months[month], href(tree, page, month, path), ())
                for month in sorted(months)
                if len(name) == len("2024") and month.startswith(f"{name}-") and not month.startswith(UNDATED)
            ),
        )
        for name in _newest_first(tree.cuts[page.name])
    )


def _sources(catalogue: Catalogue, page: ListPage) -> ArticleIndexPage:
    """Compose the list of articles by publication, A to Z; articles without one come last."""
    path, lists = page_path(page), catalogue.lists
    names = sorted(lists.sources, key=lambda name: (not name, _sort_key(catalogue, name), name))
    counted = ((name, urls.source_anchor(name), lists.sources[name].counts[""]) for name in names)
    apart = lists.sources_apart
    return ArticleIndexPage(
        frame=frame(catalogue, path, translate(catalogue.site.words, BY_SOURCE), "sources"),
        entity=None,
        grouped_by="source",
        tags=_tags_href(catalogue, path),
        trail=(),
        newer=None,
        older=None,
        parts=tuple(
            ListPart(name, anchor, count, urls.relative(urls.source_path(name), path), ())
            for name, anchor, count in (counted if apart else ())
        ),
        newest=(),
        groups=tuple(
            ArticleGroup(name, anchor, _links(catalogue, lists.sources[name], "", path))
            for name, anchor, _ in (() if apart else counted)
        ),
        count=len(catalogue.heads),
    )


def _tags(catalogue: Catalogue, page: ListPage) -> ArticleIndexPage:
    """Compose the list of tags, A to Z."""
    path = page_path(page)
    keys = sorted(catalogue.tags, key=lambda key: (_sort_key(catalogue, catalogue.tags[key].name), key))
    parts = tuple(
        ListPart(
            catalogue.tags[key].name,
            urls.source_anchor(key),
            len(catalogue.tags[key].articles),
            urls.relative(urls.tag_path(key), path),
            (),
        )
        for key in keys
    )
    return ArticleIndexPage(
        frame=frame(catalogue, path, translate(catalogue.site.words, BY_TAG), "tags"),
        entity=None,
        grouped_by="tag",
        tags=_tags_href(catalogue, path),
        trail=(),
        newer=None,
        older=None,
        parts=parts,
        newest=(),
        groups=(),
        count=len({article for tag in catalogue.tags.values() for article in tag.articles}),
    )


def _sort_key(catalogue: Catalogue, name: str) -> SortKey:
    language = catalogue.site.words.language
    return (0, name.casefold(), ()) if is_english(language) else sort_key(language, name)


def _tags_href(catalogue: Catalogue, path: SitePath) -> str:
    return urls.relative(urls.TAGS, path) if catalogue.tags else ""


def _months(catalogue: Catalogue, tree: Tree[ArticleId], name: str, path: SitePath) -> tuple[ArticleGroup, ...]:
    """Return the articles of a part by month, newest first; undated ones come last."""
    groups: dict[str, list[ArticleLink]] = defaultdict(list)
    for link in _links(catalogue, tree, name, path):
        groups[link.date[:7]].append(link)
    return tuple(
        ArticleGroup(label, f"m{label}" if label else "undated", tuple(groups[label]))
        for label in sorted(groups, reverse=True)
    )


def _links(catalogue: Catalogue, tree: Tree[ArticleId], name: str, path: SitePath) -> tuple[ArticleLink, ...]:
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
    part = part_name(words, page.name) if page.name else ""
    if page.kind == "articles":
        if page.name.startswith(UNDATED):
            return part
        return translate(words, "Articles of %(time)s", time=part) if part else translate(words, BY_DATE)
    name = _subject(catalogue, page)
    return part_of(words, name, part) if part else name


def _subject(catalogue: Catalogue, page: ListPage) -> str:
    """Return the name of the tag, entity or publication whose articles a page lists."""
    if page.kind == "tag":
        return catalogue.tags[page.of].name
    if page.kind == "appearances":
        return catalogue.content.entities[EntityId(page.of)].name
    return page.of or translate(catalogue.site.words, UNKNOWN_SOURCE)


def _section(page: ListPage) -> str:
    return {"articles": "articles", "source": "sources", "tag": "tags"}.get(page.kind, "entities")


def _trail(catalogue: Catalogue, page: ListPage) -> tuple[Link, ...]:
    path, words = page_path(page), catalogue.site.words
    above = (Link(translate(words, BY_SOURCE), urls.relative(urls.SOURCES, path)),) if page.kind == "source" else ()
    if page.kind == "tag":
        above = (Link(translate(words, BY_TAG), urls.relative(urls.TAGS, path)),)
    wider = (ListPage(page.kind, page.of, name) for name in tree_of(catalogue.lists, page).ancestors(page.name))
    links = (
        Link(
            part_name(words, above.name) if above.name else _title(catalogue, above),
            urls.relative(page_path(above), path),
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
    label = part_name(catalogue.site.words, name)
    return Link(label, urls.relative(page_path(ListPage(page.kind, page.of, name)), path))
