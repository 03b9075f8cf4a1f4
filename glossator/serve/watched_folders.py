"""Folders outside the archive whose new files come to the inbox by themselves, such as a browser's downloads."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import click
import msgspec

from glossator.config import Config
from glossator.files import scan_folder
from glossator.pipeline.ingest.copy_to_saved import AddedFile, add_files
from glossator.rights import INBOX
from glossator.serve.user_record import WatchedFolder, read_record, write_record
from glossator.serve.watching import BESIDE, Watched, changes_in

UNFINISHED = (".part", ".crdownload", ".download", ".partial", ".tmp")
"""Ends of the names of files that a browser is still writing."""
SETTLED = 1.0
"""Seconds since its last change after which a file is taken to be complete."""


class WatchedArchive(msgspec.Struct, frozen=True):
    """Archive that files are added to, and the folders that its user allowed it to watch."""

    archive: Path
    saved: Path
    folders: tuple[Path, ...]
    config: Config


async def take_from_folders(watched: WatchedArchive) -> None:
    """Copy the new files of the folders to the inbox, now and as they come, until the task is cancelled."""
    pending = asyncio.Event()

    async def notice() -> None:
        folders = Watched(list(watched.folders), recursive=False, on_begin=pending.set)
        async for _ in changes_in(folders, lambda: BESIDE.idle):
            pending.set()

    async with asyncio.TaskGroup() as tasks:
        tasks.create_task(notice())
        while True:
            await pending.wait()
            pending.clear()
            if await asyncio.to_thread(_take_all, watched):  # what is still being written is looked at again
                await asyncio.sleep(SETTLED)
                pending.set()


def _take_all(watched: WatchedArchive) -> bool:
    """True if something new is not complete yet; the rest is copied."""
    unsettled = False
    if (watched.saved / INBOX).is_symlink():
        click.echo(f"{watched.saved / INBOX} is a link, which is not followed: nothing is added.", err=True)
        return False
    for folder in watched.folders:
        record = read_record(watched.archive)
        answer = record.watched[str(folder)]
        ready, waits = _new_files(folder, answer)
        unsettled |= waits
        if not ready:
            continue
        added, problems = add_files(tuple(ready), watched.saved / INBOX, watched.config)
        for problem in problems:
            click.echo(f"{problem.where('')}: {problem.message}", err=True)
        _tell(added)
        there = {path.name for path in folder.iterdir()}
        taken = {**answer.taken, **{path.name: stamp for path, stamp in ready.items()}}
        kept = {name: stamp for name, stamp in taken.items() if name in there}
        answers = {**record.watched, str(folder): msgspec.structs.replace(answer, taken=kept)}
        write_record(watched.archive, msgspec.structs.replace(record, watched=answers))
    return unsettled


def _tell(added: tuple[AddedFile, ...]) -> None:
    for file in added:
        if file.new:
            click.echo(f"{file.path} -> saved/{INBOX}/{file.name} (private)")


def _new_files(folder: Path, answer: WatchedFolder) -> tuple[dict[Path, str], bool]:
    """Return the files to take with their size and time, and True if others are not complete yet."""
    ready: dict[Path, str] = {}
    unsettled = False
    for path, size, changed in _regular_files(folder):
        stamp = f"{size} {changed}"
        if changed <= answer.since or answer.taken.get(path.name) == stamp:
            continue
        if time.time() - changed < SETTLED:
            unsettled = True
        else:
            ready[path] = stamp
    return ready, unsettled


def _regular_files(folder: Path) -> Iterator[tuple[Path, int, float]]:
    """Yield path, bytes and time of the files directly in a folder: no links, nothing hidden, nothing unfinished."""
    try:
        entries = scan_folder(folder)
    except OSError:
        return  # it is gone, or may not be read any more
    names = {entry.name for entry in entries}
    for entry in entries:
        unfinished = entry.name.endswith(UNFINISHED) or any(f"{entry.name}{end}" in names for end in UNFINISHED)
        if entry.name.startswith(".") or unfinished or not entry.is_file(follow_symlinks=False):
            continue
        status = entry.stat(follow_symlinks=False)
        if status.st_size:
            yield folder / entry.name, status.st_size, status.st_mtime


def asked_folders(archive: Path, folders: tuple[str, ...], ask: Callable[[str], bool | None]) -> tuple[Path, ...]:
    """Return the folders that the user allows to be watched; what was not answered before is asked.

    `ask` returns None if nobody is there to answer.
    """
    allowed: list[Path] = []
    for named in folders:
        folder = Path(named).expanduser()
        if not folder.is_dir() or folder.is_symlink() or folder.resolve().is_relative_to(archive.resolve()):
            click.echo(f"{folder} is not watched: it is no folder outside the archive.", err=True)
            continue
        record = read_record(archive)
        answer = record.watched.get(str(folder))
        if answer is None:
            said = ask(f"New files in {folder} will be copied to the inbox of {archive}, which is private. Watch it?")
            if said is None:
                click.echo(f"{folder} is not watched: nobody is there to be asked whether it may be.", err=True)
                continue
            answer = WatchedFolder(said, time.time())
            answers = {**record.watched, str(folder): answer}
            write_record(archive, msgspec.structs.replace(record, watched=answers))
        if answer.allowed:
            allowed.append(folder)
    return tuple(allowed)
