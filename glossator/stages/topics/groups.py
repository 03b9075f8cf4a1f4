"""Articles and their nearest articles -> groups of articles that resemble one another.

The method is that of Blondel, Guillaume, Lambiotte and Lefebvre, Fast unfolding of communities in large networks, 2008.
It visits the articles in the order of their ids and not by chance, so that equal archives have equal groups, and one
more article moves few of the others. It gives a group to every article that is like any other; so those leave that
are hardly like the middle of their group.
"""

from __future__ import annotations

import random
from collections import defaultdict
from collections.abc import Mapping, Sequence
from functools import cache
from math import sqrt
from typing import Any

from glossator.model import ArticleId
from glossator.stages.topics.state import Neighbours

NEAREST = 8
"""Articles nearest to one that tie it to a group."""
MANY = 100
"""Articles of a graph from which on the usual resolution gives groups of many subjects."""
RESOLUTION = 4
"""Resolution of such a graph."""
LIKE_THE_MIDDLE = 0.03
"""Cosine of a member with the sum of the others of its group, at least, as far as the ties tell."""
LIKE_THE_MIDDLE_BY_ONE = 0.04
"""Cosine of a member that is tied to a single other one, at least."""
SMALLEST = 3
"""Articles of a group, at least."""


def group(neighbours: Neighbours) -> tuple[tuple[ArticleId, ...], ...]:
    """Return the groups that the ties of articles to their nearest form, each sorted, in the order of their firsts."""
    cosines = {
        (min(article, other), max(article, other)): cosine
        for article, nearest in neighbours.items()
        for other, cosine in nearest
    }
    if not cosines:
        return ()
    ties: dict[ArticleId, dict[ArticleId, float]] = defaultdict(dict)
    for (article, other), cosine in cosines.items():
        ties[article][other] = ties[other][article] = cosine
    articles = sorted({article for pair in cosines for article in pair})
    numbers = {article: number for number, article in enumerate(articles)}
    nx = _load_networkx()
    graph = nx.Graph()
    graph.add_nodes_from(range(len(articles)))
    graph.add_weighted_edges_from(
        (numbers[article], numbers[other], cosine) for (article, other), cosine in sorted(cosines.items())
    )
    resolution = RESOLUTION if len(articles) >= MANY else 1
    communities = nx.community.louvain_communities(graph, resolution=resolution, seed=_InOrder())
    groups = (_near_the_middle([articles[number] for number in members], ties) for members in communities)
    return tuple(sorted(members for members in groups if len(members) >= SMALLEST))


def _near_the_middle(
    members: Sequence[ArticleId], ties: Mapping[ArticleId, Mapping[ArticleId, float]]
) -> tuple[ArticleId, ...]:
    """Return the articles of a group, sorted, without those that are hardly like the others together.

    The cosine with the sum of the others is reckoned from the ties, as if articles without a tie shared nothing. What
    one article alone ties to a group is there by one subject of many, so that it has to be more alike.
    """
    kept = set(members)
    while len(kept) >= SMALLEST:
        near = {key: [cosine for other, cosine in ties[key].items() if other in kept] for key in sorted(kept)}
        rest = len(kept) - 1 + sum(map(sum, near.values()))
        far = {key for key, own in near.items() if sum(own) < _least(len(own)) * sqrt(max(rest - 2 * sum(own), 1))}
        if not far:
            break
        kept -= far
    return tuple(sorted(kept))


def _least(tied: int) -> float:
    """Return the cosine with the middle that a member with so many ties to the others has, at least."""
    return LIKE_THE_MIDDLE if tied > 1 else LIKE_THE_MIDDLE_BY_ONE


class _InOrder(random.Random):
    """A source of chance that leaves the order as it is."""

    def shuffle(self, x: Any) -> None:
        """Leave a list as it is."""


@cache
def _load_networkx() -> Any:
    """Import networkx late: it takes longer to load than to run, and the articles' words have seldom changed."""
    import networkx as nx  # noqa: PLC0415

    return nx
