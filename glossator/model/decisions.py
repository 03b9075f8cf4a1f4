"""What people say about entities, and what was published: decisions, notes and lists of names, ids."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from glossator.model.kinds import Digest, EntityId, EntityType

DecisionKind = Literal["ignore", "private", "confirm", "rename", "type", "merge", "not-the-same", "split"]


@dataclass(frozen=True, slots=True)
class Decision:
    """One decision, as a verb of the command line or a click states it."""

    kind: DecisionKind
    names: tuple[str, ...]
    """Whom it is about; of a merge the survivor first."""
    value: str = ""
    """The new name, the type, or the entity that a name is split off to."""
    articles: tuple[str, ...] = ()
    """Where it holds, of `ignore` and `split`; everywhere if empty."""


@dataclass(frozen=True, slots=True)
class Split:
    """A name that means another entity, or none, than the archive would have it."""

    name: str
    entity: str
    """Id or name; NOBODY where the name is ignored."""
    articles: tuple[str, ...] = ()
    """Where it does; everywhere if empty."""
    line: int | None = None


@dataclass(frozen=True, slots=True)
class Decisions:
    """What `content/entities.toml` says. Names are matched without regard to case; an entity's id will do as well."""

    ignore: tuple[str, ...] = ()
    private: tuple[str, ...] = ()
    rename: tuple[tuple[str, str], ...] = ()
    merge: tuple[tuple[str, tuple[str, ...]], ...] = ()
    """Survivor, and the names that are merged into it."""
    not_the_same: tuple[tuple[str, ...], ...] = ()
    types: tuple[tuple[str, EntityType], ...] = ()
    confirm: tuple[str, ...] = ()
    splits: tuple[Split, ...] = ()
    lines: Mapping[tuple[str, ...], int] = field(default_factory=dict, compare=False)
    """Kind of decision and its names -> line of the file, for messages."""


@dataclass(frozen=True, slots=True)
class Note:
    """A person's note on an entity, `content/entities/<slug>.md`, or an entry of one of their lists of names."""

    slug: EntityId
    name: str
    type: EntityType | None
    aliases: tuple[str, ...]
    links: tuple[tuple[str, str], ...]
    """Label and address."""
    markdown: str
    digest: Digest
    listed: str = ""
    """The file of the list, below `content/`; empty for a note of its own."""
    line: int | None = None


@dataclass(frozen=True, slots=True)
class PublishedId:
    """An id that has been given out: one entry of `content/entities.lock.json`."""

    id: EntityId
    name: str
    type: EntityType
