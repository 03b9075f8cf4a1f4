"""Versions of articles: saves of one page at different times, with different texts."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from glossator.content.article_store import StoredArticle
from glossator.model import ArticleId


def split_versions(
    articles: Iterable[StoredArticle],
) -> tuple[list[StoredArticle], Mapping[ArticleId, tuple[StoredArticle, ...]]]:
    """Return the newest version of every article, in the given order, and the older versions of those that have some.

    The newest version is the one that was saved last; of versions saved on one day, or without a date, the first by id.
    """
    every = list(articles)
    by_address: dict[str, list[StoredArticle]] = {}
    for article in every:
        if article.article_links.address:
            by_address.setdefault(article.article_links.address, []).append(article)
    older: dict[ArticleId, tuple[StoredArticle, ...]] = {}
    for versions in by_address.values():
        if len(versions) > 1:
            versions.sort(key=lambda article: article.head.id)
            versions.sort(key=lambda article: article.head.saved or "", reverse=True)
            older[versions[0].head.id] = tuple(versions[1:])
    replaced = {article.head.id for versions in older.values() for article in versions}
    return [article for article in every if article.head.id not in replaced], older
