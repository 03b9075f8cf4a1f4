"""The file of the memory: opened for one build at a time, set aside where it is damaged."""

from __future__ import annotations

import os
import sqlite3
import zlib
from itertools import chain, count
from pathlib import Path

from glossator.config import SiteError
from glossator.model import Problem

FORMAT = 4
"""Of the file. A file of another format is set aside and begun anew; nothing in it is worth a migration."""
PATIENCE = 2.0
"""Seconds to wait for another build: a rebuild of the preview is over sooner."""
TABLES = (
    "results (key TEXT PRIMARY KEY, stage TEXT, value BLOB)",
    # Beside the results, for SQLite writes a row anew as a whole.
    "uses (key TEXT PRIMARY KEY, used INTEGER) WITHOUT ROWID",
    "made (stage TEXT, label TEXT, code TEXT, input TEXT, settings TEXT, why TEXT, build INTEGER)",
    "pages (site TEXT, path TEXT, fingerprint TEXT, parts TEXT, why TEXT, build INTEGER)",
    "rows (namespace TEXT, space TEXT, key TEXT, value BLOB, PRIMARY KEY (namespace, space, key))",
    "marks (site TEXT PRIMARY KEY, mark TEXT)",
    "builds (number INTEGER)",
    "ends (site TEXT PRIMARY KEY, state BLOB)",
)
INDEXES = (
    "UNIQUE INDEX IF NOT EXISTS by_label ON made (label, stage)",
    "UNIQUE INDEX IF NOT EXISTS by_path ON pages (site, path)",
    "INDEX IF NOT EXISTS by_use ON uses (used)",
)


def damage(error: Exception) -> bool:
    """Whether the file is to blame, and not the disk, say, or another program.

    Of SQLite's errors the plain one says so; and one of its language, where tables are not what they are known to be.
    """
    plain = type(error) in (sqlite3.DatabaseError, zlib.error)
    return plain or getattr(error, "sqlite_errorcode", None) == sqlite3.SQLITE_ERROR


def barred(path: Path) -> bool:
    """Whether a folder is where the file or one of SQLite's own belongs, or a file that one may not open and write."""
    files = filter(Path.exists, (path, *_beside(path)))
    return any(file.is_dir() or not os.access(file, os.R_OK | os.W_OK) for file in files)


def unusable(path: Path, error: sqlite3.Error | OSError) -> SiteError:
    reason = error.strerror.lower() if isinstance(error, OSError) and error.strerror else error
    hint = "See that the disk has space and that you may write there. Deleting the file loses nothing but time."
    return SiteError(f"What is remembered of earlier builds, in {path}, cannot be used: {reason}.", hint)


def lock(path: Path) -> sqlite3.Connection:
    """A lock on all platforms, which the system lifts when its holder ends in whatever way: a database of its own."""
    if path.is_dir():
        _set_aside(path)
    try:
        connection = sqlite3.connect(path, timeout=PATIENCE, isolation_level=None)
    except sqlite3.Error as error:
        raise unusable(path, error) from error
    try:
        connection.execute("BEGIN EXCLUSIVE")
    except sqlite3.Error as error:
        connection.close()
        if damage(error):
            _set_aside(path)
            return lock(path)
        if getattr(error, "sqlite_errorcode", None) != sqlite3.SQLITE_BUSY:
            raise unusable(path, error) from error
        raise SiteError("Another build of this archive is running.", "Wait until it is done, or end it.") from None
    return connection


def connect(path: Path) -> sqlite3.Connection:
    """Raises sqlite3.DatabaseError for a file that is no database, or of another format."""
    connection = sqlite3.connect(path)
    try:
        connection.execute("PRAGMA auto_vacuum = INCREMENTAL")  # so that a file that holds less becomes smaller
        connection.execute("PRAGMA journal_mode = WAL")
        connection.execute("PRAGMA synchronous = NORMAL")
        version = connection.execute("PRAGMA user_version").fetchone()[0]
        if version not in (0, FORMAT):
            raise sqlite3.DatabaseError(f"format {version}")
        with connection:
            for table in TABLES:
                connection.execute(f"CREATE TABLE IF NOT EXISTS {table}")
            for index in INDEXES:
                connection.execute(f"CREATE {index}")
            connection.execute("INSERT INTO builds SELECT 0 WHERE NOT EXISTS (SELECT 1 FROM builds)")
            connection.execute(f"PRAGMA user_version = {FORMAT}")
    except sqlite3.Error:
        connection.close()
        raise
    return connection


def connect_anew(path: Path) -> tuple[sqlite3.Connection, Problem]:
    """Set the file aside, and begin another in its place; the notice that says so. Raises SiteError."""
    aside = _set_aside(path)
    for beside in _beside(path):
        if beside.is_dir():
            _set_aside(beside)
        else:
            beside.unlink(missing_ok=True)
    text = f"is damaged, or of another version: it was set aside as {aside.name}, and all is made anew"
    try:
        return connect(path), Problem("memory", str(path), text, fatal=False)
    except sqlite3.Error as error:
        raise unusable(path, error) from error


def _beside(path: Path) -> tuple[Path, ...]:
    """What SQLite keeps beside the file while it is open, and after a build that was killed."""
    return tuple(path.with_name(path.name + suffix) for suffix in ("-wal", "-shm"))


def _set_aside(path: Path) -> Path:
    """Rename what cannot be used, in place of what was set aside before unless that is, or would be, a folder."""
    name = f"{path.name}.damaged"
    names = chain((name,), (f"{name}-{number}" for number in count(2)))
    asides = (path.with_name(name) for name in names)
    aside = next(one for one in asides if not one.exists() or (path.is_file() and one.is_file()))
    try:
        return path.replace(aside)
    except OSError as error:
        raise unusable(path, error) from error
