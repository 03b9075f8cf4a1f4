"""The entities that keep appearing with an entity, and the sentences of the shared articles that name both."""

from __future__ import annotations

import heapq
from collections import Counter
from collections.abc import Mapping
from itertools import chain

import msgspec

from glossator.inverse_frequency import weight
from glossator.model import ArticleId, Entity, EntityId, SitePath
from glossator.naming.private_names import names_private
from glossator.stages.plan.catalogue import (
    SHORT_LIST,
    Catalogue,
    article_link,
    group,
    most_mentioned,
    newest_first,
)
from glossator.stages.plan.parts.excerpts import Excerpt, fold_space, private_names_of
from glossator.views import SharedArticle

COMPANIONS = SHORT_LIST
COUNTED = 1000
"""Newest articles of an entity in which co-occurrences are counted."""
SHARED_SHOWN = 3


class Cooccurrence(msgspec.Struct, frozen=True):
    """An entity that keeps appearing in the articles of another one."""

    entity: EntityId
    articles: tuple[ArticleId, ...]
    """Articles that mention both, newest first."""


def cooccurrences(catalogue: Catalogue, entity: Entity) -> tuple[Cooccurrence, ...]:
    """Return the closest of the entities that co-occur with an entity, those with the most shared articles first.

    Shared articles are weighted by how rare the other entity is in the archive, as terms are by Salton and Buckley,
    Term-weighting approaches in automatic text retrieval, 1988; only entities that share two articles count. For an
    entity with one article, which says little of any of them, half as many are returned: those with pages that the
    article mentions most.
    """
    scale, catalogue = catalogue.whole.scale, group(catalogue, "articles", entity.id)
    articles = newest_first(catalogue, [appearance.article for appearance in entity.appearances])[:COUNTED]
    if len(articles) == 1:
        first = most_mentioned(catalogue, articles[0], COMPANIONS // 2 + 1)
        return tuple(Cooccurrence(other, (articles[0],)) for other in first if other != entity.id)[: COMPANIONS // 2]
    members = {article: dict.fromkeys(catalogue.content.resolved[article]) for article in articles}
    counts = Counter(chain.from_iterable(members.values()))
    closest = heapq.nsmallest(
        COMPANIONS,
        (
            (-round(both * weight(catalogue.content.spread[other], scale), 6), -both, other)
            for other, both in counts.items()
            if both > 1 and other is not None and other != entity.id
        ),
    )
    return tuple(
        Cooccurrence(other, tuple(article for article in articles if other in members[article]))
        for _, _, other in sorted(closest, key=lambda counted: counted[1])
    )


def shared_articles(
    catalogue: Catalogue,
    entity: EntityId,
    other: Cooccurrence,
    excerpts: Mapping[ArticleId, Excerpt],
    path: SitePath,
) -> tuple[SharedArticle, ...]:
    """Return the newest articles that an entity shares with a companion, for the page at `path`.

    A sentence that names both is quoted from those of the articles that the page quotes, which `excerpts` holds.
    """
    shared = []
    for article in other.articles[:SHARED_SHOWN]:
        link = article_link(catalogue, article, path)
        sentence, anchor = "", ""
        if article in excerpts:
            sentence, anchor = _shared_sentence(catalogue, (entity, other.entity), article, excerpts[article])
        shared.append(SharedArticle(link, sentence, f"{link.href}#{anchor}".rstrip("#")))
    return tuple(shared)


def _shared_sentence(
    catalogue: Catalogue, both: tuple[EntityId, EntityId], article: ArticleId, excerpt: Excerpt
) -> tuple[str, str]:
    """Return the first sentence of an article that mentions both entities, and its anchor; empty if there is none."""
    resolved, private = catalogue.content.resolved[article], private_names_of(catalogue, article, excerpt)
    named = [{mention.sentence for mention in excerpt.mentions if resolved[mention.name] == entity} for entity in both]
    for index in sorted(named[0] & named[1]):
        sentence = excerpt.sentences[index]
        if not names_private(sentence.text, private, article):
            return fold_space(sentence.text).strip(), sentence.anchor
    return "", ""
