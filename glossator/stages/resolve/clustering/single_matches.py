"""Clusters that find one other entity, and no more, by their blocking keys."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence

from glossator.naming.disjoint_sets import DisjointSets
from glossator.stages.resolve.clustering.equal_names import Cluster


def single_matches(
    clusters: Sequence[Cluster],
    sets: DisjointSets,
    looked_up: Callable[[Cluster], set[str]],
    indexed: Callable[[Cluster], set[str]],
) -> Iterator[tuple[int, int]]:
    """Yield each cluster that finds one other entity by its keys, with the root of that entity.

    `looked_up` and `indexed` return the keys that a cluster looks up, and under which it is found.
    """
    by_key: dict[str, set[int]] = defaultdict(set)
    for index, cluster in enumerate(clusters):
        for key in indexed(cluster):
            by_key[key].add(index)
    for index, cluster in enumerate(clusters):
        for key in looked_up(cluster):
            roots = {sets.find(other) for other in by_key.get(key, ())}
            if len(roots) == 1 and sets.find(index) not in roots:
                yield index, roots.pop()
