"""The type of a name to which its mentions give different types."""

from __future__ import annotations

from collections.abc import Mapping

from glossator.model import EntityType


def vote(types: Mapping[EntityType, int]) -> EntityType:
    """Return the type with most mentions; of equal ones the earlier in the order of types."""
    order = list(EntityType)
    return min(types, key=lambda kind: (-types[kind], order.index(kind)))
