"""The pages that every site has: home, its own pages, search, and the page of an address that leads nowhere (404)."""

from __future__ import annotations

import heapq
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from urllib.parse import urlsplit

from msgspec.structs import replace

from glossator import markup, site_paths, slugs
from glossator.collation import sort_key
from glossator.model import UNTYPED, EntityId, EntityType, SitePath
from glossator.stages.plan.catalogue import (
    LONGEST_LISTED,
    SHORT_LIST,
    TYPES,
    Catalogue,
    PlannedPage,
    entity_link,
    frame,
    topic_name,
)
from glossator.stages.plan.catalogue.cut_long_lists import UNDATED
from glossator.stages.plan.catalogue.keywords import SEVERAL
from glossator.stages.plan.catalogue.list_pages import ListPage, href
from glossator.stages.plan.data import feeds
from glossator.stages.plan.data.page_markdown import plain
from glossator.stages.plan.pages.front_page import are_described, front, in_the_news, without_line
from glossator.stages.plan.pages.topics import summary
from glossator.stages.plan.parts.answers import own_text
from glossator.stages.plan.parts.cards import listed_line
from glossator.stages.plan.parts.charts import timeline
from glossator.stages.plan.parts.own_texts import HOME, own_page
from glossator.stages.plan.parts.shown_highlights import highlighted_articles
from glossator.text import cut
from glossator.translate import translate
from glossator.views import (
    Frame,
    HighlightsPage,
    HomePage,
    Link,
    NotFoundPage,
    OwnText,
    Prominent,
    ProminentEntity,
    SearchPage,
    TextPage,
)

TOPICS = 6
PROMINENT: Mapping[EntityType, int] = {EntityType.PERSON: 6, EntityType.ORGANISATION: 5, EntityType.PLACE: 5}
PROMINENT_OF_OTHERS = 3
"""Entities of any other type."""
SOURCES = SHORT_LIST
LONGEST_SOURCE = 30
"""Letters of a publication's name in the list of the home page."""
AUTHORS = 8
FENCES = ("```", "~~~")
LEAST_SHARE = 0.1
"""Share of the archive's articles that its foremost sources or authors have together, at least: fewer say nothing."""


def plan(catalogue: Catalogue) -> Iterator[PlannedPage]:
    """Plan the home page, search, a reader's highlights, the 404 page and the site's own pages.

    Every site has an own page about itself.
    """
    yield PlannedPage(site_paths.HOME, "home", "")
    yield PlannedPage(site_paths.SEARCH, "search", "")
    yield PlannedPage(site_paths.HIGHLIGHTS, "highlights", "")
    yield PlannedPage(site_paths.NOT_FOUND, "not-found", "")
    for name in sorted({"about", *catalogue.own_pages} - {HOME}):
        yield PlannedPage(SitePath(f"{name}.html"), "own", name)
    if catalogue.site.pages:
        yield PlannedPage(site_paths.PAGES, "own-pages", "")


def compose_home(catalogue: Catalogue, _: PlannedPage) -> HomePage:
    """Compose the home page: its front, what came last, what the archive is about, and the ways into it."""
    path, lists = site_paths.HOME, catalogue.lists
    whole = ListPage("articles", "", "")
    months = lists.articles.tally(len("2024-03"))
    top = front(catalogue, path)
    return HomePage(
        frame=frame(catalogue, path, catalogue.site.title, "home"),
        text=_front_text(catalogue),
        lead=top.lead,
        beside=top.beside,
        published=top.published,
        saved=top.saved,
        news=in_the_news(catalogue, path),
        topics=tuple(
            replace(summary(catalogue, topic, path), others=()) for topic in list(catalogue.topics.values())[:TOPICS]
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
        articles=catalogue.whole.articles,
        entities=len(lists.rows),
        places=any(row.location for row in lists.rows.values()),
        chronology=bool(catalogue.content.chronology_parts),
    )


def _front_text(catalogue: Catalogue) -> OwnText:
    """Return what a person wrote for the head of the home page; without parts if there is nothing."""
    page = catalogue.own_pages.get(HOME)
    return own_text(catalogue, page, site_paths.HOME) if page else OwnText()


def _prominent(catalogue: Catalogue, path: SitePath) -> tuple[Prominent, ...]:
    """Return the entities that the archive is about: of each type those in the most articles."""
    typed = [(key, row) for key, row in catalogue.lists.rows.items() if row.type != UNTYPED]
    several = [(key, row) for key, row in typed if row.articles >= SEVERAL]
    ranked: dict[str, list[tuple[int, int, EntityId]]] = defaultdict(list)
    for key, row in several or typed:
        ranked[row.type].append((-row.articles, -row.mentions, key))
    foremost = {
        kind: heapq.nsmallest(PROMINENT.get(kind, PROMINENT_OF_OTHERS), ranked[kind]) for kind in TYPES if ranked[kind]
    }
    shown = {
        kind: [_prominent_entity(catalogue, key, path) for _, _, key in entities] for kind, entities in foremost.items()
    }
    described = are_described([each for entities in shown.values() for each in entities])
    return tuple(
        Prominent(
            kind,
            tuple(each if described else without_line(catalogue, each) for each in entities),
            site_paths.relative(site_paths.type_index_path(kind), path),
        )
        for kind, entities in shown.items()
    )


def _prominent_entity(catalogue: Catalogue, key: EntityId, path: SitePath) -> ProminentEntity:
    shown = listed_line(catalogue, catalogue.profiles[key])
    return ProminentEntity(entity_link(catalogue, key, path), shown, catalogue.lists.rows[key].articles)


def _sources(catalogue: Catalogue, path: SitePath) -> tuple[tuple[Link, int], ...]:
    counts = Counter(catalogue.publications.values())
    counted = heapq.nsmallest(SOURCES, ((-count, name) for name, count in counts.items() if name and count >= SEVERAL))
    if not _are_frequent(catalogue, [-count for count, _ in counted]):
        return ()
    return tuple(
        (Link(_short_source(catalogue, name), _source_href(catalogue, name, path)), -count) for count, name in counted
    )


def _are_frequent(catalogue: Catalogue, counts: Iterable[int]) -> bool:
    """True if sources or authors, of which these are the numbers of articles, have enough of the archive together."""
    return sum(counts) >= LEAST_SHARE * catalogue.whole.articles


def _short_source(catalogue: Catalogue, name: str) -> str:
    """Return the name of a publication; if that is as long as a headline, the host of its articles."""
    if len(name) <= LONGEST_SOURCE:
        return name
    article = next(key for key, other in catalogue.publications.items() if other == name)
    return (urlsplit(catalogue.heads[article].source or "").hostname or name).removeprefix("www.")


def _source_href(catalogue: Catalogue, name: str, path: SitePath) -> str:
    if catalogue.lists.sources_apart:
        return site_paths.relative(site_paths.source_path(name), path)
    return f"{site_paths.relative(site_paths.SOURCES, path)}#{slugs.source_anchor(name)}"


def _authors(catalogue: Catalogue, path: SitePath) -> tuple[tuple[Link, int], ...]:
    authors = catalogue.authors
    listed = ((len(authors[key].articles), key) for key in catalogue.lists.author)
    counted = heapq.nsmallest(AUTHORS, ((-count, key) for count, key in listed if count >= SEVERAL))
    if not _are_frequent(catalogue, [-count for count, _ in counted]):
        return ()
    return tuple(
        (Link(authors[key].name, site_paths.relative(site_paths.author_path(key), path)), -count)
        for count, key in counted
    )


def compose_own(catalogue: Catalogue, planned: PlannedPage) -> TextPage:
    page = own_page(catalogue, planned)
    section = "about" if planned.subject == "about" else "pages" if page.questions else ""
    framed = frame(catalogue, planned.path, page.title, section)
    framed = replace(framed, feeds=(*framed.feeds, *feeds.own_link(catalogue, page, planned.path)))
    return TextPage(framed, own_text(catalogue, page, planned.path))


def compose_own_pages(catalogue: Catalogue, planned: PlannedPage) -> TextPage:
    """Compose the list of own pages that ask, by title, each with its first paragraph."""
    asking = (page for page in catalogue.own_pages.values() if page.questions and page.name != HOME)
    language = catalogue.site.words.language
    parts, hrefs = [], dict[str, str]()
    for page in sorted(asking, key=lambda page: sort_key(language, page.title)):
        href = site_paths.relative(SitePath(f"{page.name}.html"), planned.path)
        opening = markup.read(markup.opening(page.markdown)).content
        about = f": {plain(cut(opening, LONGEST_LISTED))}" if opening and not page.markdown.startswith(FENCES) else ""
        parts.append(f"- [{plain(page.title)}]({href}){about}\n")
        hrefs[href] = href
    title = translate(catalogue.site.words, "Pages")
    listed = markup.weave_own("".join(parts), markup.ArchiveLinks(within=hrefs))
    return TextPage(frame(catalogue, planned.path, title, "pages"), OwnText(listed))


def compose_search(catalogue: Catalogue, planned: PlannedPage) -> SearchPage:
    """Compose the search page, with ways into the archive before a question is asked."""
    path, lists = planned.path, catalogue.lists
    whole, prominent = ListPage("articles", "", ""), _prominent(catalogue, path)
    by_articles = sorted((each for group in prominent for each in group.entities), key=lambda each: -each.articles)
    names = [each.entity.name for each in by_articles]
    months = [month for month in lists.articles.tally(len("2024-03")) if not month.startswith(UNDATED)]
    years = lists.articles.tally(len("2024"))
    topics = list(catalogue.topics)[:TOPICS]
    return SearchPage(
        frame=_unlisted(frame(catalogue, path, translate(catalogue.site.words, "Search"), "search"), "", ""),
        prominent=prominent,
        topics=tuple(
            Link(topic_name(catalogue, key), site_paths.relative(site_paths.topic_path(key), path)) for key in topics
        ),
        years=tuple(
            (Link(year, href(lists.articles, whole, year, path)), years[year])
            for year in sorted(years.keys() - {UNDATED}, reverse=True)
        ),
        name=names[0] if names else "",
        phrase=next((name for name in names[1:] if " " in name), ""),
        month=max(months, default=""),
    )


def compose_highlights(catalogue: Catalogue, planned: PlannedPage) -> HighlightsPage:
    plain = frame(catalogue, planned.path, translate(catalogue.site.words, "My highlights"), "")
    return HighlightsPage(_unlisted(plain, "", ""), tuple(highlighted_articles(catalogue, planned.path)))


def compose_not_found(catalogue: Catalogue, planned: PlannedPage) -> NotFoundPage:
    """Compose the 404 page. It is served at any depth: its links start at the path of the site's address, or at `/`."""
    plain = frame(catalogue, planned.path, translate(catalogue.site.words, "Page not found"), "")
    return NotFoundPage(_unlisted(plain, urlsplit(catalogue.site.url).path or "/", ""))


def _unlisted(plain: Frame, root: str, canonical: str) -> Frame:
    return Frame(plain.title, plain.description, root, plain.section, canonical, indexed=False)
