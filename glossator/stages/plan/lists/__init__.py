"""Lists of articles and of names, whole ones and the parts of long ones: planned and composed by their kind."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from glossator.model import Fingerprint
from glossator.stages.plan.catalogue import Catalogue, PlannedPage
from glossator.stages.plan.catalogue.list_pages import Kind, ListPage, list_page, list_pages, page_path
from glossator.stages.plan.lists import article_lists, entity_lists, keyword_lists
from glossator.views import ArticleIndexPage, EntityIndexPage

KEYWORDS = ("sources", "tags", "authors")
"""Lists that lead to the articles of one keyword."""


def plan(catalogue: Catalogue, kinds: Collection[Kind]) -> Iterator[PlannedPage]:
    """Plan the lists of some kinds."""
    yield from (plan_list_page(catalogue, page) for page in list_pages(catalogue.lists, kinds))


def plan_list_page(catalogue: Catalogue, page: ListPage) -> PlannedPage:
    return PlannedPage(page_path(page), page.kind, page.subject, (), _fingerprint(catalogue, page))


def _fingerprint(catalogue: Catalogue, page: ListPage) -> Fingerprint:
    if page.kind == "entities":
        return entity_lists.page_fingerprint(catalogue, page)
    if page.kind in KEYWORDS:
        return keyword_lists.page_fingerprint(catalogue, page)
    return article_lists.page_fingerprint(catalogue, page)


def compose_articles(catalogue: Catalogue, planned: PlannedPage) -> ArticleIndexPage:
    page = list_page(planned.kind, planned.subject)
    return keyword_lists.compose(catalogue, page) if page.kind in KEYWORDS else article_lists.compose(catalogue, page)


def compose_entities(catalogue: Catalogue, planned: PlannedPage) -> EntityIndexPage:
    return entity_lists.compose(catalogue, list_page(planned.kind, planned.subject))
