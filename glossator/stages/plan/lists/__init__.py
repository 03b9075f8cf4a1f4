"""Lists of articles and of names, whole ones and the parts of long ones: planned and composed by their kind."""

from __future__ import annotations

from collections.abc import Iterator

from glossator.stages.plan.catalogue import Catalogue, PlannedPage
from glossator.stages.plan.catalogue.list_pages import Shapes, list_page, list_pages, page_path
from glossator.stages.plan.lists import article_lists, entity_lists, keyword_lists
from glossator.views import ArticleIndexPage, EntityIndexPage

KEYWORDS = ("sources", "tags", "authors")
"""Lists that lead to the articles of one keyword."""


def plan(catalogue: Catalogue, shapes: Shapes) -> Iterator[PlannedPage]:
    """Plan the pages of the lists, whose parts are the `shapes`."""
    yield from (PlannedPage(page_path(page), page.kind, page.subject) for page in list_pages(catalogue.lists, shapes))


def compose_articles(catalogue: Catalogue, planned: PlannedPage) -> ArticleIndexPage:
    page = list_page(planned.kind, planned.subject)
    return keyword_lists.compose(catalogue, page) if page.kind in KEYWORDS else article_lists.compose(catalogue, page)


def compose_entities(catalogue: Catalogue, planned: PlannedPage) -> EntityIndexPage:
    return entity_lists.compose(catalogue, list_page(planned.kind, planned.subject))
