"""The pages of other versions: the text as it was saved, and what differs from the newest. They are not annotated."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from msgspec.structs import replace

from glossator import site_paths
from glossator.model import ArticleId
from glossator.stages.plan.catalogue import Catalogue, PlannedPage, article_link
from glossator.stages.plan.catalogue.site_content import OpenedArticle
from glossator.stages.plan.pages.articles import compose_text, is_compared, version_link
from glossator.stages.plan.parts.compared_texts import compare
from glossator.stages.plan.parts.woven_text import LinkedText, head_of
from glossator.views import ArticlePage


def plan(catalogue: Catalogue) -> Iterator[PlannedPage]:
    """Plan the page of every older version."""
    for version in sorted(catalogue.newest):
        yield PlannedPage(site_paths.article_path(version), "version", version)


def compose(
    catalogue: Catalogue, planned: PlannedPage, readings: Mapping[ArticleId, OpenedArticle], text: LinkedText
) -> ArticlePage:
    """Compose the page of another version from its text; in `readings` are that version and the newest one."""
    article, head = ArticleId(planned.subject), head_of(catalogue, planned)
    newest = catalogue.newest[article]
    older = catalogue.content.versions[newest]
    compared = is_compared(catalogue.heads[newest], head) and article not in catalogue.content.bare
    page = compose_text(catalogue, head, text, catalogue.publications[newest], planned.path)
    others = (version_link(catalogue, newest, other, planned.path) for other in older if other.id != article)
    return replace(
        page,
        frame=replace(page.frame, indexed=False),
        versions=tuple(others),
        newest=article_link(catalogue, newest, planned.path),
        superseded=article not in catalogue.unordered,
        comparison=compare(readings[article], readings[newest]) if compared else None,
    )
