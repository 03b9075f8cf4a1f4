"""People's statements about entities, and published ids: decisions, notes and lists of names, ids."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

import msgspec

from glossator.model.kinds import ArticleId, Digest, EntityId, EntityType

DecisionKind = Literal["ignore", "private", "confirm", "rename", "type", "merge", "not-the-same", "split"]


class Decision(msgspec.Struct, frozen=True):
    """One decision, as a verb of the command line or a click states it."""

    kind: DecisionKind
    names: tuple[str, ...]
    """Names of the entities; in a merge the survivor is the first."""
    value: str = ""
    """New name, type, or entity that a name is split off to."""
    articles: tuple[str, ...] = ()
    """Articles to which an `ignore` or `split` applies; all if empty."""


class Split(msgspec.Struct, frozen=True):
    """A decision that a name means another entity, or none."""

    name: str
    entity: str
    """Id or name of the entity; NOBODY if the name is ignored."""
    articles: tuple[str, ...] = ()
    """Articles to which the split applies; all if empty."""
    line: int | None = None


class Verified(msgspec.Struct, frozen=True):
    """A record that a person decided about an entity."""

    name: str
    """Name or id of the entity."""
    by: str
    """Name of the person."""
    at: str
    """Time in ISO notation, in UTC."""


@dataclass(frozen=True, slots=True)
class Decisions:
    """The decisions in `content/entities.toml`. Names are matched without regard to case, and match ids too."""

    ignore: tuple[str, ...] = ()
    private: tuple[str, ...] = ()
    rename: tuple[tuple[str, str], ...] = ()
    merge: tuple[tuple[str, tuple[str, ...]], ...] = ()
    """Survivor, and the names that are merged into it."""
    not_the_same: tuple[tuple[str, ...], ...] = ()
    types: tuple[tuple[str, EntityType], ...] = ()
    confirm: tuple[str, ...] = ()
    splits: tuple[Split, ...] = ()
    verified: tuple[Verified, ...] = ()
    """Records of who decided about entities, if the user states a name."""
    lines: Mapping[tuple[str, ...], int] = field(default_factory=dict, compare=False)
    """Line of the file for messages, by kind of decision and its names."""


class PrivateNames(msgspec.Struct, frozen=True):
    """Names that a person keeps private. Whether a name or a text holds one is decided in `naming/private_names.py`."""

    whole: tuple[str, ...] = ()
    """Whole names, sorted."""
    surnames: tuple[str, ...] = ()
    """Surnames, in lower case and without accents, that no confirmed person bears."""
    articles: tuple[ArticleId, ...] = ()
    """Articles that hold a whole name, among those whose descriptors hold a given name."""

    def __bool__(self) -> bool:
        return bool(self.whole)


class Note(msgspec.Struct, frozen=True):
    """A person's note on an entity, `content/entities/<slug>.md`, or an entry of a person's list of names."""

    slug: EntityId
    name: str
    type: EntityType | None
    aliases: tuple[str, ...]
    links: tuple[tuple[str, str], ...]
    """Labels and addresses."""
    markdown: str
    digest: Digest
    listed: str = ""
    """Path of the list below `content/`; empty for a note in a file of its own."""
    line: int | None = None
    coordinates: tuple[float, float] | None = None
    """Degrees of latitude and longitude of a place."""


class PublishedId(msgspec.Struct, frozen=True):
    """An id that has been published: one entry of `content/entities.lock.json`."""

    id: EntityId
    name: str
    type: EntityType
