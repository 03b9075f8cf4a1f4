"""Decisions to ignore a name, to keep it private, or to confirm it."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence

from glossator.model import EntityType, Origin, PrivateNames
from glossator.naming.private_names import is_part_of
from glossator.stages.resolve.blocking.occurrences import Occurrence
from glossator.stages.resolve.decisions.conflict_log import decision_ref
from glossator.stages.resolve.decisions.outcome import DecisionOutcome
from glossator.stages.resolve.decisions.state import DecisionState

POINTLESS_IF_IGNORED = ("confirm", "rename", "type")
"""Kinds of decision that make no sense for an ignored name."""


def confirm(state: DecisionState) -> None:
    for name in sorted(state.input.decisions.confirm):
        decision = decision_ref("confirm", name)
        state.settle(state.find(decision), decision)


def hide(state: DecisionState, kind: str, names: Sequence[str], hidden: set[int]) -> None:
    """Add the clusters of ignored or private names to `hidden`; `kind` is the kind of decision."""
    for name in sorted(names):
        decision = decision_ref(kind, name)
        found = state.find(decision)
        for other in POINTLESS_IF_IGNORED if kind == "ignore" else ():
            pointless = state.log.earlier(other, found)
            if pointless:
                state.log.report_conflict(decision, pointless, decision)
        hidden.update(found)
        state.settle(found, decision)


def is_private(clusters: Collection[int], decided: DecisionOutcome) -> bool:
    """True if an entity of these clusters is private: then there is no such entity, and nothing shows its name."""
    return not decided.private.isdisjoint(clusters)


def stands_for_private(name: str, kind: EntityType, origin: Origin, private: PrivateNames) -> bool:
    """True if an entity may be somebody private: nobody confirmed the person, who has a part of a private name."""
    return kind is EntityType.PERSON and tells_of_private(name, origin, private)


def tells_of_private(form: str, origin: Origin, private: PrivateNames) -> bool:
    """True if a form of an entity that nobody confirmed is a private name or a part of one.

    An article that calls a firm and a person by one surname may mean the person.
    """
    return origin != "person" and is_part_of(form, private)


def without_ignored(
    occurrences: Iterable[Occurrence], cluster_of: Sequence[int], ignored: Collection[int]
) -> list[Occurrence]:
    """Return the occurrences of an entity whose names are not ignored.

    `cluster_of` has the cluster of each occurrence, `ignored` the clusters of ignored names.
    """
    return [occurrence for occurrence in occurrences if cluster_of[occurrence] not in ignored]
