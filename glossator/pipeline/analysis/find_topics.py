"""Entities of the articles -> ties and topics, brought up to date with the articles that changed."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING

import msgspec

from glossator.content import archive_paths
from glossator.content.published_ids import read_topic_ids, write_topic_ids
from glossator.incremental.namespace import Namespace
from glossator.incremental.schema import FOUND_TOPICS, MENTIONED, TOPIC_STATE, TOPICS
from glossator.model import ArticleId, EntityId, Tie, Topic
from glossator.pipeline.analysis.find_entities import ArchiveChange
from glossator.pipeline.context import BuildContext, Problems, timed
from glossator.stages.plan import SiteContent
from glossator.stages.topics import TopicState
from glossator.stages.topics.state import keep_ids

if TYPE_CHECKING:
    from glossator.stages.topics.communities import Counts


class FoundTopics(msgspec.Struct, frozen=True):
    """Ties and topics after `find_topics`. Their rows are in the namespace, not committed yet."""

    namespace: Namespace
    topics: tuple[Topic, ...]
    ties: tuple[Tie, ...]
    redirects: Mapping[EntityId, EntityId | None]
    """Topic by each published id that no topic has now; None if its entity is in none."""
    published: tuple[EntityId, ...]
    """The ids that are given out from now on, the oldest first."""


@timed("topics")
def find_topics(context: BuildContext, content: SiteContent, change: ArchiveChange) -> FoundTopics:
    """Bring ties and topics up to date; `change` are the differences of the archive since the last build."""
    namespace = Namespace(context.cache, TOPICS)
    before = namespace.value(TOPIC_STATE, TopicState())
    if not (namespace.fresh or change.resolved or change.entities):
        known: list[Topic] = namespace.value(FOUND_TOPICS, [])
        return _with_ids(context, content, namespace, known, before.ties)
    from glossator.stages.topics import communities  # noqa: PLC0415 -- see the package

    stored: dict[ArticleId, bytes] = namespace.value(MENTIONED, {})
    mentioned = dict(stored)
    entities = communities.strongest(content.spread)
    numbers = {entity: number for number, entity in enumerate(entities)}
    if namespace.fresh or entities != before.entities:
        mentioned = _all_mentioned(content, numbers)
        counts = communities.count_together([mentioned[article] for article in sorted(mentioned)], len(entities))
    else:
        counts = _changed_counts(before, mentioned, _changed(change, numbers))
    ties = communities.find_ties(entities, counts)
    if not namespace.fresh and communities.have_equal_communities(ties, before.ties):
        groups = communities.in_order(before.groups, ties)
    else:
        groups = communities.group(ties)
    now = TopicState(entities, counts.tobytes(), ties, groups)
    if now != before or namespace.fresh:
        namespace.set_value(TOPIC_STATE, now)
    topics = communities.topics_of(groups, numbers, mentioned)
    if mentioned != stored or namespace.fresh:  # also if counts are equal: an article may have replaced another
        namespace.set_value(MENTIONED, mentioned)
    if mentioned != stored or groups != before.groups or namespace.fresh:
        namespace.set_value(FOUND_TOPICS, list(topics))
    return _with_ids(context, content, namespace, topics, ties)


def _with_ids(
    context: BuildContext, content: SiteContent, namespace: Namespace, topics: Sequence[Topic], ties: tuple[Tie, ...]
) -> FoundTopics:
    """Return ties and topics with the ids that were published."""
    published = read_topic_ids(context.paths.content)
    kept, redirects = keep_ids(topics, published, content.redirects)
    used = {topic.id for topic in kept}
    elsewhere = {former: redirects.get(former) for former in published if former not in used}
    given_out = (*published, *sorted(used.difference(published)))
    return FoundTopics(namespace, kept, ties, elsewhere, given_out)


def record_topic_ids(context: BuildContext, found: FoundTopics) -> Problems:
    """Write down the ids that are given out, but not those of a site that its owner alone reads."""
    content = context.paths.content
    if context.config.private or found.published == read_topic_ids(content):
        return ()
    return archive_paths.record_lock(archive_paths.TOPICS_LOCK, lambda: write_topic_ids(content, found.published))


def _all_mentioned(content: SiteContent, numbers: Mapping[EntityId, int]) -> dict[ArticleId, bytes]:
    """Return what every article mentions of the strongest entities; an article without any is left out."""
    from glossator.stages.topics.communities import pack  # noqa: PLC0415 -- see the package

    found: dict[ArticleId, list[int]] = {}
    for entity, number in numbers.items():
        for appearance in content.entities[entity].appearances:
            found.setdefault(appearance.article, []).append(number)
    return {article: pack(found[article]) for article in sorted(found)}


def _changed(change: ArchiveChange, numbers: Mapping[EntityId, int]) -> Iterable[tuple[ArticleId, bytes]]:
    """Yield what each changed article mentions now."""
    from glossator.stages.topics.communities import pack  # noqa: PLC0415 -- see the package

    for article, (_, now) in sorted(change.resolved.items()):
        yield article, pack(numbers[entity] for entity in now or () if entity is not None and entity in numbers)


def _changed_counts(
    before: TopicState, mentioned: dict[ArticleId, bytes], changed: Iterable[tuple[ArticleId, bytes]]
) -> Counts:
    """Return the counts after some articles changed, and bring `mentioned` up to date."""
    from glossator.stages.topics.communities import add_up, read_counts  # noqa: PLC0415 -- see the package

    counts = read_counts(before.counts, len(before.entities))
    for article, row in changed:
        old = mentioned.pop(article, b"")
        add_up(counts, [old] if old else [], -1)
        add_up(counts, [row] if row else [], 1)
        if row:
            mentioned[article] = row
    return counts
