"""Atom feeds: one of all articles, and one of each publication, tag and entity with a page.

A feed lists the newest articles by the day on which they were saved, because an old article may come to the archive
today. It says what lists say of them, and never their text. An article whose title, authors or addresses hold a private
name is in none: feeds are copied by their readers, and cannot be taken back. Nor is an article without a date,
because each entry must have one.
"""

from __future__ import annotations

import heapq
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, field

from glossator import addresses, site_paths
from glossator.dates import utc
from glossator.model import ArticleHead, ArticleId, EntityId, SitePath
from glossator.naming.private_names import is_private_name, names_private
from glossator.stages.plan.catalogue import LONGEST_LISTED_TITLE, Catalogue, PlannedPage, address, fingerprint_of
from glossator.stages.plan.catalogue.keywords import key_of
from glossator.stages.plan.catalogue.private_names import address_names_private, public
from glossator.text import cut, xml_text
from glossator.views import FeedEntry, FeedPage, Link

ENTRIES = 50
"""Entries of a feed at most."""
NEVER = "1970-01-01T00:00:00Z"
"""Moment of a feed without entries, because a feed must have one."""
SOURCE = "source-feed"
TAG = "tag-feed"
ENTITY = "entity-feed"


@dataclass(slots=True)
class _Group:
    """The articles of a publication or a tag, and its spellings with their frequency."""

    articles: list[ArticleId] = field(default_factory=list)
    spellings: Counter[str] = field(default_factory=Counter)


def feed_keys(catalogue: Catalogue, head: ArticleHead) -> tuple[str, ...]:
    """Return the keys of the feeds of an article's publication and tags."""
    return tuple(dict.fromkeys(key for key, _ in _keyed(catalogue, catalogue.publications[head.id], head.tags)))


def key_path(key: str) -> SitePath:
    """Return the path of the feed of a publication or tag."""
    kind, _, name = key.partition(" ")
    return site_paths.source_feed_path(name) if kind == SOURCE else site_paths.tag_feed_path(name)


def links(catalogue: Catalogue, publication: str, tags: Iterable[str], path: SitePath) -> tuple[Link, ...]:
    """Return the links from the page at `path` to the feeds of a publication and of tags."""
    keyed: dict[str, str] = {}
    for key, name in _keyed(catalogue, publication, tags):
        keyed.setdefault(key, name)
    return tuple(Link(name, site_paths.relative(key_path(key), path)) for key, name in keyed.items())


def entity_link(catalogue: Catalogue, entity: EntityId, path: SitePath) -> tuple[Link, ...]:
    """Return the link from the page at `path` to the feed of an entity, if the site has feeds."""
    name, feed = catalogue.content.entities[entity].name, site_paths.relative(site_paths.entity_feed_path(entity), path)
    return (Link(name, feed),) if catalogue.site.feeds else ()


def plan_all(catalogue: Catalogue) -> Iterator[PlannedPage]:
    """Plan the feed of all articles."""
    if catalogue.site.feeds:
        yield _planned(catalogue, site_paths.FEED, "feed", "", catalogue.heads)


def plan_keyed(catalogue: Catalogue, keys: Collection[str]) -> Iterator[PlannedPage]:
    """Plan the feeds of publications and tags, given by their keys; one that no article has any more has no feed."""
    groups: dict[str, _Group] = defaultdict(_Group)
    for head in catalogue.content.heads if keys else ():
        for key, name in _keyed(catalogue, catalogue.publications[head.id], head.tags):
            if key in keys:
                groups[key].articles.append(head.id)
                groups[key].spellings[name] += 1
    for key, group in sorted(groups.items()):
        # The most frequent spelling; of several as frequent the first in the alphabet.
        name = min(group.spellings, key=lambda spelling: (-group.spellings[spelling], spelling))
        yield _planned(catalogue, key_path(key), key.partition(" ")[0], name, dict.fromkeys(group.articles))


def plan_entity(catalogue: Catalogue, key: EntityId) -> Iterator[PlannedPage]:
    """Plan the feed of an entity, if the entity has a page."""
    entity = catalogue.content.entities[key]
    if entity.page and catalogue.site.feeds:
        articles = [appearance.article for appearance in entity.appearances]
        yield _planned(catalogue, site_paths.entity_feed_path(key), ENTITY, key, articles)


def compose(catalogue: Catalogue, planned: PlannedPage) -> FeedPage:
    """Compose a feed from the heads of the articles that were chosen for it."""
    name = _name(catalogue, planned.kind, planned.subject)
    entries = tuple(_entry(catalogue, article) for article in planned.needs)
    site = catalogue.site.title
    return FeedPage(
        title=xml_text(f"{name} – {site}" if name else site),
        address=address(catalogue, planned.path),
        subject=_page(catalogue, planned.kind, planned.subject),
        updated=max((entry.updated for entry in entries), default=NEVER),
        entries=entries,
    )


def _planned(
    catalogue: Catalogue, path: SitePath, kind: str, subject: str, articles: Iterable[ArticleId]
) -> PlannedPage:
    chosen = _newest(catalogue, articles)
    shown = [(key, catalogue.content.head_digests[key], catalogue.publications[key]) for key in chosen]
    fingerprint = fingerprint_of(
        articles=shown, name=_name(catalogue, kind, subject), hidden=_hidden(catalogue, chosen)
    )
    return PlannedPage(path, kind, subject, chosen, fingerprint)


def _hidden(catalogue: Catalogue, articles: Iterable[ArticleId]) -> tuple[object, ...]:
    """Return what the entries of articles leave out because it holds a private name: for fingerprints."""
    private = catalogue.settings.private_names
    heads = [catalogue.heads[article] for article in articles] if private else []
    described = ((head.id, head.description or "") for head in heads)
    tagged = ((head.id, tag) for head in heads for tag in head.tags)
    return (
        *((article, text) for article, text in described if names_private(text, private)),
        *((article, tag) for article, tag in tagged if is_private_name(tag, private)),
    )


def _name(catalogue: Catalogue, kind: str, subject: str) -> str:
    """Return the name of what a feed is about; empty for all articles."""
    return catalogue.content.entities[EntityId(subject)].name if kind == ENTITY else subject


def _page(catalogue: Catalogue, kind: str, subject: str) -> str:
    """Return the address of the page about the subject of a feed; a tag has none, and the home page is named."""
    if kind == ENTITY:
        return address(catalogue, site_paths.entity_path(EntityId(subject)))
    if kind == SOURCE:
        return f"{address(catalogue, site_paths.SOURCES)}#{addresses.source_anchor(subject)}"
    return address(catalogue, site_paths.HOME)


def _newest(catalogue: Catalogue, articles: Iterable[ArticleId]) -> tuple[ArticleId, ...]:
    dated = (
        (moment, article)
        for article in articles
        if (moment := _moment(catalogue.heads[article])) and not is_about_private(catalogue, article)
    )
    return tuple(article for _, article in heapq.nlargest(ENTRIES, dated))


def _moment(head: ArticleHead) -> str:
    return utc(head.saved or "") or utc(head.published or "")


def is_about_private(catalogue: Catalogue, article: ArticleId) -> bool:
    """True if what lists say of an article, besides description and tags, holds a private name."""
    head, private = catalogue.heads[article], catalogue.settings.private_names
    if not private:
        return False
    if names_private(head.title, private):
        return True
    if any(is_private_name(name, private) for name in (catalogue.publications[article], *head.authors)):
        return True
    return address_names_private(f"{article}\n{head.source or ''}", private)


def _entry(catalogue: Catalogue, article: ArticleId) -> FeedEntry:
    head, private = catalogue.heads[article], catalogue.settings.private_names
    return FeedEntry(
        title=xml_text(cut(head.title, LONGEST_LISTED_TITLE)),
        address=address(catalogue, site_paths.article_path(article)),
        updated=_moment(head),
        published="" if "published" in head.guessed else utc(head.published or ""),
        authors=tuple(map(xml_text, head.authors)),
        publication=xml_text(catalogue.publications[article]),
        source=xml_text(head.source or ""),
        summary=xml_text(public(head.description or "", private)),
        tags=tuple(xml_text(tag) for tag in head.tags if not is_private_name(tag, private)),
        language=head.language or catalogue.site.language,
    )


def _keyed(catalogue: Catalogue, publication: str, tags: Iterable[str]) -> Iterator[tuple[str, str]]:
    """Yield key and name of a publication and of tags, without private names; nothing if the site has no feeds."""
    private = catalogue.settings.private_names
    named = ((SOURCE, publication), *((TAG, tag) for tag in tags)) if catalogue.site.feeds else ()
    for kind, name in named:
        folded = key_of(name)
        if folded and not is_private_name(name, private):
            yield f"{kind} {folded}", name
