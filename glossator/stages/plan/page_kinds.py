"""Kinds of page: what is composed of each, by what, and who may read it besides people."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Literal, NamedTuple

from glossator import views
from glossator.stages.plan import lists
from glossator.stages.plan.catalogue.feed_groups import SOURCE_FEED, TAG_FEED
from glossator.stages.plan.catalogue.list_pages import ARTICLE_LISTS
from glossator.stages.plan.data import connections, feeds, read_api, sitemap_and_robots
from glossator.stages.plan.pages import (
    article_versions,
    articles,
    chronology,
    corrections,
    entities,
    front_files,
    maps,
    redirects,
    site_pages,
    topics,
)


class PageKind(NamedTuple):
    """A kind of page."""

    view: type[views.AnyPage]
    """Class of the page when it is composed."""
    compose: Callable[..., views.AnyPage]
    """Composer, called with the catalogue, the planned page, and what it `reads` besides."""
    reads: Literal["", "text", "excerpts"] = ""
    """The text of an article, the excerpts of articles that the page quotes, or nothing but the catalogue."""
    record: str = ""
    """Kind of the record that holds the page's data for programs; empty for a page without data."""
    listed: bool = False
    """True if search engines may list the page."""


PAGE_KINDS: Mapping[str, PageKind] = {
    "home": PageKind(views.HomePage, site_pages.compose_home, record="home", listed=True),
    "own": PageKind(views.TextPage, site_pages.compose_own, record="text", listed=True),
    "own-pages": PageKind(views.TextPage, site_pages.compose_own_pages, listed=True),
    "search": PageKind(views.SearchPage, site_pages.compose_search),
    "highlights": PageKind(views.HighlightsPage, site_pages.compose_highlights),
    "not-found": PageKind(views.NotFoundPage, site_pages.compose_not_found),
    "article": PageKind(views.ArticlePage, articles.compose, reads="text", record="article", listed=True),
    "version": PageKind(views.ArticlePage, article_versions.compose, reads="text", record="article"),
    "entity": PageKind(views.EntityPage, entities.compose, reads="excerpts", record="entity", listed=True),
    connections.KIND: PageKind(views.DataFile, connections.compose, reads="excerpts"),
    "entities": PageKind(views.EntityIndexPage, lists.compose_entities, record="entities", listed=True),
    **{
        # The page of an entity leads to the lists of its articles.
        kind: PageKind(views.ArticleIndexPage, lists.compose_articles, record="articles", listed=kind != "appearances")
        for kind in ARTICLE_LISTS
    },
    "topics": PageKind(views.TopicsPage, topics.compose_all, record="articles", listed=True),
    "topic-page": PageKind(views.TopicPage, topics.compose, record="articles", listed=True),
    "corrections": PageKind(views.CorrectionsPage, corrections.compose, listed=True),
    "map": PageKind(views.MapPage, maps.compose, record="text", listed=True),
    chronology.PAGE: PageKind(views.ChronologyPage, chronology.compose, listed=True),
    chronology.CSV: PageKind(views.DataFile, chronology.compose_csv),
    chronology.JSON: PageKind(views.DataFile, chronology.compose_json),
    "redirect": PageKind(views.RedirectPage, redirects.compose_entity),
    "former-page": PageKind(views.RedirectPage, redirects.compose_entity),
    "former-topic": PageKind(views.MovedTopicPage, redirects.compose_topic),
    "former-ties": PageKind(views.MovedTopicPage, redirects.compose_ties),
    "moved-article": PageKind(views.MovedArticlePage, redirects.compose_article),
    "feed": PageKind(views.FeedPage, feeds.compose),
    SOURCE_FEED: PageKind(views.FeedPage, feeds.compose),
    TAG_FEED: PageKind(views.FeedPage, feeds.compose),
    feeds.OWN_FEED: PageKind(views.FeedPage, feeds.compose),
    feeds.ENTITY_FEED: PageKind(views.FeedPage, feeds.compose),
    "sitemap": PageKind(views.SitemapPage, sitemap_and_robots.compose_sitemap),
    "robots": PageKind(views.RobotsPage, sitemap_and_robots.compose_robots),
    "search-description": PageKind(views.SearchDescriptionPage, sitemap_and_robots.compose_search_description),
    front_files.KIND: PageKind(views.DataFile, front_files.compose),
    read_api.ENTRY_KIND: PageKind(views.DataFile, read_api.compose_entry),
    read_api.ARTICLES_KIND: PageKind(views.DataFile, read_api.compose_articles),
    read_api.ENTITIES_KIND: PageKind(views.DataFile, read_api.compose_entities),
    read_api.LLMS_KIND: PageKind(views.DataFile, read_api.compose_llms),
}
"""Kinds of page, by the kind of a planned page."""
