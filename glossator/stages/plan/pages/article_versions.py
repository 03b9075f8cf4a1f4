"""The pages of other versions: the text as it was saved, and what differs from the newest. They are not annotated."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from msgspec.structs import replace

from glossator import site_paths
from glossator.model import ArticleId
from glossator.stages.plan.catalogue import Catalogue, PlannedPage, article_link, fingerprint_of, link_facts
from glossator.stages.plan.catalogue.site_content import OpenedArticle
from glossator.stages.plan.pages.articles import compose_text, is_compared, version_link
from glossator.stages.plan.pages.text_differences import compare
from glossator.views import ArticlePage


def plan(catalogue: Catalogue) -> Iterator[PlannedPage]:
    """Plan the page of every older version."""
    for newest, older in sorted(catalogue.content.versions.items()):
        for head in older:
            needs = (head.id, newest) if is_compared(catalogue.heads[newest], head) else (head.id,)
            fingerprint = fingerprint_of(
                text=[catalogue.content.text_digests[article] for article in needs],
                superseded=head.id not in catalogue.content.unordered,
                articles=(newest, link_facts(catalogue, [newest])),
                versions=older,
                pictures=catalogue.pictures.get(head.id, ()),
            )
            yield PlannedPage(site_paths.article_path(head.id), "version", head.id, needs, fingerprint)


def compose(catalogue: Catalogue, planned: PlannedPage, readings: Mapping[ArticleId, OpenedArticle]) -> ArticlePage:
    """Compose the page of another version from its text, and that of the newest version, in `readings`."""
    newest, older = next(
        (newest, older)
        for newest, older in catalogue.content.versions.items()
        if any(version.id == planned.subject for version in older)
    )
    article = ArticleId(planned.subject)
    compared = newest in planned.needs and article not in catalogue.content.bare
    page = compose_text(catalogue, readings[article], catalogue.publications[newest], planned.path)
    others = (version_link(catalogue, newest, other, planned.path) for other in older if other.id != article)
    return replace(
        page,
        frame=replace(page.frame, indexed=False),
        versions=tuple(others),
        newest=article_link(catalogue, newest, planned.path),
        superseded=article not in catalogue.content.unordered,
        comparison=compare(readings[article], readings[newest]) if compared else None,
    )
