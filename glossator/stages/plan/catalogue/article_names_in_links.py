"""Names by which articles link to articles: paths of notes first, then other names, then titles."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from glossator.link_keys import name_key
from glossator.model import ArticleHead, ArticleId, ArticleLinks


def named_articles(
    heads: Sequence[ArticleHead], article_links: Mapping[ArticleId, ArticleLinks]
) -> dict[str, ArticleId | None]:
    """Return the article that each key of a name means; None for a name of several, because either may be meant."""
    found: dict[str, ArticleId | None] = {}
    for kind in range(3):
        level: dict[str, ArticleId | None] = {}
        for head in heads:
            for key in dict.fromkeys(_names(head, article_links[head.id], kind)):
                level[key] = None if key in level else head.id
        found = level | found
    return found


def _names(head: ArticleHead, article_links: ArticleLinks, kind: int) -> Iterator[str]:
    if kind == 0:
        yield from article_links.paths
    else:
        yield from map(name_key, head.aliases if kind == 1 else (head.title, head.id))
