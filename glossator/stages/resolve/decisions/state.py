"""The state that all kinds of decision share while they are applied."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

import msgspec

from glossator.naming.disjoint_sets import DisjointSets
from glossator.stages.resolve.clustering.equal_names import Cluster
from glossator.stages.resolve.decisions.conflict_log import ConflictLog, DecisionRef
from glossator.stages.resolve.decisions.names_meant import ClusterLookup
from glossator.stages.resolve.decisions.outcome import DecisionInput, DecisionOutcome


class DecisionState(msgspec.Struct, frozen=True):
    """Clusters to which decisions are applied. State: the joins, the outcome and the conflicts so far."""

    clusters: Sequence[Cluster]
    sets: DisjointSets
    lookup: ClusterLookup
    input: DecisionInput
    log: ConflictLog
    outcome: DecisionOutcome
    cannot_links: list[tuple[frozenset[int], DecisionRef]] = msgspec.field(default_factory=list)
    """The clusters of each not-the-same, and the decision."""

    def find(self, decision: DecisionRef, entry: str = "") -> list[int]:
        """Return the clusters that a decision's subject, or its given `entry`, means; report if there are none."""
        entry = entry or decision.subject
        found = self.lookup.find(entry)
        if not found:
            near = self.lookup.similar_name(entry)
            hint = f"Did you mean “{near}”?" if near else "Correct or remove it."
            self.log.report(f"“{entry}” is not a name in any article. {hint}", decision)
        return found

    def settle(self, clusters: Sequence[int], decision: DecisionRef) -> None:
        """Record that a person decided about clusters as a whole."""
        self.outcome.settled.update(clusters)
        self.log.record(clusters, decision)

    def family_names(self, clusters: Sequence[int]) -> str:
        """Return the families of clusters as a message lists them."""
        return ", ".join(sorted(family.value for family in self.lookup.families(clusters)))


def each_pair(apply: Callable[[int, int], bool], pairs: Iterable[tuple[int, int]]) -> bool:
    """True if something could be done with every pair. It is done with all pairs with which it can be done."""
    failed = [pair for pair in pairs if not apply(*pair)]
    return not failed
