"""Remembered results, in one SQLite file outside the site. Deleting it loses nothing but time."""

from __future__ import annotations

import sqlite3
import zlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Self

from glossator.config import SiteError
from glossator.digest import digest
from glossator.model import Digest

FORMAT = 1
"""Of the file. A file of another format is set aside and begun anew; nothing in it is worth a migration."""


@dataclass(frozen=True, slots=True)
class Key:
    """Every input of a result, by name."""

    stage: str
    code: Digest
    """Of the source that does the work, with the versions of the libraries and models it uses."""
    input: Digest
    settings: Digest

    def __str__(self) -> str:
        return f"{self.stage}: code {self.code[:8]}, input {self.input[:8]}, settings {self.settings[:8]}"

    @property
    def digest(self) -> str:
        return digest(self.stage, self.code, self.input, self.settings)


class Cache:
    """Results by key, and what was last known of each file and page. One connection, in the main process.

    State: the connection. A damaged or foreign file is replaced: `fresh` then says so. Where the damage shows only
    later, the file is deleted and SiteError raised.
    """

    def __init__(self, path: Path) -> None:
        path.parent.mkdir(parents=True, exist_ok=True)
        (path.parent / ".gitignore").write_text("*\n", "utf-8")
        self.fresh = False
        self._path = path
        try:
            self._connection = _open(path)
        except sqlite3.DatabaseError:
            self.fresh = True
            _delete(path)
            self._connection = _open(path)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._connection.close()
        # Of SQLite's errors only the plain one means damage; its subclasses are a full disk and the like.
        if kind is sqlite3.DatabaseError or kind is zlib.error:
            _delete(self._path)
            what = f"What was remembered of earlier builds, in {self._path}, was damaged and has been deleted."
            raise SiteError(what, "Build again: it takes longer once, and nothing is lost.") from error

    def get(self, keys: Iterable[Key]) -> Mapping[Key, bytes]:
        """The remembered results among those asked for."""
        found = {}
        for key in keys:
            row = self._connection.execute("SELECT value FROM results WHERE key = ?", (key.digest,)).fetchone()
            if row:
                found[key] = zlib.decompress(row[0])
        return found

    def put(self, results: Mapping[Key, bytes]) -> None:
        """Remember results, in one transaction."""
        with self._connection:
            self._connection.executemany(
                "INSERT OR REPLACE INTO results (key, stage, value) VALUES (?, ?, ?)",
                [(key.digest, key.stage, zlib.compress(value, 3)) for key, value in results.items()],
            )

    def keep(self, stage: str, keys: Iterable[Key]) -> None:
        """Forget what a stage once made and nobody asked for this time, once that is more than half of it."""
        used = {key.digest for key in keys}
        known = {row[0] for row in self._connection.execute("SELECT key FROM results WHERE stage = ?", (stage,))}
        if len(known) > 2 * len(used) + 1000:
            with self._connection:
                self._connection.executemany("DELETE FROM results WHERE key = ?", [(key,) for key in known - used])

    def pages(self, site: str) -> Mapping[str, str]:
        """The fingerprints of a site's pages at the last build, by path."""
        return dict(self._connection.execute("SELECT path, fingerprint FROM pages WHERE site = ?", (site,)))

    def forget_pages(self, site: str, paths: Iterable[str]) -> None:
        """Before pages are written: a build that breaks off leaves none that passes for what it was."""
        with self._connection:
            self._connection.executemany(
                "DELETE FROM pages WHERE site = ? AND path = ?", [(site, path) for path in paths]
            )

    def set_pages(self, site: str, fingerprints: Mapping[str, str]) -> None:
        with self._connection:
            self._connection.execute("DELETE FROM pages WHERE site = ?", (site,))
            self._connection.executemany(
                "INSERT INTO pages (site, path, fingerprint) VALUES (?, ?, ?)",
                [(site, path, fingerprint) for path, fingerprint in fingerprints.items()],
            )


def _delete(path: Path) -> None:
    for suffix in ("", "-wal", "-shm"):
        path.with_name(path.name + suffix).unlink(missing_ok=True)


def _open(path: Path) -> sqlite3.Connection:
    """Raises sqlite3.DatabaseError for a file that is no database, or of another format."""
    connection = sqlite3.connect(path)
    connection.execute("PRAGMA journal_mode = WAL")
    connection.execute("PRAGMA synchronous = NORMAL")
    version = connection.execute("PRAGMA user_version").fetchone()[0]
    if version not in (0, FORMAT):
        connection.close()
        raise sqlite3.DatabaseError(f"format {version}")
    with connection:
        connection.execute("CREATE TABLE IF NOT EXISTS results (key TEXT PRIMARY KEY, stage TEXT, value BLOB)")
        connection.execute(
            "CREATE TABLE IF NOT EXISTS pages (site TEXT, path TEXT, fingerprint TEXT, PRIMARY KEY (site, path))"
        )
        connection.execute(f"PRAGMA user_version = {FORMAT}")
    return connection
