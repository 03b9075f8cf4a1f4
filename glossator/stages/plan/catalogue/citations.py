"""The articles of the archive that each article links to, by address, headline or name; and those that link to it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence

from glossator import addresses
from glossator.addresses import name_key
from glossator.markup import WIKI, opening_of
from glossator.model import (
    ArticleHead,
    ArticleId,
    ArticleLinks,
)
from glossator.stages.plan.catalogue.site_content import SiteContent

UNQUOTED = "unquoted:"
"""Begins the key of a headline that an article may have in its prose without quotation marks."""


def citations(content: SiteContent) -> dict[ArticleId, Mapping[str, ArticleId]]:
    by_address: dict[str, ArticleId] = {}
    by_headline: dict[str, ArticleId | None] = {}
    for key in sorted(head.id for head in content.heads):
        article_links = content.article_links[key]
        if article_links.address:
            by_address[article_links.address] = key
        # A headline of several articles leads to none: which of them is meant is not known.
        by_headline[article_links.headline] = None if article_links.headline in by_headline else key
    newest = {older.id: key for key, versions in content.versions.items() for older in versions}
    newest |= {head.id: head.id for head in content.heads}
    for key, others in content.other_sources.items():
        if key in newest:
            for other in others:
                by_address.setdefault(addresses.canonical(other.address), newest[key])
    by_name: Mapping[str, ArticleId | None] = {}
    if any(article_links.named for article_links in content.article_links.values()):
        by_name = named_articles(content.heads, content.article_links)
    by_opening = _by_opening(by_headline)
    cites: dict[ArticleId, Mapping[str, ArticleId]] = {}
    for head in content.heads:
        article_links = content.article_links[head.id]
        cited = {key: by_address[key] for key in article_links.addresses if key in by_address}
        cited |= {key: target for key in article_links.headlines if (target := by_headline.get(key))}
        begun = by_opening.keys() & memoryview(article_links.openings).cast("Q")
        cited |= {UNQUOTED + headline: target for headline, target in filter(None, map(by_opening.get, begun))}
        cited |= {WIKI + key: target for key in article_links.named if (target := by_name.get(key))}
        cites[head.id] = {key: article for key, article in sorted(cited.items()) if article != head.id}
    return cites


def _by_opening(headlines: Mapping[str, ArticleId | None]) -> dict[int, tuple[str, ArticleId] | None]:
    """Return the headline that begins with the words of each digest, and its article; None if several begin so."""
    by_opening: dict[int, tuple[str, ArticleId] | None] = {}
    for headline, article in headlines.items():
        if opening := opening_of(headline):
            by_opening[opening] = (headline, article) if article and opening not in by_opening else None
    return by_opening


def citing_articles(cites: Iterable[tuple[ArticleId, Iterable[ArticleId]]]) -> dict[ArticleId, tuple[ArticleId, ...]]:
    """Return the articles that cite each article, from pairs of an article and those that it cites."""
    citing: dict[ArticleId, list[ArticleId]] = defaultdict(list)
    for article, cited_articles in cites:
        for cited in dict.fromkeys(cited_articles):
            citing[cited].append(article)
    return {cited: tuple(articles) for cited, articles in citing.items()}


def named_articles(
    heads: Sequence[ArticleHead], article_links: Mapping[ArticleId, ArticleLinks]
) -> dict[str, ArticleId | None]:
    """Return the article that each key of a name means; None for a name of several, because either may be meant."""
    meant: dict[str, ArticleId | None] = {}
    for kind in range(3):
        level: dict[str, ArticleId | None] = {}
        for head in heads:
            for key in dict.fromkeys(_names(head, article_links[head.id], kind)):
                level[key] = None if key in level else head.id
        meant = level | meant
    return meant


def _names(head: ArticleHead, article_links: ArticleLinks, kind: int) -> Iterator[str]:
    if kind == 0:
        yield from article_links.paths
    else:
        yield from map(name_key, head.aliases if kind == 1 else (head.title, head.id))
