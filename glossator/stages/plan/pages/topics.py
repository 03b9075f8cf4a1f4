"""The pages of topics."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from msgspec.structs import replace

from glossator import site_paths
from glossator.model import ArticleId, EntityId, SitePath, Tie, Topic, TopicId
from glossator.stages.plan.catalogue import (
    Catalogue,
    PlannedPage,
    article_link,
    entity_link,
    frame,
    newest_first,
    topic_name,
)
from glossator.stages.plan.catalogue.cut_long_lists import UNDATED, Tree
from glossator.stages.plan.catalogue.list_pages import ListPage, href
from glossator.stages.plan.lists.article_lists import NEWEST, article_links
from glossator.stages.plan.lists.navigation import contents_of, orders
from glossator.stages.plan.parts.cards import line_about
from glossator.stages.plan.parts.charts import timeline
from glossator.stages.plan.parts.events import event_row, events_of, foremost_events
from glossator.stages.plan.parts.shared_passages import independent_texts
from glossator.translate import translate
from glossator.views import (
    ArticleLink,
    Bar,
    EventRow,
    Link,
    StorySentence,
    TopicMember,
    TopicPage,
    TopicsPage,
    TopicSummary,
)

TITLES = 3
"""Articles of a topic that the list of topics names."""
OTHERS = 5
"""Entities of a topic that a list shows."""
MEMBERS = 24
"""Entities that the page of a topic shows."""
SHORTEST = 3
"""Articles of a story, at least."""
READ_FOR_EVENTS = 200
"""Newest articles of a topic whose events are read, at most."""
EVENTS = 40
"""Events on the page of a topic, at most."""
EVENTS_AT_ONCE = 8
"""Events that are shown before a reader asks for all."""
STORY = 30
"""Sentences of the story so far, of the newest articles."""
LONGEST_SENTENCE = 240
"""Characters of a sentence of the story."""
_FIRST_SENTENCE = re.compile(
    r".+?(?:[!?…]|(?<!\b[A-Z])(?<!\b[A-Z][a-z])(?<!\b[A-Z][a-z]{2})\.)[”\"’')]*(?=\s|$)", re.DOTALL
)
"""A sentence, which no initial and no short form such as "Nov." ends."""


def plan(catalogue: Catalogue) -> Iterator[PlannedPage]:
    """Plan the page of each topic, and the list of topics if there are any."""
    for topic in catalogue.topics:
        yield PlannedPage(site_paths.topic_path(topic), "topic-page", topic)
    if catalogue.topics:
        yield PlannedPage(site_paths.TOPICS, "topics", "")


def compose(catalogue: Catalogue, planned: PlannedPage) -> TopicPage:
    """Compose the page of a topic."""
    key, path = TopicId(planned.subject), planned.path
    topic = catalogue.topics[key]
    tree, whole = catalogue.lists.topics[key], ListPage("topic", key, "")
    first, last = _days(catalogue, topic)
    story = _story(catalogue, topic, path)
    return TopicPage(
        frame=frame(catalogue, path, topic_name(catalogue, key), "topics"),
        id=key,
        members=_members(catalogue, topic, path),
        near=tuple(
            Link(topic_name(catalogue, other), site_paths.relative(site_paths.topic_path(other), path))
            for other in topic.near
        ),
        story=story,
        events=_events(catalogue, topic, path),
        timeline=_timeline(tree, whole, path),
        articles=_outside_story(catalogue, topic, story, path),
        years=contents_of(catalogue, whole, path) if tree.cuts else (),
        count=len(topic.articles),
        independent=independent_texts(catalogue, topic.articles),
        first=first,
        last=last,
    )


def _events(catalogue: Catalogue, topic: Topic, path: SitePath) -> tuple[EventRow, ...]:
    """Return what the newest articles of a topic tell of the entities that several of them mention."""
    entities = set(topic.entities)
    events = events_of(catalogue, newest_first(catalogue, topic.articles)[:READ_FOR_EVENTS])
    about = [event for event in events if event.is_named and not event.names.isdisjoint(entities)]
    shown = foremost_events(catalogue, about, entities, EVENTS)
    first = foremost_events(catalogue, shown, entities, EVENTS_AT_ONCE)
    return tuple(event_row(catalogue, event, path, folded=event not in first) for event in shown)


def _story(catalogue: Catalogue, topic: Topic, path: SitePath) -> tuple[StorySentence, ...]:
    """Return the articles whose day is known, the oldest first, each with a sentence; none if they tell no story."""
    dated = [key for key in newest_first(catalogue, topic.articles) if catalogue.heads[key].published][:STORY]
    if len(dated) < SHORTEST or not _tell_events(catalogue, dated):
        return ()
    links = [article_link(catalogue, key, path) for key in reversed(dated)]
    return tuple(StorySentence(_sentence(link), link) for link in links)


def _tell_events(catalogue: Catalogue, articles: Sequence[ArticleId]) -> bool:
    """True if most of dated articles have a sentence with a date in the month of their publication, as news has."""
    months = {key: (catalogue.heads[key].published or "")[: len("2024-03")] for key in articles}
    dated = ((key, catalogue.content.dated[key]) for key in articles if key in catalogue.content.dated)
    news = sum(any(sentence.part == months[key] for sentence in sentences) for key, sentences in dated)
    return 2 * news > len(articles)


def _outside_story(
    catalogue: Catalogue, topic: Topic, story: tuple[StorySentence, ...], path: SitePath
) -> tuple[ArticleLink, ...]:
    """Return the articles of a topic that its story leaves out, newest first; the newest, if years have pages."""
    tree, in_story = catalogue.lists.topics[topic.id], {sentence.article.href for sentence in story}
    newest = (article_link(catalogue, key, path) for key in newest_first(catalogue, topic.articles)[:NEWEST])
    links = newest if tree.cuts else article_links(catalogue, tree, "", path)
    return tuple(link for link in links if link.href not in in_story)


def _sentence(article: ArticleLink) -> str:
    """Return the first sentence of an article's description; empty if it has none that is short, or only its title."""
    match = _FIRST_SENTENCE.match(article.description)
    return match.group() if match and match.end() <= LONGEST_SENTENCE and match.group() != article.title else ""


def compose_all(catalogue: Catalogue, _: PlannedPage) -> TopicsPage:
    """Compose the list of topics."""
    path = site_paths.TOPICS
    return TopicsPage(
        frame=frame(catalogue, path, translate(catalogue.site.words, "Topics"), "topics"),
        orders=orders(catalogue, path),
        topics=tuple(
            replace(
                summary(catalogue, topic, path),
                newest=tuple(
                    article_link(catalogue, key, path) for key in newest_first(catalogue, topic.articles)[:TITLES]
                ),
            )
            for topic in catalogue.topics.values()
        ),
    )


def summary(catalogue: Catalogue, topic: Topic, path: SitePath) -> TopicSummary:
    """Return a topic as lists show it, on the page at `path`."""
    key = topic.id
    first, last = _days(catalogue, topic)
    others = _paged(catalogue, topic)[:OTHERS]
    return TopicSummary(
        name=topic_name(catalogue, key),
        href=site_paths.relative(site_paths.topic_path(key), path),
        others=tuple(entity_link(catalogue, entity, path) for entity in others),
        articles=len(topic.articles),
        first=first,
        last=last,
    )


def _members(catalogue: Catalogue, topic: Topic, path: SitePath) -> tuple[TopicMember, ...]:
    """Return the most telling entities of a topic, those that most of its articles mention first."""
    here = set(topic.articles)
    members = (
        TopicMember(
            entity_link(catalogue, entity, path),
            line_about(catalogue, catalogue.profiles[entity]),
            sum(appearance.article in here for appearance in catalogue.content.entities[entity].appearances),
        )
        for entity in _paged(catalogue, topic)[:MEMBERS]
    )
    return tuple(sorted(members, key=lambda member: -member.articles))


def _paged(catalogue: Catalogue, topic: Topic) -> list[EntityId]:
    """Return the entities of a topic that have pages, the most telling first."""
    return [entity for entity in topic.entities if entity in catalogue.lists.rows]


def ties_within(catalogue: Catalogue, topic: Topic) -> Iterator[Tie]:
    """Yield the ties between the entities that the page of a topic shows."""
    members = set(_paged(catalogue, topic)[:MEMBERS])
    return (tie for tie in catalogue.whole.ties if tie.first in members and tie.second in members)


def _timeline(tree: Tree[ArticleId], whole: ListPage, path: SitePath) -> tuple[Bar, ...]:
    months = tree.tally(len("2024-03"))
    dated = ((month, count) for month, count in months.items() if not month.startswith(UNDATED))
    return timeline(dated, (lambda label: href(tree, whole, label, path)) if tree.cuts else lambda _: "")


def _days(catalogue: Catalogue, topic: Topic) -> tuple[str, str]:
    """Return the first and the last ISO day that the pages of a topic's articles state; empty if most state none."""
    days = [day for article in topic.articles if (day := catalogue.heads[article].stated_day)]
    return (min(days), max(days)) if 2 * len(days) > len(topic.articles) else ("", "")
