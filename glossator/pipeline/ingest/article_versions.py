"""Versions of articles: saves of one page at different times, with different texts."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import msgspec

from glossator.content.article_store import StoredArticle
from glossator.model import ArticleId


class ArticleVersions(msgspec.Struct, frozen=True):
    """Articles, and further versions of some of them."""

    newest: tuple[StoredArticle, ...]
    """The version of every article that lists, search and names know, in the order in which the articles were given."""
    others: Mapping[ArticleId, tuple[StoredArticle, ...]]
    """Other versions by the id of the newest one, newest first."""
    unordered: frozenset[ArticleId]
    """Ids of versions of which nothing says that they are older than the newest."""


def split_versions(articles: Iterable[StoredArticle]) -> ArticleVersions:
    """Group the versions of each article.

    A version is older if it was saved at an earlier time, or, if those times are unknown or equal, if the newest one
    says that it was corrected or updated and the other does not. Without a sign the first by id is the article.
    """
    every = list(articles)
    by_address: dict[str, list[StoredArticle]] = {}
    for article in every:
        if article.article_links.address:
            by_address.setdefault(article.article_links.address, []).append(article)
    others: dict[ArticleId, tuple[StoredArticle, ...]] = {}
    unordered: set[ArticleId] = set()
    for versions in by_address.values():
        if len(versions) > 1:
            first, *rest = _ranked(versions)
            others[first.head.id] = tuple(rest)
            unordered.update(version.head.id for version in rest if not _is_later(first, version))
    replaced = {article.head.id for versions in others.values() for article in versions}
    newest = tuple(article for article in every if article.head.id not in replaced)
    return ArticleVersions(newest, others, frozenset(unordered))


def _ranked(versions: Iterable[StoredArticle]) -> list[StoredArticle]:
    """Return the versions of one article, newest first; those that nothing distinguishes by id."""
    ranked = sorted(versions, key=lambda article: article.head.id)
    dated = all(article.head.saved for article in ranked)

    def age(article: StoredArticle) -> tuple[object, ...]:
        saved, revision = article.head.saved or "", article.article_links.revision
        return (saved, revision) if dated else (revision, saved)

    return sorted(ranked, key=age, reverse=True)


def _is_later(article: StoredArticle, other: StoredArticle) -> bool:
    """True if there is a sign that an article is a later version than the other. A day is not later than its hours."""
    first, second = article.head.saved or "", other.head.saved or ""
    known = min(len(first), len(second))
    if first[:known] != second[:known]:
        return first > second
    return article.article_links.revision > other.article_links.revision
