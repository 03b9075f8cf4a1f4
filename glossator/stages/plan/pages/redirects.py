"""Redirects: the pages at former addresses of articles, entities, topics, and of the ties between entities."""

from __future__ import annotations

from collections.abc import Iterator

from msgspec.structs import replace

from glossator import site_paths
from glossator.model import ArticleId, EntityId, SitePath, TopicId
from glossator.stages.plan.catalogue import (
    Catalogue,
    PlannedPage,
    address,
    article_link,
    entity_link,
    frame,
    topic_name,
)
from glossator.stages.plan.catalogue.private_names import address_names_private, id_names_private, public_redirects
from glossator.translate import translate
from glossator.views import Link, MovedArticlePage, MovedTopicPage, RedirectPage


def plan_articles(catalogue: Catalogue) -> Iterator[PlannedPage]:
    """Plan the redirects to articles that the site shows, from addresses that no page has and no private name is in."""
    versions = catalogue.content.versions.values()
    taken = catalogue.heads.keys() | {version.id for others in versions for version in others}
    for old, new in sorted(catalogue.content.renames.items()):
        private = address_names_private(old, catalogue.settings.private_names)
        if new in catalogue.heads and old not in taken and not private:
            yield PlannedPage(site_paths.article_path(old), "moved-article", new)


def compose_article(catalogue: Catalogue, planned: PlannedPage) -> MovedArticlePage:
    """Compose the redirect from the former address of an article."""
    article = ArticleId(planned.subject)
    link, plain = article_link(catalogue, article, planned.path), frame(catalogue, planned.path, "", "articles")
    canonical = address(catalogue, site_paths.article_path(article)) if plain.canonical else ""
    return MovedArticlePage(replace(plain, title=link.title, canonical=canonical, indexed=False), link)


def plan_entities(catalogue: Catalogue) -> Iterator[PlannedPage]:
    """Plan the redirects from former ids of entities to the ids that they have now."""
    merged = public_redirects(catalogue.content.redirects.items(), catalogue.settings.private_names)
    for old, new in sorted(merged.items()):
        entity = catalogue.content.entities[new]
        kind, subject = ("redirect", f"{old} {new}") if entity.is_shown else ("moved-article", entity.article)
        yield PlannedPage(site_paths.entity_path(old), kind, subject)


def compose_entity(catalogue: Catalogue, planned: PlannedPage) -> RedirectPage:
    """Compose a redirect: to the page of an entity, or to the article in whose glossary the entity stands."""
    target = entity_link(catalogue, EntityId(planned.subject.split()[1]), planned.path)
    article = catalogue.profiles[EntityId(target.id)].article
    link = article_link(catalogue, article, planned.path) if article else None
    return RedirectPage(frame(catalogue, planned.path, target.name, "entities"), target, link)


def plan_topics(catalogue: Catalogue) -> Iterator[PlannedPage]:
    """Plan the redirects from former addresses of topics, unless a private name is in one."""
    for former in sorted(catalogue.content.former_topics):
        if not id_names_private(EntityId(former), catalogue.settings.private_names):
            yield PlannedPage(site_paths.topic_path(former), "former-topic", former)


def _topic_now(catalogue: Catalogue, former: TopicId, path: SitePath) -> Link:
    """Return the link to what a topic is now, from the page at `path`: another topic, its entity, or all topics."""
    topic = catalogue.content.former_topics[former]
    if topic is not None:
        return Link(topic_name(catalogue, topic), site_paths.relative(site_paths.topic_path(topic), path))
    entity = EntityId(former)  # topics were called after entities before they were called by words
    entity = catalogue.content.redirects.get(entity, entity)
    if entity in catalogue.lists.rows:
        return Link(catalogue.profiles[entity].name, site_paths.relative(site_paths.entity_path(entity), path))
    topics = site_paths.TOPICS if "topic" in catalogue.whole.orders else site_paths.HOME
    return Link(translate(catalogue.site.words, "Topics"), site_paths.relative(topics, path))


def compose_topic(catalogue: Catalogue, planned: PlannedPage) -> MovedTopicPage:
    """Compose the redirect from the former address of a topic."""
    target = _topic_now(catalogue, TopicId(planned.subject), planned.path)
    return MovedTopicPage(frame(catalogue, planned.path, target.text, "topics"), target)


def plan_ties(catalogue: Catalogue) -> Iterator[PlannedPage]:
    """Plan the redirect from the page that drew the ties between entities, if there are any."""
    if catalogue.whole.ties:
        yield PlannedPage(site_paths.TIES, "former-ties", "")


def compose_ties(catalogue: Catalogue, planned: PlannedPage) -> MovedTopicPage:
    """Compose the redirect from the page of ties to the names."""
    names = translate(catalogue.site.words, "Names")
    target = Link(names, site_paths.relative(site_paths.ENTITIES, planned.path))
    return MovedTopicPage(replace(frame(catalogue, planned.path, names, "entities"), indexed=False), target)
