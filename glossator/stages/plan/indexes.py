"""The pages that lead to the others: home, lists, search, and the site's own pages."""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterator
from urllib.parse import urlsplit

from glossator import markup, urls
from glossator.model import ArticleId, Entity, EntityId, EntityType, SitePath
from glossator.stages.plan import article_lists, entity_lists
from glossator.stages.plan.catalogue import (
    TYPES,
    Catalogue,
    PlannedPage,
    article_link,
    entity_link,
    fingerprint,
    frame,
    timeline,
)
from glossator.stages.plan.lists import UNDATED, Part, href, part_of, parts, path
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
"""So many of the newest articles decide who is in the news."""

PROMINENT = 8
SOURCES_ON_HOME = 12
ABOUT = """\
This archive was made with Glossator from saved articles. Names of people, organisations, places, groups, laws, works,
events and products were found and matched by a program; it can be wrong. What a person has confirmed is marked as such.

Each article belongs to its author and publisher; the link at its head leads to the original.
"""


def plan(catalogue: Catalogue) -> Iterator[PlannedPage]:
    yield plan_home(catalogue)
    yield from (plan_part(catalogue, part) for part in parts(catalogue.lists))
    yield PlannedPage(urls.SEARCH, "search", "", (), fingerprint())
    yield PlannedPage(urls.NOT_FOUND, "not-found", "", (), fingerprint())
    own = {page.name: page for page in catalogue.stock.pages}
    for name in sorted({"about", *own}):
        page = own.get(name)
        yield PlannedPage(SitePath(f"{name}.html"), "own", name, (), fingerprint(text=page))


def plan_home(catalogue: Catalogue) -> PlannedPage:
    page = _home(catalogue)
    entities = (page.entities, page.prominent)
    articles = (page.articles, page.newest, page.timeline, page.sources)
    return PlannedPage(urls.HOME, "home", "", (), fingerprint(articles=articles, entities=entities))


def plan_part(catalogue: Catalogue, part: Part) -> PlannedPage:
    lists = entity_lists if part.kind == "entities" else article_lists
    return PlannedPage(path(part), part.kind, part.subject, (), lists.shows(catalogue, part))


def compose_articles(catalogue: Catalogue, sheet: PlannedPage) -> ArticleIndexPage:
    return article_lists.page(catalogue, part_of(sheet.kind, sheet.subject))


def compose_entities(catalogue: Catalogue, sheet: PlannedPage) -> EntityIndexPage:
    return entity_lists.page(catalogue, part_of(sheet.kind, sheet.subject))


def compose_home(catalogue: Catalogue, _: PlannedPage) -> HomePage:
    return _home(catalogue)


def _home(catalogue: Catalogue) -> HomePage:
    place, lists = urls.HOME, catalogue.lists
    whole = Part("articles", "", "")
    months = lists.articles.tally(len("2024-03"))
    return HomePage(
        frame=frame(catalogue, place, catalogue.site.title, "home"),
        newest=tuple(
            article_link(catalogue, head.id, place) for head in catalogue.stock.heads[: catalogue.settings.newest]
        ),
        prominent=_prominent(catalogue, place),
        timeline=timeline(
            ((month, count) for month, count in months.items() if not month.startswith(UNDATED)),
            lambda label: href(lists.articles, whole, label, place),
        ),
        sources=_most_frequent_sources(catalogue, place),
        articles=len(catalogue.stock.heads),
        entities=len(catalogue.stock.entities),
    )


def _most_frequent_sources(catalogue: Catalogue, page: SitePath) -> tuple[tuple[Link, int], ...]:
    lists = catalogue.lists
    counted = sorted((-found.counts[""], name) for name, found in lists.sources.items() if name)
    return tuple(
        (
            Link(
                name,
                urls.relative(urls.source_path(name), page)
                if lists.sources_apart
                else f"{urls.relative(urls.SOURCES, page)}#{urls.source_anchor(name)}",
            ),
            -count,
        )
        for count, name in counted[:SOURCES_ON_HOME]
    )


def _prominent(catalogue: Catalogue, path: SitePath) -> tuple[Prominent, ...]:
    recent: dict[EntityId, list[ArticleId]] = defaultdict(list)
    for head in catalogue.stock.heads[:PROMINENT_IN]:
        for entity in dict.fromkeys(catalogue.stock.resolved[head.id]):
            if entity is not None:
                recent[entity].append(head.id)
    ranked: dict[EntityType, list[tuple[int, int, EntityId]]] = defaultdict(list)
    for key, articles in recent.items():
        one = catalogue.stock.entities[key]
        ranked[one.type].append((-len(articles), -sum(_mentions(one, article) for article in articles), key))
    return tuple(
        Prominent(
            kind,
            tuple(entity_link(catalogue, key, path) for _, _, key in sorted(ranked[kind])[:PROMINENT]),
            urls.relative(urls.type_index_path(kind), path),
        )
        for kind in TYPES
        if ranked[kind]
    )


def _mentions(entity: Entity, article: ArticleId) -> int:
    """How often an entity is mentioned in an article of its."""
    place = bisect_left(entity.appearances, article, key=lambda one: one.article)
    return entity.appearances[place].mentions


def compose_own(catalogue: Catalogue, sheet: PlannedPage) -> TextPage:
    page = next((one for one in catalogue.stock.pages if one.name == sheet.subject), None)
    title, markdown = (page.title, page.markdown) if page else ("About this archive", ABOUT)
    section = "about" if sheet.subject == "about" else ""
    return TextPage(frame(catalogue, sheet.path, title, section), markup.weave(markdown))


def compose_search(catalogue: Catalogue, sheet: PlannedPage) -> SearchPage:
    return SearchPage(_unlisted(frame(catalogue, sheet.path, "Search", "search"), "", ""))


def compose_not_found(catalogue: Catalogue, sheet: PlannedPage) -> NotFoundPage:
    """Served at any depth, so its links start at the top of the host: at the path of the site's address, or at `/`."""
    made = frame(catalogue, sheet.path, "Page not found", "")
    return NotFoundPage(_unlisted(made, urlsplit(catalogue.site.url).path or "/", ""))


def _unlisted(made: Frame, root: str, canonical: str) -> Frame:
    return Frame(made.title, made.description, root, made.section, canonical, indexed=False)
