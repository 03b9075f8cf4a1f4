"""What stands for the content of a file as long as nobody touches it: its size and its times."""

from __future__ import annotations

import os
import stat
import time
from collections.abc import Iterator
from pathlib import Path

COARSE, FINE = 2_000_000_000, 50_000_000
"""Nanoseconds: a file touched so shortly before it was looked at may change again and bear the same times. File systems
keep times to two seconds at worst; those that keep fractions of a second, to hundredths or better."""
SECOND = 1_000_000_000

FileTimes = tuple[int, int, int]
"""Size of a file, and when its content and its place were changed, in nanoseconds."""


def stamp(about: os.stat_result) -> str:
    """The stamp of a regular file; empty where it proves nothing, for the file was touched just before, or is none."""
    touched = max(about.st_mtime_ns, about.st_ctime_ns)
    if young(touched, time.time_ns()) or not stat.S_ISREG(about.st_mode):
        return ""
    return f"{about.st_size} {about.st_mtime_ns} {about.st_ctime_ns}"


def young(touched: int, now: int) -> bool:
    """Whether a file that was last touched then might change once more and bear the same times; both in nanoseconds."""
    return touched > now - (FINE if touched % SECOND else COARSE)


def folder_times(folder: Path) -> dict[str, FileTimes] | None:
    """The files of a folder, by path below it; None where it cannot be told, for it holds links, or what is hidden."""
    start = len(os.path.join(folder, ""))  # noqa: PTH118 -- ends with a separator, as no Path does
    files: dict[str, FileTimes] = {}
    try:
        for entry in _walk(folder):
            if entry.is_symlink():
                return None
            about = entry.stat(follow_symlinks=False)
            path = entry.path[start:].replace(os.sep, "/")
            files[path] = (about.st_size, about.st_mtime_ns, about.st_ctime_ns)
    except OSError:
        return None
    return files


def _walk(folder: Path | str) -> Iterator[os.DirEntry[str]]:
    with os.scandir(folder) as entries:
        for entry in entries:
            if entry.is_dir(follow_symlinks=False):
                yield from _walk(entry.path)
            else:
                yield entry
