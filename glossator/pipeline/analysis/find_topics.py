"""Related articles -> topics, and entities -> ties, brought up to date with what changed."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping

import msgspec

from glossator.content import lock_files
from glossator.content.published_ids import read_topic_ids, write_topic_ids
from glossator.incremental.namespace import Namespace
from glossator.incremental.schema import POSTINGS, RELATED, STRONG_WORDS, TOPICS, TOPICS_STATE
from glossator.model import ArticleId, EntityId, EntityType, PrivateNames, Tie, Topic, TopicId
from glossator.pipeline.analysis.find_entities import ArchiveChange
from glossator.pipeline.analysis.find_related import FoundRelated
from glossator.pipeline.context import BuildContext, Problems, timed
from glossator.stages.plan import SiteContent, id_names_private
from glossator.stages.relate.words import NOUNS_OF
from glossator.stages.topics import Neighbours, TopicGroup, TopicsState, keep_ids


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
    before = None if namespace.fresh else namespace.value(TOPICS_STATE, TopicsState())
    neighbours, groups = _groups(before, content, change, related)
    now = TopicsState(groups, _ties(before, content, change))
    if now != before:
        namespace.set_value(TOPICS_STATE, now)
    topics = _named(groups, content, related, private)
    published = read_topic_ids(context.paths.content)
    public = {key: articles for key, articles in published.items() if not id_names_private(EntityId(key), private)}
    kept, redirects = keep_ids(topics, public, renames)
    if kept:
        from glossator.stages.topics.nearest import with_nearest  # noqa: PLC0415 -- see the package

        kept = with_nearest(kept, neighbours)
    used = {topic.id for topic in kept}
    elsewhere = {former: redirects.get(former) for former in published if former not in used}
    new = {topic.id: topic.articles for topic in kept if topic.id not in published}
    return FoundTopics(namespace, kept, now.ties, elsewhere, {**published, **dict(sorted(new.items()))})


def record_topic_ids(context: BuildContext, topics: FoundTopics) -> Problems:
    """Write down the ids that are given out, but not those of a site that its owner alone reads."""
    content = context.paths.content
    if context.config.private or topics.published.keys() == read_topic_ids(content).keys():
        return ()
    return lock_files.record_lock(lock_files.TOPICS_LOCK, lambda: write_topic_ids(content, topics.published))


# ---- topics --------------------------------------------------------------------------------------------------------
def _groups(
    before: TopicsState | None, content: SiteContent, change: ArchiveChange, related: FoundRelated
) -> tuple[Neighbours, tuple[TopicGroup, ...]]:
    """Return the nearest articles of each, and the groups. A group in whose articles nothing changed is that of before.

    `before` is what the last build left, if that is valid.
    """
    from glossator.stages.relate.update import NEAR  # noqa: PLC0415 -- see the package
    from glossator.stages.topics import groups  # noqa: PLC0415 -- see the package

    nearest = {
        article: tuple((near.article, near.cosine) for near in listed[: groups.NEAREST] if near.cosine >= NEAR)
        for article, listed in sorted(related.namespace.read_all(RELATED).items())
    }
    edited = related.changed | related.reworded | change.resolved.keys()
    if before and not edited:
        return nearest, before.groups
    counted = {group.articles: group for group in before.groups if edited.isdisjoint(group.articles)} if before else {}
    if before and nearest and not related.changed:  # who belongs together follows from the nearest articles alone
        members = tuple(group.articles for group in before.groups)
    else:
        members = groups.group(nearest)
    return nearest, tuple(counted.get(articles) or _counted(articles, content, related) for articles in members)


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
            frozenset(strong[article].nouns) if strong[article].language == NOUNS_OF else None,
            frozenset(strong[article].names),
        )
        for article in articles
    ]
    entities = labels.count_entities(content.resolved[article] for article in articles)
    counted = labels.count_words(words)
    title, pairs = labels.typical_title(words, counted), labels.title_pairs(words, counted)
    return TopicGroup(articles, counted, entities, title, pairs)


def _named(
    groups: tuple[TopicGroup, ...], content: SiteContent, related: FoundRelated, private: PrivateNames
) -> tuple[Topic, ...]:
    """Return the topics of the groups that words can name."""
    if not groups:
        return ()
    from glossator.stages.relate.postings import article_counts  # noqa: PLC0415 -- see the package
    from glossator.stages.topics import labels  # noqa: PLC0415 -- see the package

    rows = related.namespace.read(POSTINGS, sorted({word.key for group in groups for word in group.words}))
    counts = article_counts(rows)
    names = {}
    for group in groups:
        surnames_of = {key: last for key, last in labels.bearers(group).items() if key in content.entities}
        surnames = {last for key, last in surnames_of.items() if content.entities[key].type is EntityType.PERSON}
        names[group.articles] = labels.label(group, counts, private, surnames)
    return labels.topics_of(groups, names, content.spread, len(content.heads))


# ---- ties ----------------------------------------------------------------------------------------------------------
def _ties(before: TopicsState | None, content: SiteContent, change: ArchiveChange) -> tuple[Tie, ...]:
    """Return the ties; `before` is what the last build left, if that is valid."""
    if before and not (change.resolved or change.entities):
        return before.ties
    from glossator.stages.topics import ties  # noqa: PLC0415 -- see the package

    entities = ties.strongest(content.spread)
    mentioned: dict[ArticleId, list[int]] = defaultdict(list)
    for number, entity in enumerate(entities):
        for appearance in content.entities[entity].appearances:
            mentioned[appearance.article].append(number)
    return ties.find_ties(entities, ties.count_together(list(mentioned.values()), len(entities)))
