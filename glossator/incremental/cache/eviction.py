"""Eviction: the results that were not used for longest go, so that the file keeps to a limit."""

from __future__ import annotations

import sqlite3
from collections.abc import Set as AbstractSet


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
