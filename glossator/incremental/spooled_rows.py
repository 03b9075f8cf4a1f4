"""Rows that wait until they are stored: on disk if they are many, as those of a first build are."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from io import BytesIO
from pathlib import Path
from tempfile import TemporaryFile
from typing import BinaryIO, Generic, Self, TypeVar
from weakref import finalize

from glossator.incremental.cache.rows import Table

BYTES_IN_MEMORY = 1 << 21
LENGTH_BYTES = 4
"""Bytes before each row that say how long it is."""
Key = TypeVar("Key", bound=str)
Value = TypeVar("Value")


class Spool:
    """A file of rows, to which rows are only ever added: in memory, and once it has BYTES_IN_MEMORY on disk.

    State: the file, which has no name and goes with the process, and its length.
    """

    def __init__(self, folder: Path | None) -> None:
        self._folder = folder
        self._file: BinaryIO = BytesIO()
        self._end = 0

    def add(self, row: bytes) -> int:
        """Write a row, and return its place."""
        if self._file.tell() != self._end:  # a seek would write the buffer
            self._file.seek(self._end)
        place = self._end
        self._end += self._file.write(len(row).to_bytes(LENGTH_BYTES) + row)
        if self._end > BYTES_IN_MEMORY and isinstance(self._file, BytesIO):
            on_disk = TemporaryFile(dir=self._folder)  # noqa: SIM115 -- rows wait in it
            finalize(self, on_disk.close)  # no `__del__`: the time limit of an article would interrupt those of others
            on_disk.write(self._file.getvalue())
            self._file = on_disk
        return place

    def row(self, place: int) -> bytes:
        """Return the row at a place."""
        self._file.seek(place)
        return self._file.read(int.from_bytes(self._file.read(LENGTH_BYTES)))

    def __deepcopy__(self, _: object) -> Self:
        return self  # whoever copies places adds rows of his own


class SpooledRows(Mapping[str, "bytes | None"]):
    """Encoded rows of one table by key, None for a row that is gone. State: the place of each row in the spool."""

    def __init__(self, spool: Spool) -> None:
        self._spool = spool
        self._places: dict[str, int | None] = {}

    def put(self, key: str, row: bytes | None) -> None:
        """Add a row, or replace it."""
        self._places[key] = None if row is None else self._spool.add(row)

    def __getitem__(self, key: str) -> bytes | None:
        place = self._places[key]
        return None if place is None else self._spool.row(place)

    def __contains__(self, key: object) -> bool:
        return key in self._places

    def __iter__(self) -> Iterator[str]:
        return iter(self._places)

    def __len__(self) -> int:
        return len(self._places)


class SpooledValues(Mapping[Key, "Value | None"], Generic[Key, Value]):
    """Values of a table by key, which are decoded each time that they are looked up; None for one that is gone."""

    def __init__(self, table: Table[Key, Value], folder: Path | None) -> None:
        self._table = table
        self._rows = SpooledRows(Spool(folder))

    def put(self, key: Key, value: Value | None) -> None:
        """Add a value, or replace it."""
        self._rows.put(key, None if value is None else self._table.encode(value))

    def __getitem__(self, key: Key) -> Value | None:
        row = self._rows[key]
        return None if row is None else self._table.decode(row)

    def __iter__(self) -> Iterator[Key]:
        return iter(self._rows)  # type: ignore[arg-type]  # the keys were put as such

    def __len__(self) -> int:
        return len(self._rows)
