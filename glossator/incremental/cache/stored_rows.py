"""Rows as they are stored: each with a checksum of its key and value, so that nothing is made of a damaged one."""

from __future__ import annotations

import zlib
from collections.abc import Callable
from typing import Any, Generic, TypeVar

import msgspec

from glossator.errors import BuildInterrupted

CHECKSUM_BYTES = 4
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
