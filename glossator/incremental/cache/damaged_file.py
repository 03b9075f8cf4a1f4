"""A damaged file, or one that cannot be used: it is set aside, or a sentence says what is wrong."""

from __future__ import annotations

import os
import sqlite3
from itertools import chain, count
from pathlib import Path

from glossator.config import SiteError


def is_damage(error: sqlite3.Error) -> bool:
    """True if the error comes from the file itself, and not from the disk or another program.

    SQLite reports damage by its plain DatabaseError; tables that differ from TABLES, by an error of the SQL language;
    an unknown version in the header, by calling the file read-only. (One that is read-only cannot be set aside either,
    which is told.) Python reports text that is not UTF-8, by an OperationalError without a code of SQLite.
    """
    if type(error) is sqlite3.OperationalError:
        code = getattr(error, "sqlite_errorcode", sqlite3.SQLITE_ERROR)
        return code in (sqlite3.SQLITE_ERROR, sqlite3.SQLITE_READONLY)
    return type(error) is sqlite3.DatabaseError


def is_blocked(path: Path) -> bool:
    """True if the file, or one of SQLite's own beside it, is a folder or may not be read and written."""
    files = filter(Path.exists, (path, *side_files(path)))
    return any(file.is_dir() or not os.access(file, os.R_OK | os.W_OK) for file in files)


def unusable_file(path: Path, error: sqlite3.Error | OSError) -> SiteError:
    reason = error.strerror.lower() if isinstance(error, OSError) and error.strerror else error
    hint = "See that the disk has space and that you may write there. Deleting the file loses nothing but time."
    return SiteError(f"What is remembered of earlier builds, in {path}, cannot be used: {reason}.", hint)


def side_files(path: Path) -> tuple[Path, ...]:
    """Return the files that SQLite keeps beside the file while it is open, and after a build that was killed."""
    return tuple(path.with_name(path.name + suffix) for suffix in ("-wal", "-shm"))


def set_aside(path: Path) -> Path:
    """Rename the file, replacing one that was set aside before; a folder is neither replaced nor does it replace."""
    name = f"{path.name}.damaged"
    names = chain((name,), (f"{name}-{number}" for number in count(2)))
    asides = (path.with_name(name) for name in names)
    aside = next(aside for aside in asides if not aside.exists() or (path.is_file() and aside.is_file()))
    try:
        return path.replace(aside)
    except OSError as error:
        raise unusable_file(path, error) from error
