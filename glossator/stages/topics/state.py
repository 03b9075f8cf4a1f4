"""State of the topics between two builds."""

from __future__ import annotations

import msgspec

from glossator.model import EntityId, Tie


class TopicState(msgspec.Struct, frozen=True, array_like=True):
    """The archive's strongest entities as the last build left them."""

    entities: tuple[EntityId, ...] = ()
    """Strongest entities, sorted; rows and counts name each by its position."""
    counts: bytes = b""
    """Counts of their articles, 32 bits each."""
    ties: tuple[Tie, ...] = ()
    groups: tuple[tuple[EntityId, ...], ...] = ()
    """Communities that the ties form."""
