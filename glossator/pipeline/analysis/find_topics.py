"""Related articles -> topics, and entities -> ties, brought up to date with what changed."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING

import msgspec

from glossator.content import archive_paths
from glossator.content.published_ids import read_topic_ids, write_topic_ids
from glossator.incremental.namespace import Namespace
from glossator.incremental.schema import MENTIONED, POSTINGS, STRONG_WORDS, TIES_STATE, TOPICS, TOPICS_STATE
from glossator.model import ArticleId, EntityId, PrivateNames, Tie, Topic, TopicId
from glossator.pipeline.analysis.find_entities import ArchiveChange
from glossator.pipeline.analysis.find_related import FoundRelated
from glossator.pipeline.context import BuildContext, Problems, timed
from glossator.stages.plan import SiteContent, id_names_private
from glossator.stages.relate.words import NOUNS_OF
from glossator.stages.topics import Neighbours, TiesState, TopicGroup, TopicsState, keep_ids

if TYPE_CHECKING:
    from glossator.stages.topics.ties import Counts


class FoundTopics(msgspec.Struct, frozen=True):
    """Ties and topics after `find_topics`. Their rows are in the namespace, not committed yet."""

    namespace: Namespace
    topics: tuple[Topic, ...]
    ties: tuple[Tie, ...]
    redirects: Mapping[TopicId, TopicId | None]
    """Topic by each published id that no topic has now; None if its articles are in none."""
    published: Mapping[TopicId, tuple[ArticleId, ...]]
    """The ids that are given out from now on, the oldest first, with the articles that each topic had then."""


@timed("topics")
def find_topics(
    context: BuildContext,
    content: SiteContent,
    change: ArchiveChange,
    related: FoundRelated,
    renames: Mapping[ArticleId, ArticleId],
) -> FoundTopics:
    """Bring ties and topics up to date.

    `change` are the differences of the archive since the last build, `renames` the present ids of renamed articles.
    """
    namespace, private = Namespace(context.cache, TOPICS), context.config.plan.private_names
    ties = _ties(namespace, content, change)
    groups = _groups(namespace, content, change, related)
    topics = _named(groups, content, related, private)
    published = read_topic_ids(context.paths.content)
    public = {key: articles for key, articles in published.items() if not id_names_private(EntityId(key), private)}
    kept, redirects = keep_ids(topics, public, renames)
    used = {topic.id for topic in kept}
    elsewhere = {former: redirects.get(former) for former in published if former not in used}
    new = {topic.id: topic.articles for topic in kept if topic.id not in published}
    return FoundTopics(namespace, kept, ties, elsewhere, {**published, **dict(sorted(new.items()))})


def record_topic_ids(context: BuildContext, found: FoundTopics) -> Problems:
    """Write down the ids that are given out, but not those of a site that its owner alone reads."""
    content = context.paths.content
    if context.config.private or found.published.keys() == read_topic_ids(content).keys():
        return ()
    return archive_paths.record_lock(archive_paths.TOPICS_LOCK, lambda: write_topic_ids(content, found.published))


# ---- topics --------------------------------------------------------------------------------------------------------
def _groups(
    namespace: Namespace, content: SiteContent, change: ArchiveChange, related: FoundRelated
) -> tuple[TopicGroup, ...]:
    """Return the groups of articles. Counts of a group are those of before if nothing in its articles changed."""
    before = namespace.value(TOPICS_STATE, TopicsState())
    here = {head.id for head in content.heads}
    edited = related.changed | related.reworded | change.resolved.keys()
    if not namespace.fresh and not edited and here == before.neighbours.keys():
        return before.groups
    from glossator.stages.topics import groups  # noqa: PLC0415 -- see the package

    changed = here if namespace.fresh else (here & related.changed) | (here - before.neighbours.keys())
    known = {article: nearest for article, nearest in before.neighbours.items() if article in here}
    nearest: Neighbours = {
        **known,
        **{
            article: tuple((one.article, one.cosine) for one in related.related.get(article, ())[: groups.NEAREST])
            for article in sorted(changed)
        },
    }
    same = not namespace.fresh and nearest == before.neighbours
    members = tuple(one.articles for one in before.groups) if same else groups.group(nearest)
    counted = {} if namespace.fresh else {one.articles: one for one in before.groups}
    found = tuple(
        counted[articles]
        if articles in counted and edited.isdisjoint(articles)
        else _counted(articles, content, related)
        for articles in members
    )
    if namespace.fresh or not same or found != before.groups:
        namespace.set_value(TOPICS_STATE, TopicsState(dict(nearest), found))
    return found


def _counted(articles: tuple[ArticleId, ...], content: SiteContent, related: FoundRelated) -> TopicGroup:
    """Return a group with the words and the entities of its articles."""
    from glossator.stages.topics import labels  # noqa: PLC0415 -- see the package

    titles = {head.id: head.title for head in content.heads}
    strong = related.namespace.read(STRONG_WORDS, articles)
    words = [
        labels.ArticleWords(
            titles[article],
            strong[article].index_keys(),
            strong[article].forms,
            strong[article].frequencies,
            strong[article].nouns if strong[article].language == NOUNS_OF else None,
            strong[article].names,
        )
        for article in articles
    ]
    entities = labels.count_entities(content.resolved[article] for article in articles)
    return TopicGroup(articles, labels.count_words(words), entities)


def _named(
    groups: tuple[TopicGroup, ...], content: SiteContent, related: FoundRelated, private: PrivateNames
) -> tuple[Topic, ...]:
    """Return the topics of the groups that words can name."""
    if not groups:
        return ()
    from glossator.stages.relate.postings import article_counts  # noqa: PLC0415 -- see the package
    from glossator.stages.topics import labels  # noqa: PLC0415 -- see the package

    rows = related.namespace.read(POSTINGS, sorted({word.key for one in groups for word in one.words}))
    counts = article_counts(rows)
    found = {one.articles: labels.label(one, counts, private) for one in groups}
    return labels.topics_of(groups, found, content.spread, len(content.heads))


# ---- ties ----------------------------------------------------------------------------------------------------------
def _ties(namespace: Namespace, content: SiteContent, change: ArchiveChange) -> tuple[Tie, ...]:
    before = namespace.value(TIES_STATE, TiesState())
    if not (namespace.fresh or change.resolved or change.entities):
        return before.ties
    from glossator.stages.topics import ties  # noqa: PLC0415 -- see the package

    stored: dict[ArticleId, bytes] = namespace.value(MENTIONED, {})
    mentioned = dict(stored)
    entities = ties.strongest(content.spread)
    numbers = {entity: number for number, entity in enumerate(entities)}
    if namespace.fresh or entities != before.entities:
        mentioned = _all_mentioned(content, numbers)
        counts = ties.count_together([mentioned[article] for article in sorted(mentioned)], len(entities))
    else:
        counts = _changed_counts(before, mentioned, _changed(change, numbers))
    now = TiesState(entities, counts.tobytes(), ties.find_ties(entities, counts))
    if now != before or namespace.fresh:
        namespace.set_value(TIES_STATE, now)
    if mentioned != stored or namespace.fresh:  # also if counts are equal: an article may have replaced another
        namespace.set_value(MENTIONED, mentioned)
    return now.ties


def _all_mentioned(content: SiteContent, numbers: Mapping[EntityId, int]) -> dict[ArticleId, bytes]:
    """Return what every article mentions of the strongest entities; an article without any is left out."""
    from glossator.stages.topics.ties import pack  # noqa: PLC0415 -- see the package

    found: dict[ArticleId, list[int]] = {}
    for entity, number in numbers.items():
        for appearance in content.entities[entity].appearances:
            found.setdefault(appearance.article, []).append(number)
    return {article: pack(found[article]) for article in sorted(found)}


def _changed(change: ArchiveChange, numbers: Mapping[EntityId, int]) -> Iterable[tuple[ArticleId, bytes]]:
    """Yield what each changed article mentions now."""
    from glossator.stages.topics.ties import pack  # noqa: PLC0415 -- see the package

    for article, (_, now) in sorted(change.resolved.items()):
        yield article, pack(numbers[entity] for entity in now or () if entity is not None and entity in numbers)


def _changed_counts(
    before: TiesState, mentioned: dict[ArticleId, bytes], changed: Iterable[tuple[ArticleId, bytes]]
) -> Counts:
    """Return the counts after some articles changed, and bring `mentioned` up to date."""
    from glossator.stages.topics.ties import add_up, read_counts  # noqa: PLC0415 -- see the package

    counts = read_counts(before.counts, len(before.entities))
    for article, row in changed:
        old = mentioned.pop(article, b"")
        add_up(counts, [old] if old else [], -1)
        add_up(counts, [row] if row else [], 1)
        if row:
            mentioned[article] = row
    return counts
