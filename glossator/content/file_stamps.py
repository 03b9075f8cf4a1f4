"""Stamps that stand for the content of an unchanged file: its size and its times."""

from __future__ import annotations

import os
import stat
import time
from collections.abc import Iterator
from pathlib import Path

COARSE = 2_000_000_000
"""Nanoseconds: a file changed so shortly before it was examined may change again and have equal times. File systems
keep times to two seconds at worst."""
FINE = 50_000_000
"""Nanoseconds for file systems that keep fractions of a second, to hundredths or better."""
SECOND = 1_000_000_000

FileTimes = tuple[int, int, int]
"""Size of a file, and the times at which its content and its inode were changed, in nanoseconds."""


def stamp(about: os.stat_result) -> str:
    """Return the stamp of a regular file; empty for others, and if it proves nothing because of a recent change."""
    touched = max(about.st_mtime_ns, about.st_ctime_ns)
    if is_young(touched, time.time_ns()) or not stat.S_ISREG(about.st_mode):
        return ""
    return f"{about.st_size} {about.st_mtime_ns} {about.st_ctime_ns}"


def stamp_of(path: str) -> str:
    """Return the stamp of a file at a path; empty also if it is not there any more."""
    try:
        return stamp(os.lstat(path))
    except (FileNotFoundError, NotADirectoryError):
        return ""


def is_young(touched: int, now: int) -> bool:
    """True if a file last changed at `touched` might change again and have equal times; both in nanoseconds."""
    return touched > now - (FINE if touched % SECOND else COARSE)


def folder_times(folder: Path) -> dict[str, FileTimes] | None:
    """Return the times of a folder's files by path; None if they prove nothing: there is a link, or no access."""
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
