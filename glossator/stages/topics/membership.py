"""Communities of entities -> topics: which articles are about each."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np

from glossator.model import ArticleId, EntityId, Topic
from glossator.stages.topics.cooccurrence import Mentioned, unpack

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
