"""Subjects that a change invalidates -> the pages that are planned anew, with their fingerprints."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import chain

import msgspec

from glossator.model import ArticleId, Fingerprint, PrivateNames
from glossator.stages.plan import lists
from glossator.stages.plan.catalogue import Catalogue, PlannedPage, fingerprint_of
from glossator.stages.plan.catalogue.list_pages import ALL_LISTS, pages_of, topic_key
from glossator.stages.plan.catalogue.private_names import public_redirects
from glossator.stages.plan.data import feeds, read_api, sitemap_and_robots
from glossator.stages.plan.invalidation.invalidated import Invalidated
from glossator.stages.plan.pages import (
    article_versions,
    articles,
    chronology,
    entities,
    maps,
    redirects,
    site_pages,
    topics,
)
from glossator.stages.plan.parts import companions
from glossator.stages.plan.parts.excerpts import HiddenParts
from glossator.text import digest

TELL_WHAT_THEY_HIDE = frozenset(
    {
        *("article", "entity", "redirect", "former-page", "search", "not-found"),
        *("appearances", "entities", "articles", "tag", "author", "topic", "days"),
        *("feed", feeds.SOURCE, feeds.TAG, feeds.ENTITY),
    }
)
"""Kinds of page whose fingerprint tells what the page leaves out because it holds a private name.

The fingerprints of all others hold the private names themselves, so that these pages are made again if one is added.
"""


def plan(catalogue: Catalogue, subjects: Invalidated, hidden: Mapping[ArticleId, HiddenParts]) -> Iterator[PlannedPage]:
    """Plan the pages, lists and feeds of the `subjects`, and those pages that every build plans.

    `hidden` are the parts of the articles in `quoted_articles` that hold a private name.
    """
    names = catalogue.settings.private_names
    for page in _planned(catalogue, subjects, hidden):
        yield page if page.kind in TELL_WHAT_THEY_HIDE or not names else _with_names(page, names)


def _planned(
    catalogue: Catalogue, subjects: Invalidated, hidden: Mapping[ArticleId, HiddenParts]
) -> Iterator[PlannedPage]:
    yield from (articles.plan(catalogue, article) for article in sorted(subjects.articles))
    for entity in sorted(subjects.entities):
        yield from entities.plan(catalogue, entity, hidden)
        yield from feeds.plan_entity(catalogue, entity)
        yield from (lists.plan_list_page(catalogue, part) for part in pages_of(catalogue.lists, "appearances", entity))
    for author in sorted(subjects.authors):
        yield from (lists.plan_list_page(catalogue, part) for part in pages_of(catalogue.lists, "author", author))
    merged = public_redirects(catalogue.content.redirects.items(), catalogue.settings.private_names)
    yield from (redirects.plan_entity(catalogue, *pair) for pair in sorted(merged.items()))
    yield from redirects.plan_articles(catalogue)
    yield from article_versions.plan(catalogue)
    yield site_pages.plan_home(catalogue)
    yield from lists.plan(catalogue, subjects.lists)
    yield from site_pages.plan_others(catalogue)
    yield from topics.plan(catalogue)
    for topic in sorted(subjects.topics):
        yield from (lists.plan_list_page(catalogue, part) for part in pages_of(catalogue.lists, "topic", topic))
    yield from maps.plan(catalogue)
    yield from chronology.plan(catalogue)
    yield from feeds.plan_keyed(catalogue, subjects.feeds)
    yield from feeds.plan_all(catalogue)
    yield from sitemap_and_robots.plan(catalogue)
    yield from read_api.plan(catalogue)


def _with_names(page: PlannedPage, names: PrivateNames) -> PlannedPage:
    """Return the page with the private names in its fingerprint."""
    hidden = fingerprint_of(hidden=names)
    whole = digest(page.fingerprint.whole, hidden.whole)
    found = Fingerprint(whole, f"{page.fingerprint.parts} {hidden.parts}".lstrip())
    return msgspec.structs.replace(page, fingerprint=found)


def quoted_articles(catalogue: Catalogue, subjects: Invalidated) -> frozenset[ArticleId]:
    """Return the articles that pages of the entities among the `subjects` may quote."""
    members = (catalogue.content.entities[key] for key in subjects.entities)
    quoted = (entities.quoted_articles(catalogue, entity) for entity in members if entity.page)
    return frozenset(chain.from_iterable(quoted))


def counted_articles(catalogue: Catalogue, subjects: Invalidated) -> frozenset[ArticleId]:
    """Return the articles in which co-occurrences are counted for the pages of the `subjects`."""
    members = (catalogue.content.entities[key] for key in subjects.entities)
    counted = (companions.counted_articles(catalogue, entity) for entity in members if entity.page)
    return frozenset(chain.from_iterable(counted))


def unchanged_lists(catalogue: Catalogue, subjects: Invalidated) -> frozenset[str]:
    """Return the keys of the lists whose pages need not be planned: they are the same ones as in the last plan."""
    topics = (topic.id for topic in catalogue.content.topics if topic.id not in subjects.topics)
    return frozenset([*(ALL_LISTS - subjects.lists), *map(topic_key, topics)])
