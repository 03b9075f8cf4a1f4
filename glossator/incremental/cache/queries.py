"""Queries for stored rows and results, by the build and by workers that read meanwhile, and eviction of results."""

from __future__ import annotations

import sqlite3
import zlib
from collections.abc import Iterable
from collections.abc import Set as AbstractSet
from pathlib import Path

from glossator.incremental.cache.database import damage_told
from glossator.incremental.cache.rows import unseal

KEYS_PER_QUERY = 500


class Reader:
    """Reads rows and results that the build has stored so far. State: the connection. Raises DamagedRow."""

    def __init__(self, path: Path) -> None:
        # Python may drop the reader, which closes the connection, in another thread than the one that used it.
        self._connection = sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True, check_same_thread=False)

    def __del__(self) -> None:
        self._connection.close()  # a worker may keep its reader until it ends

    def rows(self, namespace: str, table: str, keys: Iterable[str] | None = None) -> dict[str, bytes]:
        with damage_told():
            return rows(self._connection, namespace, table, keys)

    def result(self, key: str) -> bytes | None:
        """Return the result that is stored under the digest of a key; None if there is none."""
        with damage_told():
            return result(self._connection, key)


def rows(connection: sqlite3.Connection, namespace: str, table: str, keys: Iterable[str] | None) -> dict[str, bytes]:
    """Return the stored rows of a table by key: those of the keys, or all if `keys` is None. Raises DamagedRow."""
    query = "SELECT key, value FROM rows WHERE namespace = ? AND table_name = ?"
    stored: dict[str, object] = {}
    if keys is None:
        stored.update(connection.execute(query, (namespace, table)))
    wanted = list(keys or ())
    for start in range(0, len(wanted), KEYS_PER_QUERY):
        batch = wanted[start : start + KEYS_PER_QUERY]
        with_keys = f"{query} AND key IN ({','.join('?' * len(batch))})"
        stored.update(connection.execute(with_keys, (namespace, table, *batch)))
    return {key: unseal(row, namespace, table, key) for key, row in stored.items()}


def checksum_of_keys(connection: sqlite3.Connection, namespace: str) -> int:
    """Return a checksum of the keys of a namespace as its index has them: a lost row is absent to every query."""
    # In the order of the index, which is read alone. Another order would cost a build from the beginning, and no more.
    query = "SELECT table_name, group_concat(key, char(10)) FROM rows WHERE namespace = ? GROUP BY table_name"
    checksum = 0
    for table, keys in connection.execute(query, (namespace,)):
        checksum = zlib.crc32(f"{table}\0{keys}\0".encode("utf-8", "surrogatepass"), checksum)
    return checksum


def result(connection: sqlite3.Connection, key: str) -> bytes | None:
    """Return the result that is stored under the digest of a key; None if there is none. Raises DamagedRow."""
    row = connection.execute("SELECT value FROM results WHERE key = ?", (key,)).fetchone()
    return zlib.decompress(unseal(row[0], key)) if row else None


def evict(connection: sqlite3.Connection, limit: int, used: AbstractSet[str], build: int) -> None:
    """Delete the least recently used results until all results take at most `limit` bytes.

    Results that the build with this number has `used`, by key, stay. As long as the file is less than half as large,
    uses are not recorded.
    """
    if _size(connection) <= limit // 2:
        return
    with connection:
        connection.executemany("UPDATE uses SET used = ? WHERE key = ?", ((build, key) for key in sorted(used)))
        rows = connection.execute("SELECT total(length(value)) FROM rows").fetchone()[0]
        while (over := _size(connection) - rows - limit) > 0 and (oldest := _least_recent(connection, over, build)):
            for table in ("results", "uses"):
                connection.executemany(f"DELETE FROM {table} WHERE key = ?", oldest)  # noqa: S608 -- our own two
    connection.executescript("PRAGMA incremental_vacuum")  # `execute` would free one page


def _least_recent(connection: sqlite3.Connection, size: float, build: int) -> list[tuple[str]]:
    """Return the keys of about `size` bytes of results that the build did not use, least recently used first."""
    query = "SELECT key, length(value) FROM uses JOIN results USING (key) WHERE used < ? ORDER BY used, key"
    keys: list[tuple[str]] = []
    for key, length in connection.execute(query, (build,)):
        keys.append((key,))
        size -= length
        if size <= 0:
            break
    return keys


def _size(connection: sqlite3.Connection) -> int:
    """Return how many bytes of the file are in use."""
    size, pages, free = (
        connection.execute(f"PRAGMA {name}").fetchone()[0] for name in ("page_size", "page_count", "freelist_count")
    )
    return int(size * (pages - free))
