"""The articles related to one: by the words of their texts; the names that they share say why."""

from __future__ import annotations

import msgspec

from glossator.model import ArticleId, EntityId
from glossator.naming.private_names import is_part_of
from glossator.stages.plan.catalogue import Catalogue, entities_of

REASONS = 3


class Relation(msgspec.Struct, frozen=True):
    """An article related to another one."""

    article: ArticleId
    shared: tuple[EntityId, ...]
    """The rarest entities that both articles mention."""
    words: tuple[str, ...]
    """The words that both articles use and that say most; empty if they share an entity."""


def relations(catalogue: Catalogue, article: ArticleId) -> tuple[Relation, ...]:
    """Return the related articles of an article, the strongest relation first."""
    related = catalogue.content.related.get(article, ())[: catalogue.settings.related]
    profiles = [catalogue.profiles[entity] for entity in (entities_of(catalogue, article) if related else ())]
    weighted = sorted((profile.reason, profile.id) for profile in profiles if profile.reason is not None)
    private = catalogue.settings.private_names
    found = []
    for entry in related:
        entities = set(catalogue.content.resolved[entry.article])
        shared = tuple(entity for _, entity in weighted if entity in entities)[:REASONS]
        words = () if shared else tuple(word for word in entry.words if not is_part_of(word, private))
        found.append(Relation(entry.article, shared, words))
    return tuple(found)
