"""What is remembered, for those who only look: a worker, while the build itself writes."""

from __future__ import annotations

import sqlite3
import zlib
from collections.abc import Iterable
from pathlib import Path

ASKED = 500
"""Rows asked for at a time."""


class Reader:
    """Reads the rows and results that were left by now. State: the connection."""

    def __init__(self, path: Path) -> None:
        self._connection = sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True)

    def __del__(self) -> None:
        self._connection.close()  # it ends with its holder, which may be a worker's for life

    def rows(self, namespace: str, table: str, keys: Iterable[str] | None = None) -> dict[str, bytes]:
        return rows(self._connection, namespace, table, keys)

    def result(self, key: str) -> bytes | None:
        """The result remembered under the digest of a key."""
        return result(self._connection, key)


def rows(connection: sqlite3.Connection, namespace: str, table: str, keys: Iterable[str] | None) -> dict[str, bytes]:
    """The rows of a table that there are among those asked for; all of them if no keys are named."""
    query = "SELECT key, value FROM rows WHERE namespace = ? AND space = ?"
    if keys is None:
        return dict(connection.execute(query, (namespace, table)))
    found: dict[str, bytes] = {}
    wanted = list(keys)
    for start in range(0, len(wanted), ASKED):
        some = wanted[start : start + ASKED]
        found.update(connection.execute(f"{query} AND key IN ({','.join('?' * len(some))})", (namespace, table, *some)))
    return found


def result(connection: sqlite3.Connection, key: str) -> bytes | None:
    row = connection.execute("SELECT value FROM results WHERE key = ?", (key,)).fetchone()
    return zlib.decompress(row[0]) if row else None
