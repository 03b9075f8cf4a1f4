"""The look-up tables from which every kind of page is planned and composed, built once from the archive."""

from __future__ import annotations

import heapq
from bisect import bisect_left
from collections.abc import Iterable, Mapping, Sequence
from typing import TypeVar
from zlib import crc32

import msgspec

from glossator import site_paths
from glossator.config import PlanSettings
from glossator.local_pictures import FOLDER, ShownPicture
from glossator.markup import ArchiveLinks
from glossator.model import (
    ArticleHead,
    ArticleId,
    Entity,
    EntityId,
    EntityType,
    Fingerprint,
    SitePath,
    Topic,
)
from glossator.stages.plan.catalogue.citations import citations, citing_articles
from glossator.stages.plan.catalogue.keywords import (
    Author,
    Keywords,
    Tag,
    authors_by_key,
    publication_names,
    shared_tags,
)
from glossator.stages.plan.catalogue.lists import EntityListRow, Lists, entity_list_row, open_appearances
from glossator.stages.plan.catalogue.private_names import public
from glossator.stages.plan.catalogue.site_content import SiteContent
from glossator.text import cut, digest
from glossator.views import ArticleLink, EntityLink, Frame, Link, Site

TYPES = tuple(EntityType)
Item = TypeVar("Item")
LONGEST_LISTED_TITLE = 300
"""Characters of a title in a list; its own page shows all of it."""
LONGEST_LISTED_DESCRIPTION = 300
"""Characters of a description in a list: some pages have half an article there."""


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
    topics: Mapping[ArticleId, Topic]
    """Topic of each article that has one."""


def open_catalogue(content: SiteContent, site: Site, settings: PlanSettings) -> Catalogue:
    """Return the catalogue of the content; its lists are empty, except those of appearances: see `with_lists`."""
    heads = {head.id: head for head in content.heads}
    publications = publication_names(content)
    cites = citations(content)
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
        lists=Lists(
            (), Keywords({}, {}, {}, ()), open_appearances(content.entities, content.spread, heads, settings), {}
        ),
        tags=shared_tags(content.heads, settings.private_names),
        authors=authors_by_key(content.heads, settings.private_names),
        topics={article: topic for topic in content.topics for article in topic.articles},
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
    lists = Lists(content.heads, keywords, catalogue.lists.appearances, rows)
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
    """Return the name of a topic, given by its id: the words that tell most of it."""
    return name_of(next(found for found in catalogue.content.topics if found.id == topic))


def name_of(topic: Topic) -> str:
    first, *others = topic.words
    return " · ".join((first[0].upper() + first[1:], *others))


def entity_link_facts(entity: Entity) -> tuple[str, EntityType, ArticleId | None]:
    """Return all that a link to the entity may show besides its id: name, type, and the article if it has no page."""
    return entity.name, entity.type, None if entity.page else entity.appearances[0].article
