"""The pages that lead to the others: home, lists, search, and the site's own pages."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from urllib.parse import urlsplit

from glossator import markup, urls
from glossator.model import ArticleId, EntityId, EntityType, OwnPage, SitePath
from glossator.stages.plan import article_lists, entity_lists
from glossator.stages.plan.catalogue import (
    TYPES,
    Catalogue,
    PlannedPage,
    article_link,
    entity_link,
    fingerprint_of,
    frame,
    mentions_in,
    timeline,
)
from glossator.stages.plan.lists import UNDATED, ListPage, href, list_page, list_pages, page_path
from glossator.views import (
    ArticleIndexPage,
    EntityIndexPage,
    Frame,
    HomePage,
    Link,
    NotFoundPage,
    Prominent,
    SearchPage,
    TextPage,
)

PROMINENT_IN = 30
"""Newest articles that decide which entities are prominent."""

PROMINENT = 8
SOURCES_ON_HOME = 12
UNDATED_ON_HOME = 4
ABOUT = """\
This archive was made with Glossator from saved articles. Names of people, organisations, places, groups, laws, works,
events and products were found and matched by a program; it can be wrong. What a person has confirmed is marked as such.

Each article belongs to its author and publisher; the link at its head leads to the original.
"""


def plan(catalogue: Catalogue) -> Iterator[PlannedPage]:
    yield plan_home(catalogue)
    yield from (plan_list_page(catalogue, page) for page in list_pages(catalogue.lists))
    yield PlannedPage(urls.SEARCH, "search", "", (), fingerprint_of())
    yield PlannedPage(urls.NOT_FOUND, "not-found", "", (), fingerprint_of())
    own = {page.name: page for page in catalogue.content.pages}
    for name in sorted({"about", *own}):
        yield PlannedPage(SitePath(f"{name}.html"), "own", name, (), fingerprint_of(text=own.get(name)))


def plan_home(catalogue: Catalogue) -> PlannedPage:
    page = _home(catalogue)
    entities = (page.entities, page.prominent)
    articles = (page.articles, page.newest, page.undated, page.timeline, page.sources)
    return PlannedPage(urls.HOME, "home", "", (), fingerprint_of(articles=articles, entities=entities))


def plan_list_page(catalogue: Catalogue, page: ListPage) -> PlannedPage:
    lists = entity_lists if page.kind == "entities" else article_lists
    return PlannedPage(page_path(page), page.kind, page.subject, (), lists.page_fingerprint(catalogue, page))


def compose_articles(catalogue: Catalogue, planned: PlannedPage) -> ArticleIndexPage:
    return article_lists.compose(catalogue, list_page(planned.kind, planned.subject))


def compose_entities(catalogue: Catalogue, planned: PlannedPage) -> EntityIndexPage:
    return entity_lists.compose(catalogue, list_page(planned.kind, planned.subject))


def compose_home(catalogue: Catalogue, _: PlannedPage) -> HomePage:
    return _home(catalogue)


def _home(catalogue: Catalogue) -> HomePage:
    path, lists = urls.HOME, catalogue.lists
    whole = ListPage("articles", "", "")
    months = lists.articles.tally(len("2024-03"))
    newest = catalogue.content.heads[: catalogue.settings.newest]
    undated = [head for head in catalogue.content.heads[len(newest) :] if head.date is None]
    return HomePage(
        frame=frame(catalogue, path, catalogue.site.title, "home"),
        newest=tuple(article_link(catalogue, head.id, path) for head in newest),
        undated=tuple(article_link(catalogue, head.id, path) for head in undated[:UNDATED_ON_HOME]),
        prominent=_prominent(catalogue, path),
        timeline=timeline(
            ((month, count) for month, count in months.items() if not month.startswith(UNDATED)),
            lambda label: href(lists.articles, whole, label, path),
        ),
        sources=_most_frequent_sources(catalogue, path),
        articles=len(catalogue.content.heads),
        entities=len(lists.rows),
    )


def _most_frequent_sources(catalogue: Catalogue, path: SitePath) -> tuple[tuple[Link, int], ...]:
    lists = catalogue.lists
    counted = sorted((-tree.counts[""], name) for name, tree in lists.sources.items() if name)
    return tuple(
        (
            Link(
                name,
                urls.relative(urls.source_path(name), path)
                if lists.sources_apart
                else f"{urls.relative(urls.SOURCES, path)}#{urls.source_anchor(name)}",
            ),
            -count,
        )
        for count, name in counted[:SOURCES_ON_HOME]
    )


def _prominent(catalogue: Catalogue, path: SitePath) -> tuple[Prominent, ...]:
    recent: dict[EntityId, list[ArticleId]] = defaultdict(list)
    for head in catalogue.content.heads[:PROMINENT_IN]:
        for key in dict.fromkeys(catalogue.content.resolved[head.id]):
            if key is not None:
                recent[key].append(head.id)
    ranked: dict[EntityType, list[tuple[int, int, EntityId]]] = defaultdict(list)
    for key, articles in recent.items():
        entity = catalogue.content.entities[key]
        if not entity.page:
            continue
        ranked[entity.type].append((-len(articles), -sum(mentions_in(entity, article) for article in articles), key))
    return tuple(
        Prominent(
            kind,
            tuple(entity_link(catalogue, key, path) for _, _, key in sorted(ranked[kind])[:PROMINENT]),
            urls.relative(urls.type_index_path(kind), path),
        )
        for kind in TYPES
        if ranked[kind]
    )


def compose_own(catalogue: Catalogue, planned: PlannedPage) -> TextPage:
    page = _own_page(catalogue, planned)
    section = "about" if planned.subject == "about" else ""
    return TextPage(frame(catalogue, planned.path, page.title, section), markup.weave(page.markdown))


def own_markdown(catalogue: Catalogue, planned: PlannedPage) -> str:
    """Return the Markdown of one of the site's own pages."""
    return _own_page(catalogue, planned).markdown


def _own_page(catalogue: Catalogue, planned: PlannedPage) -> OwnPage:
    written = (page for page in catalogue.content.pages if page.name == planned.subject)
    return next(written, OwnPage("about", "About this archive", ABOUT))


def compose_search(catalogue: Catalogue, planned: PlannedPage) -> SearchPage:
    return SearchPage(_unlisted(frame(catalogue, planned.path, "Search", "search"), "", ""))


def compose_not_found(catalogue: Catalogue, planned: PlannedPage) -> NotFoundPage:
    """Compose the 404 page. It is served at any depth: its links start at the path of the site's address, or at `/`."""
    plain = frame(catalogue, planned.path, "Page not found", "")
    return NotFoundPage(_unlisted(plain, urlsplit(catalogue.site.url).path or "/", ""))


def _unlisted(plain: Frame, root: str, canonical: str) -> Frame:
    return Frame(plain.title, plain.description, root, plain.section, canonical, indexed=False)
