"""Decisions that give an entity another name or another type."""

from __future__ import annotations

from glossator.model import EntityType
from glossator.stages.resolve.decisions.conflict_log import DecisionRef, decision_ref
from glossator.stages.resolve.decisions.state import DecisionState


def rename(state: DecisionState) -> None:
    split_off = {name.casefold() for name in state.input.targets.names}
    for old, new in state.log.in_file_order("rename", state.input.decisions.rename):
        decision = decision_ref("rename", old)
        found = state.find(decision)
        if len(state.lookup.families(found)) > 1:
            families = state.family_names(found)
            state.log.report(
                f"“{old}” fits several entities ({families}); write the id of the one that is meant.", decision
            )
            continue
        earlier = state.log.earlier("rename", found)
        if earlier and state.outcome.names[found[0]] != new:
            state.log.report_conflict(decision, earlier, earlier)
            continue
        if new.casefold() not in split_off and any(cluster not in found for cluster in state.lookup.by_name(new)):
            message = f"“{new}” is the name of another entity. If “{old}” is the same, merge the two."
            state.log.report(message, decision)
        state.settle(found, decision)
        state.outcome.names.update(dict.fromkeys(found, new))
        state.lookup.add_name(new, found)


def set_types(state: DecisionState) -> None:
    decided = [
        (decision_ref("type", name), state.find(decision_ref("type", name)), kind)
        for name, kind in state.log.in_file_order("type", state.input.decisions.types)
    ]
    for _, found, _ in decided:
        for cluster in found:
            state.sets.join(found[0], cluster)
    first: dict[int, tuple[DecisionRef, EntityType]] = {}
    for decision, found, kind in decided:
        for root in sorted({state.sets.find(cluster) for cluster in found}):
            earlier, earlier_kind = first.setdefault(root, (decision, kind))
            if earlier_kind is not kind:
                state.log.report_conflict(decision, earlier, earlier)
                break
        else:
            state.settle(found, decision)
            state.outcome.types.update(dict.fromkeys(found, kind))
