"""The pages of older versions: the text as it was saved, and a link to the newest. They are not annotated."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace

from glossator import urls
from glossator.model import ArticleId
from glossator.stages.plan.articles import compose_text, version_link
from glossator.stages.plan.catalogue import (
    Catalogue,
    OpenedArticle,
    PlannedPage,
    article_link,
    fingerprint_of,
    link_facts,
)
from glossator.views import ArticlePage


def plan(catalogue: Catalogue) -> Iterator[PlannedPage]:
    """Plan the page of every older version."""
    for newest, older in sorted(catalogue.content.versions.items()):
        for head in older:
            fingerprint = fingerprint_of(
                text=catalogue.content.text_digests[head.id],
                articles=(newest, link_facts(catalogue, [newest])),
                versions=older,
                pictures=catalogue.pictures.get(head.id, ()),
            )
            yield PlannedPage(urls.article_path(head.id), "version", head.id, (head.id,), fingerprint)


def compose(catalogue: Catalogue, planned: PlannedPage, readings: Mapping[ArticleId, OpenedArticle]) -> ArticlePage:
    """Compose the page of an older version from its text in `readings`."""
    newest, older = next(
        (newest, older)
        for newest, older in catalogue.content.versions.items()
        if any(version.id == planned.subject for version in older)
    )
    path = compose_text(catalogue, readings[ArticleId(planned.subject)], catalogue.publications[newest], planned.path)
    others = (version_link(other, planned.path) for other in older if other.id != planned.subject)
    return replace(
        path,
        frame=replace(path.frame, indexed=False),
        versions=tuple(others),
        newest=article_link(catalogue, newest, planned.path),
    )
