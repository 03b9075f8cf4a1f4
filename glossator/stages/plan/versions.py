"""The pages of older versions: the text as it was saved, and the way to the newest. No names are looked for in them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace

from glossator import urls
from glossator.model import ArticleId
from glossator.stages.plan.articles import bare, version_link
from glossator.stages.plan.catalogue import Catalogue, OpenedArticle, PlannedPage, article_link, facts, fingerprint
from glossator.views import ArticlePage


def plan(catalogue: Catalogue) -> Iterator[PlannedPage]:
    for newest, older in sorted(catalogue.stock.versions.items()):
        for head in older:
            shows = fingerprint(
                text=catalogue.stock.digests[head.id],
                articles=(newest, facts(catalogue, [newest])),
                versions=older,
                pictures=catalogue.pictures.get(head.id, ()),
            )
            yield PlannedPage(urls.article_path(head.id), "version", head.id, (head.id,), shows)


def compose(catalogue: Catalogue, sheet: PlannedPage, readings: Mapping[ArticleId, OpenedArticle]) -> ArticlePage:
    newest, older = next(
        (newest, older)
        for newest, older in catalogue.stock.versions.items()
        if any(version.id == sheet.subject for version in older)
    )
    page = bare(catalogue, readings[ArticleId(sheet.subject)], catalogue.publications[newest], sheet.path)
    others = (version_link(other, sheet.path) for other in older if other.id != sheet.subject)
    return replace(
        page,
        frame=replace(page.frame, indexed=False),
        versions=tuple(others),
        newest=article_link(catalogue, newest, sheet.path),
    )
