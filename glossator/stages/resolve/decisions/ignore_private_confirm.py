"""Decisions to ignore a name, to keep it private, or to confirm it."""

from __future__ import annotations

from collections.abc import Sequence

from glossator.stages.resolve.decisions.conflict_log import decision_ref
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
