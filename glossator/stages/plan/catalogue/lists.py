"""The lists of the archive: articles by date, source, tag, author and day of the year, names from A to Z.

Each is a tree of parts, and each part has a page. So have the articles of an entity, if there are many.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from functools import cache, cached_property
from heapq import nlargest
from typing import Any, Generic, TypeVar

import msgspec

from glossator.config import PlanSettings
from glossator.model import UNTYPED, ArticleHead, ArticleId, Entity, EntityId
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

FURTHER = 100
"""Articles that an entity's page lists without sentences; if there are more, they are listed on pages by year."""

EXACT = 10
"""Articles up to which an article says the exact number; beyond it, "over 50": else each article would change all."""

Member = TypeVar("Member")


class EntityListRow(msgspec.Struct, frozen=True, array_like=True):
    """The row of an entity in a list, and its sort key."""

    type: str
    """Type, or UNTYPED if it is a guess."""
    key: str
    """Sort key."""
    articles: int
    mentions: int
    first: str
    """First ISO day on which the entity appears; empty if no article states its day."""
    last: str
    location: Location | None = None
    """Location of a place, as far as it is known."""
    company: tuple[EntityId, ...] = ()
    """Entities that appear most closely with it, if its card has no words to say."""
    latest: tuple[str, ...] = ()
    """ISO days of its newest articles, the last first: as many as `Later` counts, and one more."""


class Lists(msgspec.Struct, frozen=True):
    """The lists of each kind, and the rows of the lists of names."""

    trees: Mapping[str, Mapping[str, Tree[Any]]]
    """Kind of list -> what a list is of -> the list."""
    rows: Mapping[EntityId, EntityListRow]
    """Row of every entity that has a page."""
    sources_apart: bool
    """True if each publication has a page of its own."""

    @property
    def articles(self) -> Tree[ArticleId]:
        """All articles by date."""
        return self.trees["articles"][""]

    @property
    def sources(self) -> Mapping[str, Tree[ArticleId]]:
        """Articles of each publication by date; the empty name is for articles whose publication is not known."""
        return self.trees["source"]

    @property
    def author(self) -> Mapping[str, Tree[ArticleId]]:
        """Articles by date of each author who has a page."""
        return self.trees["author"]

    @property
    def topics(self) -> Mapping[str, Tree[ArticleId]]:
        """Articles by date of each topic, by its id."""
        return self.trees["topic"]

    @property
    def names(self) -> Mapping[str, Tree[EntityId]]:
        """Entities of each type, and of all types under the empty name, A to Z."""
        return self.trees["entities"]


class Trees(Mapping[str, Tree[Member]], Generic[Member]):
    """The lists of one kind. State: the lists that were cut, because most edits change few of them."""

    def __init__(
        self,
        of: Callable[[], Collection[str]],
        members: Callable[[str], list[Keyed[Member]]],
        lengths: tuple[int, ...],
        most: int | None = None,
    ) -> None:
        """Take what the lists are `of`, and the members of each; see `build_tree` for `lengths` and `most`."""
        self._of, self.members, self._lengths, self._most = of, members, lengths, most
        self._cut: dict[str, Tree[Member]] = {}

    @cached_property
    def _names(self) -> Collection[str]:
        return self._of()

    def __getitem__(self, of: str) -> Tree[Member]:
        if of not in self._names:
            raise KeyError(of)
        if of not in self._cut:
            self._cut[of] = build_tree(self.members(of), self._lengths, self._most)
        return self._cut[of]

    def __contains__(self, of: object) -> bool:
        return of in self._names

    def __iter__(self) -> Iterator[str]:
        return iter(self._names)

    def __len__(self) -> int:
        return len(self._names)


def listed_articles(settings: PlanSettings) -> int:
    """Return the number of articles that an entity's page lists."""
    return settings.passages + FURTHER


def open_lists(
    heads: Sequence[ArticleHead],
    keywords: Keywords,
    rows: Mapping[EntityId, EntityListRow],
    appearances: Mapping[str, Tree[ArticleId]],
) -> Lists:
    """Return the lists of an archive; `rows` are those of its entities, `appearances` the articles of large ones."""
    days = cache(lambda: {head.id: article_key(head) for head in heads})
    names = cache(lambda: _names(rows))

    def by_date(articles: Callable[[], Mapping[str, Iterable[ArticleId]]]) -> Trees[ArticleId]:
        listed = cache(articles)
        return Trees(listed, lambda of: [(days()[key], key) for key in listed()[of]], DAY_LENGTHS)

    trees: dict[str, Mapping[str, Tree[Any]]] = {
        "articles": by_date(lambda: {"": days()}),
        "days": Trees(lambda: [""], lambda _: _days_of_year(heads), YEARLY_LENGTHS),
        "source": by_date(lambda: _by_publication(heads, keywords)),
        "tag": by_date(lambda: {key: tag.articles for key, tag in keywords.tags.items()}),
        "authors": Trees(lambda: [""] if keywords.authors else [], lambda _: _author_names(keywords), NAME_LENGTHS),
        "author": by_date(
            lambda: {key: author.articles for key, author in keywords.authors.items() if author.has_page}
        ),
        "topic": by_date(lambda: {topic.id: topic.articles for topic in keywords.topics}),
        "entities": Trees(names, lambda of: names()[of], NAME_LENGTHS),
        "appearances": appearances,
    }
    return Lists(trees, rows, len(heads) > cut_long_lists.LONG)


def _days_of_year(heads: Iterable[ArticleHead]) -> list[Keyed[ArticleId]]:
    dated = ((head.date, head.id) for head in heads if head.date and len(head.date) > len("2024-03"))
    return [(f"{day[5:]}-{day[:4]}", article) for day, article in dated]


def _by_publication(heads: Iterable[ArticleHead], keywords: Keywords) -> Mapping[str, list[ArticleId]]:
    articles: dict[str, list[ArticleId]] = defaultdict(list)
    for head in heads:
        articles[keywords.publications[head.id]].append(head.id)
    return dict(articles)


def _author_names(keywords: Keywords) -> list[Keyed[str]]:
    return [(name_key(author.name, keywords.language), key) for key, author in keywords.authors.items()]


def _names(rows: Mapping[EntityId, EntityListRow]) -> Mapping[str, list[Keyed[EntityId]]]:
    names: dict[str, list[Keyed[EntityId]]] = {"": []}
    for entity, row in rows.items():
        for kind in ("",) if row.type == UNTYPED else ("", row.type):
            names.setdefault(kind, []).append((row.key, entity))
    return names


def open_appearances(
    entities: Mapping[EntityId, Entity],
    spread: Mapping[EntityId, int],
    heads: Mapping[ArticleId, ArticleHead],
    settings: PlanSettings,
) -> Trees[ArticleId]:
    """Return the articles of entities that appear in more than a page lists, read on demand.

    `spread` is the number of articles in which each entity appears.
    """
    most = listed_articles(settings)

    def members(key: str) -> list[Keyed[ArticleId]]:
        articles = [appearance.article for appearance in entities[EntityId(key)].appearances]
        return [(article_key(heads[article]), article) for article in articles]

    return Trees(
        lambda: dict.fromkeys(sorted(key for key, articles in spread.items() if articles > most)),
        members,
        DAY_LENGTHS,
        most,
    )


def entity_list_row(entity: Entity, heads: Mapping[ArticleId, ArticleHead], language: str) -> EntityListRow:
    """Return the row of an entity on a site in a language; `heads` contains those of its articles."""
    days = [day for appearance in entity.appearances if (day := heads[appearance.article].stated_day)]
    first, last = (min(days), max(days)) if days else ("", "")
    counts = (len(entity.appearances), entity.mentions, first, last)
    latest = tuple(nlargest(EXACT + 1, days))
    return EntityListRow(entity.stated_type, name_key(entity.name, language), *counts, locate(entity), latest=latest)
