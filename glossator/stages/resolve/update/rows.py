"""What an update remembers for the next one, as rows of bytes in tables that the caller keeps."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from zlib import crc32

import msgspec

from glossator.digest import digest
from glossator.model import ArticleId, ArticleNames, Digest, Entity, EntityId, EntityType, PublishedId, ReadTable
from glossator.stages.resolve.blocking.columns import Described
from glossator.stages.resolve.clustering.context import Around
from glossator.stages.resolve.decisions.statements import Statement

GISTS, AROUND, RESOLVED = "gists", "around", "resolved"
"""Tables with a row for each article: what was seen of it, what it is about, whom its names are."""
NEIGHBOURS, LINKS, ENTITIES, STATE = "neighbours", "links", "entities", "state"
"""Tables with rows of neighbourhoods, of keys, of entities, and a single one."""

DEPENDENT, INDEPENDENT = "+", "-"
"""How the name of a neighbourhood begins, by whether it depends on company."""

BUCKETS = 1 << 14
"""Rows that the keys are spread over, so that an update need read only a few."""

Sign = tuple[str, EntityType, tuple[tuple[str, int], ...], str, str, float]
"""The fields of a name, its base and the base's rarity."""


class Neighbourhood(msgspec.Struct, frozen=True, array_like=True):
    """Names and all that has to do with them. Its columns are those of `Names`."""

    signs: list[Sign]
    articles: list[ArticleId]
    indices: list[int]
    numbers: list[int]
    described: dict[int, Described]
    owners: list[int]
    """For each name its place in `entities`; -1 for nobody's."""
    entities: list[tuple[EntityId, Digest]]
    published: list[tuple[EntityId, str, EntityType]]
    statements: list[Statement]
    holds: list[str]
    asks: list[str]


class State(msgspec.Struct, frozen=True, array_like=True):
    """What is true of the archive as a whole. The findings are by neighbourhood."""

    decided: Digest
    published: Digest
    articles: int
    suggestions: dict[str, list[tuple[EntityId, EntityId, str]]] = {}
    problems: dict[str, list[tuple[str, str, int | None]]] = {}
    """Path, message and line."""
    redirects: dict[EntityId, EntityId] = {}
    guessed: list[str] = []
    """How what people said begins that fits no name: with names that begin so it was compared."""
    unsettled: list[str] = []
    """Neighbourhoods in which the ids that were given out change what comes next."""


encode = msgspec.msgpack.Encoder().encode
_gist = msgspec.msgpack.Decoder(ArticleNames)
_entity = msgspec.msgpack.Decoder(Entity)
_resolved = msgspec.msgpack.Decoder(tuple[EntityId | None, ...])
_around = msgspec.msgpack.Decoder(Around)
_neighbours = msgspec.msgpack.Decoder(Neighbourhood)
_links = msgspec.msgpack.Decoder(dict[str, list[str]])
_state = msgspec.msgpack.Decoder(State)


def read_gists(read: ReadTable, articles: Iterable[ArticleId]) -> dict[ArticleId, ArticleNames]:
    return {ArticleId(key): _gist.decode(row) for key, row in read(GISTS, articles).items()}


def read_around(read: ReadTable, articles: Iterable[ArticleId]) -> dict[ArticleId, Around]:
    return {ArticleId(key): _around.decode(row) for key, row in read(AROUND, articles).items()}


def read_neighbours(read: ReadTable, names: Iterable[str]) -> dict[str, Neighbourhood]:
    return {key: _neighbours.decode(row) for key, row in read(NEIGHBOURS, names).items()}


def read_state(read: ReadTable) -> State | None:
    found = read(STATE, (STATE,))
    return _state.decode(found[STATE]) if found else None


def read_entities(read: ReadTable, ids: Iterable[EntityId]) -> dict[EntityId, Entity]:
    """The entities of those ids that there are."""
    return {EntityId(key): _entity.decode(row) for key, row in read(ENTITIES, ids).items()}


def read_resolved(read: ReadTable, articles: Iterable[ArticleId]) -> dict[ArticleId, tuple[EntityId | None, ...]]:
    """For each of the articles the entity of each of its names."""
    return {ArticleId(key): _resolved.decode(row) for key, row in read(RESOLVED, articles).items()}


def unfounded(published: Iterable[PublishedId], statements: list[Statement]) -> Neighbourhood:
    """What people said and published ids, before there is any name."""
    ids = [(one.id, one.name, one.type) for one in published]
    return Neighbourhood([], [], [], [], {}, [], [], ids, statements, [], [])


def digest_of(value: object) -> Digest:
    """Of what is made of frozen plain values."""
    return digest(encode(value))


class Links:
    """Who holds and who asks for a key. State: the rows that were read, and those that were changed since."""

    def __init__(self, read: ReadTable) -> None:
        self._read = read
        self._rows: dict[str, dict[str, list[str]]] = {}
        self._changed: set[str] = set()

    def look(self, wanted: Iterable[str]) -> None:
        missing = {bucket(key) for key in wanted} - self._rows.keys()
        if missing:
            found = self._read(LINKS, sorted(missing))
            self._rows |= {one: _links.decode(found[one]) if one in found else {} for one in missing}

    def holder(self, key: str) -> str:
        """The neighbourhood that holds a key that was looked for, or nothing."""
        return self._rows[bucket(key)].get(key, [""])[0]

    def everyone(self, key: str) -> list[str]:
        """Holder and askers of a key that was looked for."""
        return [one for one in self._rows[bucket(key)].get(key, ()) if one]

    def replace(self, old: Mapping[str, Neighbourhood], new: Mapping[str, Neighbourhood]) -> None:
        """Enter neighbourhoods in place of others."""
        before, after = _entries(old), _entries(new)
        self.look(key for key, _, _ in before ^ after)
        for key, name, holds in before - after:
            entry = self._entry(key)
            if holds:
                entry[0] = ""
            else:
                entry.remove(name)
        for key, name, holds in sorted(after - before):
            entry = self._entry(key)
            if holds:
                entry[0] = name
            else:
                entry.append(name)

    def writes(self) -> dict[str, bytes | None]:
        rows = {one: {key: entry for key, entry in self._rows[one].items() if any(entry)} for one in self._changed}
        return {one: encode(row) if row else None for one, row in rows.items()}

    def _entry(self, key: str) -> list[str]:
        self._changed.add(bucket(key))
        return self._rows[bucket(key)].setdefault(key, [""])


def bucket(key: str) -> str:
    return f"{crc32(key.encode('utf-8', 'surrogatepass')) % BUCKETS:x}"


def _entries(found: Mapping[str, Neighbourhood]) -> set[tuple[str, str, bool]]:
    entries: set[tuple[str, str, bool]] = set()
    for name, one in found.items():
        entries.update((key, name, True) for key in one.holds)
        entries.update((key, name, False) for key in one.asks)
    return entries
