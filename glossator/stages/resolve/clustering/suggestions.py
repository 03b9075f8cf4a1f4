"""What a person may want to decide: two entities that may be one."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence

from glossator.model import EntityId, Suggestion
from glossator.naming.disjoint_sets import Union
from glossator.stages.resolve.blocking import keys
from glossator.stages.resolve.blocking.keys import Family
from glossator.stages.resolve.clustering.exact import Cluster

Doubt = tuple[int, int, str]
"""Two clusters that may be one, and why."""

MOST = 5
"""Suggestions for one surname: it is of no use to name every Smith."""


def suggestions(
    clusters: Sequence[Cluster], union: Union, doubts: Sequence[Doubt], ids: Mapping[int, EntityId]
) -> tuple[Suggestion, ...]:
    """The pairs of entities that a rule came upon and did not join, each once, sorted."""
    found: dict[tuple[EntityId, EntityId], str] = {}
    alike = [(first, second, "The names sound alike.") for first, second in soundalikes(clusters)]
    for first, second, reason in [*_few_of_each(doubts), *_few_of_each(alike)]:
        if not union.apart(first, second):
            pair = ids.get(union.find(first)), ids.get(union.find(second))
            if pair[0] and pair[1] and pair[0] != pair[1] and (pair[1], pair[0]) not in found:
                found.setdefault((pair[0], pair[1]), reason)
    return tuple(Suggestion(*pair, reason) for pair, reason in sorted(found.items()))


def _few_of_each(doubts: Sequence[Doubt]) -> list[Doubt]:
    counts: dict[int, int] = defaultdict(int)
    kept = []
    for doubt in doubts:
        counts[doubt[0]] += 1
        if counts[doubt[0]] <= MOST:
            kept.append(doubt)
    return kept


def soundalikes(clusters: Sequence[Cluster]) -> Iterator[tuple[int, int]]:
    """People whose full names may be one, Gadhafi and Gaddafi: the one in most articles with each of the others."""
    heard: dict[str, list[int]] = defaultdict(list)
    for number, cluster in enumerate(clusters):
        if cluster.family is Family.PERSON and " " in cluster.key:
            heard[keys.skeleton(cluster.key)].append(number)
    for _, same in sorted(heard.items()):
        same.sort(key=lambda number: (-len(clusters[number].places), number))
        for number in same[1:]:
            if keys.sounds_like(clusters[same[0]].key, clusters[number].key):
                yield same[0], number
