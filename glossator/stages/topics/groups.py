"""Articles and their nearest articles -> groups of articles that resemble one another.

The method is that of Blondel, Guillaume, Lambiotte and Lefebvre, Fast unfolding of communities in large networks, 2008.
It visits the articles in the order of their ids and not by chance, so that equal archives have equal groups, and one
more article moves few of the others. It gives a group to every article that is like any other; so a group falls apart
where only weak ties hold it together, and what is left alone is in none.
"""

from __future__ import annotations

import random
from functools import cache
from typing import Any

from glossator.model import ArticleId
from glossator.stages.topics.state import Neighbours

NEAREST = 8
"""Articles nearest to one that tie it to a group."""
MANY = 100
"""Articles of a graph from which on the usual resolution gives groups of many subjects."""
RESOLUTION = 4
"""Resolution of such a graph."""
HOLDS = 0.15
"""Cosine of a tie that holds a group together, at least: a weaker one is by one subject of many."""
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
    holding = graph.edge_subgraph((one, other) for one, other, cosine in graph.edges(data="weight") if cosine >= HOLDS)
    parts = (part for members in communities for part in nx.connected_components(holding.subgraph(members)))
    groups = (tuple(sorted(articles[number] for number in part)) for part in parts if len(part) >= SMALLEST)
    return tuple(sorted(groups))


class _InOrder(random.Random):
    """A source of chance that leaves the order as it is."""

    def shuffle(self, x: Any) -> None:
        """Leave a list as it is."""


@cache
def _load_networkx() -> Any:
    """Import networkx late: it takes longer to load than to run, and the articles' words have seldom changed."""
    import networkx as nx  # noqa: PLC0415

    return nx
