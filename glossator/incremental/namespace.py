"""Stored tables of one namespace: read singly, written together, and valid for one basis."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from copy import deepcopy
from typing import Protocol, TypeVar

import msgspec

from glossator.incremental.cache import Cache, DamagedRow, RowDecoder
from glossator.incremental.cache.rows import NamespaceSchema, StoredValue, Table
from glossator.incremental.code_versions import code_digest
from glossator.incremental.schema import RESOLVE_TABLES
from glossator.incremental.spooled_rows import Spool, SpooledRows
from glossator.model import Rows, RowWrites, TableWrites
from glossator.text import digest

VALUES = "values"
"""Table of the values that are stored whole, by name, and of the basis."""
BASIS = "basis"

Key = TypeVar("Key", bound=str)
Value = TypeVar("Value")


class RowSource(Protocol):
    """The memory of builds, opened by the build itself or by a worker that only reads."""

    def rows(self, namespace: str, table: str, keys: Iterable[str] | None = None) -> Rows: ...


def read_stored(source: RowSource, table: Table[Key, Value], keys: Iterable[Key] | None = None) -> dict[Key, Value]:
    """Return the rows of a table as they were committed last, those of the keys or all; absent keys are left out."""
    return table.decode_all(source.rows(table.namespace.name, table.name, keys))


def read_needed(source: RowSource, table: Table[Key, Value], keys: Collection[Key]) -> dict[Key, Value]:
    """Return rows to which others refer. Raises DamagedRow if one is not stored."""
    stored = read_stored(source, table, keys)
    if lost := set(keys) - stored.keys():
        raise DamagedRow(min(lost))
    return stored


def read_value(source: RowSource, stored: StoredValue[Value]) -> Value:
    """Return a value that is stored whole. Raises DamagedRow if it is not stored."""
    row = source.rows(stored.namespace.name, VALUES, [stored.name]).get(stored.name)
    if row is None:
        raise DamagedRow(stored.name)
    decoder: RowDecoder[Value] = RowDecoder(stored.value)
    return decoder.decode(row)


class Namespace:
    """Tables that are valid for one basis: code, settings and whatever else every row depends on.

    State: the writes so far. Nothing is stored, and nobody else sees them, until `commit`. Rows of another basis can
    still be read by `previous`, to find out what differs; `read` gives none of them.
    """

    def __init__(self, cache: Cache | None, schema: NamespaceSchema, **inputs: str) -> None:
        """Open a namespace; without a cache it is empty and cannot be committed. Raises DamagedRow if rows were lost.

        `inputs` are what the schema names, with blanks as underscores.
        """
        given = {name.replace("_", " ") for name in inputs}
        assert given == set(schema.inputs), f"{schema.name} depends on {schema.inputs}, not on {sorted(given)}"
        self.schema = schema
        self._cache = cache
        self._generation = cache.generation if cache else 0
        if cache:
            cache.require_all_rows(schema.name)
        self._basis = digest(
            code_digest(schema.code, schema.libraries), *(inputs[name.replace(" ", "_")] for name in schema.inputs)
        )
        self._folder = cache.path.parent if cache else None
        self._spool = Spool(self._folder)
        self._writes: dict[str, SpooledRows] = {}
        self.fresh = self._stored(VALUES, [BASIS]).get(BASIS) != self._basis.encode()
        """Set while nothing that was stored is valid any more."""

    def previous(self, table: Table[Key, Value], keys: Iterable[Key] | None = None) -> dict[Key, Value]:
        """Return rows as they were committed last, on whatever basis; the whole table if no keys are named."""
        return table.decode_all(self._stored(table.name, keys))

    def read(self, table: Table[Key, Value], keys: Iterable[Key] | None) -> dict[Key, Value]:
        """Return rows as they are now, all of them if `keys` is None; absent keys are left out."""
        return table.decode_all(self._rows(table.name, keys))

    def read_all(self, table: Table[Key, Value]) -> dict[Key, Value]:
        """Return every row of a table as it is now."""
        return self.read(table, None)

    def write(self, table: Table[Key, Value], rows: Mapping[Key, Value | None]) -> None:
        """Replace rows; None removes one."""
        encode, put = table.encode, self._written(table.name).put
        for key, value in rows.items():
            put(key, None if value is None else encode(value))

    def value(self, stored: StoredValue[Value], default: Value) -> Value:
        """Return a value that is stored whole, or the default."""
        row = self._rows(VALUES, [stored.name]).get(stored.name)
        decoder: RowDecoder[Value] = RowDecoder(stored.value)
        return decoder.decode(row) if row else default

    def set_value(self, stored: StoredValue[Value], value: Value) -> None:
        """Store a value whole."""
        self._written(VALUES).put(stored.name, msgspec.msgpack.encode(value))

    def read_kind(self, kind: type[Value], keys: Iterable[Key] | None) -> dict[Key, Value]:
        """Return rows of resolve, which names them by their type, as they are now, or all of them without keys."""
        return self.read(RESOLVE_TABLES[kind], keys)

    def write_kinds(self, writes: RowWrites) -> None:
        """Replace rows of resolve by their type; None removes one."""
        for kind, rows in writes.items():
            self.write(RESOLVE_TABLES[kind], rows)

    def branch(self) -> Namespace:
        """Return a namespace with these rows, whose writes this one does not see."""
        return deepcopy(self, {id(self._cache): self._cache})  # both read the same file

    @property
    def changed(self) -> bool:
        """True if there is anything to commit."""
        return bool(self._writes)

    def take_writes(self) -> tuple[str, TableWrites, bool]:
        """Return the name, the writes, and True if every other stored row is to go; they count as stored from now on.

        Raises DamagedRow if the cache was begun anew since the namespace was opened.
        """
        self._require_same_file()
        if self._writes or self.fresh:
            self._written(VALUES).put(BASIS, self._basis.encode())
        taken = self.schema.name, self._writes, self.fresh
        self._spool, self._writes, self.fresh = Spool(self._folder), {}, False
        return taken

    def _rows(self, table: str, keys: Iterable[str] | None) -> Rows:
        changed: Mapping[str, bytes | None] = self._writes.get(table, {})
        if keys is not None:
            wanted = list(keys)
            changed = {key: changed[key] for key in wanted if key in changed}
            keys = [key for key in wanted if key not in changed]
        rows = {} if self.fresh else self._stored(table, keys)
        return {key: row for key, row in {**rows, **changed}.items() if row is not None}

    def _written(self, table: str) -> SpooledRows:
        """Return the rows of a table that wait for the commit."""
        return self._writes.setdefault(table, SpooledRows(self._spool))

    def _stored(self, table: str, keys: Iterable[str] | None) -> Rows:
        rows = self._cache.rows(self.schema.name, table, keys) if self._cache else {}
        self._require_same_file()
        return rows

    def _require_same_file(self) -> None:
        """Raise DamagedRow if the cache was begun anew since the namespace was opened: rows read before are gone."""
        if self._cache and self._cache.generation != self._generation:
            raise DamagedRow(self.schema.name)


def commit(cache: Cache, *namespaces: Namespace) -> None:
    """Store the writes of the namespaces in one transaction: all of them or, if the build is ended meanwhile, none.

    Raises DamagedRow if the cache had to be begun anew, because writes alone are not the whole archive.
    """
    cache.set_rows([namespace.take_writes() for namespace in namespaces])
