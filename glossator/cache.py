"""Remembered results, in one SQLite file outside the site. Deleting it loses nothing but time."""

from __future__ import annotations

import sqlite3
import zlib
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import wraps
from pathlib import Path
from types import TracebackType
from typing import Concatenate, ParamSpec, Self, TypeVar

from glossator.config import SiteError
from glossator.digest import digest
from glossator.model import Digest

FORMAT = 1
"""Of the file. A file of another format is deleted and begun anew; nothing in it is worth a migration."""
PATIENCE = 2.0
"""Seconds to wait for another build: a rebuild of the preview is over sooner."""

Given = ParamSpec("Given")
Returned = TypeVar("Returned")


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


def _mending(method: Callable[Concatenate[Cache, Given], Returned]) -> Callable[Concatenate[Cache, Given], Returned]:
    """Begins the file anew where a method finds it damaged: what was in it counts as never remembered."""

    @wraps(method)
    def mended(cache: Cache, /, *given: Given.args, **named: Given.kwargs) -> Returned:
        try:
            return method(cache, *given, **named)
        except (sqlite3.DatabaseError, zlib.error) as error:
            if not _damage(error):
                raise
            cache.begin_anew()
            return method(cache, *given, **named)

    return mended


class Cache:
    """Results by key, and what was last known of each file and page. One connection, in the main process.

    State: the connection, and a lock for as long as the cache is open: one build at a time. A damaged or foreign file
    is deleted and begun anew. Raises SiteError where another build has the lock, or the file cannot be used.
    """

    def __init__(self, path: Path) -> None:
        path.parent.mkdir(parents=True, exist_ok=True)
        (path.parent / ".gitignore").write_text("*\n", "utf-8")
        self._path = path
        self._lock = _lock(path.with_suffix(".lock"))
        try:
            self._connection = _open(path)
        except sqlite3.DatabaseError as error:
            if not _damage(error):
                self._lock.close()
                raise _unusable(path, error) from error
            self._connection = _open_anew(path)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._connection.close()
        self._lock.close()
        if isinstance(error, sqlite3.Error):
            raise _unusable(self._path, error) from error

    def begin_anew(self) -> None:
        """Forget everything."""
        self._connection.close()
        self._connection = _open_anew(self._path)

    @_mending
    def get(self, keys: Iterable[Key]) -> Mapping[Key, bytes]:
        """The remembered results among those asked for."""
        found = {}
        for key in keys:
            row = self._connection.execute("SELECT value FROM results WHERE key = ?", (key.digest,)).fetchone()
            if row:
                found[key] = zlib.decompress(row[0])
        return found

    @_mending
    def put(self, results: Mapping[Key, bytes]) -> None:
        """Remember results, in one transaction."""
        with self._connection:
            self._connection.executemany(
                "INSERT OR REPLACE INTO results (key, stage, value) VALUES (?, ?, ?)",
                [(key.digest, key.stage, zlib.compress(value, 3)) for key, value in results.items()],
            )

    @_mending
    def keep(self, stage: str, keys: Iterable[Key]) -> None:
        """Forget what a stage once made and nobody asked for this time, once that is more than half of it."""
        used = {key.digest for key in keys}
        known = {row[0] for row in self._connection.execute("SELECT key FROM results WHERE stage = ?", (stage,))}
        if len(known) > 2 * len(used) + 1000:
            with self._connection:
                self._connection.executemany("DELETE FROM results WHERE key = ?", [(key,) for key in known - used])

    @_mending
    def pages(self, site: str) -> Mapping[str, str]:
        """The fingerprints of a site's pages at the last build, by path."""
        return dict(self._connection.execute("SELECT path, fingerprint FROM pages WHERE site = ?", (site,)))

    @_mending
    def forget_pages(self, site: str, paths: Iterable[str]) -> None:
        """Before pages are written: a build that breaks off leaves none that passes for what it was."""
        with self._connection:
            self._connection.executemany(
                "DELETE FROM pages WHERE site = ? AND path = ?", [(site, path) for path in paths]
            )

    @_mending
    def set_pages(self, site: str, fingerprints: Mapping[str, str]) -> None:
        with self._connection:
            self._connection.execute("DELETE FROM pages WHERE site = ?", (site,))
            self._connection.executemany(
                "INSERT INTO pages (site, path, fingerprint) VALUES (?, ?, ?)",
                [(site, path, fingerprint) for path, fingerprint in fingerprints.items()],
            )


def _damage(error: Exception) -> bool:
    """Whether the file is to blame. Of SQLite's errors only the plain one says so; a full disk has its own class."""
    return type(error) in (sqlite3.DatabaseError, zlib.error)


def _unusable(path: Path, error: sqlite3.Error) -> SiteError:
    hint = "See that the disk has room and that you may write there. Deleting the file loses nothing but time."
    return SiteError(f"What is remembered of earlier builds, in {path}, cannot be used: {error}.", hint)


def _lock(path: Path) -> sqlite3.Connection:
    """A lock on all platforms, which the system lifts when its holder ends in whatever way: a database of its own."""
    connection = sqlite3.connect(path, timeout=PATIENCE, isolation_level=None)
    try:
        connection.execute("BEGIN EXCLUSIVE")
    except sqlite3.Error as error:
        connection.close()
        if getattr(error, "sqlite_errorcode", None) != sqlite3.SQLITE_BUSY:
            raise _unusable(path, error) from error
        raise SiteError("Another build of this archive is running.", "Wait until it is done, or end it.") from None
    return connection


def _open(path: Path) -> sqlite3.Connection:
    """Raises sqlite3.DatabaseError for a file that is no database, or of another format."""
    connection = sqlite3.connect(path)
    try:
        connection.execute("PRAGMA journal_mode = WAL")
        connection.execute("PRAGMA synchronous = NORMAL")
        version = connection.execute("PRAGMA user_version").fetchone()[0]
        if version not in (0, FORMAT):
            raise sqlite3.DatabaseError(f"format {version}")
        with connection:
            connection.execute("CREATE TABLE IF NOT EXISTS results (key TEXT PRIMARY KEY, stage TEXT, value BLOB)")
            connection.execute(
                "CREATE TABLE IF NOT EXISTS pages (site TEXT, path TEXT, fingerprint TEXT, PRIMARY KEY (site, path))"
            )
            connection.execute(f"PRAGMA user_version = {FORMAT}")
    except sqlite3.Error:
        connection.close()
        raise
    return connection


def _open_anew(path: Path) -> sqlite3.Connection:
    for suffix in ("", "-wal", "-shm"):
        path.with_name(path.name + suffix).unlink(missing_ok=True)
    return _open(path)
