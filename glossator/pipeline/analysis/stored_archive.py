"""The archive as the last build stored it, read row by row over the build's connection or a worker's."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any, TypeVar

from glossator.incremental.cache import DamagedRow
from glossator.incremental.cache.rows import Table
from glossator.incremental.schema import ENTITIES, RESOLVED
from glossator.model import ArticleHead, ArticleId, OwnPage
from glossator.pipeline.analysis.find_entities import FoundEntities
from glossator.pipeline.ingest.article_images import PictureCheck
from glossator.pipeline.ingest.duplicates_and_versions import ArticleVersions
from glossator.stages.plan import OnDemand, SiteContent

ROWS_KEPT = 30_000
"""Decoded rows kept in memory by one table: a hundred megabytes at most."""

Key = TypeVar("Key", bound=str)
Value = TypeVar("Value")
ReadRow = Callable[[Table[Any, Any], Sequence[Any]], Mapping[Any, Any]]
"""Table, keys -> the rows of the table that are stored."""


def stored_table(read: ReadRow, table: Table[Key, Value], keys: Mapping[Key, object]) -> Mapping[Key, Value]:
    """Return the rows of a table, which are decoded when they are looked up; `keys` holds those that there are."""

    def row(key: Key) -> Value:
        value: Value | None = read(table, [key]).get(key)
        if value is None:
            raise KeyError(key) if key not in keys else DamagedRow(key)
        return value

    return OnDemand(row, keys, ROWS_KEPT)


def newest_first(heads: Iterable[ArticleHead]) -> tuple[ArticleHead, ...]:
    """Return heads sorted by date, the newest first; those without a date last, then by id."""
    return tuple(sorted(sorted(heads, key=lambda head: head.id), key=lambda head: head.date or "", reverse=True))


def site_content(
    found: FoundEntities,
    articles: ArticleVersions,
    pages: tuple[OwnPage, ...],
    pictures: PictureCheck,
    bare: frozenset[ArticleId] = frozenset(),
) -> SiteContent:
    """Return all that the site can show. Articles in which no names could be looked for are left out.

    `pictures` are those of the articles, and of own pages and notes; `bare` the articles that are shown without marks.
    """
    states = found.states
    shown = [article for article in articles.newest if article.head.id in states]
    versions = {key: others for key, others in articles.others.items() if key in states}
    texts = [*shown, *(article for others in versions.values() for article in others)]
    read = found.namespace.read
    return SiteContent(
        heads=newest_first(article.head for article in shown),
        entities=stored_table(read, ENTITIES, found.article_counts),
        resolved=stored_table(read, RESOLVED, states),
        spread=found.article_counts,
        redirects=dict(sorted(found.redirects.items())),
        article_links={article.head.id: article.article_links for article in texts},
        text_digests={
            article.head.id: f"{article.text} {states[article.head.id].analysis if article.head.id in states else ''}"
            f"{' bare' if article.head.id in bare else ''}"
            for article in texts
        },
        head_digests={article.head.id: article.about for article in shown},
        pages=pages,
        versions={key: tuple(article.head for article in others) for key, others in versions.items()},
        unordered=articles.unordered,
        pictures={name: picture.shown for name, picture in pictures.published.items()},
        own_pictures=pictures.own,
        bare=bare,
    )
