"""Tables of stored rows: what invalidates them, and how a row is written and read."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Any, Generic, TypeVar

import msgspec

from glossator.incremental.cache import RowDecoder
from glossator.model import Rows

Key = TypeVar("Key", bound=str)
Value = TypeVar("Value")


class NamespaceSchema(msgspec.Struct, frozen=True):
    """Everything that the rows of a namespace depend on. A change of any of it invalidates all rows."""

    name: str
    code: tuple[str, ...] = ()
    """Modules and packages below `glossator/`, by path without suffix."""
    libraries: tuple[str, ...] = ()
    """Distributions whose version counts."""
    inputs: tuple[str, ...] = ()
    """Names of the digests or texts that are given when the namespace is opened, in this order."""


@dataclass(frozen=True)
class Table(Generic[Key, Value]):
    """Rows of one type by key. Values are stored as MessagePack; bytes are stored as they are."""

    namespace: NamespaceSchema
    name: str
    key: type[Key]
    value: Any
    """The type of a value."""

    @cached_property
    def _decoder(self) -> RowDecoder[Value]:
        return RowDecoder(self.value)

    def decode(self, row: bytes) -> Value:
        """Return the value of a stored row. Raises DamagedRow if it is of another type."""
        return row if self.value is bytes else self._decoder.decode(row)  # type: ignore[return-value]  # a table of bytes

    def encode(self, value: Value | bytes) -> bytes:
        """Return the row to be stored for a value; one that is encoded already is returned as it is."""
        return value if isinstance(value, bytes) else msgspec.msgpack.encode(value)

    def decode_all(self, rows: Rows) -> dict[Key, Value]:
        """Return the values of stored rows, by key."""
        decode = self.decode
        return {key: decode(row) for key, row in rows.items()}  # type: ignore[misc]  # the keys were written as such


@dataclass(frozen=True)
class StoredValue(Generic[Value]):
    """A single value, stored beside the tables of its namespace and read whole."""

    namespace: NamespaceSchema
    name: str
    value: Any
    """The type of the value."""
