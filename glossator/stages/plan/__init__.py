"""Archive -> every page of the site, and each page with exactly the data that its template sees.

`plan` is cheap and runs on every build; `compose` reads articles and runs for the pages whose fingerprint changed.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from itertools import chain

import msgspec

from glossator.digest import digest
from glossator.model import ArticleId, Fingerprint
from glossator.stages.plan import (
    articles,
    discovery,
    entities,
    feeds,
    home,
    indexes,
    maps,
    moved_articles,
    read_api,
    topics,
    versions,
)
from glossator.stages.plan.article_facts import ArticleFacts, article_facts
from glossator.stages.plan.article_lists import list_orders
from glossator.stages.plan.catalogue import (
    Catalogue,
    PlannedPage,
    fingerprint_of,
    open_catalogue,
    with_lists,
)
from glossator.stages.plan.excerpts import Excerpt, HiddenParts, excerpt, hidden_parts
from glossator.stages.plan.feeds import key_path as feed_path
from glossator.stages.plan.invalidated import (
    ArchiveEdit,
    Invalidated,
    PageAssociations,
    article_key,
    entity_key,
    everything,
    invalidated,
)
from glossator.stages.plan.lists import EntityListRow, appearance_pages, author_pages, entity_list_row
from glossator.stages.plan.own_links import BrokenLink, LinkTargets, changed_notes, own_links, shown_pictures
from glossator.stages.plan.own_targets import OwnLink
from glossator.stages.plan.page_data import data_files, data_paths, possible_data_paths, with_data_links
from glossator.stages.plan.private_names import public_redirects
from glossator.stages.plan.site_content import OpenedArticle, SiteContent
from glossator.views import (
    AnyPage,
    ArticleIndexPage,
    ArticlePage,
    DataFile,
    EntityIndexPage,
    EntityPage,
    FeedPage,
    HomePage,
    MapPage,
    MovedArticlePage,
    MovedTopicPage,
    NotFoundPage,
    RedirectPage,
    RobotsPage,
    SearchDescriptionPage,
    SearchPage,
    SitemapPage,
    TextPage,
    TiesPage,
    TopicPage,
    TopicsPage,
)

__all__ = [
    "EXCERPT_COMPOSERS",
    "TEXT_COMPOSERS",
    "VIEWS",
    "ArchiveEdit",
    "ArticleFacts",
    "BrokenLink",
    "Catalogue",
    "EntityListRow",
    "Excerpt",
    "HiddenParts",
    "Invalidated",
    "LinkTargets",
    "OpenedArticle",
    "OwnLink",
    "PageAssociations",
    "PlannedPage",
    "SiteContent",
    "article_facts",
    "article_key",
    "changed_notes",
    "compose",
    "data_files",
    "data_paths",
    "entity_key",
    "entity_list_row",
    "everything",
    "excerpt",
    "feed_path",
    "hidden_parts",
    "invalidated",
    "list_orders",
    "open_catalogue",
    "own_links",
    "plan",
    "possible_data_paths",
    "quoted_articles",
    "shown_pictures",
    "with_lists",
]

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

VIEWS: Mapping[str, type[AnyPage]] = {
    "article": ArticlePage,
    "version": ArticlePage,
    "entity": EntityPage,
    "redirect": RedirectPage,
    "former-page": RedirectPage,
    "former-topic": MovedTopicPage,
    "entities": EntityIndexPage,
    "articles": ArticleIndexPage,
    "sources": ArticleIndexPage,
    "source": ArticleIndexPage,
    "tags": ArticleIndexPage,
    "tag": ArticleIndexPage,
    "authors": ArticleIndexPage,
    "author": ArticleIndexPage,
    "topic": ArticleIndexPage,
    "days": ArticleIndexPage,
    "topics": TopicsPage,
    "topic-page": TopicPage,
    "ties": TiesPage,
    "map": MapPage,
    "appearances": ArticleIndexPage,
    "home": HomePage,
    "own": TextPage,
    "search": SearchPage,
    "not-found": NotFoundPage,
    "moved-article": MovedArticlePage,
    "feed": FeedPage,
    feeds.SOURCE: FeedPage,
    feeds.TAG: FeedPage,
    feeds.ENTITY: FeedPage,
    "sitemap": SitemapPage,
    "robots": RobotsPage,
    "search-description": SearchDescriptionPage,
    **dict.fromkeys(read_api.COMPOSERS, DataFile),
}
"""Class of the page that is composed, by kind of planned page."""

TEXT_COMPOSERS: Mapping[str, Callable[[Catalogue, PlannedPage, Mapping[ArticleId, OpenedArticle]], AnyPage]] = {
    "article": articles.compose,
    "version": versions.compose,
}
"""Composers of pages that show the text of an article."""

EXCERPT_COMPOSERS: Mapping[str, Callable[[Catalogue, PlannedPage, Mapping[ArticleId, Excerpt]], AnyPage]] = {
    "entity": entities.compose,
}
"""Composers of pages that quote articles."""

OTHER_COMPOSERS: Mapping[str, Callable[[Catalogue, PlannedPage], AnyPage]] = {
    "redirect": entities.compose_redirect,
    "former-page": entities.compose_redirect,
    "entities": indexes.compose_entities,
    "articles": indexes.compose_articles,
    "sources": indexes.compose_articles,
    "source": indexes.compose_articles,
    "tags": indexes.compose_articles,
    "tag": indexes.compose_articles,
    "authors": indexes.compose_articles,
    "author": indexes.compose_articles,
    "topic": indexes.compose_articles,
    "days": indexes.compose_articles,
    "topics": topics.compose_all,
    "topic-page": topics.compose,
    "ties": topics.compose_ties,
    "former-topic": topics.compose_former,
    "map": maps.compose,
    "appearances": indexes.compose_articles,
    "home": home.compose,
    "own": indexes.compose_own,
    "search": indexes.compose_search,
    "not-found": indexes.compose_not_found,
    "moved-article": moved_articles.compose,
    "feed": feeds.compose,
    feeds.SOURCE: feeds.compose,
    feeds.TAG: feeds.compose,
    feeds.ENTITY: feeds.compose,
    "sitemap": discovery.compose_sitemap,
    "robots": discovery.compose_robots,
    "search-description": discovery.compose_search_description,
    **read_api.COMPOSERS,
}
"""Composers of pages that need no text of an article."""


def plan(catalogue: Catalogue, subjects: Invalidated, hidden: Mapping[ArticleId, HiddenParts]) -> Iterator[PlannedPage]:
    """Plan the pages and feeds of the `subjects`, and those pages that every build plans.

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
        yield from (indexes.plan_list_page(catalogue, part) for part in appearance_pages(catalogue.lists, entity))
    for author in sorted(subjects.authors):
        yield from (indexes.plan_list_page(catalogue, part) for part in author_pages(catalogue.lists, author))
    redirects = public_redirects(catalogue.content.redirects.items(), catalogue.settings.private_names)
    yield from (entities.plan_redirect(catalogue, *pair) for pair in sorted(redirects.items()))
    yield from moved_articles.plan(catalogue)
    yield from versions.plan(catalogue)
    yield home.plan(catalogue)
    yield from indexes.plan(catalogue)
    yield from topics.plan(catalogue)
    yield from maps.plan(catalogue)
    yield from feeds.plan_keyed(catalogue, subjects.feeds)
    yield from feeds.plan_all(catalogue)
    yield from discovery.plan(catalogue)
    yield from read_api.plan(catalogue)


def _with_names(page: PlannedPage, names: tuple[str, ...]) -> PlannedPage:
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


def compose(
    catalogue: Catalogue,
    planned: PlannedPage,
    readings: Mapping[ArticleId, OpenedArticle],
    excerpts: Mapping[ArticleId, Excerpt],
) -> AnyPage:
    """Compose a planned page from the articles that it needs.

    `readings` holds their texts for a kind in TEXT_COMPOSERS, `excerpts` their excerpts for one in EXCERPT_COMPOSERS.
    """
    if planned.kind in TEXT_COMPOSERS:
        view = TEXT_COMPOSERS[planned.kind](catalogue, planned, readings)
    elif planned.kind in EXCERPT_COMPOSERS:
        view = EXCERPT_COMPOSERS[planned.kind](catalogue, planned, excerpts)
    else:
        view = OTHER_COMPOSERS[planned.kind](catalogue, planned)
    return with_data_links(catalogue.site, planned, view)
