"""What earlier builds left of one part of the work, as rows: read singly, and left anew as a whole."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, TypeVar

import msgspec

from glossator.incremental.cache import Cache
from glossator.model import Digest, Rows, TableWrites

STATE = "state"
"""The table with what is kept whole: by name, and under `BASIS` what all of it hangs on."""
BASIS = "basis"

Value = TypeVar("Value")


class Namespace:
    """Rows of the memory that are true for one basis: the code, the settings and whatever else all of them hang on.

    State: what is to be written. Nothing is, and nobody else sees it, until it is left. Rows of another basis can
    still be seen by `was`, to find out what differs; `read` gives none of them.
    """

    def __init__(self, cache: Cache, name: str, basis: Digest) -> None:
        self._cache, self._name, self._basis = cache, name, basis
        self._changed: dict[str, dict[str, bytes | None]] = {}
        self.fresh = self.was(STATE, [BASIS]).get(BASIS) != basis.encode()
        """Whether nothing that was left holds any more."""

    def was(self, table: str, keys: Iterable[str] | None = None) -> Rows:
        """The rows as they were left, on whatever basis; all of the table if no keys are named."""
        return self._cache.rows(self._name, table, keys)

    def read(self, table: str, keys: Iterable[str]) -> Rows:
        """The rows as they are now."""
        wanted = list(keys)
        changed = self._changed.get(table, {})
        found = {} if self.fresh else dict(self.was(table, [key for key in wanted if key not in changed]))
        return found | {key: row for key in wanted if (row := changed.get(key)) is not None}

    def read_all(self, table: str) -> Rows:
        """Every row of a table, as they are now."""
        rows = {} if self.fresh else dict(self.was(table))
        changed = self._changed.get(table, {})
        return {key: row for key, row in {**rows, **changed}.items() if row is not None}

    def whole(self, name: str, kind: type[Value], empty: Value) -> Value:
        """What is kept whole under a name."""
        row = self.read(STATE, [name]).get(name)
        return msgspec.msgpack.decode(row, type=kind) if row else empty

    def write(self, writes: TableWrites) -> None:
        for table, rows in writes.items():
            self._changed.setdefault(table, {}).update(rows)

    def write_whole(self, values: Mapping[str, Any]) -> None:
        self.write({STATE: {name: msgspec.msgpack.encode(value) for name, value in values.items()}})

    @property
    def changed(self) -> bool:
        """Whether there is anything to be left."""
        return bool(self._changed)

    def forget(self) -> None:
        """What was left need not be held any more."""
        self._changed = {}
        self.fresh = False

    def left(self) -> tuple[str, TableWrites, bool]:
        """Its name, what is to be kept of it from now on, and whether nothing else is."""
        if self._changed or self.fresh:
            self.write({STATE: {BASIS: self._basis.encode()}})
        return self._name, self._changed, self.fresh


def commit(cache: Cache, *namespaces: Namespace) -> None:
    """Keep what was written in the namespaces, all of it or, if the build is ended meanwhile, none."""
    cache.set_rows([namespace.left() for namespace in namespaces])
    for namespace in namespaces:
        namespace.forget()
