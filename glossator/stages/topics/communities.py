"""Articles -> counts of the strongest entities together -> the ties between the closest -> communities -> topics.

Numbers are counted for the strongest entities only.
"""

from __future__ import annotations

import heapq
from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

from glossator.model import ArticleId, EntityId, Tie, Topic

STRONGEST = 300
"""Entities that are compared: those in the most articles."""
FEWEST = 2
"""Articles of an entity that is compared, at least."""
BLOCK = 8192
"""Articles that are counted at once, which limits the memory."""

Counts = NDArray[np.int32]
"""Number of articles of each pair of entities, and on the diagonal of each entity."""
Mentioned = Mapping[ArticleId, bytes]
"""Article -> the strongest entities that it mentions: their numbers, sorted, two bytes each."""


def strongest(spread: Mapping[EntityId, int]) -> tuple[EntityId, ...]:
    """Return the entities in the most articles, sorted by id; `spread` is the number of articles of each."""
    counted = ((-articles, entity) for entity, articles in spread.items() if articles >= FEWEST)
    return tuple(sorted(entity for _, entity in heapq.nsmallest(STRONGEST, counted)))


def pack(numbers: Iterable[int]) -> bytes:
    """Return the entities that an article mentions, encoded."""
    return np.array(sorted(set(numbers)), dtype="<u2").tobytes()


def unpack(row: bytes) -> NDArray[np.uint16]:
    """Return the numbers of the entities that an article mentions."""
    return np.frombuffer(row, dtype="<u2")


def count_together(rows: Sequence[bytes], entities: int) -> Counts:
    """Count in how many articles each two entities appear; a row is what one article mentions."""
    counts = np.zeros((entities, entities), dtype=np.int32)
    for start in range(0, len(rows), BLOCK):
        block = rows[start : start + BLOCK]
        mentions = np.zeros((len(block), entities), dtype=np.float32)  # whole numbers below 2**24 are exact
        lengths = [len(row) // 2 for row in block]
        mentions[np.repeat(np.arange(len(block)), lengths), unpack(b"".join(block))] = 1
        counts += (mentions.T @ mentions).astype(np.int32)
    return counts


def read_counts(counts: bytes, entities: int) -> Counts:
    """Return counts that were stored, to be brought up to date."""
    stored: Counts = np.frombuffer(counts, dtype=np.int32)
    return stored.reshape(entities, entities).copy()


def add_up(counts: Counts, rows: Iterable[bytes], sign: int) -> None:
    """Add what some articles mention to the counts, or take it away if the `sign` is -1."""
    for row in rows:
        numbers = unpack(row)
        counts[np.ix_(numbers, numbers)] += sign


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


TOPICS = 24
"""Topics at most: those with the most articles."""
MENTIONED = 2
"""Members of a topic that an article about it mentions, at least."""
ARTICLES = 2
"""Articles of a topic, at least."""


def topics_of(
    groups: Sequence[Sequence[EntityId]], numbers: Mapping[EntityId, int], mentioned: Mentioned
) -> tuple[Topic, ...]:
    """Return the topics, the one with the most articles first. The strongest member of each gives it its id.

    `groups` are communities of entities, `numbers` the numbers by which `mentioned` names entities.
    """
    if not groups or not mentioned:
        return ()
    articles = sorted(mentioned)
    rows = [mentioned[article] for article in articles]
    of = np.full(len(numbers) + 1, len(groups), dtype=np.int64)  # the last group stands for none
    for index, members in enumerate(groups):
        of[[numbers[entity] for entity in members]] = index
    width = len(groups) + 1
    which = np.repeat(np.arange(len(rows)), [len(row) // 2 for row in rows])
    members_in = np.bincount(which * width + of[unpack(b"".join(rows))], minlength=len(rows) * width)
    about = members_in.reshape(len(rows), width) >= MENTIONED
    topics = (
        Topic(
            members[0],
            tuple(members),
            tuple(ArticleId(articles[row]) for row in np.flatnonzero(about[:, index]).tolist()),
        )
        for index, members in enumerate(groups)
    )
    kept = sorted(
        (topic for topic in topics if len(topic.articles) >= ARTICLES),
        key=lambda topic: (-len(topic.articles), topic.entities),
    )
    return tuple(kept[:TOPICS])
