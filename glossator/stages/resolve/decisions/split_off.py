"""Names that a person split off or assigned in single articles: joined to their target, apart from what they left."""

from __future__ import annotations

from itertools import product

from glossator.stages.resolve.decisions.conflict_log import decision_ref
from glossator.stages.resolve.decisions.state import DecisionState, each_pair


def join_override_targets(state: DecisionState) -> None:
    """Join overridden names to the names of their target, or else separate them from the entity that they left."""
    split_from = dict(state.input.targets.split_from)
    for target in state.input.targets.names:
        found = state.lookup.by_name(target)
        own = [cluster for cluster in found if target in state.clusters[cluster].forms] or found[:1]
        if not own:
            continue
        decision = decision_ref("split", target)
        state.settle(own, decision)
        others = [cluster for cluster in found if cluster not in own]
        if target in split_from and not others:
            others = [cluster for cluster in state.lookup.by_alias(target) if cluster not in own]
        if not others:  # only the person named it, who also said how
            state.outcome.names.update({cluster: target for cluster in own if cluster not in state.outcome.names})
        family = state.clusters[own[0]].family
        others = [cluster for cluster in others if state.clusters[cluster].family is family] or others
        if len(state.lookup.families(others)) == 1:
            each_pair(state.sets.join, product(own[:1], others))
        elif target in split_from:
            left = [cluster for cluster in state.lookup.by_name(split_from[target]) if cluster not in own]
            if not each_pair(state.sets.separate, product(own, left)):
                message = f"“{target}” is split off from “{split_from[target]}”, but another decision joins the two."
                state.log.report(f"{message} Remove one of the two.", decision)
