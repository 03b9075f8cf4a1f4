"""Topics of the archive: entities that keep appearing together, and the articles that speak of several of them."""

from __future__ import annotations

import msgspec

from glossator.model.kinds import ArticleId, EntityId


class Tie(msgspec.Struct, frozen=True):
    """Two entities that keep appearing together."""

    first: EntityId
    second: EntityId
    articles: int
    """Number of articles that mention both."""
    closeness: int
    """Cosine of their articles, in steps: see `stages/topics`."""


class Topic(msgspec.Struct, frozen=True):
    """A community of entities that keep appearing together."""

    id: EntityId
    """Id in addresses: that of the member that was the strongest when the topic was published first."""
    entities: tuple[EntityId, ...]
    """Members, the strongest first."""
    articles: tuple[ArticleId, ...]
    """Articles that mention several members, sorted by id."""
