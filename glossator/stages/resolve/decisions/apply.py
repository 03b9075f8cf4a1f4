"""Decisions and notes -> what they mean for the clusters. What a person decides goes before what the articles show.

If decisions contradict each other, the first one in the file is carried out and both are reported.
"""

from __future__ import annotations

from collections.abc import Sequence

from glossator.naming.disjoint_sets import DisjointSets
from glossator.stages.resolve.clustering.equal_names import Cluster
from glossator.stages.resolve.decisions import notes_and_gazetteers
from glossator.stages.resolve.decisions.conflict_log import ConflictLog
from glossator.stages.resolve.decisions.ignore_private_confirm import confirm, hide
from glossator.stages.resolve.decisions.merge_and_separate import merge, separate
from glossator.stages.resolve.decisions.names_meant import ClusterLookup
from glossator.stages.resolve.decisions.outcome import DecisionInput, DecisionOutcome
from glossator.stages.resolve.decisions.rename_and_retype import rename, set_types
from glossator.stages.resolve.decisions.split_off import join_override_targets
from glossator.stages.resolve.decisions.state import DecisionState
from glossator.stages.resolve.decisions.statements import statements


def apply_decisions(clusters: Sequence[Cluster], sets: DisjointSets, given: DecisionInput) -> DecisionOutcome:
    """Join and separate clusters in `sets` as decided (`given`), and return what else was decided."""
    log, outcome = ConflictLog(given.decisions.lines), DecisionOutcome(private_names=given.private)
    if not given.targets.names and not any(statements(given.decisions, given.notes)):
        return outcome
    state = DecisionState(clusters, sets, ClusterLookup(clusters, given.published), given, log, outcome)
    ordered = notes_and_gazetteers.in_order(given.notes)
    for note in ordered:
        notes_and_gazetteers.add_note_name(state, note)
    rename(state)
    separate(state)
    merge(state)
    set_types(state)
    notes_and_gazetteers.attach_notes(state, ordered)
    join_override_targets(state)
    confirm(state)
    hide(state, "ignore", given.decisions.ignore, outcome.ignored)
    hide(state, "private", given.decisions.private, outcome.private)
    outcome.problems.extend(log.problems)
    outcome.unmatched_prefixes.extend(state.lookup.unmatched_prefixes)
    return outcome
