"""Suggestions: pairs of entities that may be one, for a person to decide."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from glossator.model import EntityId, Suggestion
from glossator.naming.disjoint_sets import DisjointSets
from glossator.stages.resolve.clustering.equal_names import Cluster
from glossator.stages.resolve.clustering.people_sounding_alike import pairs_sounding_alike

MOST_PER_CLUSTER = 5
"""Suggestions for one surname: it is of no use to name every Smith."""


class PossibleLink(NamedTuple):
    """Two clusters that may be one, and why."""

    first: int
    second: int
    reason: str


def suggest(
    clusters: Sequence[Cluster],
    sets: DisjointSets,
    possible_links: Sequence[PossibleLink],
    ids: Mapping[int, EntityId],
) -> tuple[Suggestion, ...]:
    """Return the pairs of entities that a rule compared and did not join, each once, sorted.

    `ids` has the id of each entity by the root of its clusters.
    """
    found: dict[tuple[EntityId, EntityId], str] = {}
    sounding_alike = [PossibleLink(*pair, "The names sound alike.") for pair in pairs_sounding_alike(clusters)]
    for first, second, reason in [*_first_few(possible_links), *_first_few(sounding_alike)]:
        if not sets.are_separated(first, second):
            pair = ids.get(sets.find(first)), ids.get(sets.find(second))
            if pair[0] and pair[1] and pair[0] != pair[1] and (pair[1], pair[0]) not in found:
                found.setdefault((pair[0], pair[1]), reason)
    return tuple(Suggestion(*pair, reason) for pair, reason in sorted(found.items()))


def _first_few(links: Sequence[PossibleLink]) -> list[PossibleLink]:
    counts: dict[int, int] = defaultdict(int)
    few = []
    for link in links:
        counts[link.first] += 1
        if counts[link.first] <= MOST_PER_CLUSTER:
            few.append(link)
    return few
