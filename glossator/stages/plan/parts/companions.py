"""The entities that keep appearing with an entity, and the sentences of the shared articles that name both."""

from __future__ import annotations

import heapq
from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from itertools import chain

import msgspec

from glossator.inverse_frequency import rarity
from glossator.model import ArticleId, Entity, EntityId, SitePath
from glossator.naming.private_names import names_private
from glossator.stages.plan.catalogue import (
    Catalogue,
    article_link,
    entity_link,
    link_facts,
    most_mentioned,
    newest_first,
)
from glossator.stages.plan.parts.excerpts import Excerpt, fold_space, private_names_of
from glossator.views import Companion, SharedArticle

COMPANIONS = 12
COUNTED = 1000
"""Newest articles of an entity in which co-occurrences are counted."""
SHARED_SHOWN = 3


class Cooccurrence(msgspec.Struct, frozen=True):
    """An entity that keeps appearing in the articles of another one."""

    entity: EntityId
    strength: float
    articles: tuple[ArticleId, ...]
    """Articles that mention both, newest first."""


def cooccurrences(catalogue: Catalogue, entity: Entity) -> tuple[Cooccurrence, ...]:
    """Return the entities that co-occur with an entity, the closest first.

    Shared articles are weighted by how rare the other entity is in the archive, as terms are by Salton and Buckley,
    Term-weighting approaches in automatic text retrieval, 1988; only entities that share two articles count. For an
    entity with one article, the entities that the article mentions most are returned, if they have pages.
    """
    articles = counted_articles(catalogue, entity)
    if len(articles) == 1:
        first = most_mentioned(catalogue, articles[0], COMPANIONS + 1)
        return tuple(Cooccurrence(other, 0, (articles[0],)) for other in first if other != entity.id)[:COMPANIONS]
    members = {article: dict.fromkeys(catalogue.content.resolved[article]) for article in articles}
    counts = Counter(chain.from_iterable(members.values()))
    closest = heapq.nsmallest(
        COMPANIONS,
        (
            (-closeness(catalogue, other, both), -both, other)
            for other, both in counts.items()
            if both > 1 and other is not None and other != entity.id
        ),
    )
    return tuple(
        Cooccurrence(other, -weight, tuple(article for article in articles if other in members[article]))
        for weight, _, other in closest
    )


def counted_articles(catalogue: Catalogue, entity: Entity) -> tuple[ArticleId, ...]:
    """Return the articles in which co-occurrences are counted, newest first."""
    return newest_first(catalogue, [appearance.article for appearance in entity.appearances])[:COUNTED]


def closeness(catalogue: Catalogue, other: EntityId, shared: int) -> float:
    """Return how close an entity is to the `other` one, with which it shares `shared` articles."""
    return round(shared * rarity(catalogue.content.spread[other], len(catalogue.heads)), 6)


def shared_facts(
    catalogue: Catalogue, companions: Sequence[Cooccurrence], quoted: Collection[ArticleId]
) -> tuple[object, ...]:
    """Return what a page shows of the articles shared with its companions: for fingerprints.

    Of the articles in `quoted`, whose sentences the page shows, it also depends on the names that mean a companion.
    """
    return tuple(
        (
            link_facts(catalogue, other.articles[:SHARED_SHOWN]),
            *(
                [index for index, entity in enumerate(catalogue.content.resolved[article]) if entity == other.entity]
                for article in other.articles[:SHARED_SHOWN]
                if article in quoted
            ),
        )
        for other in companions
    )


def compose_companion(
    catalogue: Catalogue,
    entity: Entity,
    other: Cooccurrence,
    excerpts: Mapping[ArticleId, Excerpt],
    path: SitePath,
) -> Companion:
    """Compose a companion of an entity for the page at `path`, which quotes the articles in `excerpts`."""
    shared = []
    for article in other.articles[:SHARED_SHOWN]:
        link = article_link(catalogue, article, path)
        sentence, anchor = "", ""
        if article in excerpts:
            sentence, anchor = _shared_sentence(catalogue, (entity.id, other.entity), article, excerpts[article])
        shared.append(SharedArticle(link, sentence, f"{link.href}#{anchor}".rstrip("#")))
    return Companion(entity_link(catalogue, other.entity, path), tuple(shared), len(other.articles))


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
