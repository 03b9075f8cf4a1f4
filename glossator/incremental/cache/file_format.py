"""The format of the file of the cache: its tables. A file of another format is set aside."""

from __future__ import annotations

import sqlite3
from pathlib import Path

FORMAT = 5
"""Version of the file's format. A file of another format is set aside; nothing in it is worth a migration."""
TABLES = (
    "results (key TEXT PRIMARY KEY, stage TEXT, value BLOB)",
    # In a table of its own because SQLite rewrites a row as a whole.
    "uses (key TEXT PRIMARY KEY, used INTEGER) WITHOUT ROWID",
    "runs (stage TEXT, label TEXT, code TEXT, input TEXT, settings TEXT, why TEXT, build INTEGER)",
    "pages (site TEXT, path TEXT, fingerprint TEXT, parts TEXT, why TEXT, build INTEGER)",
    "rows (namespace TEXT, table_name TEXT, key TEXT, value BLOB, PRIMARY KEY (namespace, table_name, key))",
    "namespaces (namespace TEXT PRIMARY KEY, keys INTEGER)",
    "marks (site TEXT PRIMARY KEY, mark TEXT)",
    "builds (number INTEGER)",
    "last_builds (site TEXT PRIMARY KEY, record BLOB)",
)
INDEXES = (
    "UNIQUE INDEX IF NOT EXISTS runs_by_label ON runs (label, stage)",
    "UNIQUE INDEX IF NOT EXISTS pages_by_path ON pages (site, path)",
    "INDEX IF NOT EXISTS uses_by_build ON uses (used)",
)


def connect(path: Path) -> sqlite3.Connection:
    """Open the file, with its tables. Raises sqlite3.DatabaseError if it is no database, or of another format."""
    connection = sqlite3.connect(path)
    try:
        connection.execute("PRAGMA auto_vacuum = INCREMENTAL")  # so that the file shrinks when results are deleted
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
