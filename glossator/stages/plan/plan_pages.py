"""The archive -> every page of its site, by path, kind and subject."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import chain

import msgspec

from glossator import site_paths
from glossator.model import EntityId
from glossator.stages.plan import lists
from glossator.stages.plan.catalogue import Catalogue, PlannedPage
from glossator.stages.plan.catalogue.list_pages import Shapes
from glossator.stages.plan.data import connections, feeds, read_api, sitemap_and_robots
from glossator.stages.plan.page_kinds import PAGE_KINDS
from glossator.stages.plan.pages import (
    article_versions,
    chronology,
    corrections,
    entities,
    front_files,
    maps,
    redirects,
    site_pages,
    topics,
)


def plan(catalogue: Catalogue, shapes: Shapes, former: Iterable[EntityId]) -> tuple[Catalogue, tuple[PlannedPage, ...]]:
    """Plan the pages of a site; return the catalogue, which knows now what the sitemap lists, and all pages.

    `shapes` are the parts of its lists, `former` the entities that had a page and have none any more.
    """
    pages = list(_pages(catalogue, shapes, former))
    listable = (page for page in pages if PAGE_KINDS[page.kind].listed)
    catalogue = msgspec.structs.replace(catalogue, listed=sitemap_and_robots.listed_pages(catalogue, listable))
    by_path = {page.path: page for page in chain(pages, sitemap_and_robots.plan(catalogue))}
    return catalogue, tuple(by_path.values())


def _pages(catalogue: Catalogue, shapes: Shapes, former: Iterable[EntityId]) -> Iterator[PlannedPage]:
    for article in catalogue.heads:
        yield PlannedPage(site_paths.article_path(article), "article", article)
    yield from entities.plan(catalogue, former)
    yield from connections.plan(catalogue)
    yield from redirects.plan_entities(catalogue)
    yield from redirects.plan_articles(catalogue)
    yield from article_versions.plan(catalogue)
    yield from front_files.plan(catalogue)
    yield from site_pages.plan(catalogue)
    yield from lists.plan(catalogue, shapes)
    yield from topics.plan(catalogue)
    yield from redirects.plan_topics(catalogue)
    yield from redirects.plan_ties(catalogue)
    yield from maps.plan(catalogue)
    yield from corrections.plan(catalogue)
    yield from chronology.plan(catalogue)
    yield from feeds.plan(catalogue)
    yield from read_api.plan(catalogue)
