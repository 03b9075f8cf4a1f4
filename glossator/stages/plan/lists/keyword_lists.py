"""The lists of sources, tags and authors: each leads to the articles of one, and small lists show them at once."""

from __future__ import annotations

from collections.abc import Iterable

from msgspec.structs import replace

from glossator import site_paths, slugs
from glossator.collation import SortKey, sort_key
from glossator.model import SitePath
from glossator.stages.plan.catalogue import LONG_LIST, Catalogue, frame, group
from glossator.stages.plan.catalogue.list_pages import ListPage, page_path, tree_of
from glossator.stages.plan.lists.article_lists import article_links
from glossator.stages.plan.lists.navigation import contents_of, orders, section, title, trail
from glossator.translate import is_english
from glossator.views import ArticleGroup, ArticleIndexPage, ListPart


def compose(catalogue: Catalogue, page: ListPage) -> ArticleIndexPage:
    """Compose the list of all sources, all tags, or authors, A to Z."""
    match page.kind:
        case "sources":
            return _sources(catalogue, page)
        case "tags":
            return _tags(catalogue, page)
    return _authors(catalogue, page)


def _sort_key(catalogue: Catalogue, name: str) -> SortKey:
    """Return the key by which a source or tag is sorted."""
    language = catalogue.site.words.language
    return (0, name.casefold(), ()) if is_english(language) else sort_key(language, name)


def _sources(catalogue: Catalogue, page: ListPage) -> ArticleIndexPage:
    """Compose the list of articles by publication; articles without one come last."""
    path, lists = page_path(page), catalogue.lists
    names = sorted(lists.sources, key=lambda name: (not name, _sort_key(catalogue, name), name))
    if lists.sources_apart:
        parts = (
            ListPart(
                name,
                slugs.source_anchor(name),
                lists.sources[name].counts[""],
                site_paths.relative(site_paths.source_path(name), path),
            )
            for name in names
        )
        return _page(catalogue, page, catalogue.whole.articles, tuple(parts))
    groups = (
        ArticleGroup(name, slugs.source_anchor(name), article_links(catalogue, lists.sources[name], "", path))
        for name in names
    )
    return replace(_page(catalogue, page, catalogue.whole.articles), groups=tuple(groups))


def _tags(catalogue: Catalogue, page: ListPage) -> ArticleIndexPage:
    path, tags = page_path(page), group(catalogue, "tags").tags
    parts = tuple(
        ListPart(
            tags[key].name,
            slugs.source_anchor(key),
            len(tags[key].articles),
            site_paths.relative(site_paths.tag_path(key), path),
        )
        for key in sorted(tags, key=lambda key: (_sort_key(catalogue, tags[key].name), key))
    )
    return _page(catalogue, page, len({article for tag in tags.values() for article in tag.articles}), parts)


def _authors(catalogue: Catalogue, page: ListPage) -> ArticleIndexPage:
    """Compose the list of authors, or of those whose names begin alike; a single article is linked to itself."""
    path, tree = page_path(page), tree_of(catalogue.lists, page)
    count = tree.counts[page.name]
    if page.name in tree.cuts:
        return _page(catalogue, page, count, _most(catalogue, page), contents_of(catalogue, page, path))
    keys = [key for _, key in tree.members_of(page.name)]
    keys.sort(key=lambda key: (_author_order(catalogue, key), key))
    return _page(catalogue, page, count, _author_parts(catalogue, keys, path))


def _author_order(catalogue: Catalogue, key: str) -> SortKey:
    """Return the key by which an author is sorted; on an English site, all are equal and sorted by their ids."""
    language = catalogue.site.words.language
    return (0, "", ()) if is_english(language) else sort_key(language, catalogue.authors[key].name)


def _most(catalogue: Catalogue, page: ListPage) -> tuple[ListPart, ...]:
    """Return the authors of most articles, beside the parts of the whole list."""
    if page.name:
        return ()
    every = group(catalogue, "authors").authors
    ranked = sorted((-len(author.articles), key) for key, author in every.items() if author.has_page)
    return _author_parts(catalogue, [key for _, key in ranked[:LONG_LIST]], page_path(page))


def _author_parts(catalogue: Catalogue, keys: Iterable[str], path: SitePath) -> tuple[ListPart, ...]:
    authors = ((key, catalogue.authors[key]) for key in keys)
    return tuple(
        ListPart(
            author.name,
            slugs.source_anchor(key),
            len(author.articles),
            site_paths.relative(
                site_paths.author_path(key) if author.has_page else site_paths.article_path(author.articles[0]), path
            ),
        )
        for key, author in authors
    )


def _page(
    catalogue: Catalogue,
    page: ListPage,
    count: int,
    parts: tuple[ListPart, ...] = (),
    beginnings: tuple[ListPart, ...] = (),
) -> ArticleIndexPage:
    """Return the page of a list of `count` articles or authors, which is cut into `parts` and `beginnings`."""
    path = page_path(page)
    return ArticleIndexPage(
        frame=frame(catalogue, path, title(catalogue, page), section(page)),
        grouped_by=page.kind.removesuffix("s"),
        orders=orders(catalogue, path),
        count=count,
        trail=trail(catalogue, page, path),
        parts=parts,
        beginnings=beginnings,
    )
