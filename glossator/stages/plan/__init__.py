"""Archive -> every page of the site, and each page with exactly the data that its template sees.

`plan` is cheap and runs on every build; `compose` reads articles and runs for the pages whose fingerprint changed.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

from glossator.model import ArticleId
from glossator.stages.plan import articles, entities, indexes, versions
from glossator.stages.plan.catalogue import Catalogue, Extras, Reading, Sheet, open_catalogue
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

__all__ = ["KINDS", "Catalogue", "Extras", "Reading", "Sheet", "compose", "open_catalogue", "plan"]

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

OPEN: Mapping[str, Callable[[Catalogue, Sheet, Mapping[ArticleId, Reading]], AnyPage]] = {
    "article": articles.compose,
    "version": versions.compose,
    "entity": entities.compose,
}
"""The composers of pages that show the text of articles."""

CLOSED: Mapping[str, Callable[[Catalogue, Sheet], AnyPage]] = {
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


def plan(catalogue: Catalogue) -> tuple[Sheet, ...]:
    """Every page of the site, sorted by path."""
    sheets = [*articles.plan(catalogue), *versions.plan(catalogue), *entities.plan(catalogue), *indexes.plan(catalogue)]
    return tuple(sorted(sheets, key=lambda sheet: sheet.path))


def compose(catalogue: Catalogue, sheet: Sheet, readings: Mapping[ArticleId, Reading]) -> AnyPage:
    """The page that a sheet plans. `readings` holds at least the articles that the sheet needs."""
    if sheet.kind in OPEN:
        return OPEN[sheet.kind](catalogue, sheet, readings)
    return CLOSED[sheet.kind](catalogue, sheet)
