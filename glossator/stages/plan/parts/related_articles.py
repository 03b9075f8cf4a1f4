"""The articles related to one: by the words of their texts; the names that they share say why."""

from __future__ import annotations

import msgspec

from glossator.inverse_frequency import rarity, step
from glossator.model import ArticleId, EntityId, RelatedArticle
from glossator.naming.private_names import is_part_of
from glossator.stages.plan.catalogue import Catalogue, PlannedPage, entities_of

COMMON = 200
"""Articles of an entity beyond which it says nothing about which two belong together."""
REASONS = 3
UBIQUITOUS = 2
"""Step of the number of articles from which on an entity alone is no reason: "Both speak of the United States"."""


class Relation(msgspec.Struct, frozen=True):
    """An article related to another one."""

    article: ArticleId
    strength: float
    shared: tuple[EntityId, ...]
    """The rarest entities that both articles mention; none if there is only one, which is in very many."""
    words: tuple[str, ...]
    """The words that both articles use and that say most; empty if they share an entity."""


def relations(catalogue: Catalogue, article: ArticleId, planned: PlannedPage | None = None) -> tuple[Relation, ...]:
    """Return the related articles of an article, the strongest relation first.

    Those that were found when its page was planned, if `planned` is given and holds any, because a worker knows no
    others.
    """
    near = catalogue.content.related.get(article, ())
    related = tuple(one for one in near if one.is_related)[: catalogue.settings.related]
    if planned and planned.associations:
        pairs = zip(planned.associations, planned.words, strict=True)
        related = tuple(RelatedArticle(ArticleId(other), strength, words) for (other, strength), words in pairs)
    weighted = [
        (-rarity(catalogue.content.spread[entity], len(catalogue.heads)), entity)
        for entity in (entities_of(catalogue, article) if related else ())
        if _relates(catalogue, entity)
    ]
    private = catalogue.settings.private_names
    found = []
    for entry in related:
        entities = set(catalogue.content.resolved[entry.article])
        shared = tuple(entity for _, entity in sorted(pair for pair in weighted if pair[1] in entities)[:REASONS])
        if len(shared) == 1 and is_ubiquitous(catalogue.content.spread[shared[0]]):
            shared = ()
        words = () if shared else tuple(word for word in entry.words if not is_part_of(word, private))
        found.append(Relation(entry.article, entry.cosine, shared, words))
    return tuple(found)


def is_common(spread: int) -> bool:
    """True if an entity in `spread` articles is in too many to say why two are related."""
    return spread > COMMON


def is_ubiquitous(spread: int) -> bool:
    """True if an entity in `spread` articles is in too many to be the only reason why two are related."""
    return step(spread) >= UBIQUITOUS


def _relates(catalogue: Catalogue, entity: EntityId) -> bool:
    spread = catalogue.content.spread[entity]
    return spread > 1 and not is_common(spread)
