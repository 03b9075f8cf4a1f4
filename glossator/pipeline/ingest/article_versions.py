"""Which articles are older versions of others: saves of one page at different times, with different texts."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from glossator.content.article_store import StoredArticle
from glossator.model import ArticleId


def part(
    articles: Iterable[StoredArticle],
) -> tuple[list[StoredArticle], Mapping[ArticleId, tuple[StoredArticle, ...]]]:
    """The newest version of every article, in the order given, and for those that have some the older ones.

    The newest is the one that was saved last; of two saved on one day, or on none, the first by id.
    """
    given = list(articles)
    groups: dict[str, list[StoredArticle]] = {}
    for article in given:
        if article.article_links.address:
            groups.setdefault(article.article_links.address, []).append(article)
    older: dict[ArticleId, tuple[StoredArticle, ...]] = {}
    for group in groups.values():
        if len(group) > 1:
            group.sort(key=lambda one: one.head.id)
            group.sort(key=lambda one: one.head.saved or "", reverse=True)
            older[group[0].head.id] = tuple(group[1:])
    left = {one.head.id for versions in older.values() for one in versions}
    return [article for article in given if article.head.id not in left], older
