"""The pages that lead to the others: home, indexes, search, and the site's own pages."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator
from urllib.parse import urlsplit

from anyascii import anyascii

from glossator import markup, urls
from glossator.model import ArticleId, Entity, EntityId, EntityType, SitePath
from glossator.stages.plan.catalogue import (
    TYPES,
    Catalogue,
    Sheet,
    article_link,
    dates,
    entity_link,
    facts,
    fingerprint,
    frame,
    timeline,
)
from glossator.views import (
    ArticleGroup,
    ArticleIndexPage,
    EntityIndexPage,
    EntityRow,
    Frame,
    HomePage,
    Letter,
    Link,
    NotFoundPage,
    Prominent,
    SearchPage,
    TextPage,
    TypeTab,
)

PROMINENT_IN = 30
"""So many of the newest articles decide who is in the news."""

PROMINENT = 8
SOURCES_ON_HOME = 12
PLURALS = {kind: "People" if kind == EntityType.PERSON else f"{kind.capitalize()}s" for kind in TYPES}
ABOUT = """\
This archive was made with Glossator from saved articles. Names of people, organisations, places, groups, laws, works,
events and products were found and matched by a program; it can be wrong. What a person has confirmed is marked as such.

Each article belongs to its author and publisher; the link at its head leads to the original.
"""


def plan(catalogue: Catalogue) -> Iterator[Sheet]:
    every, entities = facts(catalogue, catalogue.heads), catalogue.stock.entities.values()
    rows = fingerprint(entities=[(one.digest, _days(catalogue, one)) for one in entities])
    yield Sheet(urls.HOME, "home", "", (), fingerprint(articles=every, entities=[one.digest for one in entities]))
    yield Sheet(urls.ARTICLES, "articles", "", (), fingerprint(articles=every))
    yield Sheet(urls.SOURCES, "sources", "", (), fingerprint(articles=every))
    yield Sheet(urls.ENTITIES, "entities", "", (), rows)
    for kind in _types(catalogue):
        yield Sheet(urls.type_index_path(kind), "entities", kind, (), rows)
    yield Sheet(urls.SEARCH, "search", "", (), fingerprint())
    yield Sheet(urls.NOT_FOUND, "not-found", "", (), fingerprint())
    own = {page.name: page for page in catalogue.stock.pages}
    for name in sorted({"about", *own}):
        page = own.get(name)
        yield Sheet(SitePath(f"{name}.html"), "own", name, (), fingerprint(text=page))


def compose_home(catalogue: Catalogue, sheet: Sheet) -> HomePage:
    path = sheet.path
    newest = [head.id for head in catalogue.stock.heads[: catalogue.settings.newest]]
    publications = Counter(name for name in catalogue.publications.values() if name)
    by_count = sorted(publications.items(), key=lambda pair: (-pair[1], pair[0]))
    days = dates(catalogue, catalogue.heads)
    return HomePage(
        frame=frame(catalogue, path, catalogue.site.title, "home"),
        newest=tuple(article_link(catalogue, article, path) for article in newest),
        prominent=_prominent(catalogue, path),
        timeline=timeline(((day, 1) for day in days), urls.relative(urls.ARTICLES, path)),
        sources=tuple(
            (Link(name, f"{urls.relative(urls.SOURCES, path)}#{urls.source_anchor(name)}"), count)
            for name, count in by_count[:SOURCES_ON_HOME]
        ),
        articles=len(catalogue.stock.heads),
        entities=len(catalogue.stock.entities),
    )


def _prominent(catalogue: Catalogue, path: SitePath) -> tuple[Prominent, ...]:
    recent = {head.id for head in catalogue.stock.heads[:PROMINENT_IN]}
    ranked: dict[EntityType, list[tuple[int, int, EntityId]]] = defaultdict(list)
    for entity in catalogue.stock.entities.values():
        here = [one for one in entity.appearances if one.article in recent]
        if here:
            ranked[entity.type].append((-len(here), -sum(one.mentions for one in here), entity.id))
    return tuple(
        Prominent(
            kind,
            tuple(entity_link(catalogue, key, path) for _, _, key in sorted(ranked[kind])[:PROMINENT]),
            urls.relative(urls.type_index_path(kind), path),
        )
        for kind in TYPES
        if ranked[kind]
    )


def compose_articles(catalogue: Catalogue, sheet: Sheet) -> ArticleIndexPage:
    """By month, newest first; what has no date comes last."""
    groups: dict[str, list[ArticleId]] = defaultdict(list)
    for head in catalogue.stock.heads:
        groups[(head.date or "")[:7]].append(head.id)
    return ArticleIndexPage(
        frame=frame(catalogue, sheet.path, "Articles by date", "articles"),
        grouped_by="date",
        groups=tuple(
            _group(catalogue, sheet.path, label, f"m{label}" if label else "undated", groups[label])
            for label in sorted(groups, reverse=True)
        ),
        count=len(catalogue.stock.heads),
    )


def compose_sources(catalogue: Catalogue, sheet: Sheet) -> ArticleIndexPage:
    """By publication, A to Z; what has none comes last."""
    groups: dict[str, list[ArticleId]] = defaultdict(list)
    for head in catalogue.stock.heads:
        groups[catalogue.publications[head.id]].append(head.id)
    return ArticleIndexPage(
        frame=frame(catalogue, sheet.path, "Articles by source", "sources"),
        grouped_by="source",
        groups=tuple(
            _group(
                catalogue, sheet.path, label, urls.source_anchor(label) if label else "unknown-source", groups[label]
            )
            for label in sorted(groups, key=lambda label: (not label, label.casefold(), label))
        ),
        count=len(catalogue.stock.heads),
    )


def _group(catalogue: Catalogue, path: SitePath, label: str, anchor: str, articles: list[ArticleId]) -> ArticleGroup:
    return ArticleGroup(label, anchor, tuple(article_link(catalogue, article, path) for article in articles))


def compose_entities(catalogue: Catalogue, sheet: Sheet) -> EntityIndexPage:
    kind = EntityType(sheet.subject) if sheet.subject else None
    mine = [one for one in catalogue.stock.entities.values() if kind is None or one.type == kind]
    letters: dict[str, list[Entity]] = defaultdict(list)
    for entity in sorted(mine, key=_sort_key):
        letters[_letter(entity)].append(entity)
    title = f"{PLURALS[kind]}, A to Z" if kind else "Names, A to Z"
    return EntityIndexPage(
        frame=frame(catalogue, sheet.path, title, "entities"),
        type=kind,
        tabs=_tabs(catalogue, kind, sheet.path),
        letters=tuple(
            Letter(letter, tuple(_row(catalogue, entity, sheet.path) for entity in members))
            for letter, members in sorted(letters.items())
        ),
        count=len(mine),
    )


def _types(catalogue: Catalogue) -> tuple[EntityType, ...]:
    present = {entity.type for entity in catalogue.stock.entities.values()}
    return tuple(kind for kind in TYPES if kind in present)


def _tabs(catalogue: Catalogue, current: EntityType | None, path: SitePath) -> tuple[TypeTab, ...]:
    counts = Counter(entity.type for entity in catalogue.stock.entities.values())
    every = TypeTab(None, counts.total(), urls.relative(urls.ENTITIES, path), current is None)
    return every, *(
        TypeTab(kind, counts[kind], urls.relative(urls.type_index_path(kind), path), kind == current)
        for kind in _types(catalogue)
    )


def _sort_key(entity: Entity) -> tuple[str, str]:
    return anyascii(entity.name).casefold(), entity.id


def _letter(entity: Entity) -> str:
    first = anyascii(entity.name)[:1].upper()
    return first if first.isalpha() else "#"


def _days(catalogue: Catalogue, entity: Entity) -> tuple[str, str]:
    days = dates(catalogue, (appearance.article for appearance in entity.appearances))
    return (days[0], days[-1]) if days else ("", "")


def _row(catalogue: Catalogue, entity: Entity, path: SitePath) -> EntityRow:
    first, last = _days(catalogue, entity)
    aliases = tuple(form for form, _ in entity.aliases)
    link = entity_link(catalogue, entity.id, path)
    return EntityRow(link, len(entity.appearances), entity.mentions, first, last, aliases)


def compose_own(catalogue: Catalogue, sheet: Sheet) -> TextPage:
    page = next((one for one in catalogue.stock.pages if one.name == sheet.subject), None)
    title, markdown = (page.title, page.markdown) if page else ("About this archive", ABOUT)
    section = "about" if sheet.subject == "about" else ""
    return TextPage(frame(catalogue, sheet.path, title, section), markup.weave(markdown))


def compose_search(catalogue: Catalogue, sheet: Sheet) -> SearchPage:
    return SearchPage(_unlisted(frame(catalogue, sheet.path, "Search", "search"), "", ""))


def compose_not_found(catalogue: Catalogue, sheet: Sheet) -> NotFoundPage:
    """Served at any depth, so its links start at the top of the host: at the path of the site's address, or at `/`."""
    made = frame(catalogue, sheet.path, "Page not found", "")
    return NotFoundPage(_unlisted(made, urlsplit(catalogue.site.url).path or "/", ""))


def _unlisted(made: Frame, root: str, canonical: str) -> Frame:
    return Frame(made.title, made.description, root, made.section, canonical, indexed=False)
