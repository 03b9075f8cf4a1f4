"""Topics and the nearest articles of each article -> the topics nearest to each."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from math import sqrt

import msgspec

from glossator.model import Topic
from glossator.stages.topics.state import Neighbours

NEAREST = 3
"""Topics nearest to one, at most."""


def with_nearest(topics: Sequence[Topic], neighbours: Neighbours) -> tuple[Topic, ...]:
    """Return the topics, each with those whose articles are nearest to its own, the nearest first.

    The measure is the sum of the cosines of their articles, divided as if no two articles of one topic were alike.
    """
    of = {article: number for number, topic in enumerate(topics) for article in topic.articles}
    sums: list[dict[int, float]] = [defaultdict(float) for _ in topics]
    for article, nearest in sorted(neighbours.items()):
        for other, cosine in nearest:
            if article in of and other in of and of[article] != of[other]:
                sums[of[article]][of[other]] += cosine
                sums[of[other]][of[article]] += cosine

    def nearest_to(number: int) -> list[int]:
        shares = {other: round(total / sqrt(len(topics[other].articles)), 6) for other, total in sums[number].items()}
        return sorted(shares, key=lambda other: (-shares[other], other))[:NEAREST]

    return tuple(
        msgspec.structs.replace(topic, near=tuple(topics[other].id for other in nearest_to(number)))
        for number, topic in enumerate(topics)
    )
