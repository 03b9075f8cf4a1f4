"""The lists of the archive: articles by date and by source, names from A to Z, and the articles of an entity.

Each is a tree of parts, and each part has a page.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal, cast

import msgspec
from anyascii import anyascii

from glossator import urls
from glossator.config import PlanSettings
from glossator.digest import digest
from glossator.model import ArticleHead, ArticleId, Digest, Entity, EntityId, EntityType, Messages, SitePath
from glossator.stages.plan import cutting
from glossator.stages.plan.cutting import DAY_LENGTHS, NAME_LENGTHS, Keyed, Tree, build_tree
from glossator.stages.plan.tags import Tag
from glossator.translate import day, translate

FURTHER = 100
"""Articles that an entity's page lists without sentences; if there are more, they are listed on pages by year."""

UNDATED = "none"
"""Key of undated articles, in the position of a year."""

Kind = Literal["articles", "sources", "source", "tags", "tag", "entities", "appearances"]


@dataclass(frozen=True, slots=True, order=True)
class ListPage:
    """The page of a list or of a part of one."""

    kind: Kind
    of: str
    """Publication of a `source`, key of a `tag`, type of `entities`, entity of `appearances`; else empty."""
    name: str
    """Name of the part in the list's tree; empty for the whole list."""

    @property
    def subject(self) -> str:
        """Subject of the planned page, from which `list_page` restores the value."""
        return f"{self.name} {self.of}"


def list_page(kind: str, subject: str) -> ListPage:
    """Return the list page that a planned page of this kind and subject is about."""
    name, _, of = subject.partition(" ")
    return ListPage(cast(Kind, kind), of, name)


class EntityListRow(msgspec.Struct, frozen=True, array_like=True):
    """The row of an entity in a list, and its sort key."""

    type: EntityType
    key: str
    """Sort key."""
    articles: int
    mentions: int
    first: str
    """First ISO day on which the entity appears; empty if no day is known."""
    last: str
    digest: Digest
    """Digest of the whole row."""


@dataclass(frozen=True, slots=True)
class Lists:
    """The members of each list."""

    articles: Tree[ArticleId]
    """All articles by date."""
    sources: Mapping[str, Tree[ArticleId]]
    """Articles of each publication by date; the empty name is for articles whose publication is not known."""
    tags: Mapping[str, Tree[ArticleId]]
    """Articles by date of each tag that has a page."""
    names: Mapping[str, Tree[EntityId]]
    """Entities of each type, and of all types under the empty name, A to Z."""
    appearances: Appearances
    """Articles by date of each entity that appears in more articles than its page lists."""
    rows: Mapping[EntityId, EntityListRow]
    """Row of every entity that has a page."""

    @property
    def sources_apart(self) -> bool:
        """True if each publication has a page of its own."""
        return self.articles.counts[""] > cutting.LONG


class Appearances(Mapping[EntityId, Tree[ArticleId]]):
    """The articles by date of those entities that have many. State: the trees that were asked for."""

    def __init__(self, long: Collection[EntityId], tree_of: Callable[[EntityId], Tree[ArticleId]]) -> None:
        self._long, self._tree_of = long, tree_of
        self._known: dict[EntityId, Tree[ArticleId]] = {}

    def __getitem__(self, key: EntityId) -> Tree[ArticleId]:
        if key not in self._known:
            self._known[key] = self._tree_of(key)
        return self._known[key]

    def __contains__(self, key: object) -> bool:
        return key in self._long

    def __iter__(self) -> Iterator[EntityId]:
        return iter(self._long)

    def __len__(self) -> int:
        return len(self._long)


def open_lists(
    heads: Sequence[ArticleHead],
    publications: Mapping[ArticleId, str],
    appearances: Appearances,
    rows: Mapping[EntityId, EntityListRow],
    tags: Mapping[str, Tag],
) -> Lists:
    """Return the lists of an archive.

    `publications` has a name or "" for each article, `rows` every entity and `tags` every tag that
    has a page.
    """
    keys = {head.id: article_key(head) for head in heads}
    sources: dict[str, list[Keyed[ArticleId]]] = defaultdict(list)
    names: dict[str, list[Keyed[EntityId]]] = {"": []}
    for article, key in keys.items():
        sources[publications[article]].append((key, article))
    for entity, row in rows.items():
        for kind in ("", row.type):
            names.setdefault(kind, []).append((row.key, entity))
    return Lists(
        articles=build_tree(((key, article) for article, key in keys.items()), DAY_LENGTHS),
        sources={publication: build_tree(keyed, DAY_LENGTHS) for publication, keyed in sources.items()},
        tags={
            key: build_tree(((keys[article], article) for article in tag.articles), DAY_LENGTHS)
            for key, tag in tags.items()
        },
        names={kind: build_tree(keyed, NAME_LENGTHS) for kind, keyed in names.items()},
        appearances=appearances,
        rows=rows,
    )


def listed_articles(settings: PlanSettings) -> int:
    """Return the number of articles that an entity's page lists."""
    return settings.passages + FURTHER


def open_appearances(
    entities: Mapping[EntityId, Entity],
    spread: Mapping[EntityId, int],
    heads: Mapping[ArticleId, ArticleHead],
    settings: PlanSettings,
) -> Appearances:
    """Return the articles of entities, read on demand.

    `spread` is the number of articles in which each entity appears.
    """
    most = listed_articles(settings)

    def tree_of(key: EntityId) -> Tree[ArticleId]:
        articles = [appearance.article for appearance in entities[key].appearances]
        return build_tree(((article_key(heads[article]), article) for article in articles), DAY_LENGTHS, most)

    return Appearances(dict.fromkeys(sorted(key for key, articles in spread.items() if articles > most)), tree_of)


def article_key(head: ArticleHead) -> str:
    """Return the sort key of an article: its day, or UNDATED and its id."""
    return head.date or f"{UNDATED}-{head.id}"


def name_key(name: str) -> str:
    """Return the sort key of an entity: words of ASCII, after `_` if the name begins with no letter."""
    plain = anyascii(name).lower()
    words = re.sub(r"[^a-z0-9]+", "-", plain).strip("-")
    return f"{'' if plain[:1].isalpha() else '_'}{words}-"


def entity_list_row(entity: Entity, heads: Mapping[ArticleId, ArticleHead]) -> EntityListRow:
    """Return the row of an entity; `heads` contains those of its articles."""
    days = [day for appearance in entity.appearances if (day := heads[appearance.article].date)]
    first, last = (min(days), max(days)) if days else ("", "")
    counts = (len(entity.appearances), entity.mentions, first, last)
    row_digest = digest(repr((entity.name, entity.type, entity.aliases, *counts)))
    return EntityListRow(entity.type, name_key(entity.name), *counts, row_digest)


def list_pages(lists: Lists) -> Iterator[ListPage]:
    """Yield every page of the lists of the whole archive."""
    yield ListPage("sources", "", "")
    if lists.tags:
        yield ListPage("tags", "", "")
    yield from (ListPage("tag", of, name) for of, tree in lists.tags.items() for name in tree.counts)
    yield from (ListPage("articles", "", name) for name in lists.articles.counts)
    yield from (ListPage("entities", kind, name) for kind, tree in lists.names.items() for name in tree.counts)
    if lists.sources_apart:
        yield from (ListPage("source", of, name) for of, tree in lists.sources.items() for name in tree.counts)


def appearance_pages(lists: Lists, entity: EntityId) -> Iterator[ListPage]:
    """Yield the pages of an entity's appearances, besides its own."""
    if entity in lists.appearances:
        yield from (ListPage("appearances", entity, name) for name in lists.appearances[entity].counts if name)


def tree_of(lists: Lists, page: ListPage) -> Tree[ArticleId]:
    """Return the tree of a page that lists articles."""
    if page.kind == "source":
        return lists.sources[page.of]
    if page.kind == "tag":
        return lists.tags[page.of]
    return lists.appearances[EntityId(page.of)] if page.kind == "appearances" else lists.articles


def page_path(page: ListPage) -> SitePath:
    """Return the path of a list's page; the whole list of an entity's appearances is on the entity's page."""
    match page.kind:
        case "articles":
            return urls.articles_path(page.name)
        case "sources":
            return urls.SOURCES
        case "source":
            return urls.source_path(page.of, page.name)
        case "tags" | "tag":
            return urls.tag_path(page.of, page.name)
        case "entities":
            return urls.names_path(EntityType(page.of) if page.of else None, page.name)
    return urls.appearances_path(EntityId(page.of), page.name) if page.name else urls.entity_path(EntityId(page.of))


def href(tree: Tree[ArticleId], whole: ListPage, date: str, path: SitePath) -> str:
    """Return the link from the page at `path` to the articles of a year or month, `date`; empty if they have no page.

    `tree` is the tree of the list `whole`.
    """
    name = [part for part in tree.path(date) if len(part) <= len(date)][-1]
    link = urls.relative(page_path(ListPage(whole.kind, whole.of, name)), path)
    if name in tree.members and len(date) == len("2024-03") > len(name):
        return f"{link}#m{date}"  # an anchor on the page that shows a year
    return link if name else ""


def label_of(name: str) -> str:
    """Return the label of a part of a list by date: an ISO date, or the beginning of the ids of undated articles."""
    return name.removeprefix(UNDATED).strip("-") if name.startswith(UNDATED) else name


def part_name(words: Messages, name: str) -> str:
    """Return the name of a part of a list by date in words."""
    if not name.startswith(UNDATED):
        return day(words.language, name)
    undated, part = translate(words, "Undated"), label_of(name)
    return part_of(words, undated, part) if part else undated


def part_of(words: Messages, whole: str, part: str) -> str:
    """Return the title of a part of a list."""
    return translate(words, "%(whole)s: %(part)s", whole=whole, part=part)
