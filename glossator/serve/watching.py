"""Saves, as they are noticed: what of them matters, and when what was saved is ready to be built.

A lone save is ready at once. Whatever else is saved within QUIET of another save waits until nothing more comes, so
that copying a folder, or an editor that writes a file in several steps, is one build.
"""

from __future__ import annotations

import asyncio
import platform
from collections.abc import AsyncIterator, Callable, Iterable
from contextlib import suppress
from pathlib import Path
from threading import Event
from time import monotonic

# `awatch` keeps one pace for ever; what it stands on can be asked at any.
from watchfiles._rust_notify import RustNotify

from glossator.content.decisions import LOCK
from glossator.pipeline import ArchivePaths

QUIET = 0.1
"""Seconds without a save after which a new one stands alone, and several are all there."""
LONGEST = 1.0
"""Seconds that saves may wait for one another."""
INSIDE, BESIDE = (4, 40), (50, 250)
"""Milliseconds between two looks at what the system has told, while somebody works and else: of what lies in the
content and the templates, and of what lies beside them. A save is noticed after one to two of them. Each look costs
some 50 microseconds of processor time, which is what the preview costs while it rests."""
CALM = 10.0
"""Seconds without a save after which nobody is at work."""
ENDING = 5000
"""Milliseconds after which a watch in which nothing happened comes round; it asks for its end at every step."""
LEFT_BEHIND = ("~", ".swp", ".tmp")
"""How files end that editors leave beside what they edit."""
ADDED, MODIFIED = 1, 2
Changes = set[tuple[int, str]]


class Saves:
    """The files that were saved and are not built yet. State: which, and when they were noticed."""

    def __init__(self) -> None:
        self._paths: set[Path] = set()
        self._noticed = asyncio.Event()
        self._first = self._last = float("-inf")
        self._alone = False

    def add(self, paths: Iterable[Path]) -> None:
        """Files, or folders with all that is in them; nothing means that something may have been saved."""
        now = monotonic()
        if not self._noticed.is_set():
            self._first, self._alone = now, now - self._last >= QUIET
        self._last = now
        self._paths.update(paths)
        self._noticed.set()

    def waiting(self) -> bool:
        """Whether there is anything to build."""
        return self._noticed.is_set()

    async def take(self) -> frozenset[Path]:
        """All that was saved, once it is ready to be built."""
        await self._noticed.wait()
        while (wait := self._wait()) > 0:
            await asyncio.sleep(wait)
        paths = frozenset(self._paths)
        self._paths.clear()
        self._noticed.clear()
        return paths

    async def noticed(self) -> None:
        """Return as soon as there is anything to build."""
        await self._noticed.wait()

    def pace(self, steps: tuple[int, int]) -> int:
        """Which of two steps is right now: that for while somebody works, or the other."""
        return steps[monotonic() - self._last >= CALM]

    def _wait(self) -> float:
        if self._alone and len(self._paths) == 1 and _whole(next(iter(self._paths))):
            return 0
        return min(self._last + QUIET, self._first + LONGEST) - monotonic()


def _whole(path: Path) -> bool:
    """Whether it is a file with content; one that is gone or empty may be about to be written."""
    try:
        return path.is_file() and path.stat().st_size > 0
    except OSError:
        return False


async def watch(paths: ArchivePaths, config: Path, saves: Saves, tasks: asyncio.TaskGroup) -> None:
    """Add every save to `saves`. What is made later is watched from then on."""
    roots = (paths.content, paths.templates)
    beside = sorted({path.parent for path in (paths.content, config) if path.parent.is_dir()})
    inside = tasks.create_task(_watch_inside(roots, saves))
    async for changes in _changes(beside, recursive=False, step=lambda: saves.pace(BESIDE)):
        if config in _saved(changes):
            saves.add([config])
        if any(kind != MODIFIED and Path(path) in roots for kind, path in changes):
            inside.cancel()
            await asyncio.wait([inside])
            inside = tasks.create_task(_watch_inside(roots, saves))


async def _watch_inside(roots: tuple[Path, ...], saves: Saves) -> None:
    folders = [path for path in roots if path.is_dir()]
    if not folders:
        saves.add(roots)
        return
    inside = _changes(folders, recursive=True, step=lambda: saves.pace(INSIDE), begun=lambda: saves.add(roots))
    with suppress(FileNotFoundError):  # a folder went this very moment, which is noticed beside it
        async for changes in inside:
            if paths := [path for path in _saved(changes) if wanted(roots, path)]:
                saves.add(paths)


def _saved(changes: Changes) -> set[Path]:
    """The files of some changes, without those that came and went with them: an editor's, on the way to a save."""
    new = {path for kind, path in changes if kind == ADDED}
    return {Path(path) for _, path in changes if path not in new or Path(path).exists()}


def wanted(roots: Iterable[Path], path: Path) -> bool:
    """Whether a save matters: nothing hidden does, nor what editors leave behind, nor what the build itself writes."""
    below = next((path.relative_to(root).parts for root in roots if path.is_relative_to(root)), path.parts)
    hidden = any(part.startswith(".") for part in below)
    return not (hidden or path.name == LOCK or path.name.startswith("#") or path.name.endswith(LEFT_BEHIND))


async def _changes(
    folders: list[Path], *, recursive: bool, step: Callable[[], int], begun: Callable[[], None] = lambda: None
) -> AsyncIterator[Changes]:
    """What changes in the folders. What is done after `begun` was called is noticed."""
    # Windows does not tell its Linux what changes on its own drives.
    polling = "microsoft" in platform.uname().release.lower()
    end = Event()
    with RustNotify([str(path) for path in folders], False, polling, 300, recursive, True) as notify:
        begun()
        while True:
            looking = asyncio.ensure_future(asyncio.to_thread(notify.watch, step(), step(), ENDING, end))
            try:
                found = await asyncio.shield(looking)
            except asyncio.CancelledError:
                end.set()
                await looking
                raise
            if isinstance(found, set):
                yield found
