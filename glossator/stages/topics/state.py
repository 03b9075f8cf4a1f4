"""State of the topics between two builds: the strongest entities, and the ids that were published."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

import msgspec

from glossator.model import EntityId, Tie, Topic


class TopicState(msgspec.Struct, frozen=True, array_like=True):
    """The archive's strongest entities as the last build left them."""

    entities: tuple[EntityId, ...] = ()
    """Strongest entities, sorted; rows and counts name each by its position."""
    counts: bytes = b""
    """Counts of their articles, 32 bits each."""
    ties: tuple[Tie, ...] = ()
    groups: tuple[tuple[EntityId, ...], ...] = ()
    """Communities that the ties form."""


def keep_ids(
    topics: Sequence[Topic], published: Iterable[EntityId], merged: Mapping[EntityId, EntityId]
) -> tuple[tuple[Topic, ...], dict[EntityId, EntityId]]:
    """Return the topics with ids, and the topic by each published id that leads to another one.

    A published id belongs to the topic that its entity is a member of now. Of several the topic keeps the one that was
    published first. `published` are ids of entities in the order of their publication; `merged` is the present entity
    by an id that became another one.
    """
    of = {entity: index for index, topic in enumerate(topics) for entity in topic.entities}
    claims = [(former, of[entity]) for former in published if (entity := merged.get(former, former)) in of]
    kept: dict[int, EntityId] = {}
    for former, index in claims:
        kept.setdefault(index, former)
    now = tuple(msgspec.structs.replace(topic, id=kept.get(index, topic.id)) for index, topic in enumerate(topics))
    return now, {former: now[index].id for former, index in claims if now[index].id != former}
