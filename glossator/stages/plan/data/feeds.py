"""Atom feeds: one of all articles, and one of each publication, tag, entity with a page, and own page that asks.

A feed lists the newest articles by the day on which they were saved, because an old article may come to the archive
today. It says what lists say of them, and never their text. An article whose title, authors or addresses hold a private
name is in none: feeds are copied by their readers, and cannot be taken back. Nor is an article without a date,
because each entry must have one.
"""

from __future__ import annotations

import heapq
from collections.abc import Iterable, Iterator

from glossator import site_paths, slugs
from glossator.dates import utc
from glossator.model import ArticleHead, ArticleId, EntityId, OwnPage, SitePath
from glossator.naming.private_names import is_private_name, names_private
from glossator.stages.plan.catalogue import LONGEST_LISTED, Catalogue, PlannedPage, address, group
from glossator.stages.plan.catalogue.feed_groups import SOURCE_FEED, TAG_FEED, keyed_feeds
from glossator.stages.plan.catalogue.private_names import address_names_private, public
from glossator.text import cut, xml_text
from glossator.views import FeedEntry, FeedPage, Link

ENTRIES = 50
"""Entries of a feed at most."""
NEVER = "1970-01-01T00:00:00Z"
"""Moment of a feed without entries, because a feed must have one."""
ENTITY_FEED = "entity-feed"
OWN_FEED = "own-feed"


def key_path(key: str) -> SitePath:
    """Return the path of the feed of a publication or tag."""
    kind, _, name = key.partition(" ")
    return site_paths.source_feed_path(name) if kind == SOURCE_FEED else site_paths.tag_feed_path(name)


def links(catalogue: Catalogue, publication: str, tags: Iterable[str], path: SitePath) -> tuple[Link, ...]:
    """Return the links from the page at `path` to the feeds of a publication and of tags."""
    keyed: dict[str, str] = {}
    named = keyed_feeds(publication, tags, catalogue.settings.private_names) if catalogue.site.feeds else ()
    for key, name in named:
        keyed.setdefault(key, name)
    return tuple(Link(name, site_paths.relative(key_path(key), path)) for key, name in keyed.items())


def entity_link(catalogue: Catalogue, entity: EntityId, path: SitePath) -> tuple[Link, ...]:
    """Return the link from the page at `path` to the feed of an entity, if the site has feeds."""
    name, feed = catalogue.profiles[entity].name, site_paths.relative(site_paths.entity_feed_path(entity), path)
    return (Link(name, feed),) if catalogue.site.feeds else ()


def own_link(catalogue: Catalogue, page: OwnPage, path: SitePath) -> tuple[Link, ...]:
    """Return the link from an own page at `path` to its feed, if it asks the archive and the site has feeds."""
    if not (page.questions and catalogue.site.feeds):
        return ()
    return (Link(page.title, site_paths.relative(site_paths.own_feed_path(page.name), path)),)


def plan(catalogue: Catalogue) -> Iterator[PlannedPage]:
    """Plan the feeds of all articles, own pages, publications and tags; that of an entity comes with its page."""
    if catalogue.site.feeds:
        yield PlannedPage(site_paths.FEED, "feed", "")
        for name, page in catalogue.own_pages.items():
            if page.questions:
                yield PlannedPage(site_paths.own_feed_path(name), OWN_FEED, name)
    yield from (PlannedPage(key_path(key), key.partition(" ")[0], key) for key in catalogue.feeds)


def compose(catalogue: Catalogue, planned: PlannedPage) -> FeedPage:
    """Compose a feed from the heads of its newest articles."""
    name, articles = _contents(catalogue, planned)
    entries = tuple(_entry(catalogue, article) for article in articles)
    site = catalogue.site.title
    return FeedPage(
        title=xml_text(f"{name} – {site}" if name else site),
        address=address(catalogue, planned.path),
        subject=_page(catalogue, planned, name),
        updated=max((entry.updated for entry in entries), default=NEVER),
        entries=entries,
    )


def _contents(catalogue: Catalogue, planned: PlannedPage) -> tuple[str, tuple[ArticleId, ...]]:
    """Return the name of what a feed is about, which is empty for all articles, and the articles that it lists."""
    if planned.kind == ENTITY_FEED:
        everywhere = group(catalogue, "articles", planned.subject)
        entity = everywhere.content.entities[EntityId(planned.subject)]
        articles = [appearance.article for appearance in entity.appearances]
        return catalogue.profiles[entity.id].name, _newest(everywhere, articles)
    if planned.kind in (SOURCE_FEED, TAG_FEED):
        everywhere = group(catalogue, "feeds", planned.subject)
        feed = everywhere.feeds[planned.subject]
        return feed.name, _newest(everywhere, feed.articles)
    if planned.kind == OWN_FEED:
        return catalogue.own_pages[planned.subject].title, _newest(catalogue, _answering(catalogue, planned.subject))
    everywhere = group(catalogue, "heads")
    return "", _newest(everywhere, everywhere.heads)


def _page(catalogue: Catalogue, planned: PlannedPage, name: str) -> str:
    """Return the address of the page about the subject of a feed; a tag has none, and the home page is named."""
    if planned.kind == ENTITY_FEED:
        return address(catalogue, site_paths.entity_path(EntityId(planned.subject)))
    if planned.kind == SOURCE_FEED:
        return f"{address(catalogue, site_paths.SOURCES)}#{slugs.source_anchor(name)}"
    if planned.kind == OWN_FEED:
        return address(catalogue, SitePath(f"{planned.subject}.html"))
    return address(catalogue, site_paths.HOME)


def _answering(catalogue: Catalogue, name: str) -> Iterable[ArticleId]:
    """Return the articles whose rows the answers on an own page show, each once."""
    answers = zip(catalogue.own_pages[name].questions, catalogue.content.answers.get(name, ()), strict=True)
    shown = (answer.rows for asked, answer in answers if answer and asked.question and asked.question.show != "count")
    return dict.fromkeys(row.article for rows in shown for row in rows)


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
        title=xml_text(cut(head.title, LONGEST_LISTED)),
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
