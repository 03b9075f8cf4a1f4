"""Notices saves: which of them matter, and when they are ready to be built.

A single save is ready at once. A file saved within QUIET of another save waits until no more saves come, so that
copying a folder, or an editor that writes a file in several steps, causes one build.
"""

from __future__ import annotations

import asyncio
import platform
from collections.abc import AsyncIterator, Callable, Iterable
from contextlib import suppress
from pathlib import Path
from threading import Event
from time import monotonic
from typing import NamedTuple

from watchfiles import Change, awatch

# Private: `awatch` looks at one interval for ever, but its core takes another interval for each look.
from watchfiles._rust_notify import RustNotify

from glossator.config import THEMES
from glossator.content.lock_files import LOCKS
from glossator.pipeline import ArchivePaths

USE_CORE = True
"""Use the private core of watchfiles, which notices saves sooner; False uses its public interface."""
QUIET = 0.1
"""Seconds without a save after which several saves are taken to be complete, and a new one to be single."""
MAX_WAIT = 1.0
"""Seconds that a save may wait for further saves."""


class Interval(NamedTuple):
    """Milliseconds between two looks at the system's notifications, which cost some 50 microseconds of CPU each.

    A save is noticed after one to two intervals.
    """

    working: int
    idle: int


INSIDE = Interval(working=4, idle=40)
"""Intervals for files in the content and the templates."""
BESIDE = Interval(working=50, idle=250)
"""Intervals for the settings, and for the folders of the content and the templates themselves."""
IDLE_AFTER = 10.0
"""Seconds without a save after which nobody is taken to be working."""
TIMEOUT = 5000
"""Milliseconds after which a look without changes returns; a look that is ended returns after one interval."""
EDITOR_SUFFIXES = ("~", ".swp", ".tmp")
"""Ends of the names of files that editors keep beside the edited one."""
Changes = set[tuple[int, str]]
"""Kind of change (an integer of `watchfiles.Change`) and path."""


class Saves:
    """Saved files that are not built yet. State: their paths, and when they were noticed."""

    def __init__(self) -> None:
        self._paths: set[Path] = set()
        self._noticed = asyncio.Event()
        self._first = self._last = float("-inf")
        self._single = False

    def add(self, paths: Iterable[Path]) -> None:
        """Add files, or folders in which any file may have been saved."""
        now = monotonic()
        if not self._noticed.is_set():
            self._first, self._single = now, now - self._last >= QUIET
        self._last = now
        self._paths.update(paths)
        self._noticed.set()

    def pending(self) -> bool:
        """True if there is anything to build."""
        return self._noticed.is_set()

    async def take(self) -> frozenset[Path]:
        """Return and forget all saved paths, once they are ready to be built."""
        await self._noticed.wait()
        while (wait := self._wait()) > 0:
            await asyncio.sleep(wait)
        paths = frozenset(self._paths)
        self._paths.clear()
        self._noticed.clear()
        return paths

    async def noticed(self) -> None:
        """Wait until there is anything to build."""
        await self._noticed.wait()

    def milliseconds(self, interval: Interval) -> int:
        """Choose the interval by the time of the last save."""
        return interval.idle if monotonic() - self._last >= IDLE_AFTER else interval.working

    def _wait(self) -> float:
        if self._single and len(self._paths) == 1 and _has_content(next(iter(self._paths))):
            return 0
        return min(self._last + QUIET, self._first + MAX_WAIT) - monotonic()


def _has_content(path: Path) -> bool:
    """True if a path is a file that is not empty; an empty or missing one may be about to be written."""
    try:
        return path.is_file() and path.stat().st_size > 0
    except OSError:
        return False


async def watch(paths: ArchivePaths, config: Path, saves: Saves, tasks: asyncio.TaskGroup) -> None:
    """Add every save of content, theme and settings (`config`) to `saves`, also in folders created later."""
    roots = (paths.content, paths.templates, config.parent / THEMES)
    beside = sorted({path.parent for path in (paths.content, config) if path.parent.is_dir()})
    inside = tasks.create_task(_watch_inside(roots, saves))
    async for changes in changes_in(Watched(beside, recursive=False), lambda: saves.milliseconds(BESIDE)):
        if config in _saved_files(changes):
            saves.add([config])
        if any(kind != Change.modified and Path(path) in roots for kind, path in changes):
            inside.cancel()
            await asyncio.wait([inside])
            inside = tasks.create_task(_watch_inside(roots, saves))


async def _watch_inside(roots: tuple[Path, ...], saves: Saves) -> None:
    folders = [path for path in roots if path.is_dir()]
    if not folders:
        saves.add(roots)
        return
    watched = Watched(folders, recursive=True, on_begin=lambda: saves.add(roots))
    with suppress(FileNotFoundError):  # a folder was just removed, which the watch beside it notices
        async for changes in changes_in(watched, lambda: saves.milliseconds(INSIDE)):
            if paths := [path for path in _saved_files(changes) if matters(roots, path)]:
                saves.add(paths)


def _saved_files(changes: Changes) -> set[Path]:
    """Return the changed files, without temporary ones that an editor created and removed during a save."""
    new = {path for kind, path in changes if kind == Change.added}
    return {Path(path) for _, path in changes if path not in new or Path(path).exists()}


def matters(roots: Iterable[Path], path: Path) -> bool:
    """True if a save changes the site: not hidden below its root, no backup of an editor, not written by the build."""
    below = next((path.relative_to(root).parts for root in roots if path.is_relative_to(root)), path.parts)
    hidden = any(part.startswith(".") for part in below)
    ours = path.name in LOCKS
    return not (hidden or ours or path.name.startswith("#") or path.name.endswith(EDITOR_SUFFIXES))


class Watched(NamedTuple):
    """Folders to watch."""

    folders: list[Path]
    recursive: bool
    on_begin: Callable[[], None] = lambda: None
    """Called once, as soon as every later change is sure to be noticed."""

    @property
    def polling(self) -> bool:
        """True if the system gives no notifications: Windows gives its Linux none of its own drives."""
        return "microsoft" in platform.uname().release.lower()


def changes_in(watched: Watched, milliseconds: Callable[[], int]) -> AsyncIterator[Changes]:
    """Yield changes as they are noticed; `milliseconds` is asked for the interval before each look."""
    return _changes_by_core(watched, milliseconds) if USE_CORE else _changes_by_awatch(watched, milliseconds())


async def _changes_by_core(watched: Watched, milliseconds: Callable[[], int]) -> AsyncIterator[Changes]:
    end = Event()
    paths = [str(path) for path in watched.folders]
    with RustNotify(paths, False, watched.polling, 300, watched.recursive, True) as notify:
        watched.on_begin()
        while True:
            look = asyncio.to_thread(notify.watch, milliseconds(), milliseconds(), TIMEOUT, end)
            looking = asyncio.ensure_future(look)
            try:
                changes = await asyncio.shield(looking)
            except asyncio.CancelledError:
                end.set()
                await looking
                raise
            if isinstance(changes, set):
                yield changes


async def _changes_by_awatch(watched: Watched, milliseconds: int) -> AsyncIterator[Changes]:
    begun = False
    async for changes in awatch(
        *watched.folders,
        watch_filter=None,
        debounce=milliseconds,
        step=milliseconds,
        rust_timeout=max(
            milliseconds, 100
        ),  # the first look ends soon even without changes, and then `on_begin` is due
        yield_on_timeout=True,
        force_polling=watched.polling,
        recursive=watched.recursive,
        ignore_permission_denied=True,
    ):
        if not begun:
            watched.on_begin()
            begun = True
        if changes:
            yield {(int(kind), path) for kind, path in changes}
