"""The ids that a build publishes, as the next one finds them."""

from __future__ import annotations

from collections.abc import Sequence

from glossator.model import Archive, PublishedId
from glossator.stages.resolve.entities.published_ids_and_redirects import given_out


def lock(archive: Archive, published: Sequence[PublishedId]) -> tuple[PublishedId, ...]:
    """All earlier ids and the new ones, sorted by id."""
    ids = given_out(published, archive.entities)
    return tuple(ids[entity_id] for entity_id in sorted(ids))
