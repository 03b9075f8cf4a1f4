"""Counts of entities together -> the ties between the closest, and the communities that these form."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import cache
from typing import Any

import numpy as np

from glossator.model import EntityId, Tie
from glossator.stages.topics.cooccurrence import Counts

NEAREST = 5
"""Ties that an entity keeps: those to the closest others."""
STEPS = 20
"""Steps of closeness between none and all articles in common."""
TOGETHER = 2
"""Articles that two entities share, at least: one is chance."""
SMALLEST = 3
"""Entities of a community that is a topic, at least."""
SEED = 1
"""Seed of the order in which the method visits the entities: any number, as long as it stays."""


def find_ties(entities: Sequence[EntityId], counts: Counts) -> tuple[Tie, ...]:
    """Return the ties of each entity to the closest others, sorted by both."""
    if not entities:
        return ()
    articles = np.maximum(np.diagonal(counts), 1).astype(np.float64)
    cosines = counts / np.sqrt(np.outer(articles, articles))
    steps = np.floor(cosines * STEPS + 1e-9).astype(np.int32)
    np.fill_diagonal(steps, 0)
    steps[counts < TOGETHER] = 0
    # The closest first; of several as close the one in more articles, in steps too, then the first in the alphabet.
    order = np.argsort(-(steps * 64 + np.log2(articles).astype(np.int32)[None, :]), axis=1, kind="stable")
    pairs = {
        (min(one, other), max(one, other))
        for one, closest in enumerate(order[:, :NEAREST].tolist())
        for other in closest
        if steps[one, other]
    }
    return tuple(
        Tie(entities[one], entities[other], int(counts[one, other]), int(steps[one, other]))
        for one, other in sorted(pairs)
    )


def group(ties: Sequence[Tie]) -> tuple[tuple[EntityId, ...], ...]:
    """Return the communities that the ties form, each with its strongest member first.

    The method is that of Blondel, Guillaume, Lambiotte and Lefebvre, Fast unfolding of communities in large networks,
    2008. Entities are numbered in the order of their ids, so that equal ties give equal communities.
    """
    if not ties:
        return ()
    nx = _load_networkx()
    names = sorted({entity for tie in ties for entity in (tie.first, tie.second)})
    numbers = {entity: number for number, entity in enumerate(names)}
    graph = nx.Graph()
    graph.add_nodes_from(range(len(names)))
    graph.add_weighted_edges_from((numbers[tie.first], numbers[tie.second], tie.closeness) for tie in ties)
    found = nx.community.louvain_communities(graph, seed=SEED)
    return in_order(({names[number] for number in members} for members in found if len(members) >= SMALLEST), ties)


@cache
def _load_networkx() -> Any:
    """Import networkx late: it takes longer to load than to run, and the ties have seldom changed."""
    import networkx as nx  # noqa: PLC0415

    return nx


def have_equal_communities(ties: Sequence[Tie], others: Sequence[Tie]) -> bool:
    """True if two sequences of ties form equal communities, because no tie became closer, or came, or went."""
    return [(tie.first, tie.second, tie.closeness) for tie in ties] == [
        (tie.first, tie.second, tie.closeness) for tie in others
    ]


def in_order(communities: Iterable[Iterable[EntityId]], ties: Sequence[Tie]) -> tuple[tuple[EntityId, ...], ...]:
    """Return communities, sorted, each with its strongest member first, which has the most and closest ties within."""
    groups = [tuple(members) for members in communities]
    of = {entity: index for index, members in enumerate(groups) for entity in members}
    inside = dict.fromkeys(of, 0)
    for tie in ties:
        if tie.first in of and of[tie.first] == of.get(tie.second):
            inside[tie.first] += tie.closeness * tie.articles
            inside[tie.second] += tie.closeness * tie.articles
    return tuple(sorted(tuple(sorted(members, key=lambda entity: (-inside[entity], entity))) for members in groups))
