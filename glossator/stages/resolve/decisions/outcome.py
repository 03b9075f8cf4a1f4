"""Decisions as people made them, and their outcome for the clusters."""

from __future__ import annotations

from dataclasses import dataclass, field

import msgspec

from glossator.model import Decisions, EntityType, Note, PrivateNames, PublishedId
from glossator.stages.resolve.decisions.assigned_names import NO_TARGETS, OverrideTargets
from glossator.stages.resolve.decisions.conflict_log import EntryProblem


class DecisionInput(msgspec.Struct, frozen=True):
    """Everything that people decided."""

    decisions: Decisions
    notes: tuple[Note, ...]
    """Notes, and the entries of lists of names."""
    published: tuple[PublishedId, ...]
    targets: OverrideTargets = NO_TARGETS
    private: PrivateNames = PrivateNames()
    """Private names of the whole archive, of which the decisions may be a part."""


@dataclass(slots=True)
class DecisionOutcome:
    """Outcome of all decisions, by cluster. Filled by `apply_decisions` and read-only from then on."""

    names: dict[int, str] = field(default_factory=dict)
    types: dict[int, EntityType] = field(default_factory=dict)
    notes: dict[int, Note] = field(default_factory=dict)
    listed: dict[int, Note] = field(default_factory=dict)
    """Entries of lists of names."""
    ignored: set[int] = field(default_factory=set)
    private: set[int] = field(default_factory=set)
    private_names: PrivateNames = field(default_factory=PrivateNames)
    settled: set[int] = field(default_factory=set)
    """Clusters that a person decided about as a whole, so that none of their occurrences is assigned elsewhere."""
    problems: list[EntryProblem] = field(default_factory=list)
    unmatched_prefixes: list[str] = field(default_factory=list)
    """Prefixes of entries that matched no name, and so were compared with all names of the prefix."""
