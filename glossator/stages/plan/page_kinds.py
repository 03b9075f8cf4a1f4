"""Kinds of page: the class of each, and what composes it."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from glossator.model import ArticleId
from glossator.stages.plan import lists
from glossator.stages.plan.catalogue import Catalogue, PlannedPage
from glossator.stages.plan.catalogue.keywords import SOURCE_FEED, TAG_FEED
from glossator.stages.plan.catalogue.list_pages import ARTICLE_LISTS
from glossator.stages.plan.catalogue.site_content import OpenedArticle
from glossator.stages.plan.data import feeds, read_api, sitemap_and_robots
from glossator.stages.plan.data.page_data import with_data_links
from glossator.stages.plan.pages import (
    article_versions,
    articles,
    chronology,
    entities,
    front_files,
    maps,
    redirects,
    site_pages,
    topics,
)
from glossator.stages.plan.parts.excerpts import Excerpt
from glossator.stages.plan.parts.woven_text import LinkedText, text_of_page
from glossator.views import (
    AnyPage,
    ArticleIndexPage,
    ArticlePage,
    ChronologyPage,
    DataFile,
    EntityIndexPage,
    EntityPage,
    FeedPage,
    HighlightsPage,
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
    TopicPage,
    TopicsPage,
)

VIEWS: Mapping[str, type[AnyPage]] = {
    "article": ArticlePage,
    "version": ArticlePage,
    "entity": EntityPage,
    "redirect": RedirectPage,
    "former-page": RedirectPage,
    "former-topic": MovedTopicPage,
    "entities": EntityIndexPage,
    **dict.fromkeys(ARTICLE_LISTS, ArticleIndexPage),
    "topics": TopicsPage,
    "topic-page": TopicPage,
    "former-ties": MovedTopicPage,
    "map": MapPage,
    chronology.PAGE: ChronologyPage,
    chronology.CSV: DataFile,
    chronology.JSON: DataFile,
    "home": HomePage,
    "own": TextPage,
    "search": SearchPage,
    "highlights": HighlightsPage,
    "not-found": NotFoundPage,
    "moved-article": MovedArticlePage,
    "feed": FeedPage,
    SOURCE_FEED: FeedPage,
    TAG_FEED: FeedPage,
    feeds.ENTITY_FEED: FeedPage,
    "sitemap": SitemapPage,
    "robots": RobotsPage,
    front_files.KIND: DataFile,
    "search-description": SearchDescriptionPage,
    **dict.fromkeys(read_api.COMPOSERS, DataFile),
}
"""Class of the page that is composed, by kind of planned page."""

TEXT_COMPOSERS: Mapping[
    str, Callable[[Catalogue, PlannedPage, Mapping[ArticleId, OpenedArticle], LinkedText], AnyPage]
] = {
    "article": articles.compose,
    "version": article_versions.compose,
}
"""Composers of pages that show the text of an article."""

EXCERPT_COMPOSERS: Mapping[str, Callable[[Catalogue, PlannedPage, Mapping[ArticleId, Excerpt]], AnyPage]] = {
    "entity": entities.compose,
}
"""Composers of pages that quote articles."""

OTHER_COMPOSERS: Mapping[str, Callable[[Catalogue, PlannedPage], AnyPage]] = {
    "redirect": redirects.compose_entity,
    "former-page": redirects.compose_entity,
    "entities": lists.compose_entities,
    **dict.fromkeys(ARTICLE_LISTS, lists.compose_articles),
    "topics": topics.compose_all,
    "topic-page": topics.compose,
    "former-ties": redirects.compose_ties,
    "former-topic": redirects.compose_topic,
    "map": maps.compose,
    chronology.PAGE: chronology.compose,
    chronology.CSV: chronology.compose_csv,
    chronology.JSON: chronology.compose_json,
    "home": site_pages.compose_home,
    "own": site_pages.compose_own,
    "search": site_pages.compose_search,
    "highlights": site_pages.compose_highlights,
    "not-found": site_pages.compose_not_found,
    "moved-article": redirects.compose_article,
    "feed": feeds.compose,
    SOURCE_FEED: feeds.compose,
    TAG_FEED: feeds.compose,
    feeds.ENTITY_FEED: feeds.compose,
    "sitemap": sitemap_and_robots.compose_sitemap,
    "robots": sitemap_and_robots.compose_robots,
    front_files.KIND: front_files.compose,
    "search-description": sitemap_and_robots.compose_search_description,
    **read_api.COMPOSERS,
}
"""Composers of pages that need no text of an article."""


def compose(
    catalogue: Catalogue,
    planned: PlannedPage,
    readings: Mapping[ArticleId, OpenedArticle],
    excerpts: Mapping[ArticleId, Excerpt],
    text: LinkedText | None = None,
) -> AnyPage:
    """Compose a planned page.

    `readings` holds the texts of articles for a kind in TEXT_COMPOSERS, `excerpts` their excerpts for one in
    EXCERPT_COMPOSERS; `text` is that of a page that shows one, if it was made already.
    """
    if planned.kind in TEXT_COMPOSERS:
        text = text or text_of_page(catalogue, planned, readings)
        view = TEXT_COMPOSERS[planned.kind](catalogue, planned, readings, text)
    elif planned.kind in EXCERPT_COMPOSERS:
        view = EXCERPT_COMPOSERS[planned.kind](catalogue, planned, excerpts)
    else:
        view = OTHER_COMPOSERS[planned.kind](catalogue, planned)
    return with_data_links(catalogue.site, planned, view)
