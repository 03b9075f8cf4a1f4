"""What the planning of every kind of page looks things up in, made once from the archive."""

from __future__ import annotations

import heapq
import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from zlib import crc32

from glossator import urls
from glossator.config import PlanSettings
from glossator.digest import digest
from glossator.markup import Links
from glossator.model import (
    Analysis,
    Archive,
    Article,
    ArticleId,
    Digest,
    Entity,
    EntityId,
    EntityType,
    Fingerprint,
    Head,
    OwnPage,
    SitePath,
    Text,
)
from glossator.pictures import FOLDER, shown
from glossator.stages.plan.lists import Lists, open_lists
from glossator.views import ArticleLink, Bar, EntityLink, Frame, Site

TYPES = tuple(EntityType)
LEADING = 13
"""Entities that lead an article: as many as a page lists beside one of them, and that one."""

MONTHS_AT_MOST = 48
"""A timeline of more months than this is drawn in years."""

_ADDRESS = re.compile(r"https?://[^\s<>()\[\]]+(?:\([^\s<>()]*\)[^\s<>()\[\]]*)*")
_HEADLINE = re.compile(r"^> \[!related\] (.+)$", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Sheet:
    """A page as planned: where it goes, what it is about, and a fingerprint of all that its template may see."""

    path: SitePath
    kind: str
    subject: str
    needs: tuple[ArticleId, ...]
    """Articles whose text the page shows."""
    shows: Fingerprint


@dataclass(frozen=True, slots=True)
class Reading:
    """An article opened for reading."""

    article: Article
    text: Text
    analysis: Analysis


@dataclass(frozen=True, slots=True)
class Extras:
    """What the site shows besides the articles and entities of the archive."""

    pages: tuple[OwnPage, ...] = ()
    versions: Mapping[ArticleId, tuple[Article, ...]] = field(default_factory=dict)
    """Older versions of articles, newest first."""
    pictures: frozenset[str] = frozenset()
    """The names of the pictures beside the articles."""


@dataclass(frozen=True, slots=True)
class Catalogue:
    """The archive with its look-up tables. `articles` holds the digests of each article and of its analysis."""

    archive: Archive
    site: Site
    settings: PlanSettings
    pages: tuple[OwnPage, ...]
    heads: Mapping[ArticleId, Head]
    entities: Mapping[EntityId, Entity]
    digests: Mapping[ArticleId, str]
    cites: Mapping[ArticleId, Mapping[str, ArticleId]]
    """For each article, what it refers to that the archive holds: canonical address or folded headline -> article."""
    cited_by: Mapping[ArticleId, tuple[ArticleId, ...]]
    places: Mapping[ArticleId, int]
    """Of each article among all, newest first."""
    leading: Mapping[ArticleId, tuple[EntityId, ...]]
    """The entities that an article mentions most, in that order."""
    publications: Mapping[ArticleId, str]
    """The name of each article's publication, else its host; empty where neither is known."""
    pictures: Mapping[ArticleId, tuple[str, ...]]
    """The names of the pictures that an article shows and the archive has."""
    versions: Mapping[ArticleId, tuple[Article, ...]]
    """Older versions of an article, newest first."""
    lists: Lists


def open_catalogue(
    archive: Archive,
    articles: Iterable[tuple[Article, Digest]],
    site: Site,
    settings: PlanSettings,
    extras: Extras,
) -> Catalogue:
    """The catalogue of an archive. `articles` come with the digests of their analyses."""
    heads = {head.id: head for head in archive.heads}
    publications = _publications(archive.heads)
    held = [(article, analysis) for article, analysis in articles if article.head.id in heads]
    cites = _citations([article for article, _ in held])
    cited_by: dict[ArticleId, list[ArticleId]] = defaultdict(list)
    for citing in heads:
        for cited in dict.fromkeys(cites[citing].values()):
            cited_by[cited].append(citing)
    return Catalogue(
        archive=archive,
        site=site,
        settings=settings,
        pages=extras.pages,
        heads=heads,
        entities={entity.id: entity for entity in archive.entities},
        digests={article.head.id: f"{article.digest} {analysis}" for article, analysis in held},
        cites=cites,
        cited_by={cited: tuple(citing) for cited, citing in cited_by.items()},
        places={head.id: place for place, head in enumerate(archive.heads)},
        leading=_leading(archive),
        publications=publications,
        pictures={one.head.id: _held(one, extras) for one in _all(held, extras)},
        versions=extras.versions,
        lists=open_lists(archive, publications, settings),
    )


def _all(held: list[tuple[Article, Digest]], extras: Extras) -> Iterator[Article]:
    yield from (article for article, _ in held)
    for older in extras.versions.values():
        yield from older


def _held(article: Article, extras: Extras) -> tuple[str, ...]:
    return tuple(name for name in shown(article.markdown) if name in extras.pictures)


def _leading(archive: Archive) -> dict[ArticleId, tuple[EntityId, ...]]:
    found: dict[ArticleId, list[tuple[int, EntityId]]] = defaultdict(list)
    for entity in archive.entities:
        for appearance in entity.appearances:
            found[appearance.article].append((-appearance.mentions, entity.id))
    most = {article: heapq.nsmallest(LEADING, ranked) for article, ranked in found.items()}
    return {article: tuple(entity for _, entity in ranked) for article, ranked in most.items()}


def _publications(heads: Iterable[Head]) -> dict[ArticleId, str]:
    """What an article does not say is learnt from others at the same host."""
    hosts = {head.id: urls.host(head.source or "") for head in heads}
    names: dict[str, Counter[str]] = defaultdict(Counter)
    for head in heads:
        if head.site:
            names[hosts[head.id]][head.site] += 1
    # The most frequent name, and of several as frequent the first of the alphabet.
    usual = {host: min(found, key=lambda name: (-found[name], name)) for host, found in names.items() if host}
    return {head.id: head.site or usual.get(hosts[head.id], hosts[head.id]) for head in heads}


def _citations(articles: list[Article]) -> dict[ArticleId, Mapping[str, ArticleId]]:
    by_address = {urls.canonical(one.head.source): one.head.id for one in articles if one.head.source}
    by_headline = {urls.fold_headline(one.head.title): one.head.id for one in articles}
    found: dict[ArticleId, Mapping[str, ArticleId]] = {}
    for article in articles:
        addresses = (urls.canonical(address) for address in _ADDRESS.findall(article.markdown))
        headlines = (urls.fold_headline(headline) for headline in _HEADLINE.findall(article.markdown))
        cited = {key: by_address[key] for key in addresses if key in by_address}
        cited |= {key: by_headline[key] for key in headlines if key in by_headline}
        found[article.head.id] = {key: one for key, one in sorted(cited.items()) if one != article.head.id}
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


def facts(catalogue: Catalogue, articles: Iterable[ArticleId]) -> list[tuple[Head, str]]:
    """All that a link to each article may show: for fingerprints."""
    return [(catalogue.heads[article], catalogue.publications[article]) for article in articles]


def entity_link(catalogue: Catalogue, entity: EntityId, page: SitePath) -> EntityLink:
    one = catalogue.entities[entity]
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
