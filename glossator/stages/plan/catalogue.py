"""What the planning of every kind of page looks things up in, made once from the archive."""

from __future__ import annotations

import heapq
import re
from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from zlib import crc32

import msgspec

from glossator import urls
from glossator.config import PlanSettings
from glossator.digest import digest
from glossator.markup import Links
from glossator.model import (
    Analysis,
    Article,
    ArticleHead,
    ArticleId,
    ArticleLinks,
    Entity,
    EntityId,
    EntityType,
    Fingerprint,
    OwnPage,
    SitePath,
    Text,
)
from glossator.pictures import FOLDER
from glossator.stages.plan.lists import EntityListRow, Lists, entity_list_row, open_appearances, open_lists
from glossator.views import ArticleLink, Bar, EntityLink, Frame, Site

TYPES = tuple(EntityType)
MONTHS_AT_MOST = 48
"""A timeline of more months than this is drawn in years."""

_HOST = re.compile(r"[^/?]*")
"""What a canonical address begins with."""


class PlannedPage(msgspec.Struct, frozen=True, array_like=True):
    """A page as planned: where it goes, what it is about, and a fingerprint of all that its template may see."""

    path: SitePath
    kind: str
    subject: str
    needs: tuple[ArticleId, ...]
    """Articles whose text the page shows."""
    shows: Fingerprint
    ties: tuple[tuple[str, float], ...] = ()
    """The articles or entities that it was found to belong with, each with how much: if they change, it may change."""


@dataclass(frozen=True, slots=True)
class OpenedArticle:
    """An article opened for reading."""

    article: Article
    text: Text
    analysis: Analysis


@dataclass(frozen=True, slots=True)
class SiteContent:
    """What there is to be shown. The mappings may look things up as they are asked for."""

    heads: tuple[ArticleHead, ...]
    """Newest first; without a date last; then by id."""
    entities: Mapping[EntityId, Entity]
    """By id, in its order."""
    resolved: Mapping[ArticleId, tuple[EntityId | None, ...]]
    spread: Mapping[EntityId, int]
    """In how many articles each entity appears."""
    redirects: Mapping[EntityId, EntityId]
    article_links: Mapping[ArticleId, ArticleLinks]
    """Of the articles and of their older versions."""
    digests: Mapping[ArticleId, str]
    """Of the text of each, and of what was found in it; of older versions too."""
    abouts: Mapping[ArticleId, str]
    """Of each head, a digest; `lines`, of what a link to the article shows of it."""
    lines: Mapping[ArticleId, str]
    sizes: Mapping[ArticleId, int]
    """How many names each article has."""
    pages: tuple[OwnPage, ...] = ()
    versions: Mapping[ArticleId, tuple[ArticleHead, ...]] = field(default_factory=dict)
    """Older versions of articles, newest first."""
    pictures: frozenset[str] = frozenset()
    """The names of the pictures beside the articles."""


@dataclass(frozen=True, slots=True)
class Catalogue:
    """The stock with its look-up tables."""

    stock: SiteContent
    site: Site
    settings: PlanSettings
    heads: Mapping[ArticleId, ArticleHead]
    """In the order of the stock."""
    places: Mapping[ArticleId, int]
    publications: Mapping[ArticleId, str]
    """The name of each article's publication, else its host; empty where neither is known."""
    facts: Mapping[ArticleId, str]
    """Of all that a link to the article may show."""
    cites: Mapping[ArticleId, Mapping[str, ArticleId]]
    """For each article, what it refers to that the archive holds: canonical address or folded headline -> article."""
    cited_by: Mapping[ArticleId, tuple[ArticleId, ...]]
    pictures: Mapping[ArticleId, tuple[str, ...]]
    """The names of the pictures that an article shows and the archive has."""
    lists: Lists


def open_catalogue(stock: SiteContent, site: Site, settings: PlanSettings) -> Catalogue:
    """The catalogue of a stock, whose lists are empty, those of appearances excepted: see `listing`."""
    heads = {head.id: head for head in stock.heads}
    publications = _publications(stock)
    cites = _citations(stock)
    cited_by: dict[ArticleId, list[ArticleId]] = defaultdict(list)
    for citing in heads:
        for cited in dict.fromkeys(cites[citing].values()):
            cited_by[cited].append(citing)
    return Catalogue(
        stock=stock,
        site=site,
        settings=settings,
        heads=heads,
        places={head.id: place for place, head in enumerate(stock.heads)},
        publications=publications,
        facts={key: f"{stock.lines[key][:16]} {publications[key]}" for key in heads},
        cites=cites,
        cited_by={cited: tuple(citing) for cited, citing in cited_by.items()},
        pictures={
            key: tuple(name for name in leads.pictures if name in stock.pictures)
            for key, leads in stock.article_links.items()
            if leads.pictures
        },
        lists=open_lists((), {}, open_appearances(stock.entities, stock.spread, heads, settings), {}),
    )


def listing(catalogue: Catalogue, rows: Mapping[EntityId, EntityListRow] | None = None) -> Catalogue:
    """The catalogue with its lists; `rows` are those of the lists of names, where they are known already."""
    stock = catalogue.stock
    if rows is None:
        rows = {key: entity_list_row(entity, catalogue.heads) for key, entity in stock.entities.items()}
    lists = open_lists(stock.heads, catalogue.publications, catalogue.lists.appearances, rows)
    return replace(catalogue, lists=lists)


def leading(catalogue: Catalogue, article: ArticleId, most: int) -> list[EntityId]:
    """The entities that an article speaks of most often."""
    ranked = []
    for entity in dict.fromkeys(catalogue.stock.resolved[article]):
        if entity is not None:
            appearances = catalogue.stock.entities[entity].appearances
            place = bisect_left(appearances, article, key=lambda one: one.article)
            ranked.append((-appearances[place].mentions, entity))
    return [entity for _, entity in heapq.nsmallest(most, ranked)]


def _publications(stock: SiteContent) -> dict[ArticleId, str]:
    """What an article does not say is learnt from others at the same host."""
    hosts = {head.id: _HOST.match(stock.article_links[head.id].address)[0] for head in stock.heads}  # type: ignore[index]  # it matches anything
    names: dict[str, Counter[str]] = defaultdict(Counter)
    for head in stock.heads:
        if head.site:
            names[hosts[head.id]][head.site] += 1
    # The most frequent name, and of several as frequent the first of the alphabet.
    usual = {host: min(found, key=lambda name: (-found[name], name)) for host, found in names.items() if host}
    return {head.id: head.site or usual.get(hosts[head.id], hosts[head.id]) for head in stock.heads}


def _citations(stock: SiteContent) -> dict[ArticleId, Mapping[str, ArticleId]]:
    by_address: dict[str, ArticleId] = {}
    by_headline: dict[str, ArticleId] = {}
    for key in sorted(head.id for head in stock.heads):
        leads = stock.article_links[key]
        if leads.address:
            by_address[leads.address] = key
        by_headline[leads.headline] = key
    found: dict[ArticleId, Mapping[str, ArticleId]] = {}
    for head in stock.heads:
        leads = stock.article_links[head.id]
        cited = {key: by_address[key] for key in leads.addresses if key in by_address}
        cited |= {key: by_headline[key] for key in leads.headlines if key in by_headline}
        found[head.id] = {key: one for key, one in sorted(cited.items()) if one != head.id}
    return found


def links(catalogue: Catalogue, article: ArticleId, page: SitePath) -> Links:
    """Where a page that shows the article's text may lead within the archive."""
    hrefs = {
        key: urls.relative(urls.article_path(cited), page) for key, cited in catalogue.cites.get(article, {}).items()
    }
    pictures = {
        f"{FOLDER}{name}": urls.relative(urls.picture_path(name), page) for name in catalogue.pictures.get(article, ())
    }
    return Links(hrefs, hrefs, pictures)


def fingerprint(**parts: object) -> Fingerprint:
    """Of plain values, by their representation; a checksum of each is enough to say which of them changed."""
    texts = {name: repr(value).encode("utf-8", "surrogatepass") for name, value in parts.items()}
    sums = " ".join(f"{name}:{crc32(text):08x}" for name, text in texts.items())
    return Fingerprint(digest(*texts.values()), sums)


def frame(catalogue: Catalogue, path: SitePath, title: str, section: str, description: str = "") -> Frame:
    site = catalogue.site.url
    return Frame(
        title=title,
        description=description or catalogue.site.description,
        root=urls.root(path),
        section=section,
        canonical=site + path.removesuffix("index.html") if site else "",
    )


def article_link(catalogue: Catalogue, article: ArticleId, page: SitePath) -> ArticleLink:
    head = catalogue.heads[article]
    return ArticleLink(
        title=head.title,
        href=urls.relative(urls.article_path(article), page),
        date=head.date or "",
        date_kind="published" if head.published else "saved" if head.saved else "",
        site=catalogue.publications[article],
        description=head.description or "",
        language=head.language if head.language and head.language != catalogue.site.language else "",
    )


def facts(catalogue: Catalogue, articles: Iterable[ArticleId]) -> str:
    """All that links to the articles may show: for fingerprints."""
    return "".join(catalogue.facts[article] for article in articles)


def entity_link(catalogue: Catalogue, entity: EntityId, page: SitePath) -> EntityLink:
    one = catalogue.stock.entities[entity]
    return EntityLink(one.id, one.name, one.type, urls.relative(urls.entity_path(entity), page))


def timeline(days: Iterable[tuple[str, int]], href: Callable[[str], str] = lambda _: "") -> tuple[Bar, ...]:
    """Columns from the first day to the last without gaps, by month or, for long times, by year.

    `days` are ISO days with a weight each; `href` says of a month or a year where its articles are, if anywhere.
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
