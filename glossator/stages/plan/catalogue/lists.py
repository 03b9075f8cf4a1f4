"""The lists of the archive: articles by date, source, tag, author and day of the year, names from A to Z.

Each is a tree of parts, and each part has a page. So have the articles of an entity, if there are many.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from typing import Generic, TypeVar

import msgspec

from glossator.config import PlanSettings
from glossator.model import ArticleHead, ArticleId, Digest, Entity, EntityId, EntityType
from glossator.stages.plan.catalogue import cut_long_lists
from glossator.stages.plan.catalogue.cut_long_lists import (
    DAY_LENGTHS,
    NAME_LENGTHS,
    YEARLY_LENGTHS,
    Keyed,
    Tree,
    article_key,
    build_tree,
    name_key,
)
from glossator.stages.plan.catalogue.keywords import Keywords
from glossator.stages.plan.catalogue.locations import Location, locate
from glossator.text import digest

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


class Lists(msgspec.Struct, frozen=True, dict=True):
    """The members of each list. A list is cut into its tree when it is asked for: most edits change few lists."""

    heads: Sequence[ArticleHead]
    keywords: Keywords
    appearances: TreesOnDemand[EntityId]
    """Articles by date of each entity that appears in more articles than its page lists."""
    rows: Mapping[EntityId, EntityListRow]
    """Row of every entity that has a page."""

    @property
    def sources_apart(self) -> bool:
        """True if each publication has a page of its own."""
        return len(self.heads) > cut_long_lists.LONG

    @cached_property
    def articles(self) -> Tree[ArticleId]:
        """All articles by date."""
        return self._by_date(self._keys)

    @cached_property
    def sources(self) -> TreesOnDemand[str]:
        """Articles of each publication by date; the empty name is for articles whose publication is not known."""
        found: dict[str, list[ArticleId]] = defaultdict(list)
        for article in self._keys:
            found[self.keywords.publications[article]].append(article)
        return TreesOnDemand(found, lambda name: self._by_date(found[name]))

    @cached_property
    def tags(self) -> TreesOnDemand[str]:
        """Articles by date of each tag that has a page."""
        tags = self.keywords.tags
        return TreesOnDemand(tags, lambda key: self._by_date(tags[key].articles))

    @cached_property
    def authors(self) -> Tree[str]:
        """Keys of all authors, A to Z."""
        named = ((author.name, key) for key, author in self.keywords.authors.items())
        return build_tree(((name_key(name, self.keywords.language), key) for name, key in named), NAME_LENGTHS)

    @cached_property
    def author(self) -> TreesOnDemand[str]:
        """Articles by date of each author who has a page."""
        paged = {key: author for key, author in self.keywords.authors.items() if author.has_page}
        return TreesOnDemand(paged, lambda key: self._by_date(paged[key].articles))

    @cached_property
    def topics(self) -> TreesOnDemand[str]:
        """Articles by date of each topic, by the id of its strongest entity."""
        articles = {str(topic.id): topic.articles for topic in self.keywords.topics}
        return TreesOnDemand(articles, lambda key: self._by_date(articles[key]))

    @cached_property
    def days(self) -> Tree[ArticleId]:
        """Articles by day of the year."""
        dated = ((head.date, head.id) for head in self.heads if head.date and len(head.date) > 7)
        return build_tree(((f"{date[5:]}-{date[:4]}", article) for date, article in dated), YEARLY_LENGTHS)

    @cached_property
    def names(self) -> Mapping[str, Tree[EntityId]]:
        """Entities of each type, and of all types under the empty name, A to Z."""
        names: dict[str, list[Keyed[EntityId]]] = {"": []}
        for entity, row in self.rows.items():
            for kind in ("", row.type):
                names.setdefault(kind, []).append((row.key, entity))
        return {kind: build_tree(keyed, NAME_LENGTHS) for kind, keyed in names.items()}

    @cached_property
    def _keys(self) -> Mapping[ArticleId, str]:
        """Sort key of each article."""
        return {head.id: article_key(head) for head in self.heads}

    def _by_date(self, articles: Iterable[ArticleId]) -> Tree[ArticleId]:
        return build_tree(((self._keys[article], article) for article in articles), DAY_LENGTHS)


class TreesOnDemand(Mapping[Key, Tree[ArticleId]], Generic[Key]):
    """The articles by date under each of some keys. State: the trees that were asked for."""

    def __init__(self, keys: Collection[Key], tree_of: Callable[[Key], Tree[ArticleId]]) -> None:
        self._keys, self._tree_of = keys, tree_of
        self._known: dict[Key, Tree[ArticleId]] = {}

    def __getitem__(self, key: Key) -> Tree[ArticleId]:
        if key not in self._keys:
            raise KeyError(key)
        if key not in self._known:
            self._known[key] = self._tree_of(key)
        return self._known[key]

    def __contains__(self, key: object) -> bool:
        return key in self._keys

    def __iter__(self) -> Iterator[Key]:
        return iter(self._keys)

    def __len__(self) -> int:
        return len(self._keys)


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
