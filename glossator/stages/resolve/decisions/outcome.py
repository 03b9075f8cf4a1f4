"""All that people said, and what it comes to for the clusters."""

from __future__ import annotations

from dataclasses import dataclass, field

from glossator.model import Decisions, EntityType, Note, PublishedId
from glossator.stages.resolve.decisions.conflicts import Said
from glossator.stages.resolve.decisions.overrides import NO_TARGETS, Targets


@dataclass(slots=True)
class Verdicts:
    """What people said, by cluster. Filled by `decide` and read-only from then on."""

    names: dict[int, str] = field(default_factory=dict)
    types: dict[int, EntityType] = field(default_factory=dict)
    notes: dict[int, Note] = field(default_factory=dict)
    listed: dict[int, Note] = field(default_factory=dict)
    """Entries of lists of names."""
    ignored: set[int] = field(default_factory=set)
    private: set[int] = field(default_factory=set)
    settled: set[int] = field(default_factory=set)
    """Clusters that a person spoke of as a whole, so that none of their names is moved."""
    problems: list[Said] = field(default_factory=list)
    guessed: list[str] = field(default_factory=list)
    """How what people said begins that fits no name, so that it was compared with all that begin so."""


@dataclass(frozen=True, slots=True)
class Words:
    """All that people said."""

    decisions: Decisions
    notes: tuple[Note, ...]
    """Those of lists of names too."""
    published: tuple[PublishedId, ...]
    targets: Targets = NO_TARGETS
