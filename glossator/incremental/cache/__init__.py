"""Remembered results, in one SQLite file outside the site. Deleting it loses nothing but time.

Longer than other modules, for all that one build writes goes through one connection, under one lock.
"""

from __future__ import annotations

import sqlite3
import zlib
from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import astuple, dataclass, fields
from functools import wraps
from pathlib import Path
from types import TracebackType
from typing import Concatenate, ParamSpec, Self, TypeVar

from glossator.digest import digest
from glossator.errors import BuildInterrupted
from glossator.incremental.cache import file, reader
from glossator.incremental.cache.reader import Reader
from glossator.model import Digest, Fingerprint, Problem, TableWrites

__all__ = ["LOST", "NEW", "Cache", "Cause", "Key", "Reader", "Torn", "differing"]

NEW = "new"
"""Why something was made of which nothing was known before."""
LOST = "lost"
"""Why something was made though no input differed: it was dropped, or somebody changed it on the site."""

Given = ParamSpec("Given")
Returned = TypeVar("Returned")


class Torn(BuildInterrupted):
    """A row that ought to be there is not: what is remembered does not hold together."""


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
        return digest(*astuple(self))


INPUTS = tuple(field.name for field in fields(Key) if field.name != "stage")


@dataclass(frozen=True, slots=True)
class Cause:
    """Why something was made: the inputs that differed from those of the time before, else NEW or LOST."""

    why: tuple[str, ...]
    build: int
    """The number of that build."""


def _mending(method: Callable[Concatenate[Cache, Given], Returned]) -> Callable[Concatenate[Cache, Given], Returned]:
    """Begins the file anew where a method finds it damaged: what was in it counts as never remembered."""

    @wraps(method)
    def mended(cache: Cache, /, *given: Given.args, **named: Given.kwargs) -> Returned:
        try:
            return method(cache, *given, **named)
        except (sqlite3.DatabaseError, zlib.error) as error:
            if not file.damage(error):
                raise
            cache.begin_anew()
            return method(cache, *given, **named)

    return mended


class Cache:
    """Results by key, and what was last known of each file and page. One connection, in the main process.

    State: the connection; a lock for as long as the cache is open: one build at a time; what this build has asked for.
    A damaged or foreign file, or a folder in its place, is set aside and begun anew, with a notice. Raises SiteError
    where another build has the lock, or the disk has no namespace or may not be written.
    """

    def __init__(self, path: Path) -> None:
        path.parent.mkdir(parents=True, exist_ok=True)
        if not (ignore := path.parent / ".gitignore").exists():
            ignore.write_text("*\n", "utf-8")
        self.path = path
        self._used: set[str] = set()
        self.notices: list[Problem] = []
        self.asked: Counter[str] = Counter()
        """For each stage, how many results this build wanted; `found`, how many of them were remembered; `made`, how
        many are now."""
        self.found: Counter[str] = Counter()
        self.made: Counter[str] = Counter()
        self._lock = file.lock(path.with_suffix(".lock"))
        try:
            self._connection = self._connect()
        except BaseException:
            self._lock.close()
            raise
        self.build = self._number() + 1
        """The number of the build that is under way; it counts once it is said to be done."""

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._connection.close()
        self._lock.close()
        if isinstance(error, sqlite3.Error):
            raise file.unusable(self.path, error) from error

    @property
    def complete(self) -> bool:
        """Whether every result that this build wanted is remembered, so that the next will not try to make one."""
        return self.asked == self.found + self.made

    def begin_anew(self) -> None:
        """Forget everything."""
        self._connection.close()
        self._connection = self._connect_anew()

    def _connect(self) -> sqlite3.Connection:
        try:
            return file.connect(self.path)
        except sqlite3.DatabaseError as error:
            if not file.damage(error) and not file.barred(self.path):
                raise file.unusable(self.path, error) from error
        return self._connect_anew()

    def _connect_anew(self) -> sqlite3.Connection:
        connection, notice = file.connect_anew(self.path)
        self.notices.append(notice)
        return connection

    # ---- results -----------------------------------------------------------------------------------------------------

    @_mending
    def get(self, keys: Iterable[Key]) -> Mapping[Key, bytes]:
        """The remembered results among those asked for."""
        found = {}
        for key in keys:
            self.asked[key.stage] += 1
            row = self._connection.execute("SELECT value FROM results WHERE key = ?", (key.digest,)).fetchone()
            if row:
                found[key] = zlib.decompress(row[0])
                self._used.add(key.digest)
        self.found.update(key.stage for key in found)
        return found

    @_mending
    def result(self, key: str) -> bytes | None:
        """The result remembered under the digest of a key."""
        self._used.add(key)
        return reader.result(self._connection, key)

    @_mending
    def lacking(self, keys: Iterable[str]) -> list[str]:
        """Those of the digests of keys under which nothing is remembered."""
        query = "SELECT 1 FROM results WHERE key = ?"
        return [key for key in keys if not self._connection.execute(query, (key,)).fetchone()]

    @_mending
    def put(self, results: Mapping[Key, bytes], made: Mapping[str, Key] | None = None) -> None:
        """Remember results, and of what was made now, by its label, which of its inputs differed. One transaction."""
        with self._connection:
            self._connection.executemany(
                "INSERT OR REPLACE INTO results VALUES (?, ?, ?)",
                [(key.digest, key.stage, zlib.compress(value, 3)) for key, value in results.items()],
            )
            self._connection.executemany(
                "INSERT OR REPLACE INTO uses VALUES (?, ?)", [(key.digest, self.build) for key in results]
            )
            for label, key in (made or {}).items():
                self._explain(label, key)
        self.made.update(key.stage for key in results)

    def _explain(self, label: str, key: Key) -> None:
        query = "SELECT code, input, settings FROM made WHERE stage = ? AND label = ?"
        old = self._connection.execute(query, (key.stage, label)).fetchone()
        differing = [name for name, was in zip(INPUTS, old or (), strict=False) if was != getattr(key, name)]
        why = " ".join(differing) or (LOST if old else NEW)
        row = (key.stage, label, key.code, key.input, key.settings, why, self.build)
        self._connection.execute("INSERT OR REPLACE INTO made VALUES (?, ?, ?, ?, ?, ?, ?)", row)

    @_mending
    def causes(self, label: str) -> Mapping[str, Cause]:
        """For each stage that has worked on what bears the label: why it last did."""
        rows = self._connection.execute("SELECT stage, why, build FROM made WHERE label = ? ORDER BY stage", (label,))
        return {stage: Cause(tuple(why.split()), build) for stage, why, build in rows}

    @_mending
    def settle(self, limit: int) -> None:
        """Bring the results to so many bytes: what has not been of use for the longest time goes first.

        Nothing that this build used is dropped, and no row. As long as the file is not half as full, uses are not
        written down.
        """
        if self._bytes() <= limit // 2:
            return
        with self._connection:
            uses = ((self.build, key) for key in sorted(self._used))
            self._connection.executemany("UPDATE uses SET used = ? WHERE key = ?", uses)
            rows = self._connection.execute("SELECT total(length(value)) FROM rows").fetchone()[0]
            while (over := self._bytes() - rows - limit) > 0 and (oldest := self._oldest(over)):
                for table in ("results", "uses"):
                    self._connection.executemany(f"DELETE FROM {table} WHERE key = ?", oldest)  # noqa: S608 -- our own two
        self._connection.executescript("PRAGMA incremental_vacuum")  # `execute` would free one page

    def _oldest(self, size: float) -> list[tuple[str]]:
        """Results of about so many bytes that were last of use before this build, by key; less if there are no more."""
        query = "SELECT key, length(value) FROM uses JOIN results USING (key) WHERE used < ? ORDER BY used, key"
        found: list[tuple[str]] = []
        for key, length in self._connection.execute(query, (self.build,)):
            found.append((key,))
            size -= length
            if size <= 0:
                break
        return found

    def _bytes(self) -> int:
        size, pages, free = (
            self._connection.execute(f"PRAGMA {name}").fetchone()[0]
            for name in ("page_size", "page_count", "freelist_count")
        )
        return int(size * (pages - free))

    # ---- the archive as it was left ----------------------------------------------------------------------------------

    @_mending
    def rows(self, namespace: str, table: str, keys: Iterable[str] | None = None) -> dict[str, bytes]:
        """The rows of a table that there are among those asked for; all of them if no keys are named."""
        return reader.rows(self._connection, namespace, table, keys)

    @_mending
    def set_rows(self, namespaces: Iterable[tuple[str, TableWrites, bool]]) -> None:
        """Keep, replace and drop rows in one transaction; where the last is true, all that was in the namespace."""
        with self._connection:
            for namespace, writes, anew in namespaces:
                if anew:
                    self._connection.execute("DELETE FROM rows WHERE namespace = ?", (namespace,))
                for table, rows in writes.items():
                    kept = ((namespace, table, key, row) for key, row in rows.items() if row is not None)
                    self._connection.executemany("INSERT OR REPLACE INTO rows VALUES (?, ?, ?, ?)", kept)
                    gone = ((namespace, table, key) for key, row in rows.items() if row is None)
                    query = "DELETE FROM rows WHERE namespace = ? AND space = ? AND key = ?"
                    self._connection.executemany(query, gone)

    # ---- pages -------------------------------------------------------------------------------------------------------

    @_mending
    def pages(self, site: str) -> Mapping[str, str]:
        """The fingerprints of a site's pages at the last build, by path; empty for what may not be what it was."""
        return dict(self._connection.execute("SELECT path, fingerprint FROM pages WHERE site = ?", (site,)))

    @_mending
    def forget_pages(self, site: str, paths: Iterable[str]) -> None:
        """Before pages are written or removed: a build that breaks off files none that passes for what it was."""
        query = (
            "INSERT INTO pages VALUES (?, ?, '', NULL, ?, ?) ON CONFLICT (site, path) DO UPDATE SET fingerprint = ''"
        )
        with self._connection:
            self._connection.executemany(query, [(site, path, NEW, self.build) for path in paths])

    @_mending
    def set_pages(self, site: str, pages: Mapping[str, Fingerprint], gone: Iterable[str] = ()) -> None:
        """Pages that the site has now as these fingerprints say, and those that it has no more."""
        with self._connection:
            dropped = [(site, path) for path in gone]
            self._connection.executemany("DELETE FROM pages WHERE site = ? AND path = ?", dropped)
            for path, page in pages.items():
                was, parts = self._page(site, path)
                if was == page.whole:
                    continue
                why = " ".join(differing(parts, page.parts))
                row = (site, path, page.whole, page.parts, why, self.build)
                self._connection.execute("INSERT OR REPLACE INTO pages VALUES (?, ?, ?, ?, ?, ?)", row)

    def _page(self, site: str, path: str) -> tuple[str, str | None]:
        """The fingerprint and its parts, as they were last known."""
        query = "SELECT fingerprint, parts FROM pages WHERE site = ? AND path = ?"
        return self._connection.execute(query, (site, path)).fetchone() or ("", None)

    @_mending
    def mark(self, site: str) -> str:
        """What made the site's pages out of their sheets at the last build that was done; empty where none was."""
        row = self._connection.execute("SELECT mark FROM marks WHERE site = ?", (site,)).fetchone()
        return row[0] if row else ""

    @_mending
    def set_mark(self, site: str, mark: str) -> None:
        with self._connection:
            self._connection.execute("INSERT OR REPLACE INTO marks VALUES (?, ?)", (site, mark))

    @_mending
    def page(self, site: str, path: str) -> Cause | None:
        """Why a page was last rendered; None for one that the site has not."""
        query = "SELECT why, build FROM pages WHERE site = ? AND path = ?"
        row = self._connection.execute(query, (site, path)).fetchone()
        return Cause(tuple(row[0].split()), row[1]) if row else None

    # ---- whole builds ------------------------------------------------------------------------------------------------

    @_mending
    def left(self, site: str) -> bytes | None:
        """What the last build of a site left."""
        row = self._connection.execute("SELECT state FROM ends WHERE site = ?", (site,)).fetchone()
        return zlib.decompress(row[0]) if row else None

    @_mending
    def leave(self, site: str, state: bytes) -> None:
        with self._connection:
            self._connection.execute("INSERT OR REPLACE INTO ends VALUES (?, ?)", (site, zlib.compress(state, 3)))

    @_mending
    def count_build(self) -> None:
        """The build is done."""
        with self._connection:
            self._connection.execute("UPDATE builds SET number = ?", (self.build,))

    def _number(self) -> int:
        return int(self._connection.execute("SELECT number FROM builds").fetchone()[0])


def differing(before: str | None, now: str) -> tuple[str, ...]:
    """The names of the parts by which two fingerprints of a page differ, else NEW or LOST."""
    if before is None:
        return (NEW,)
    then = set(before.split())
    return tuple(part.partition(":")[0] for part in now.split() if part not in then) or (LOST,)
