"""Archive -> every page of the site, and each page with exactly the data that its template sees.

`plan` is cheap and runs on every build; `compose` reads articles and runs for the pages whose fingerprint changed.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

from glossator.model import ArticleId
from glossator.stages.plan import articles, entities, indexes, versions
from glossator.stages.plan.catalogue import Catalogue, OpenedArticle, PlannedPage, SiteContent, listing, open_catalogue
from glossator.stages.plan.excerpts import Excerpt, excerpt
from glossator.stages.plan.invalidated import (
    ArchiveEdit,
    ArticleFacts,
    Invalidated,
    PageAssociations,
    article_facts,
    article_key,
    entity_key,
    everything,
    invalidated,
)
from glossator.stages.plan.lists import EntityListRow, entity_list_row, parts_of
from glossator.views import (
    AnyPage,
    ArticleIndexPage,
    ArticlePage,
    EntityIndexPage,
    EntityPage,
    HomePage,
    NotFoundPage,
    RedirectPage,
    SearchPage,
    TextPage,
)

__all__ = [
    "KINDS",
    "OPEN",
    "QUOTING",
    "ArchiveEdit",
    "ArticleFacts",
    "Catalogue",
    "EntityListRow",
    "Excerpt",
    "Invalidated",
    "OpenedArticle",
    "PageAssociations",
    "PlannedPage",
    "SiteContent",
    "article_facts",
    "article_key",
    "compose",
    "entity_key",
    "entity_list_row",
    "everything",
    "excerpt",
    "invalidated",
    "listing",
    "open_catalogue",
    "plan",
]

KINDS: Mapping[str, type[AnyPage]] = {
    "article": ArticlePage,
    "version": ArticlePage,
    "entity": EntityPage,
    "redirect": RedirectPage,
    "entities": EntityIndexPage,
    "articles": ArticleIndexPage,
    "sources": ArticleIndexPage,
    "source": ArticleIndexPage,
    "appearances": ArticleIndexPage,
    "home": HomePage,
    "own": TextPage,
    "search": SearchPage,
    "not-found": NotFoundPage,
}
"""What is composed for each kind of sheet."""

OPEN: Mapping[str, Callable[[Catalogue, PlannedPage, Mapping[ArticleId, OpenedArticle]], AnyPage]] = {
    "article": articles.compose,
    "version": versions.compose,
}
"""The composers of pages that show the text of an article."""

QUOTING: Mapping[str, Callable[[Catalogue, PlannedPage, Mapping[ArticleId, Excerpt]], AnyPage]] = {
    "entity": entities.compose,
}
"""The composers of pages that quote articles."""

CLOSED: Mapping[str, Callable[[Catalogue, PlannedPage], AnyPage]] = {
    "redirect": entities.compose_redirect,
    "entities": indexes.compose_entities,
    "articles": indexes.compose_articles,
    "sources": indexes.compose_articles,
    "source": indexes.compose_articles,
    "appearances": indexes.compose_articles,
    "home": indexes.compose_home,
    "own": indexes.compose_own,
    "search": indexes.compose_search,
    "not-found": indexes.compose_not_found,
}
"""The composers of the others."""


def plan(catalogue: Catalogue, whom: Invalidated) -> Iterator[PlannedPage]:
    """The pages of these articles and entities, and those that every build plans."""
    yield from (articles.plan(catalogue, article) for article in sorted(whom.articles))
    for entity in sorted(whom.entities):
        yield entities.plan(catalogue, entity)
        yield from (indexes.plan_part(catalogue, part) for part in parts_of(catalogue.lists, entity))
    yield from (entities.plan_redirect(catalogue, *pair) for pair in sorted(catalogue.stock.redirects.items()))
    yield from versions.plan(catalogue)
    yield from indexes.plan(catalogue)


def compose(
    catalogue: Catalogue,
    sheet: PlannedPage,
    readings: Mapping[ArticleId, OpenedArticle],
    excerpts: Mapping[ArticleId, Excerpt],
) -> AnyPage:
    """The page that a sheet plans, from the articles that it needs: their texts for a kind in OPEN, else excerpts."""
    if sheet.kind in OPEN:
        return OPEN[sheet.kind](catalogue, sheet, readings)
    if sheet.kind in QUOTING:
        return QUOTING[sheet.kind](catalogue, sheet, excerpts)
    return CLOSED[sheet.kind](catalogue, sheet)
