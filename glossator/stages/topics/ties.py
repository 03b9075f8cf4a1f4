"""Articles -> counts of the strongest entities together -> the ties between the closest.

Two entities are close if a large share of their articles is the same: the cosine of the two sets (Salton and McGill,
Introduction to Modern Information Retrieval, 1983). Each keeps its ties to the few that are closest. Numbers are
counted for the strongest entities only.
"""

from __future__ import annotations

import heapq
from collections.abc import Mapping, Sequence
from itertools import chain

import numpy as np
from numpy.typing import NDArray

from glossator.model import EntityId, Tie

STRONGEST = 300
"""Entities that are compared: those in the most articles."""
FEWEST = 2
"""Articles of an entity that is compared, at least."""
BLOCK = 8192
"""Articles that are counted at once, which limits the memory."""

Counts = NDArray[np.int32]
"""Number of articles of each pair of entities, and on the diagonal of each entity."""


def strongest(spread: Mapping[EntityId, int]) -> tuple[EntityId, ...]:
    """Return the entities in the most articles, sorted by id; `spread` is the number of articles of each."""
    counted = ((-articles, entity) for entity, articles in spread.items() if articles >= FEWEST)
    return tuple(sorted(entity for _, entity in heapq.nsmallest(STRONGEST, counted)))


def count_together(rows: Sequence[Sequence[int]], entities: int) -> Counts:
    """Count in how many articles each two entities appear; a row has the numbers of those that one article mentions."""
    counts = np.zeros((entities, entities), dtype=np.int32)
    for start in range(0, len(rows), BLOCK):
        block = rows[start : start + BLOCK]
        mentions = np.zeros((len(block), entities), dtype=np.float32)  # whole numbers below 2**24 are exact
        mentions[np.repeat(np.arange(len(block)), list(map(len, block))), list(chain.from_iterable(block))] = 1
        counts += (mentions.T @ mentions).astype(np.int32)
    return counts


NEAREST = 5
"""Ties that an entity keeps: those to the closest others."""
STEPS = 20
"""Steps of closeness between none and all articles in common."""
TOGETHER = 2
"""Articles that two entities share, at least: one is chance."""


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
        (min(entity, other), max(entity, other))
        for entity, closest in enumerate(order[:, :NEAREST].tolist())
        for other in closest
        if steps[entity, other]
    }
    return tuple(Tie(entities[entity], entities[other], int(counts[entity, other])) for entity, other in sorted(pairs))
