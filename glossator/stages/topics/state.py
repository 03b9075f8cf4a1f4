"""State of topics and ties between two builds, and the ids of topics that were published."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from itertools import count

import msgspec

from glossator.model import ArticleId, EntityId, Tie, Topic, TopicId

Neighbours = Mapping[ArticleId, tuple[tuple[ArticleId, float], ...]]
"""Article -> the articles nearest to it, each with the cosine of their words."""


class GroupWord(msgspec.Struct, frozen=True, array_like=True):
    """A word of which a group of articles makes much. Counts are of the group's articles."""

    key: str
    """Key of the word in the index of words."""
    form: str
    """The word as most of the articles write it."""
    frequency: int
    """Sum of the dampened frequencies."""
    having: int
    """Articles that have the word among their strongest."""
    as_noun: int
    """Articles that use the word as a noun."""
    as_name: int
    """Articles in whose texts the word is a name."""
    in_titles: int


class TopicGroup(msgspec.Struct, frozen=True, array_like=True):
    """Articles that resemble one another, with what names them."""

    articles: tuple[ArticleId, ...]
    """Articles, sorted."""
    words: tuple[GroupWord, ...]
    entities: tuple[tuple[EntityId, int], ...]
    """Entities that several of the articles mention, each with their number."""
    title: tuple[str, ...] = ()
    """Keys of the words in the title of the article that has most of the group's words, in the order of the title."""
    pairs: tuple[tuple[str, str, int], ...] = ()
    """Keys of two words that stand beside each other in several titles, with the number of these titles."""


class TopicsState(msgspec.Struct, frozen=True, array_like=True):
    """Groups of articles, and ties, as the last build left them."""

    groups: tuple[TopicGroup, ...] = ()
    ties: tuple[Tie, ...] = ()


def keep_ids(
    topics: Sequence[Topic], published: Mapping[TopicId, Iterable[ArticleId]], renames: Mapping[ArticleId, ArticleId]
) -> tuple[tuple[Topic, ...], dict[TopicId, TopicId]]:
    """Return the topics with ids, and the topic by each published id that leads to another one.

    A published id belongs to the topic that has most of the articles that its topic had. Of several the topic keeps the
    one that was published first. `published` are ids in the order of their publication, with the articles that the
    topic had then; `renames` is the present id of an article by a former one.
    """
    of = {article: index for index, topic in enumerate(topics) for article in topic.articles}
    claims = list[tuple[TopicId, int]]()
    for former, articles in published.items():
        votes = Counter(of[now] for article in articles if (now := renames.get(article, article)) in of)
        if votes:
            claims.append((former, min(votes, key=lambda index: (-votes[index], index))))
    kept: dict[int, TopicId] = {}
    for former, index in claims:
        kept.setdefault(index, former)
    used = set(published)
    for index, topic in enumerate(topics):
        if index not in kept:
            forms = (TopicId(f"{topic.id}-{number}" if number > 1 else topic.id) for number in count(1))
            kept[index] = next(form for form in forms if form not in used)
            used.add(kept[index])
    with_ids = tuple(msgspec.structs.replace(topic, id=kept[index]) for index, topic in enumerate(topics))
    return with_ids, {former: kept[index] for former, index in claims if kept[index] != former}
