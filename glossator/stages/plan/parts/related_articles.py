"""The articles related to one, by the words of their texts, and others to go on with; each with the reason."""

from __future__ import annotations

import msgspec

from glossator.model import ArticleId, EntityId, EntityType, TopicId
from glossator.naming.private_names import is_part_of
from glossator.stages.plan.catalogue import Catalogue, entities_of

ENOUGH = 3
"""Articles to go on with: if fewer are related, others follow."""
REASONS = 3
CLOSE = 0.1
"""Cosine from which articles are offered that are not related; of fainter ones one, if there is no other."""
ALIKE_WORDS = 2
"""Telling words in common, at least, of an article that is offered without a topic or a name in common."""
REASON_TYPES = frozenset({EntityType.PERSON, EntityType.LAW, EntityType.WORK, EntityType.EVENT})
"""Types of names that two articles seldom share by chance; a place, a party or an agency they do."""
UBIQUITOUS = 2
"""Step of the number of articles from which on an entity alone is no reason: "Both speak of the United States"."""


class Relation(msgspec.Struct, frozen=True):
    """An article to go on with after another one, and the reason."""

    article: ArticleId
    shared: tuple[EntityId, ...] = ()
    """The rarest entities that both articles mention; none if there is only one, which is in very many."""
    topic: TopicId | None = None
    """Topic that both are of, if that is the reason."""


def relations(catalogue: Catalogue, article: ArticleId) -> tuple[Relation, ...]:
    """Return the related articles of an article, the strongest relation first."""
    near = catalogue.content.related.get(article, ())
    related = tuple(entry for entry in near if entry.is_related)[: catalogue.settings.related]
    profiles = [catalogue.profiles[entity] for entity in (entities_of(catalogue, article) if related else ())]
    weighted = sorted((profile.reason, profile.id) for profile in profiles if profile.reason is not None)
    shown = []
    for entry in related:
        entities = set(catalogue.content.resolved[entry.article])
        reasons = [pair for pair in weighted if pair[1] in entities][:REASONS]
        shared = () if len(reasons) == 1 and reasons[0][0] >= UBIQUITOUS else tuple(entity for _, entity in reasons)
        shown.append(Relation(entry.article, shared))
    return tuple(shown)


def further_articles(catalogue: Catalogue, article: ArticleId, related: int) -> tuple[Relation, ...]:
    """Return what follows so many related articles: others of the topic, then the nearest by words, else by a name."""
    wanted = min(ENOUGH, catalogue.settings.related) - related
    if wanted <= 0:
        return ()
    others = [entry for entry in catalogue.content.related.get(article, ()) if not entry.is_related]
    topic = catalogue.topic_of.get(article)
    private = catalogue.settings.private_names
    members, close, faint = list[Relation](), list[Relation](), list[Relation]()
    for entry in others:
        if topic and catalogue.topic_of.get(entry.article) == topic:
            members.append(Relation(entry.article, topic=topic))
        elif len([word for word in entry.words if not is_part_of(word, private)]) >= ALIKE_WORDS:
            (close if entry.cosine >= CLOSE else faint).append(Relation(entry.article))
    offered = [*members, *close]
    if offered or related:
        return tuple(offered[:wanted])
    return tuple(faint[:1]) or _with_a_name_in_common(catalogue, article)


def _with_a_name_in_common(catalogue: Catalogue, article: ArticleId) -> tuple[Relation, ...]:
    """Return the article that speaks most of the rarest name of such a type of one that has words of its own."""
    if article in catalogue.wordless:
        return ()
    profiles = (catalogue.profiles[entity] for entity in entities_of(catalogue, article))
    rare = sorted(
        (profile.reason, profile.id)
        for profile in profiles
        if profile.page and profile.reason is not None and profile.reason < UBIQUITOUS and profile.type in REASON_TYPES
    )
    for _, entity in rare:
        appearances = catalogue.content.entities[entity].appearances
        others = [
            other for other in appearances if other.article != article and other.article not in catalogue.wordless
        ]
        if others:
            most = max(others, key=lambda other: (other.mentions, other.article))
            return (Relation(most.article, (entity,)),)
    return ()
