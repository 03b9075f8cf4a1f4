"""People named with and without a middle name: George W. Bush, George Bush."""

from __future__ import annotations

from glossator.naming.disjoint_sets import DisjointSets
from glossator.stages.resolve.clustering.co_occurrence import CoOccurrence
from glossator.stages.resolve.clustering.equal_names import ExactClusters
from glossator.stages.resolve.clustering.surnames import fuller_names


def join_middle_names(exact: ExactClusters, sets: DisjointSets, context: CoOccurrence) -> None:
    """Join "George Bush" to the only "George W. Bush" if their contexts support it."""
    for index, candidates in fuller_names(exact.clusters, sets):
        short = exact.clusters[index].key.split()
        if len(short) < 2 or len(short[0]) < 2 or len(candidates) != 1:
            continue
        (candidate,) = candidates
        if exact.clusters[candidate].key.split()[0] == short[0] and context.supports(index, candidate):
            sets.join(index, candidate)
