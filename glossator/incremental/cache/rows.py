"""Rows as they are stored, and their tables: what invalidates a row, and how it is written and read.

Each row has a checksum of its key and value, so that nothing is made of a damaged one.
"""

from __future__ import annotations

import zlib
from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Generic, TypeVar

import msgspec

from glossator.errors import BuildInterrupted
from glossator.model import Rows

CHECKSUM_BYTES = 4
Key = TypeVar("Key", bound=str)
Value = TypeVar("Value")


class DamagedRow(BuildInterrupted):
    """A stored row that is not as it was written, or is missing although others refer to it."""


def seal(value: bytes, *key: str) -> bytes:
    """Return the row to be stored for a value."""
    return _checksum(value, key) + value


def unseal(row: object, *key: str) -> bytes:
    """Return the value of a stored row. Raises DamagedRow if key or value are not those that were sealed."""
    value = row[CHECKSUM_BYTES:] if isinstance(row, bytes) else b""
    if not isinstance(row, bytes) or row[:CHECKSUM_BYTES] != _checksum(value, key):
        raise DamagedRow(" ".join(map(str, key)))
    return value


def typed(column: object, kind: type[Value]) -> Value:
    """Return a column of a row that has no checksum. Raises DamagedRow if its type is another."""
    if not isinstance(column, kind):
        raise DamagedRow(repr(column))
    return column


class RowDecoder(Generic[Value]):
    """Decodes the stored rows of one type. State: msgspec's decoder."""

    def __init__(self, kind: Any, dec_hook: Callable[[type, Any], Any] | None = None) -> None:
        self._decoder: msgspec.msgpack.Decoder[Value] = msgspec.msgpack.Decoder(kind, dec_hook=dec_hook)

    def decode(self, row: bytes) -> Value:
        """Return the value of a stored row. Raises DamagedRow if it is of another type, as other code left it."""
        try:
            return self._decoder.decode(row)
        except msgspec.DecodeError as error:
            raise DamagedRow(str(error)) from error


def _checksum(value: bytes, key: tuple[str, ...]) -> bytes:
    return zlib.crc32(value, zlib.crc32("\0".join(key).encode("utf-8", "surrogatepass"))).to_bytes(CHECKSUM_BYTES)


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

    def encode(self, value: Value) -> bytes:
        """Return the row to be stored for a value."""
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
