"""The lists of the archive: articles by date and by source, names from A to Z, and where an entity appears.

Each is a tree of parts. `parts` are the pages of the lists of the whole archive, `parts_of` those of an entity.
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
from glossator.dates import day as in_words
from glossator.digest import digest
from glossator.model import ArticleHead, ArticleId, Digest, Entity, EntityId, EntityType, SitePath
from glossator.stages.plan import cutting
from glossator.stages.plan.cutting import DAYS, LETTERS, Keyed, Tree, plant

FURTHER = 100
"""Articles that an entity's page lists without sentences; where there are more, they stand on pages by year."""

UNDATED = "none"
"""In the place of a year."""

Kind = Literal["articles", "sources", "source", "entities", "appearances"]


@dataclass(frozen=True, slots=True, order=True)
class Part:
    """A page of a list."""

    kind: Kind
    of: str
    """The publication of a `source`, the type of `entities`, the entity of `appearances`; else empty."""
    name: str
    """In the list's tree; empty for the whole."""

    @property
    def subject(self) -> str:
        """What the sheet says of it."""
        return f"{self.name} {self.of}"


def part_of(kind: str, subject: str) -> Part:
    """The part that a sheet is about."""
    name, _, of = subject.partition(" ")
    return Part(cast(Kind, kind), of, name)


class EntityListRow(msgspec.Struct, frozen=True, array_like=True):
    """What a list says of an entity, and where it stands in it."""

    type: EntityType
    key: str
    """What it is sorted by."""
    articles: int
    mentions: int
    first: str
    """The first day that it appears; empty where no day is known."""
    last: str
    digest: Digest
    """Of the whole row."""


@dataclass(frozen=True, slots=True)
class Lists:
    """What stands in each list."""

    articles: Tree[ArticleId]
    """By date."""
    sources: Mapping[str, Tree[ArticleId]]
    """For each publication its articles by date; the empty name is for those of which it is not known."""
    names: Mapping[str, Tree[EntityId]]
    """For each type, and for all under the empty name, A to Z."""
    appearances: Appearances
    """By date, of the entities that appear in more articles than their page lists."""
    rows: Mapping[EntityId, EntityListRow]
    """Of every entity."""

    @property
    def sources_apart(self) -> bool:
        """Whether each publication has a page of its own."""
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
) -> Lists:
    """The lists of an archive; `publications` has a name or an empty one for each article, `rows` every entity."""
    keys = {head.id: article_key(head) for head in heads}
    sources: dict[str, list[Keyed[ArticleId]]] = defaultdict(list)
    names: dict[str, list[Keyed[EntityId]]] = {"": []}
    for article, key in keys.items():
        sources[publications[article]].append((key, article))
    for entity, one in rows.items():
        for kind in ("", one.type):
            names.setdefault(kind, []).append((one.key, entity))
    return Lists(
        articles=plant(((key, article) for article, key in keys.items()), DAYS),
        sources={publication: plant(keyed, DAYS) for publication, keyed in sources.items()},
        names={kind: plant(keyed, LETTERS) for kind, keyed in names.items()},
        appearances=appearances,
        rows=rows,
    )


def listed(settings: PlanSettings) -> int:
    """How many articles an entity's page lists."""
    return settings.passages + FURTHER


def open_appearances(
    entities: Mapping[EntityId, Entity],
    spread: Mapping[EntityId, int],
    heads: Mapping[ArticleId, ArticleHead],
    settings: PlanSettings,
) -> Appearances:
    """The articles of entities, looked into once they are asked for; `spread` says in how many each appears."""
    most = listed(settings)

    def tree_of(key: EntityId) -> Tree[ArticleId]:
        found = entities[key].appearances
        return plant(((article_key(heads[one.article]), one.article) for one in found), DAYS, most)

    return Appearances(dict.fromkeys(sorted(key for key, articles in spread.items() if articles > most)), tree_of)


def article_key(head: ArticleHead) -> str:
    """What an article is sorted by: its day, or its id in the place of month and day."""
    return head.date or f"{UNDATED}-{head.id}"


def name_key(name: str) -> str:
    """What an entity is sorted by: words of ASCII, after `_` where the name begins with no letter."""
    plain = anyascii(name).lower()
    words = re.sub(r"[^a-z0-9]+", "-", plain).strip("-")
    return f"{'' if plain[:1].isalpha() else '_'}{words}-"


def entity_list_row(entity: Entity, heads: Mapping[ArticleId, ArticleHead]) -> EntityListRow:
    """The row of an entity; `heads` are those of its articles."""
    days = [day for one in entity.appearances if (day := heads[one.article].date)]
    first, last = (min(days), max(days)) if days else ("", "")
    said = (len(entity.appearances), entity.mentions, first, last)
    shows = digest(repr((entity.name, entity.type, entity.aliases, *said)))
    return EntityListRow(entity.type, name_key(entity.name), *said, shows)


def parts(lists: Lists) -> Iterator[Part]:
    """Every page of the lists of the whole archive."""
    yield Part("sources", "", "")
    yield from (Part("articles", "", name) for name in lists.articles.counts)
    yield from (Part("entities", kind, name) for kind, tree in lists.names.items() for name in tree.counts)
    if lists.sources_apart:
        yield from (Part("source", of, name) for of, tree in lists.sources.items() for name in tree.counts)


def parts_of(lists: Lists, entity: EntityId) -> Iterator[Part]:
    """The pages of an entity's appearances, besides its own."""
    if entity in lists.appearances:
        yield from (Part("appearances", entity, name) for name in lists.appearances[entity].counts if name)


def tree(lists: Lists, part: Part) -> Tree[ArticleId]:
    """The tree of a part that lists articles."""
    if part.kind == "source":
        return lists.sources[part.of]
    return lists.appearances[EntityId(part.of)] if part.kind == "appearances" else lists.articles


def path(part: Part) -> SitePath:
    """Where a part stands; the whole of an entity's appearances is the entity's page."""
    match part.kind:
        case "articles":
            return urls.articles_path(part.name)
        case "sources":
            return urls.SOURCES
        case "source":
            return urls.source_path(part.of, part.name)
        case "entities":
            return urls.names_path(EntityType(part.of) if part.of else None, part.name)
    return urls.appearances_path(EntityId(part.of), part.name) if part.name else urls.entity_path(EntityId(part.of))


def href(found: Tree[ArticleId], whole: Part, date: str, page: SitePath) -> str:
    """From a page to where a list has the articles of a year or month; empty where they have no place of their own."""
    name = [name for name in found.path(date) if len(name) <= len(date)][-1]
    to = urls.relative(path(Part(whole.kind, whole.of, name)), page)
    if name in found.members and len(date) == len("2024-03") > len(name):
        return f"{to}#m{date}"  # an anchor on the page that shows a year
    return to if name else ""


def label_of(name: str) -> str:
    """The part of a list by date as templates see it: an ISO date, or the beginning of the ids of what has none."""
    return name.removeprefix(UNDATED).strip("-") if name.startswith(UNDATED) else name


def worded(name: str) -> str:
    """The part of a list by date as people call it."""
    if name.startswith(UNDATED):
        return ": ".join(filter(None, ("Undated", label_of(name))))
    return in_words(name)
