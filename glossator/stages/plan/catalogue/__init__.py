"""The look-up tables from which every kind of page is planned and composed, built once from the archive.

The module is long because the tables are made from each other, in one order.
"""

from __future__ import annotations

import heapq
import re
from bisect import bisect_left
from collections.abc import Iterable, Mapping, Sequence
from functools import cached_property
from typing import TypeVar

import msgspec

from glossator import site_paths
from glossator.config import PlanSettings
from glossator.local_pictures import FOLDER, PictureCopy, ShownPicture
from glossator.markup import ArchiveLinks
from glossator.model import (
    ArticleHead,
    ArticleId,
    Entity,
    EntityId,
    EntityType,
    Messages,
    OwnPage,
    SitePath,
    Topic,
    TopicId,
)
from glossator.stages.plan.catalogue.citations import UNQUOTED, citations, citing_articles
from glossator.stages.plan.catalogue.corrections import CorrectedSince, corrected_since
from glossator.stages.plan.catalogue.feed_groups import FeedGroup, feed_groups
from glossator.stages.plan.catalogue.keywords import (
    Author,
    Keywords,
    Tag,
    authors_by_key,
    publication_names,
    shared_tags,
)
from glossator.stages.plan.catalogue.lists import EntityListRow, Lists, open_appearances, open_lists
from glossator.stages.plan.catalogue.private_names import public
from glossator.stages.plan.catalogue.profiles import Extent, Later, Profile, extents_of, laters_of, profiles_of
from glossator.stages.plan.catalogue.reads import ALL, Reads
from glossator.stages.plan.catalogue.site_content import SiteContent
from glossator.stages.plan.catalogue.whole_archive import WholeArchive, whole_archive
from glossator.text import cut, whole_sentences_of
from glossator.translate import translate
from glossator.views import ArticleLink, EntityLink, Frame, Link, Site, Thumbnail

TYPES = tuple(EntityType)
Item = TypeVar("Item")
LONGEST_LISTED = 300
"""Characters of a title or description in a list: some pages have half an article there."""
SHORT_LIST = 12
"""Entries of a list that stands beside others on a page."""
LONG_LIST = 60
"""Entries of a list that fills a page: the rest has pages of its own, or is left out."""
_ENDED = re.compile(r"[.!?…。！？؟।][”\"’'»)\]]*$")
_UP_TO_AN_END = re.compile(r".*\w{2}[.!?。！？؟।][”\"’'»)]*(?=\s)", re.DOTALL)
_PICTURE_CREDIT = re.compile(
    r"(?:Photo|Image|Picture)s?(?: credit)?(?::| via| by| from| courtesy of)[^.]{0,40}?"
    r"\b(?:Pexels|Unsplash|Pixabay|Getty Images|Shutterstock|Reuters)\s+(?=\w)"
)
SHORTEST_SENTENCE = 40
"""Characters that are left, at least, if an unfinished sentence is dropped."""
LEAST_WIDTH = 240
"""Pixels of the width of a picture that a list shows, at least: an icon has fewer."""
LEAST_HEIGHT = 120
"""Pixels of the height of a picture that a list shows, at least: a line has fewer."""


class PlannedPage(msgspec.Struct, frozen=True, array_like=True):
    """A page as planned: its path, its kind and its subject. What the page shows is known when it is composed."""

    path: SitePath
    kind: str
    subject: str


class Catalogue(msgspec.Struct, frozen=True, dict=True):
    """The content of the site with its look-up tables. Composers look rows up in one that records this."""

    content: SiteContent
    site: Site
    settings: PlanSettings
    heads: Mapping[ArticleId, ArticleHead]
    """Heads by id, in the order of `content.heads`."""
    positions: Mapping[ArticleId, int]
    """Index of each article in `content.heads`. Not recorded: a sort by it reads the heads."""
    publications: Mapping[ArticleId, str]
    """Name of each article's publication, else its host; empty if neither is known."""
    cites: Mapping[ArticleId, Mapping[str, ArticleId]]
    """Articles that each article cites, by canonical address, folded headline, or `wiki:` and the key of a name."""
    cited_by: Mapping[ArticleId, tuple[ArticleId, ...]]
    """Articles that cite each article, in the order of `heads`."""
    neighbours: Mapping[ArticleId, tuple[ArticleId | None, ArticleId | None]]
    """The next newer and the next older article of each."""
    newest: Mapping[ArticleId, ArticleId]
    """The newest version, by the id of each other version."""
    unordered: Mapping[ArticleId, bool]
    """True for the versions of which nothing says that they are older than the newest."""
    corrected: Mapping[ArticleId, CorrectedSince]
    """Articles that were corrected or withdrawn after they had been saved."""
    wordless: Mapping[ArticleId, bool]
    """True for the articles without words that tell what they are about."""
    pictures: Mapping[ArticleId, tuple[ShownPicture, ...]]
    """Pictures that an article shows and the archive has."""
    profiles: Mapping[EntityId, Profile]
    lists: Lists
    tags: Mapping[str, Tag]
    """Tags that have pages, by key."""
    authors: Mapping[str, Author]
    """All authors, by key."""
    author_pages: Mapping[str, bool]
    """True for the authors who have a page, by key."""
    topics: Mapping[TopicId, Topic]
    extents: Mapping[EntityId, Extent]
    laters: Mapping[str, Later]
    """Articles after a day in which an entity appears, by `later_key`."""
    topic_of: Mapping[ArticleId, TopicId]
    """Topic of each article that has one."""
    own_pages: Mapping[str, OwnPage]
    """The site's own pages by name."""
    whole: WholeArchive
    """Facts of the archive as a whole."""
    listed: tuple[SitePath, ...] = ()
    """The pages that search engines may list, once all are planned."""
    reads: Reads | None = None
    """The rows that were looked up so far; None if nobody records them."""
    unrecorded: Catalogue | None = None
    """The catalogue behind one that records."""

    @cached_property
    def feeds(self) -> Mapping[str, FeedGroup]:
        """The articles of each publication and tag that has a feed, by the key of the feed."""
        return (
            feed_groups(self.heads.values(), self.publications, self.settings.private_names) if self.site.feeds else {}
        )


def open_catalogue(content: SiteContent, site: Site, settings: PlanSettings) -> Catalogue:
    """Return the catalogue of the content; its lists of names are empty: see `with_lists`."""
    heads = {head.id: head for head in content.heads}
    order = tuple(heads)
    cites = citations(content)
    tags = shared_tags(content.heads, settings.private_names)
    authors = authors_by_key(content.heads, settings.private_names)
    corrected = corrected_since(content)
    present = {
        "chronology": bool(content.chronology_parts),
        "author": bool(authors),
        "topic": bool(content.topics),
        "tag": bool(tags),
        "corrected": bool(corrected),
    }
    catalogue = Catalogue(
        content=content,
        site=site,
        settings=settings,
        heads=heads,
        positions={article: position for position, article in enumerate(order)},
        publications=publication_names(content),
        cites=cites,
        cited_by=citing_articles((article, cites[article].values()) for article in order),
        neighbours={article: neighbours(order, position) for position, article in enumerate(order)},
        newest={older.id: newest for newest, others in content.versions.items() for older in others},
        unordered=dict.fromkeys(content.unordered, True),
        corrected=corrected,
        wordless=dict.fromkeys(content.wordless, True),
        pictures={
            key: tuple(content.pictures[name] for name in article_links.pictures if name in content.pictures)
            for key, article_links in content.article_links.items()
            if article_links.pictures
        },
        profiles=profiles_of(content.entities),
        lists=Lists({}, {}, False),
        extents={},
        laters={},
        tags=tags,
        authors=authors,
        author_pages={key: True for key, author in authors.items() if author.has_page},
        topics={topic.id: topic for topic in content.topics},
        topic_of={article: topic.id for topic in content.topics for article in topic.articles},
        own_pages={page.name: page for page in content.pages},
        whole=whole_archive(
            content,
            settings.private_names,
            present,
        ),
    )
    return with_lists(catalogue, {})


def with_lists(catalogue: Catalogue, rows: Mapping[EntityId, EntityListRow]) -> Catalogue:
    """Return the catalogue with its lists; `rows` are the rows of the lists of names."""
    content, language = catalogue.content, catalogue.site.words.language
    keywords = Keywords(catalogue.publications, catalogue.tags, catalogue.authors, content.topics, language)
    appearances = open_appearances(content.entities, content.spread, catalogue.heads, catalogue.settings)
    lists = open_lists(content.heads, keywords, rows, appearances)
    return msgspec.structs.replace(catalogue, lists=lists, extents=extents_of(rows), laters=laters_of(rows))


def group(catalogue: Catalogue, table: str, key: str = ALL) -> Catalogue:
    """Return a catalogue for what is made of many rows, of which a page records their group alone.

    Groups are a whole table; `articles` with the key of an entity, which is all that is known of its articles; and
    `feeds` with the key of a feed.
    """
    if catalogue.reads is None or catalogue.unrecorded is None:
        return catalogue
    catalogue.reads.add((table, key))
    return catalogue.unrecorded


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
    previous = order[position - 1] if position else None
    return previous, order[position + 1] if position + 1 < len(order) else None


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
    copies = {address: _srcset(picture, path) for address, picture in shown.items() if picture.copies}
    titles = {key.removeprefix(UNQUOTED): href for key, href in hrefs.items() if key.startswith(UNQUOTED)}
    original = translate(catalogue.site.words, "original at %(host)s")
    return ArchiveLinks(hrefs, hrefs, titles, pictures, sizes, copies, original=original)


def _srcset(picture: ShownPicture, path: SitePath) -> str:
    """Return the copies of a picture and the picture itself, as HTML's `srcset` of the page at `path`."""
    every: tuple[PictureCopy | ShownPicture, ...] = (*picture.copies, picture)
    return ", ".join(f"{site_paths.relative(site_paths.picture_path(size.name), path)} {size.width}w" for size in every)


def thumbnail(catalogue: Catalogue, article: ArticleId, path: SitePath) -> Thumbnail | None:
    """Return the smallest form of the first large picture of an article that is published whole; None without one."""
    pictures = catalogue.pictures.get(article, ())
    large = (picture for picture in pictures if picture.width >= LEAST_WIDTH and picture.height >= LEAST_HEIGHT)
    chosen = next(large, None) if catalogue.heads[article].rights == "full" else None
    if chosen is None or not (chosen.copies or chosen.width <= 2 * LEAST_WIDTH):
        return None
    return _linked(chosen.copies[-1] if chosen.copies else chosen, path)


def wide_picture(catalogue: Catalogue, article: ArticleId, path: SitePath) -> Thumbnail | None:
    """Return the widest copy of the picture that `thumbnail` chooses, or the thumbnail."""
    small = thumbnail(catalogue, article, path)
    wide = next((copy for picture in catalogue.pictures.get(article, ()) for copy in picture.copies[:1]), None)
    if small is None or wide is None:
        return small
    return _linked(wide, path)


def _linked(picture: ShownPicture | PictureCopy, path: SitePath) -> Thumbnail:
    href = site_paths.relative(site_paths.picture_path(picture.name), path)
    return Thumbnail(href, picture.width, picture.height)


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
        title=cut(head.title, LONGEST_LISTED),
        href=site_paths.relative(site_paths.article_path(article), path),
        date=head.date or "",
        date_kind=_date_kind(head),
        site=catalogue.publications[article],
        description=""
        if (words := described(catalogue, head)) == catalogue.publications[article]
        else shortened(words),
        language=head.language if head.language and head.language != catalogue.site.language else "",
        thumbnail=thumbnail(catalogue, article, path),
    )


def _date_kind(head: ArticleHead) -> str:
    if head.published:
        return "guess" if "published" in head.guessed else "published"
    return "saved" if head.saved else ""


def described(catalogue: Catalogue, head: ArticleHead) -> str:
    """Return what the page of an article says of itself, as the site shows it."""
    return whole_sentences(public(head.description or "", catalogue.settings.private_names))


def whole_sentences(text: str) -> str:
    """Return what a page says of itself without the credit of a picture before it, and a sentence that breaks off.

    A text of which little would be left stays as it is: a title has no full stop.
    """
    text = text[credit.end() :] if (credit := _PICTURE_CREDIT.match(text)) else text
    finished = None if _ENDED.search(text) else _UP_TO_AN_END.match(text)
    return finished.group() if finished and finished.end() >= SHORTEST_SENTENCE else text


def shortened(description: str) -> str:
    """Return what a page says of itself as the head of an article and lists have it, cut at a sentence."""
    return cut(whole_sentences_of(description, LONGEST_LISTED), LONGEST_LISTED)


def entity_link(catalogue: Catalogue, entity: EntityId, path: SitePath) -> EntityLink:
    """Return the link from the page at `path` to an entity: to its page, else to its entry in a glossary."""
    profile = catalogue.profiles[entity]
    target = site_paths.article_path(profile.article) if profile.article else site_paths.entity_path(entity)
    href = site_paths.relative(target, path) + (f"#g-{entity}" if profile.article else "")
    return EntityLink(entity, profile.name, profile.type, href)


def topic_name(catalogue: Catalogue, topic: TopicId) -> str:
    """Return the name of a topic, given by its id: the words that tell most of it."""
    return topic_label(catalogue.topics[topic], catalogue.site.words)


def topic_label(topic: Topic, words: Messages) -> str:
    """Return the name of a topic in the language of the interface."""
    *others, last = topic.words
    name = translate(words, " and ").join((translate(words, ", ").join(others), last)) if others else last
    return name[0].upper() + name[1:]
