"""The pages that every site has: home, its own pages, search, and the page of an address that leads nowhere (404)."""

from __future__ import annotations

import heapq
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from urllib.parse import urlsplit

from msgspec.structs import replace

from glossator import addresses, markup, site_paths
from glossator.dates import utc
from glossator.model import ArticleHead, EntityId, EntityType, Html, SitePath
from glossator.stages.plan.catalogue import (
    TYPES,
    Catalogue,
    PlannedPage,
    article_link,
    entity_link,
    fingerprint_of,
    frame,
)
from glossator.stages.plan.catalogue.cut_long_lists import UNDATED
from glossator.stages.plan.catalogue.list_pages import ListPage, href
from glossator.stages.plan.pages.topics import summary
from glossator.stages.plan.parts.cards import LONGEST_LINE, line_about
from glossator.stages.plan.parts.charts import timeline
from glossator.stages.plan.parts.own_texts import HOME, links_from, links_of, own_page, page_key
from glossator.translate import translate
from glossator.views import (
    ArticleLink,
    Frame,
    HomePage,
    Link,
    NotFoundPage,
    Prominent,
    ProminentEntity,
    SearchPage,
    TextPage,
)

TOPICS = 6
PROMINENT: Mapping[EntityType, int] = {EntityType.PERSON: 6, EntityType.ORGANISATION: 5, EntityType.PLACE: 5}
PROMINENT_OF_OTHERS = 3
"""Entities of any other type."""
SEVERAL = 2
"""Articles of an entity that the archive is about, at least, if it has any such entity."""
SOURCES = 12
AUTHORS = 8
UNDATED_ARTICLES = 4


def plan_home(catalogue: Catalogue) -> PlannedPage:
    """Plan the home page: what came last, what the archive is about, and the ways into it."""
    page = _home(catalogue)
    entities = (page.entities, page.prominent, page.topics)
    links = (page.sources, page.all_sources, page.authors, page.all_authors)
    ways = (page.timeline, *links, page.ties, page.places, page.chronology)
    articles = (page.articles, page.latest, page.undated, ways)
    return PlannedPage(
        site_paths.HOME, "home", "", (), fingerprint_of(articles=articles, entities=entities, text=page.text)
    )


def compose_home(catalogue: Catalogue, _: PlannedPage) -> HomePage:
    return _home(catalogue)


def _home(catalogue: Catalogue) -> HomePage:
    path, lists = site_paths.HOME, catalogue.lists
    whole = ListPage("articles", "", "")
    months = lists.articles.tally(len("2024-03"))
    latest = latest_articles(catalogue, catalogue.settings.newest)
    shown = {head.id for head in latest}
    undated = (head for head in catalogue.content.heads if head.date is None and head.id not in shown)
    return HomePage(
        frame=frame(catalogue, path, catalogue.site.title, "home"),
        text=_front_text(catalogue),
        latest=tuple(_latest_link(catalogue, head, path) for head in latest),
        undated=tuple(
            article_link(catalogue, head.id, path) for head, _ in zip(undated, range(UNDATED_ARTICLES), strict=False)
        ),
        topics=tuple(
            replace(summary(catalogue, topic, path), others=()) for topic in catalogue.content.topics[:TOPICS]
        ),
        prominent=_prominent(catalogue, path),
        timeline=timeline(
            ((month, count) for month, count in months.items() if not month.startswith(UNDATED)),
            lambda label: href(lists.articles, whole, label, path),
        ),
        sources=_sources(catalogue, path),
        all_sources=sum(1 for name in lists.sources if name),
        authors=_authors(catalogue, path),
        all_authors=len(catalogue.authors),
        articles=len(catalogue.content.heads),
        entities=len(lists.rows),
        ties=bool(catalogue.content.ties),
        places=any(row.location for row in lists.rows.values()),
        chronology=bool(catalogue.content.chronology_parts),
    )


def _front_text(catalogue: Catalogue) -> Html:
    """Return what a person wrote for the head of the home page; empty if there is nothing."""
    page = next((page for page in catalogue.content.pages if page.name == HOME), None)
    if page is None:
        return Html("")
    return markup.weave_own(page.markdown, links_from(catalogue.content, page_key(page), site_paths.HOME))


def latest_articles(catalogue: Catalogue, most: int) -> list[ArticleHead]:
    """Return the articles that came last: by the moment when each was saved, or else published."""
    heads = catalogue.content.heads
    # Moments are compared as texts first, which is quick; those of other time zones are among a few more.
    some = heapq.nlargest(2 * most, heads, key=lambda head: head.saved or head.published or "")
    return sorted(some, key=lambda head: (utc(head.saved or head.published or ""), head.id), reverse=True)[:most]


def _latest_link(catalogue: Catalogue, head: ArticleHead, path: SitePath) -> ArticleLink:
    link = article_link(catalogue, head.id, path)
    return replace(link, date=head.saved[:10], date_kind="saved") if head.saved else link


def _prominent(catalogue: Catalogue, path: SitePath) -> tuple[Prominent, ...]:
    """Return the entities that the archive is about: of each type those in the most articles."""
    rows = catalogue.lists.rows
    ranked: dict[EntityType, list[tuple[int, int, EntityId]]] = defaultdict(list)
    for key, row in rows.items():
        if row.articles >= SEVERAL:
            ranked[row.type].append((-row.articles, -row.mentions, key))
    if not ranked:
        for key, row in rows.items():
            ranked[row.type].append((-row.articles, -row.mentions, key))
    foremost = {
        kind: heapq.nsmallest(PROMINENT.get(kind, PROMINENT_OF_OTHERS), ranked[kind]) for kind in TYPES if ranked[kind]
    }
    return tuple(
        Prominent(
            kind,
            tuple(_prominent_entity(catalogue, key, path) for _, _, key in found),
            site_paths.relative(site_paths.type_index_path(kind), path),
        )
        for kind, found in foremost.items()
    )


def _prominent_entity(catalogue: Catalogue, key: EntityId, path: SitePath) -> ProminentEntity:
    described = line_about(catalogue, catalogue.content.entities[key])
    # A single word, such as "trust", tells too little for a front page.
    shown = described if " " in described and len(described) <= LONGEST_LINE else ""
    return ProminentEntity(entity_link(catalogue, key, path), shown, catalogue.lists.rows[key].articles)


def _sources(catalogue: Catalogue, path: SitePath) -> tuple[tuple[Link, int], ...]:
    counts = Counter(catalogue.publications.values())
    counted = heapq.nsmallest(SOURCES, ((-count, name) for name, count in counts.items() if name))
    return tuple((Link(name, _source_href(catalogue, name, path)), -count) for count, name in counted)


def _source_href(catalogue: Catalogue, name: str, path: SitePath) -> str:
    if catalogue.lists.sources_apart:
        return site_paths.relative(site_paths.source_path(name), path)
    return f"{site_paths.relative(site_paths.SOURCES, path)}#{addresses.source_anchor(name)}"


def _authors(catalogue: Catalogue, path: SitePath) -> tuple[tuple[Link, int], ...]:
    authors = catalogue.authors
    counted = heapq.nsmallest(AUTHORS, ((-len(authors[key].articles), key) for key in catalogue.lists.author))
    return tuple(
        (Link(authors[key].name, site_paths.relative(site_paths.author_path(key), path)), -count)
        for count, key in counted
    )


def plan_others(catalogue: Catalogue) -> Iterator[PlannedPage]:
    """Plan the search page, the 404 page and the site's own pages, of which every site has one about itself."""
    yield PlannedPage(site_paths.SEARCH, "search", "", (), fingerprint_of())
    yield PlannedPage(site_paths.NOT_FOUND, "not-found", "", (), fingerprint_of())
    own = {page.name: page for page in catalogue.content.pages}
    for name in sorted({"about", *own} - {HOME}):
        fingerprint = fingerprint_of(text=own.get(name), note_links=links_of(catalogue, own.get(name)))
        yield PlannedPage(SitePath(f"{name}.html"), "own", name, (), fingerprint)


def compose_own(catalogue: Catalogue, planned: PlannedPage) -> TextPage:
    page = own_page(catalogue, planned)
    section = "about" if planned.subject == "about" else ""
    links = links_from(catalogue.content, page_key(page), planned.path)
    return TextPage(frame(catalogue, planned.path, page.title, section), markup.weave_own(page.markdown, links))


def compose_search(catalogue: Catalogue, planned: PlannedPage) -> SearchPage:
    return SearchPage(
        _unlisted(frame(catalogue, planned.path, translate(catalogue.site.words, "Search"), "search"), "", "")
    )


def compose_not_found(catalogue: Catalogue, planned: PlannedPage) -> NotFoundPage:
    """Compose the 404 page. It is served at any depth: its links start at the path of the site's address, or at `/`."""
    plain = frame(catalogue, planned.path, translate(catalogue.site.words, "Page not found"), "")
    return NotFoundPage(_unlisted(plain, urlsplit(catalogue.site.url).path or "/", ""))


def _unlisted(plain: Frame, root: str, canonical: str) -> Frame:
    return Frame(plain.title, plain.description, root, plain.section, canonical, indexed=False)
