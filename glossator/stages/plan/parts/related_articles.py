"""The articles related to one: by the words of their texts; the names that they share say why."""

from __future__ import annotations

import msgspec

from glossator.model import ArticleId, EntityId
from glossator.naming.private_names import is_part_of
from glossator.stages.plan.catalogue import Catalogue, entities_of

REASONS = 3
UBIQUITOUS = 2
"""Step of the number of articles from which on an entity alone is no reason: "Both speak of the United States"."""


class Relation(msgspec.Struct, frozen=True):
    """An article related to another one."""

    article: ArticleId
    shared: tuple[EntityId, ...]
    """The rarest entities that both articles mention; none if there is only one, which is in very many."""
    words: tuple[str, ...]
    """The words that both articles use and that say most; empty if they share an entity."""


def relations(catalogue: Catalogue, article: ArticleId) -> tuple[Relation, ...]:
    """Return the related articles of an article, the strongest relation first."""
    near = catalogue.content.related.get(article, ())
    related = tuple(entry for entry in near if entry.is_related)[: catalogue.settings.related]
    profiles = [catalogue.profiles[entity] for entity in (entities_of(catalogue, article) if related else ())]
    weighted = sorted((profile.reason, profile.id) for profile in profiles if profile.reason is not None)
    private = catalogue.settings.private_names
    shown = []
    for entry in related:
        entities = set(catalogue.content.resolved[entry.article])
        reasons = [pair for pair in weighted if pair[1] in entities][:REASONS]
        shared = () if len(reasons) == 1 and reasons[0][0] >= UBIQUITOUS else tuple(entity for _, entity in reasons)
        words = () if shared else tuple(word for word in entry.words if not is_part_of(word, private))
        shown.append(Relation(entry.article, shared, words))
    return tuple(shown)
