"""The lock of the cache: one build of an archive at a time, and none is locked out by one that was killed."""

from __future__ import annotations

import sqlite3
from pathlib import Path

from glossator.config import SiteError
from glossator.incremental.cache.damaged_file import is_damage, set_aside, unusable_file

LOCK_TIMEOUT = 2.0
"""Seconds to wait for another build; a rebuild of the preview takes less."""


def lock(path: Path) -> sqlite3.Connection:
    """Open and lock a database that serves as the lock.

    Such a lock works on all platforms, and the system releases it however its holder ends. Raises SiteError if another
    build holds the lock, or if the file cannot be used.
    """
    if path.is_dir():
        set_aside(path)
    try:
        connection = sqlite3.connect(path, timeout=LOCK_TIMEOUT, isolation_level=None)
    except sqlite3.Error as error:
        raise unusable_file(path, error) from error
    try:
        connection.execute("BEGIN EXCLUSIVE")
    except sqlite3.Error as error:
        connection.close()
        if is_damage(error):
            set_aside(path)
            return lock(path)
        if getattr(error, "sqlite_errorcode", None) != sqlite3.SQLITE_BUSY:
            raise unusable_file(path, error) from error
        raise SiteError("Another build of this archive is running.", "Wait until it is done, or end it.") from None
    return connection
