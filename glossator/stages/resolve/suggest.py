"""What a person may want to decide: two entities that may be one."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence

from glossator.model import EntityId, Suggestion
from glossator.stages.resolve import keys
from glossator.stages.resolve.gather import Cluster
from glossator.stages.resolve.keys import Family
from glossator.stages.resolve.union import Union

Doubt = tuple[int, int, str]
"""Two clusters that may be one, and why."""

MOST = 5
"""Suggestions for one surname: it is of no use to name every Smith."""


def suggestions(
    clusters: Sequence[Cluster], union: Union, doubts: Sequence[Doubt], ids: Mapping[int, EntityId]
) -> tuple[Suggestion, ...]:
    """The pairs of entities that a rule came upon and did not join, each once, sorted."""
    found: dict[tuple[EntityId, EntityId], str] = {}
    alike = (
        (same[0], other, "The names sound alike.") for same in soundalikes(clusters) for other in same[1 : MOST + 1]
    )
    for first, second, reason in [*_few_of_each(doubts), *alike]:
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


def soundalikes(clusters: Sequence[Cluster]) -> Iterator[list[int]]:
    """People whose full names differ at most by spellings of one sound: Gadhafi and Gaddafi."""
    heard: dict[str, list[int]] = defaultdict(list)
    for number, cluster in enumerate(clusters):
        if cluster.family is Family.PERSON and " " in cluster.key:
            heard[keys.sound(cluster.key)].append(number)
    yield from (same for _, same in sorted(heard.items()))
