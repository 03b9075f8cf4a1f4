"""Memoised results and stored rows: all that a build stores goes through one connection, under one lock."""

from __future__ import annotations

import sqlite3
import zlib
from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from functools import wraps
from pathlib import Path
from types import TracebackType
from typing import Concatenate, ParamSpec, Self, TypeVar

from glossator import __version__
from glossator.incremental.cache import database, queries
from glossator.incremental.cache.database import connect_anew, damage_told
from glossator.incremental.cache.queries import evict
from glossator.incremental.cache.rows import DamagedRow, seal, typed, unseal
from glossator.incremental.stage import INPUTS, LOST, NEW, VIEW, Cause, Key, changed_parts
from glossator.model import Fingerprint, Problem, TableWrites

CAUSES_KEPT = 20
"""Rows that are remembered to explain why a page is another."""
VERSION = "version of Glossator"
"""Mark of the version that stored everything last."""

Given = ParamSpec("Given")
Returned = TypeVar("Returned")


def self_healing(
    method: Callable[Concatenate[Cache, Given], Returned],
) -> Callable[Concatenate[Cache, Given], Returned]:
    """Wrap a method: if it finds the file damaged, begin a new file, as if nothing had been stored, and try again."""

    @wraps(method)
    def healed(cache: Cache, /, *given: Given.args, **named: Given.kwargs) -> Returned:
        try:
            with damage_told():
                return method(cache, *given, **named)
        except DamagedRow:
            cache.begin_anew()
            return method(cache, *given, **named)

    return healed


class Cache:
    """Results by key, rows by namespace, and the last known fingerprint of each page, in the main process.

    State: the connection; a lock for as long as the cache is open, because only one build may run at a time; counts
    of what this build requested. A damaged or foreign file, or a folder with the file's name, is set aside, with a
    notice, and a new file is begun. Raises SiteError if another build has the lock, or if the disk has no space or
    cannot be written.
    """

    def __init__(self, path: Path) -> None:
        path.parent.mkdir(parents=True, exist_ok=True)
        if not (ignore := path.parent / ".gitignore").exists():
            ignore.write_text("*\n", "utf-8")
        self.path = path
        self._used: set[str] = set()
        self.notices: list[Problem] = []
        self.generation = 0
        """Number of times that the file was begun anew, whereupon nothing that was read before holds."""
        self.others: Cache | None = None
        """Another memory, whose results are used if there are none here."""
        self.requests: Counter[str] = Counter()
        """Number of results that this build requested, by stage."""
        self.hits: Counter[str] = Counter()
        """Number of requested results that were stored, by stage."""
        self.additions: Counter[str] = Counter()
        """Number of results that this build added, by stage."""
        self._lock = database.lock(path.with_suffix(".lock"))
        self._outdated = tuple(path.parent.glob(f"{path.name}.damaged*"))
        try:
            self._connection = self._connect()
        except BaseException:
            self._lock.close()
            raise
        self.build = self._number() + 1
        """Number of the build that is under way; stored by `count_build`."""
        if self.build > 1 and (made_by := self.mark(VERSION)) != __version__:
            text = (
                f"was made by {f'Glossator {made_by}' if made_by else 'an earlier version'}; everything is made again"
            )
            self.notices.append(Problem("memory", str(path), text, fatal=False))

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._connection.close()
        self._lock.close()
        if isinstance(error, sqlite3.Error):
            raise database.unusable_file(self.path, error) from error

    @property
    def complete(self) -> bool:
        """True if every result that this build requested is stored, so that the next build has none to make."""
        return self.requests == self.hits + self.additions

    def begin_anew(self) -> None:
        """Set the file aside and begin an empty one."""
        self._connection.close()
        self._connection = self._connect_anew()
        self.generation += 1

    def _connect(self) -> sqlite3.Connection:
        try:
            return database.connect(self.path)
        except sqlite3.DatabaseError as error:
            if not database.is_damage(error) and not database.is_blocked(self.path):
                raise database.unusable_file(self.path, error) from error
        return self._connect_anew()

    def _connect_anew(self) -> sqlite3.Connection:
        connection, notice = connect_anew(self.path)
        self.notices.append(notice)
        return connection

    # ---- results -----------------------------------------------------------------------------------------------------

    @self_healing
    def get(self, keys: Iterable[Key]) -> Mapping[Key, bytes]:
        """Return the results that are stored, by key; missing ones are left out."""
        results = {}
        for key in keys:
            self.requests[key.stage] += 1
            value = self.result(key.digest)
            if value is not None:
                results[key] = value
        self.hits.update(key.stage for key in results)
        return results

    @self_healing
    def result(self, key: str) -> bytes | None:
        """Return the result that is stored under the digest of a key; None if there is none."""
        self._used.add(key)
        value = queries.result(self._connection, key)
        return self.others.result(key) if value is None and self.others else value

    @self_healing
    def missing(self, keys: Iterable[str]) -> list[str]:
        """Return the digests of keys under which no result is stored."""
        query = "SELECT 1 FROM results WHERE key = ?"
        return [key for key in keys if not self._connection.execute(query, (key,)).fetchone()]

    @self_healing
    def put(self, results: Mapping[Key, bytes], runs: Mapping[str, Key] | None = None) -> None:
        """Store results, and why each of the runs was necessary, in one transaction.

        `runs` holds the key of each item that the stage worked on now, by the item's label.
        """
        with self._connection:
            self._connection.executemany(
                "INSERT OR REPLACE INTO results VALUES (?, ?, ?)",
                [(key.digest, key.stage, _packed(value, key.digest)) for key, value in results.items()],
            )
            self._connection.executemany(
                "INSERT OR REPLACE INTO uses VALUES (?, ?)", [(key.digest, self.build) for key in results]
            )
            for label, key in (runs or {}).items():
                self._record_run(label, key)
        self.additions.update(key.stage for key in results)

    def _record_run(self, label: str, key: Key) -> None:
        query = "SELECT code, input, settings FROM runs WHERE stage = ? AND label = ?"
        old = self._connection.execute(query, (key.stage, label)).fetchone()
        differing = [name for name, was in zip(INPUTS, old or (), strict=False) if was != getattr(key, name)]
        why = "\n".join(differing) or (LOST if old else NEW)
        row = (key.stage, label, key.code, key.input, key.settings, why, self.build)
        self._connection.execute("INSERT OR REPLACE INTO runs VALUES (?, ?, ?, ?, ?, ?, ?)", row)

    @self_healing
    def causes(self, label: str) -> Mapping[str, Cause]:
        """Return why each stage last worked on the item with the label, by stage."""
        rows = self._connection.execute("SELECT stage, why, build FROM runs WHERE label = ? ORDER BY stage", (label,))
        return {stage: _cause(why, build) for stage, why, build in rows}

    @self_healing
    def evict(self, limit: int) -> None:
        """Delete the least recently used results until all results take at most `limit` bytes.

        Results that this build used stay, and so do all rows.
        """
        evict(self._connection, limit, self._used, self.build)

    # ---- rows --------------------------------------------------------------------------------------------------------

    @damage_told()
    def rows(self, namespace: str, table: str, keys: Iterable[str] | None = None) -> dict[str, bytes]:
        """Return the stored rows of a table by key: those of the keys, or all; missing ones are left out.

        Raises DamagedRow, because what was read before does not hold either if the file is begun anew.
        """
        return queries.rows(self._connection, namespace, table, keys)

    @damage_told()
    def set_rows(self, namespaces: Iterable[tuple[str, TableWrites, bool]]) -> None:
        """Add, replace and delete rows in one transaction.

        Each namespace comes as its name, its writes, and True if every other stored row of it is to be deleted. Raises
        DamagedRow, because in a new file the other rows would be missing.
        """
        with self._connection:
            for namespace, writes, is_replaced in namespaces:
                if is_replaced:
                    self._connection.execute("DELETE FROM rows WHERE namespace = ?", (namespace,))
                for table, rows in writes.items():
                    present = ((key, row) for key, row in rows.items() if row is not None)
                    new = ((namespace, table, key, seal(row, namespace, table, key)) for key, row in present)
                    self._connection.executemany("INSERT OR REPLACE INTO rows VALUES (?, ?, ?, ?)", new)
                    gone = ((namespace, table, key) for key, row in rows.items() if row is None)
                    query = "DELETE FROM rows WHERE namespace = ? AND table_name = ? AND key = ?"
                    self._connection.executemany(query, gone)
                keys = queries.checksum_of_keys(self._connection, namespace)
                self._connection.execute("INSERT OR REPLACE INTO namespaces VALUES (?, ?)", (namespace, keys))

    @damage_told()
    def require_all_rows(self, namespace: str) -> None:
        """Raise DamagedRow if a row of the namespace was lost, or another came, since they were stored."""
        query = "SELECT keys FROM namespaces WHERE namespace = ?"
        stored = self._connection.execute(query, (namespace,)).fetchone()
        if (stored[0] if stored else 0) != queries.checksum_of_keys(self._connection, namespace):
            raise DamagedRow(namespace)

    # ---- pages -------------------------------------------------------------------------------------------------------

    @self_healing
    def pages(self, site: str) -> Mapping[str, str]:
        """Return the last fingerprints of a site's pages, by path; empty for a page that may have changed."""
        return dict(self._connection.execute("SELECT path, fingerprint FROM pages WHERE site = ?", (site,)))

    @self_healing
    def forget_pages(self, site: str, paths: Iterable[str]) -> None:
        """Clear the fingerprints of pages that are about to change, so that a broken build leaves no wrong one."""
        query = (
            "INSERT INTO pages VALUES (?, ?, '', NULL, ?, ?) ON CONFLICT (site, path) DO UPDATE SET fingerprint = ''"
        )
        with self._connection:
            self._connection.executemany(query, [(site, path, NEW, self.build) for path in paths])

    @self_healing
    def forget_elsewhere(self, site: str, paths: Iterable[str]) -> None:
        """Clear the fingerprints of pages in other sites of the archive, and their marks: rows tell a change once."""
        with self._connection:
            every = self._connection.execute("SELECT DISTINCT site FROM pages WHERE site != ?", (site,)).fetchall()
            stale = ((other, path) for path in paths for (other,) in every)
            self._connection.executemany("UPDATE pages SET fingerprint = '' WHERE site = ? AND path = ?", stale)
            self._connection.execute("DELETE FROM marks WHERE site NOT IN (?, ?)", (site, VERSION))

    @self_healing
    def set_pages(
        self,
        site: str,
        pages: Mapping[str, Fingerprint],
        gone: Iterable[str] = (),
        causes: Mapping[str, tuple[str, ...]] | None = None,
    ) -> None:
        """Record the fingerprints of pages that were written, by path, and forget the pages that are gone.

        `causes` are the rows that made a page another.
        """
        with self._connection:
            removed = [(site, path) for path in gone]
            self._connection.executemany("DELETE FROM pages WHERE site = ? AND path = ?", removed)
            for path, page in pages.items():
                before, parts = self._fingerprint(site, path)
                if before == page.whole:
                    continue
                why = changed_parts(parts, page.parts)
                rows = (causes or {}).get(path, ())[:CAUSES_KEPT]
                causes_kept = [row for part in why for row in (rows if part == VIEW else (part,))]
                row = (site, path, page.whole, page.parts, "\n".join(causes_kept or why), self.build)
                self._connection.execute("INSERT OR REPLACE INTO pages VALUES (?, ?, ?, ?, ?, ?)", row)

    @self_healing
    def keep_pages(self, site: str, pages: Mapping[str, Fingerprint]) -> None:
        """Record the fingerprints of pages that were to be changed and are as they were."""
        query = "UPDATE pages SET fingerprint = ? WHERE site = ? AND path = ?"
        with self._connection:
            self._connection.executemany(query, [(page.whole, site, path) for path, page in pages.items()])

    def _fingerprint(self, site: str, path: str) -> tuple[str, str | None]:
        """Return the last known fingerprint of a page, and its parts."""
        query = "SELECT fingerprint, parts FROM pages WHERE site = ? AND path = ?"
        whole, parts = self._connection.execute(query, (site, path)).fetchone() or ("", None)
        return whole, parts and typed(parts, str)

    @self_healing
    def mark(self, site: str) -> str:
        """Return the digest of all that rendered the site's pages at the last finished build; empty if none."""
        row = self._connection.execute("SELECT mark FROM marks WHERE site = ?", (site,)).fetchone()
        return row[0] if row else ""

    @self_healing
    def set_mark(self, site: str, mark: str) -> None:
        with self._connection:
            self._connection.execute("INSERT OR REPLACE INTO marks VALUES (?, ?)", (site, mark))

    @self_healing
    def page_cause(self, site: str, path: str) -> Cause | None:
        """Return why a page was last rendered; None if the site has no such page."""
        query = "SELECT why, build FROM pages WHERE site = ? AND path = ?"
        row = self._connection.execute(query, (site, path)).fetchone()
        return _cause(*row) if row else None

    # ---- whole builds ------------------------------------------------------------------------------------------------

    @self_healing
    def last_build(self, site: str) -> bytes | None:
        """Return the encoded record of a site's last build; None if there is none."""
        row = self._connection.execute("SELECT record FROM last_builds WHERE site = ?", (site,)).fetchone()
        return zlib.decompress(unseal(row[0], site)) if row else None

    @self_healing
    def set_last_build(self, site: str, record: bytes) -> None:
        row = (site, _packed(record, site))
        with self._connection:
            self._connection.execute("INSERT OR REPLACE INTO last_builds VALUES (?, ?)", row)

    @self_healing
    def count_build(self) -> None:
        """Record that the build is finished; what an earlier build set aside is not needed any more."""
        self.set_mark(VERSION, __version__)
        for path in self._outdated:
            if path.is_file():
                path.unlink(missing_ok=True)
        with self._connection:
            self._connection.execute("UPDATE builds SET number = ?", (self.build,))

    @self_healing
    def _number(self) -> int:
        return typed(self._connection.execute("SELECT number FROM builds").fetchone()[0], int)


def _packed(value: bytes, key: str) -> bytes:
    return seal(zlib.compress(value, 3), key)


def _cause(why: object, build: object) -> Cause:
    return Cause(tuple(typed(why, str).splitlines()) or (LOST,), typed(build, int))
