"""The lists of the archive: articles by date, source, tag, author and day of the year, names from A to Z.

Each is a tree of parts, and each part has a page. So have the articles of an entity, if there are many.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from typing import Generic, NamedTuple, TypeVar

import msgspec

from glossator.config import PlanSettings
from glossator.digest import digest
from glossator.model import ArticleHead, ArticleId, Digest, Entity, EntityId, EntityType, Topic
from glossator.stages.plan import cut_long_lists
from glossator.stages.plan.authors import Author
from glossator.stages.plan.cut_long_lists import DAY_LENGTHS, NAME_LENGTHS, YEARLY_LENGTHS, Keyed, Tree, build_tree
from glossator.stages.plan.locations import Location, locate
from glossator.stages.plan.sort_keys import article_key, name_key
from glossator.stages.plan.tags import Tag

FURTHER = 100
"""Articles that an entity's page lists without sentences; if there are more, they are listed on pages by year."""


Key = TypeVar("Key", bound=str)


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
    location: Location | None = None
    """Location of a place, as far as it is known."""


class Lists(msgspec.Struct, frozen=True):
    """The members of each list."""

    articles: Tree[ArticleId]
    """All articles by date."""
    sources: Mapping[str, Tree[ArticleId]]
    """Articles of each publication by date; the empty name is for articles whose publication is not known."""
    tags: Mapping[str, Tree[ArticleId]]
    """Articles by date of each tag that has a page."""
    authors: Tree[str]
    """Keys of all authors, A to Z."""
    author: TreesOnDemand[str]
    """Articles by date of each author who has a page."""
    topics: Mapping[str, Tree[ArticleId]]
    """Articles by date of each topic, by the id of its strongest entity."""
    days: Tree[ArticleId]
    """Articles by day of the year."""
    names: Mapping[str, Tree[EntityId]]
    """Entities of each type, and of all types under the empty name, A to Z."""
    appearances: TreesOnDemand[EntityId]
    """Articles by date of each entity that appears in more articles than its page lists."""
    rows: Mapping[EntityId, EntityListRow]
    """Row of every entity that has a page."""

    @property
    def sources_apart(self) -> bool:
        """True if each publication has a page of its own."""
        return self.articles.counts[""] > cut_long_lists.LONG


class TreesOnDemand(Mapping[Key, Tree[ArticleId]], Generic[Key]):
    """The articles by date of those entities that have many, or of authors. State: the trees that were asked for."""

    def __init__(self, long: Collection[Key], tree_of: Callable[[Key], Tree[ArticleId]]) -> None:
        self._long, self._tree_of = long, tree_of
        self._known: dict[Key, Tree[ArticleId]] = {}

    def __getitem__(self, key: Key) -> Tree[ArticleId]:
        if key not in self._long:
            raise KeyError(key)
        if key not in self._known:
            self._known[key] = self._tree_of(key)
        return self._known[key]

    def __contains__(self, key: object) -> bool:
        return key in self._long

    def __iter__(self) -> Iterator[Key]:
        return iter(self._long)

    def __len__(self) -> int:
        return len(self._long)


class Keywords(NamedTuple):
    """Keywords that the heads of several articles share."""

    publications: Mapping[ArticleId, str]
    """Name of the publication of each article, or ""."""
    tags: Mapping[str, Tag]
    """Tags that have a page, by key."""
    authors: Mapping[str, Author]
    """All authors, by key."""
    topics: tuple[Topic, ...]
    language: str = ""
    """Language of the site."""


def open_lists(
    heads: Sequence[ArticleHead],
    keywords: Keywords,
    appearances: TreesOnDemand[EntityId],
    rows: Mapping[EntityId, EntityListRow],
) -> Lists:
    """Return the lists of an archive; `rows` has every entity that has a page."""
    publications, tags, authors, topics, language = keywords
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
        authors=build_tree(((name_key(author.name, language), key) for key, author in authors.items()), NAME_LENGTHS),
        author=TreesOnDemand(
            {key: None for key, author in authors.items() if author.has_page},
            lambda key: build_tree(((keys[article], article) for article in authors[key].articles), DAY_LENGTHS),
        ),
        topics={
            topic.id: build_tree(((keys[article], article) for article in topic.articles), DAY_LENGTHS)
            for topic in topics
        },
        days=build_tree(
            ((f"{head.date[5:]}-{head.date[:4]}", head.id) for head in heads if head.date and len(head.date) > 7),
            YEARLY_LENGTHS,
        ),
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
) -> TreesOnDemand[EntityId]:
    """Return the articles of entities, read on demand.

    `spread` is the number of articles in which each entity appears.
    """
    most = listed_articles(settings)

    def tree_of(key: EntityId) -> Tree[ArticleId]:
        articles = [appearance.article for appearance in entities[key].appearances]
        return build_tree(((article_key(heads[article]), article) for article in articles), DAY_LENGTHS, most)

    return TreesOnDemand(dict.fromkeys(sorted(key for key, articles in spread.items() if articles > most)), tree_of)


def entity_list_row(entity: Entity, heads: Mapping[ArticleId, ArticleHead], language: str) -> EntityListRow:
    """Return the row of an entity on a site in a language; `heads` contains those of its articles."""
    days = [day for appearance in entity.appearances if (day := heads[appearance.article].date)]
    first, last = (min(days), max(days)) if days else ("", "")
    counts = (len(entity.appearances), entity.mentions, first, last)
    row_digest = digest(repr((entity.name, entity.type, entity.aliases, *counts)))
    return EntityListRow(entity.type, name_key(entity.name, language), *counts, row_digest, locate(entity))
