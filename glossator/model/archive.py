"""What resolve makes of all articles together: the entities and where each appears, for plan to make pages of."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from glossator.model.articles import ArticleHead
from glossator.model.decisions import Note, PublishedId
from glossator.model.kinds import ArticleId, Digest, EntityId, EntityType, Origin
from glossator.model.outcomes import Problem, TableWrites
from glossator.model.texts import Descriptor, Name


@dataclass(frozen=True, slots=True)
class Appearance:
    """An entity in one article."""

    article: ArticleId
    names: tuple[int, ...]
    """Indices of the article's names that are this entity."""
    mentions: int


@dataclass(frozen=True, slots=True)
class ChosenDescriptor:
    """The descriptor chosen for an entity, and the article it was taken from."""

    text: str
    article: ArticleId
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Entity:
    """What mentions across the archive refer to."""

    id: EntityId
    name: str
    type: EntityType
    aliases: tuple[tuple[str, int], ...]
    """Every form other than the name with its number of mentions, most frequent first."""
    appearances: tuple[Appearance, ...]
    """Sorted by article id."""
    origin: Origin
    introduction: ChosenDescriptor | None
    note: Note | None
    digest: Digest

    @property
    def mentions(self) -> int:
        return sum(appearance.mentions for appearance in self.appearances)


@dataclass(frozen=True, slots=True)
class Suggestion:
    """Two entities that may be one: for a person to decide."""

    first: EntityId
    second: EntityId
    reason: str


@dataclass(frozen=True, slots=True)
class Archive:
    """All of it, resolved. It holds no bodies and no offsets of mentions, so its size follows the number of names."""

    heads: tuple[ArticleHead, ...]
    """Newest first; without a date last; then by id."""
    entities: tuple[Entity, ...]
    """Sorted by id."""
    resolved: Mapping[ArticleId, tuple[EntityId | None, ...]]
    """For each article the entity of each of its names; None where a decision says to ignore the name."""
    suggestions: tuple[Suggestion, ...]
    redirects: tuple[tuple[EntityId, EntityId], ...]
    """Ids given out earlier, and the entity that they lead to now."""


@dataclass(frozen=True, slots=True)
class ArticleNames:
    """All that resolve sees of an article: equal gists, equal archives."""

    article: ArticleId
    published: str | None
    names: tuple[Name, ...]
    descriptors: tuple[Descriptor, ...]


@dataclass(frozen=True, slots=True)
class ArchiveUpdate:
    """What became of the archive when some of its articles changed."""

    writes: TableWrites
    """The rows to be kept for the next update."""
    entities: Mapping[EntityId, Entity | None]
    """Those that are new or changed; None where one is no more."""
    resolved: Mapping[ArticleId, tuple[EntityId | None, ...] | None]
    """As in the archive, for the articles that changed or in which it differs; None where one is no more."""
    suggestions: tuple[Suggestion, ...]
    """All there are, as are redirects, problems and ids."""
    redirects: tuple[tuple[EntityId, EntityId], ...]
    problems: tuple[Problem, ...]
    published: tuple[PublishedId, ...]
    """The ids that are given out from now on."""
    full: bool
    """Whether everything was resolved, so that what was kept before is void."""
