"""The look-up tables from which every kind of page is planned and composed, built once from the archive."""

from __future__ import annotations

import heapq
import re
from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import TypeVar
from zlib import crc32

import msgspec

from glossator import site_paths, web_addresses
from glossator.config import PlanSettings
from glossator.digest import digest
from glossator.local_pictures import FOLDER, ShownPicture
from glossator.markup import WIKI, ArchiveLinks
from glossator.model import (
    ArticleHead,
    ArticleId,
    Entity,
    EntityId,
    EntityType,
    Fingerprint,
    SitePath,
)
from glossator.one_line import cut
from glossator.stages.plan.authors import Author, authors_by_key
from glossator.stages.plan.lists import EntityListRow, Keywords, Lists, entity_list_row, open_appearances, open_lists
from glossator.stages.plan.named_articles import named_articles
from glossator.stages.plan.private_names import public
from glossator.stages.plan.site_content import SiteContent
from glossator.stages.plan.tags import Tag, shared_tags
from glossator.views import ArticleLink, Bar, EntityLink, Frame, Link, Site

TYPES = tuple(EntityType)
Item = TypeVar("Item")
LONGEST_LISTED_TITLE = 300
"""Characters of a title in a list; its own page shows all of it."""
LONGEST_LISTED_DESCRIPTION = 300
"""Characters of a description in a list: some pages have half an article there."""
NAMED = 3
"""Entities that name a topic."""
MONTHS_AT_MOST = 48
"""Months in a timeline; a longer one is drawn in years."""

_HOST = re.compile(r"[^/?]*")
"""The host at the beginning of a canonical address."""


class PlannedPage(msgspec.Struct, frozen=True, array_like=True):
    """A page as planned: its path, its subject, and a fingerprint of all that its template may see."""

    path: SitePath
    kind: str
    subject: str
    needs: tuple[ArticleId, ...]
    """Articles whose text the page shows, or which a feed lists."""
    fingerprint: Fingerprint
    associations: tuple[tuple[str, float], ...] = ()
    """Related articles or co-occurring entities, each with a strength: if they change, the page may change."""
    words: tuple[tuple[str, ...], ...] = ()
    """The words that say why, for each related article."""


class Catalogue(msgspec.Struct, frozen=True):
    """The content of the site with its look-up tables."""

    content: SiteContent
    site: Site
    settings: PlanSettings
    heads: Mapping[ArticleId, ArticleHead]
    """Heads by id, in the order of `content.heads`."""
    positions: Mapping[ArticleId, int]
    """Index of each article in `content.heads`."""
    publications: Mapping[ArticleId, str]
    """Name of each article's publication, else its host; empty if neither is known."""
    link_facts: Mapping[ArticleId, str]
    """Key that changes with anything that a link to the article may show."""
    cites: Mapping[ArticleId, Mapping[str, ArticleId]]
    """Articles that each article cites, by canonical address, folded headline, or `wiki:` and the key of a name."""
    cited_by: Mapping[ArticleId, tuple[ArticleId, ...]]
    """Articles that cite each article, in the order of `heads`."""
    pictures: Mapping[ArticleId, tuple[ShownPicture, ...]]
    """Pictures that an article shows and the archive has."""
    lists: Lists
    tags: Mapping[str, Tag]
    """Tags that have pages, by key."""
    authors: Mapping[str, Author]
    """All authors, by key."""


def open_catalogue(content: SiteContent, site: Site, settings: PlanSettings) -> Catalogue:
    """Return the catalogue of the content; its lists are empty, except those of appearances: see `with_lists`."""
    heads = {head.id: head for head in content.heads}
    publications = _publications(content)
    cites = _citations(content)
    return Catalogue(
        content=content,
        site=site,
        settings=settings,
        heads=heads,
        positions={head.id: position for position, head in enumerate(content.heads)},
        publications=publications,
        link_facts={
            key: f"{content.link_digests[key][:16]} {publications[key]}{_undescribed(head, settings)}"
            for key, head in heads.items()
        },
        cites=cites,
        cited_by=citing_articles((article, cites[article].values()) for article in heads),
        pictures={
            key: tuple(content.pictures[name] for name in article_links.pictures if name in content.pictures)
            for key, article_links in content.article_links.items()
            if article_links.pictures
        },
        lists=open_lists(
            (), Keywords({}, {}, {}, ()), open_appearances(content.entities, content.spread, heads, settings), {}
        ),
        tags=shared_tags(content.heads, settings.private_names),
        authors=authors_by_key(content.heads, settings.private_names),
    )


def _undescribed(head: ArticleHead, settings: PlanSettings) -> str:
    """Return a mark if links to an article leave its description out, because it holds a private name."""
    return "" if public(head.description or "", settings.private_names) or not head.description else "-"


def with_lists(catalogue: Catalogue, rows: Mapping[EntityId, EntityListRow] | None = None) -> Catalogue:
    """Return the catalogue with its lists; `rows` are the rows of the lists of names, computed if None."""
    content, language = catalogue.content, catalogue.site.words.language
    if rows is None:
        paged = (entity for entity in content.entities.values() if entity.page)
        rows = {entity.id: entity_list_row(entity, catalogue.heads, language) for entity in paged}
    keywords = Keywords(catalogue.publications, catalogue.tags, catalogue.authors, content.topics, language)
    lists = open_lists(content.heads, keywords, catalogue.lists.appearances, rows)
    return msgspec.structs.replace(catalogue, lists=lists)


def most_mentioned(catalogue: Catalogue, article: ArticleId, most: int) -> list[EntityId]:
    """Return at most `most` entities that have a page, those that the article mentions most often."""
    keys = (entity for entity in dict.fromkeys(catalogue.content.resolved[article]) if entity is not None)
    entities = (catalogue.content.entities[key] for key in keys)
    ranked = ((-mentions_in(entity, article), entity.id) for entity in entities if entity.page)
    return [entity for _, entity in heapq.nsmallest(most, ranked)]


def newest_first(catalogue: Catalogue, articles: Iterable[ArticleId]) -> tuple[ArticleId, ...]:
    """Return articles in the order of the archive: newest first, undated ones last."""
    return tuple(sorted(articles, key=catalogue.positions.__getitem__))


def entities_of(catalogue: Catalogue, article: ArticleId) -> tuple[EntityId, ...]:
    """Return the entities of an article, each once, in the order of its names."""
    return tuple(dict.fromkeys(entity for entity in catalogue.content.resolved[article] if entity is not None))


def mentions_in(entity: Entity, article: ArticleId) -> int:
    """Return the number of mentions of the entity in one of its articles."""
    index = bisect_left(entity.appearances, article, key=lambda appearance: appearance.article)
    return entity.appearances[index].mentions


def _publications(content: SiteContent) -> dict[ArticleId, str]:
    """Return the publication of each article; an article without one gets the most frequent of its host.

    Names that differ only in case are one publication, called as most articles call it.
    """
    hosts = {head.id: _HOST.match(content.article_links[head.id].address)[0] for head in content.heads}  # type: ignore[index]  # it matches anything
    names: dict[str, Counter[str]] = defaultdict(Counter)
    for head in content.heads:
        if head.site:
            names[hosts[head.id]][head.site] += 1
    # The most frequent name; of several as frequent the first in the alphabet.
    usual = {host: min(counts, key=lambda name: (-counts[name], name)) for host, counts in names.items() if host}
    found = {head.id: head.site or usual.get(hosts[head.id], hosts[head.id]) for head in content.heads}
    spellings: dict[str, Counter[str]] = defaultdict(Counter)
    for name in found.values():
        spellings[name.casefold()][name] += 1
    chosen = {folded: min(counts, key=lambda name: (-counts[name], name)) for folded, counts in spellings.items()}
    return {article: chosen[name.casefold()] for article, name in found.items()}


def _citations(content: SiteContent) -> dict[ArticleId, Mapping[str, ArticleId]]:
    by_address: dict[str, ArticleId] = {}
    by_headline: dict[str, ArticleId | None] = {}
    for key in sorted(head.id for head in content.heads):
        article_links = content.article_links[key]
        if article_links.address:
            by_address[article_links.address] = key
        # A headline of several articles leads to none: which of them is meant is not known.
        by_headline[article_links.headline] = None if article_links.headline in by_headline else key
    newest = {older.id: key for key, versions in content.versions.items() for older in versions}
    newest |= {head.id: head.id for head in content.heads}
    for key, others in content.other_sources.items():
        if key in newest:
            for other in others:
                by_address.setdefault(web_addresses.canonical(other.address), newest[key])
    by_name: Mapping[str, ArticleId | None] = {}
    if any(article_links.named for article_links in content.article_links.values()):
        by_name = named_articles(content.heads, content.article_links)
    cites: dict[ArticleId, Mapping[str, ArticleId]] = {}
    for head in content.heads:
        article_links = content.article_links[head.id]
        cited = {key: by_address[key] for key in article_links.addresses if key in by_address}
        cited |= {key: found for key in article_links.headlines if (found := by_headline.get(key))}
        cited |= {WIKI + key: found for key in article_links.named if (found := by_name.get(key))}
        cites[head.id] = {key: article for key, article in sorted(cited.items()) if article != head.id}
    return cites


def citing_articles(cites: Iterable[tuple[ArticleId, Iterable[ArticleId]]]) -> dict[ArticleId, tuple[ArticleId, ...]]:
    """Return the articles that cite each article, from pairs of an article and those that it cites."""
    citing: dict[ArticleId, list[ArticleId]] = defaultdict(list)
    for article, cited_articles in cites:
        for cited in dict.fromkeys(cited_articles):
            citing[cited].append(article)
    return {cited: tuple(articles) for cited, articles in citing.items()}


def neighbours(order: Sequence[Item], position: int) -> tuple[Item | None, Item | None]:
    """Return the items before and after a position of a list; None at either end."""
    before = order[position - 1] if position else None
    return before, order[position + 1] if position + 1 < len(order) else None


def links(catalogue: Catalogue, article: ArticleId, path: SitePath) -> ArchiveLinks:
    """Return the links within the archive of a page that shows the article's text; `path` is the page's path."""
    hrefs = {
        key: site_paths.relative(site_paths.article_path(cited), path)
        for key, cited in catalogue.cites.get(article, {}).items()
    }
    shown = {f"{FOLDER}{picture.name}": picture for picture in catalogue.pictures.get(article, ())}
    pictures = {
        address: site_paths.relative(site_paths.picture_path(picture.name), path) for address, picture in shown.items()
    }
    sizes = {address: (picture.width, picture.height) for address, picture in shown.items()}
    return ArchiveLinks(hrefs, hrefs, pictures, sizes)


def fingerprint_of(**parts: object) -> Fingerprint:
    """Return the fingerprint of plain values, by their `repr`; a checksum of each tells which of them changed."""
    texts = {name: repr(value).encode("utf-8", "surrogatepass") for name, value in parts.items()}
    sums = " ".join(f"{name}:{crc32(text):08x}" for name, text in texts.items())
    return Fingerprint(digest(*texts.values()), sums)


def frame(catalogue: Catalogue, path: SitePath, title: str, section: str, description: str = "") -> Frame:
    """Return the frame of the page at `path`; `section` is the current entry of the navigation."""
    return Frame(
        title=title,
        description=description or catalogue.site.description,
        root=site_paths.root(path),
        section=section,
        canonical=address(catalogue, path) if catalogue.site.url else "",
        indexed=catalogue.site.indexed,
        feeds=(Link(catalogue.site.title, site_paths.relative(site_paths.FEED, path)),) if catalogue.site.feeds else (),
    )


def address(catalogue: Catalogue, path: SitePath) -> str:
    """Return the absolute address of a page or file of a site whose own address is known."""
    return catalogue.site.url + path.removesuffix("index.html")


def article_link(catalogue: Catalogue, article: ArticleId, path: SitePath) -> ArticleLink:
    """Return the link to an article from the page at `path`."""
    head = catalogue.heads[article]
    return ArticleLink(
        title=cut(head.title, LONGEST_LISTED_TITLE),
        href=site_paths.relative(site_paths.article_path(article), path),
        date=head.date or "",
        date_kind="published" if head.published else "saved" if head.saved else "",
        site=catalogue.publications[article],
        description=cut(public(head.description or "", catalogue.settings.private_names), LONGEST_LISTED_DESCRIPTION),
        language=head.language if head.language and head.language != catalogue.site.language else "",
    )


def link_facts(catalogue: Catalogue, articles: Iterable[ArticleId]) -> str:
    """Return a key that changes with anything that links to the articles may show: for fingerprints."""
    return "".join(catalogue.link_facts[article] for article in articles)


def entity_link(catalogue: Catalogue, entity: EntityId, path: SitePath) -> EntityLink:
    """Return the link from the page at `path` to an entity: to its page, else to its entry in a glossary."""
    name, kind, article = entity_link_facts(catalogue.content.entities[entity])
    target = site_paths.article_path(article) if article else site_paths.entity_path(entity)
    return EntityLink(entity, name, kind, site_paths.relative(target, path) + (f"#g-{entity}" if article else ""))


def topic_name(catalogue: Catalogue, topic: str) -> str:
    """Return the name of a topic, given by its id: the names of its strongest entities."""
    members = next(found.entities for found in catalogue.content.topics if found.id == topic)
    return " · ".join(catalogue.content.entities[entity].name for entity in members[:NAMED])


def entity_link_facts(entity: Entity) -> tuple[str, EntityType, ArticleId | None]:
    """Return all that a link to the entity may show besides its id: name, type, and the article if it has no page."""
    return entity.name, entity.type, None if entity.page else entity.appearances[0].article


def timeline(days: Iterable[tuple[str, int]], href: Callable[[str], str] = lambda _: "") -> tuple[Bar, ...]:
    """Return columns from the first day to the last without gaps, by month or, for long times, by year.

    `days` are ISO days with a weight each; `href` returns the address of the articles of a month or year, or "".
    """
    months: dict[str, int] = defaultdict(int)
    for day, weight in days:
        months[day[:7]] += weight
    if not months:
        return ()
    first, last = min(months), max(months)
    span = [f"{y:04}-{m:02}" for y in range(int(first[:4]), int(last[:4]) + 1) for m in range(1, 13)]
    span = [month for month in span if first <= month <= last]
    if len(span) <= MONTHS_AT_MOST:
        return tuple(Bar(month, months.get(month, 0), href(month) if month in months else "") for month in span)
    years: dict[str, int] = defaultdict(int)
    for month, weight in months.items():
        years[month[:4]] += weight
    every = [f"{y:04}" for y in range(int(first[:4]), int(last[:4]) + 1)]
    return tuple(Bar(year, years.get(year, 0), href(year) if year in years else "") for year in every)
