"""The rows of the catalogue that an edit changes, by which pages are found that read them.

Rows that a build makes of everything in memory are compared by their digests; of the entities, and of the names in
articles, the steps before know what changed. A group changes with any of its rows.
"""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Iterable, Iterator, Mapping
from itertools import chain
from typing import Any, NamedTuple

import msgspec

from glossator.inverse_frequency import step
from glossator.model import ArticleId, Entity, EntityId, PrivateNames
from glossator.stages.plan.catalogue import Catalogue
from glossator.stages.plan.catalogue.feed_groups import keyed_feeds
from glossator.stages.plan.catalogue.list_pages import Kind, Shapes
from glossator.stages.plan.catalogue.lists import EntityListRow, Trees, entity_list_row
from glossator.stages.plan.catalogue.profiles import extent_of, later_key, later_than, profile_of
from glossator.stages.plan.catalogue.reads import ALL, RowKey, presence
from glossator.stages.plan.catalogue.tables import TABLES, compared_rows
from glossator.stages.plan.parts.cards import company_of

Names = tuple[EntityId | None, ...]
TableDigests = dict[str, dict[str, bytes]]
"""Name of a table -> key -> digest of the row."""


class ListShape(msgspec.Struct, frozen=True, array_like=True):
    """A list as it was cut."""

    members: bytes
    """Digest of its members."""
    parts: dict[str, tuple[bytes, bytes, int]]
    """Name of a part -> digest of the members that it lists, digest of the names of its narrower parts, count."""


class KnownRows(msgspec.Struct, frozen=True, array_like=True):
    """The rows of a catalogue, to be compared with those of a later one."""

    tables: TableDigests
    lists: dict[str, ListShape]
    """Kind of a list, a blank and what the list is of -> the list."""
    rows: dict[EntityId, EntityListRow]
    """Row of every entity that has a page."""
    private: PrivateNames = PrivateNames()
    """The private names, which any text of any page may hold: if they are others, every page is composed again."""
    scale: int = -1
    """Step of the size of the archive, by which names are weighed."""

    def has_private(self, names: PrivateNames) -> bool:
        """True if the names are those of before, the articles aside that have one as a whole."""
        return msgspec.structs.replace(self.private, articles=()) == msgspec.structs.replace(names, articles=())


class ArchiveEdit(NamedTuple):
    """Difference, as the steps before know it, between the archive of the last build and that of now."""

    resolved: Mapping[ArticleId, tuple[Names | None, Names | None]]
    """Entities of the names of an article, before and now, for the articles in which they differ."""
    entities: Mapping[EntityId, tuple[Entity | None, Entity | None]]
    """Entity before and now, for those that differ."""
    related: frozenset[ArticleId]
    """Articles whose related articles are others than before."""
    shared: frozenset[ArticleId] = frozenset()
    """Articles whose passages that others have, too, are others than before."""


PRIVATE = "private"
"""The row that changed if a name became private, or is no more."""
_READ_AS = {table.field: table.read_as for table in TABLES if table.read_as}


def article_digests(catalogue: Catalogue) -> TableDigests:
    """Return the digests of the heads, the texts and the pictures of all articles."""
    content, publications = catalogue.content, catalogue.publications
    heads = {article: (content.head_digests[article], publications[article]) for article in catalogue.heads}
    return {
        "heads": _digests(heads),
        "texts": _digests(content.text_digests),
        "pictures": _digests({article: row for article, row in catalogue.pictures.items() if row}),
    }


def table_digests(catalogue: Catalogue) -> TableDigests:
    """Return the digests of all other rows that are held in memory; an empty row is left out, like an absent one."""
    return {name: _digests({key: row for key, row in rows.items() if row}) for name, rows in compared_rows(catalogue)}


def changed_articles(
    former: KnownRows, now: TableDigests, edit: ArchiveEdit, private: PrivateNames
) -> dict[ArticleId, str]:
    """Return the articles of which the head, the names, the text or the pictures changed, each with the row that did.

    Those that are gone are included, and those that have a private name as a whole now, or no more: in these alone, a
    given name by itself counts as private.
    """
    changed: dict[ArticleId, str] = {}
    for table in ("pictures", "heads", "texts"):
        changed |= {ArticleId(key): f"{table} {key}" for key in _changed(former.tables.get(table, {}), now[table])}
    changed |= {article: f"resolved {article}" for article in edit.resolved if article not in changed}
    changed |= {article: f"shared {article}" for article in edit.shared if article not in changed}
    return changed | dict.fromkeys({*former.private.articles} ^ {*private.articles}, PRIVATE)


def touched_entities(catalogue: Catalogue, edit: ArchiveEdit, articles: Mapping[ArticleId, str]) -> dict[EntityId, str]:
    """Return the entities of which anything changed that is known of their articles, each with the row that did.

    `articles` are the changed ones. An entity that weighs more or less, or has a page now, or no more, touches those
    that appear with it. Entities that are gone are included.
    """
    touched: dict[EntityId, str] = {}
    for entity, (former, now) in edit.entities.items():
        if _weight(former) != _weight(now):
            for appearance in chain.from_iterable(side.appearances for side in (former, now) if side):
                touched |= dict.fromkeys(
                    _entities((catalogue.content.resolved.get(appearance.article),)), f"entities {entity}"
                )
    for article, row in articles.items():
        touched |= dict.fromkeys(
            _entities(edit.resolved.get(article) or (catalogue.content.resolved.get(article),)), row
        )
    return {entity: f"entities {entity}" for entity in edit.entities} | touched


def entity_rows(catalogue: Catalogue, former: KnownRows, touched: Iterable[EntityId]) -> dict[EntityId, EntityListRow]:
    """Return the rows of the lists of names: those of before, but for the `touched` entities.

    All are made again if the archive has another size, by which names are weighed.
    """
    entities, language = catalogue.content.entities, catalogue.site.words.language
    rows = dict(former.rows) if former.scale == catalogue.whole.scale else {}
    for key in sorted(touched) if rows else entities:
        entity = entities.get(key)
        if entity and entity.page:
            row = entity_list_row(entity, catalogue.heads, language)
            rows[key] = msgspec.structs.replace(row, company=company_of(catalogue, entity))
        else:
            rows.pop(key, None)
    return rows


def list_shapes(
    catalogue: Catalogue, former: Mapping[str, ListShape], touched: Collection[EntityId]
) -> dict[str, ListShape]:
    """Return the shapes of all lists; those that have the members of the `former` ones are not cut again.

    The articles of an entity are looked at if it is among the `touched` ones.
    """
    shapes: dict[str, ListShape] = {}
    for kind, trees in catalogue.lists.trees.items():
        assert isinstance(trees, Trees)
        for of in trees:
            key = f"{kind} {of}"
            shape = former.get(key)
            if kind == "appearances" and shape and of not in touched:
                shapes[key] = shape
                continue
            members = _digest(sorted(trees.members(of)))
            shapes[key] = shape if shape and shape.members == members else _shape(members, trees, of)
    return shapes


def parts_of(lists: Mapping[str, ListShape]) -> Shapes:
    """Return kind, subject and names of the parts of each list."""
    for key, shape in lists.items():
        kind, _, of = key.partition(" ")
        yield _kind(kind), of, shape.parts


def changed_rows(
    former: KnownRows, now: KnownRows, edit: ArchiveEdit, touched: Mapping[EntityId, str]
) -> dict[RowKey, str]:
    """Return the keys under which pages read the rows that changed, each with the row that changed, for people."""
    tables: Mapping[str, Mapping[Any, object]] = {**now.tables, "rows": now.rows}
    former_tables: Mapping[str, Mapping[Any, object]] = {**former.tables, "rows": former.rows}
    rows = [(name, key, "") for name, table in tables.items() for key in _changed(former_tables.get(name, {}), table)]
    rows += (("related", article, "") for article in edit.related)
    rows += (("shared", article, "") for article in edit.shared)
    rows += (("resolved", article, "") for article in edit.resolved)
    rows += (("entities", entity, "") for entity in edit.entities)
    rows += (("profiles", entity, ",".join(fields)) for entity, fields in _profiles(edit))
    rows += (("extents", entity, "") for entity in _extents(former.rows, now.rows))
    rows += (("laters", key, "") for key in _laters(former.rows, now.rows))
    rows += (("profiles", entity, "") for entity, row in touched.items() if row == PRIVATE)
    changed: dict[RowKey, str] = {("articles", entity): row for entity, row in touched.items()}
    for name, key in _come_or_gone(former_tables, tables, edit):
        changed[presence(name), key] = changed[presence(name), ALL] = f"{name} {key}"
    for name, key, fields in rows:
        cause, read = f"{name} {key} {fields}".rstrip(), _READ_AS.get(name, name)
        changed[read, key] = cause
        changed.setdefault((read, ALL), cause)
    return changed | dict(_changed_lists(former.lists, now.lists))


def _come_or_gone(
    former: Mapping[str, Mapping[Any, object]], now: Mapping[str, Mapping[Any, object]], edit: ArchiveEdit
) -> Iterator[tuple[str, str]]:
    """Yield table and key of the rows that are new, and of those that are gone."""
    for name, table in now.items():
        yield from ((_READ_AS.get(name, name), key) for key in former.get(name, {}).keys() ^ table.keys())
    for key in (key for key, sides in edit.entities.items() if None in sides):
        yield from (("entities", key), ("profiles", key))


def changed_feeds(catalogue: Catalogue, articles: Iterable[ArticleId]) -> Iterator[tuple[RowKey, str]]:
    """Yield the groups of feeds in which the changed `articles` are."""
    private = catalogue.settings.private_names
    for head in (catalogue.heads[article] for article in articles if article in catalogue.heads):
        for key, _ in keyed_feeds(catalogue.publications[head.id], head.tags, private):
            yield ("feeds", key), f"heads {head.id}"


def _changed_lists(former: Mapping[str, ListShape], now: Mapping[str, ListShape]) -> Iterator[tuple[RowKey, str]]:
    for key in _changed(former, now):
        old, new = (shapes[key].parts if key in shapes else {} for shapes in (former, now))
        yield ("lists", key.partition(" ")[0]), f"lists {key}"
        for index, table in enumerate(("members", "narrower", "counts")):
            parts = [name for name in {*old, *new} if _field(old.get(name), index) != _field(new.get(name), index)]
            yield from (((table, f"{key} {name}"), f"lists {key}") for name in parts)
            if parts:
                yield (table, f"{key} {ALL}"), f"lists {key}"
                yield (presence(table), f"{key} {ALL}"), f"lists {key}"


def _field(part: tuple[bytes, bytes, int] | None, index: int) -> bytes | int | None:
    return part[index] if part else None


def _profiles(edit: ArchiveEdit) -> Iterator[tuple[EntityId, list[str]]]:
    """Yield the entities whose profiles changed, and the fields that did; none for an entity that came or went."""
    for key, (former, now) in edit.entities.items():
        if former is None or now is None:
            yield key, []
            continue
        was, is_now = (msgspec.structs.asdict(profile_of(entity)) for entity in (former, now))
        if fields := [name for name, value in is_now.items() if was[name] != value]:
            yield key, fields


def _extents(former: Mapping[EntityId, EntityListRow], now: Mapping[EntityId, EntityListRow]) -> Iterator[EntityId]:
    """Yield the entities whose cards tell of other articles, or years, than before."""
    for key in _changed(former, now):
        was, is_now = (extent_of(rows[key]) if key in rows else None for rows in (former, now))
        if was != is_now:
            yield key


def _laters(former: Mapping[EntityId, EntityListRow], now: Mapping[EntityId, EntityListRow]) -> Iterator[str]:
    """Yield the keys of the later articles that are others than before.

    After a day before all of the newest ones there are too many to be counted, before and now.
    """
    for key in _changed(former, now):
        was, is_now = former.get(key), now.get(key)
        for day in {*(was.latest if was else ()), *(is_now.latest if is_now else ())}:
            if later_than(day, was) != later_than(day, is_now):
                yield later_key(key, day)


def _weight(entity: Entity | None) -> tuple[int, bool] | None:
    return (step(len(entity.appearances)), entity.page) if entity else None


def _entities(sides: Iterable[Names | None]) -> Iterator[EntityId]:
    return (entity for names in sides for entity in names or () if entity is not None)


def _shape(members: bytes, trees: Trees[Any], of: str) -> ListShape:
    tree = trees[of]
    parts = {
        name: (_digest(sorted(tree.members.get(name, ()))), _digest(tree.cuts.get(name, ())), count)
        for name, count in tree.counts.items()
    }
    return ListShape(members, parts)


def _kind(kind: str) -> Kind:
    return kind  # type: ignore[return-value]  # the keys were made of kinds


def _changed(former: Mapping[Any, object], now: Mapping[Any, object]) -> set[Any]:
    """Return the keys of rows that are others, new or gone."""
    changed = {key for key, row in now.items() if former.get(key) != row}
    return changed.union(former.keys() - now.keys())


def _digests(rows: Mapping[Any, object]) -> dict[str, bytes]:
    return {key: _digest(row) for key, row in rows.items()}


def _digest(value: object) -> bytes:
    return hashlib.blake2b(msgspec.msgpack.encode(value), digest_size=8).digest()
