"""The file of the cache: its folder, its tables, its lock, and a new one if it is damaged or of another format.

One build of an archive runs at a time, and none is locked out by one that was killed.
"""

from __future__ import annotations

import os
import shlex
import sqlite3
import sys
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from itertools import chain, count
from pathlib import Path

import msgspec

from glossator.config import AnotherBuild, SiteError
from glossator.files import Unusable, read_bytes
from glossator.incremental.cache.rows import DamagedRow
from glossator.model import Problem
from glossator.text import digest

FOLDER = ".glossator"
OWNER_ONLY = 0o700
"""Mode of the folder in the user's cache: it holds the texts of an archive that others may not be allowed to read."""
CACHE_VARIABLES = {"win32": "LOCALAPPDATA"}
"""Environment variable that names the user's cache, by platform; elsewhere that of the XDG Base Directory
Specification 0.8, which macOS users set too."""
XDG_CACHE = "XDG_CACHE_HOME"
LOCK_TIMEOUT = 2.0
"""Seconds to wait for another build; a rebuild of the preview takes less."""
LONGEST_COMMAND = 100
"""Characters of the command that holds the lock, as they are told."""
FORMAT = 5
"""Version of the file's format. A file of another format is set aside; nothing in it is worth a migration."""
EARLIER = {4: "Glossator 0.1.0"}
"""Versions by the formats of their files."""
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


def stored_folder(content: Path) -> Path:
    """Return the folder in which results for an archive are stored; one in the user's cache is made.

    Raises SiteError if neither folder may be written.
    """
    own = content.parent / FOLDER
    existing = own if own.exists() else own.parent
    if not existing.is_dir() or os.access(existing, os.W_OK | os.X_OK):
        return own  # what cannot be a folder is refused when the file in it is opened
    folder = _user_cache() / "glossator" / digest(os.fsencode(content.parent.resolve()))
    try:
        folder.mkdir(OWNER_ONLY, parents=True, exist_ok=True)
        unwritable = not os.access(folder, os.W_OK | os.X_OK)
    except OSError:
        unwritable = True
    if unwritable:
        raise SiteError(
            f"{existing} may not be written, and neither may {folder}, to store what the next build can use.",
            f"Give yourself the right to write there, or name another folder: set {_variable()}.",
        )
    return folder


def _variable() -> str:
    return CACHE_VARIABLES.get(sys.platform, XDG_CACHE)


def _user_cache() -> Path:
    named = Path(os.environ.get(_variable(), ""))
    if named.is_absolute():  # as the specification says, any other value is ignored
        return named
    return Path(os.path.expanduser("~"), *(("Library", "Caches") if sys.platform == "darwin" else (".cache",)))  # noqa: PTH111 -- a Path raises if there is no home


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
        raise _another_build(path) from None
    with suppress(OSError):  # who holds the lock is told if it can be, and no reason to fail
        _holder_file(path).write_bytes(msgspec.json.encode(_Holder(os.getpid(), _command(), time.time())))
    return connection


class _Holder(msgspec.Struct, frozen=True):
    """The program that holds the lock."""

    process: int
    command: str
    since: float


def _holder_file(lock_path: Path) -> Path:
    return lock_path.with_suffix(".running")


def _command() -> str:
    # A path on the command line may be no UTF-8.
    words = shlex.join(["glossator", *sys.argv[1:]]).encode(errors="backslashreplace").decode()
    return words if len(words) <= LONGEST_COMMAND else f"{words[:LONGEST_COMMAND]}…"


def _another_build(path: Path) -> AnotherBuild:
    """Return the error that says who holds the lock, if that is written beside it."""
    try:
        holder = msgspec.json.decode(read_bytes(_holder_file(path)), type=_Holder)
        since = time.strftime("%Y-%m-%d %H:%M", time.localtime(holder.since))
    except (Unusable, msgspec.MsgspecError, ValueError, OverflowError, OSError):
        return AnotherBuild("Another build of this archive is running.", "Wait until it is done, or end it.")
    command = "".join(filter(str.isprintable, holder.command))
    return AnotherBuild(
        f"Another build of this archive is running: `{command}`, process {holder.process}, since {since}.",
        f"Wait until it is done, or end it: press Ctrl-C in its terminal, or run `kill {holder.process}`.",
    )


@contextmanager
def damage_told() -> Iterator[None]:
    """Raise DamagedRow for an error of SQLite that comes from the file itself."""
    try:
        yield
    except sqlite3.DatabaseError as error:
        if is_damage(error):
            raise DamagedRow(str(error)) from error
        raise


def connect_anew(path: Path) -> tuple[sqlite3.Connection, Problem]:
    """Set the file aside, begin a new one, and return it with a notice. Raises SiteError if the disk refuses."""
    made_by = _made_by(path)
    aside = set_aside(path)
    for side_file in side_files(path):
        if side_file.is_dir():
            set_aside(side_file)
        else:
            side_file.unlink(missing_ok=True)
    why = f"was made by {made_by}" if made_by else f"is damaged, and was set aside as {aside.name}"
    text = f"{why}; everything is made again"
    try:
        return connect(path), Problem("memory", str(path), text, fatal=False)
    except sqlite3.Error as error:
        raise unusable_file(path, error) from error


def _made_by(path: Path) -> str:
    """Return the version that made a file, if the file is sound and has another format; else an empty text."""
    try:
        with closing(sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True)) as connection:
            version = connection.execute("PRAGMA user_version").fetchone()[0]
    except (sqlite3.Error, ValueError):
        return ""
    return "" if version in (0, FORMAT) else EARLIER.get(version, "another version of Glossator")


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
