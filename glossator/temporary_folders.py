"""Temporary folders, removed in the end; what a process that was killed left of them goes when the next one begins."""

from __future__ import annotations

import os
import re
import shutil
import signal
import sqlite3
import stat
import tempfile
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from types import FrameType

LOCK = "in-use"
FILES = "files"
RANDOM = "[a-z0-9_]{8}"
"""Pattern of the characters that `tempfile` appends to a prefix."""


@contextmanager
def temporary_folder(purpose: str) -> Iterator[Path]:
    """Make a folder for one purpose, a word that its name has, and remove it in the end.

    Before, those of the same purpose are removed that nobody uses any more.
    """
    prefix = f"glossator-{purpose}-"
    _remove_abandoned(Path(tempfile.gettempdir()), prefix)
    # On Windows, what a program of somebody else still looks into cannot be removed.
    made = tempfile.TemporaryDirectory(prefix=prefix, ignore_cleanup_errors=True)
    with made as name, closing(_locked(Path(name, LOCK))):
        Path(name, FILES).mkdir()
        yield Path(name, FILES)


@contextmanager
def stopped_by_signals() -> Iterator[None]:
    """Let a request to end, and the end of the terminal, do in this block what Ctrl-C does, so that nothing is left."""

    def stop(number: int, frame: FrameType | None) -> None:
        by_key = signal.getsignal(signal.SIGINT)
        if callable(by_key):
            by_key(number, frame)
        else:  # a shell starts what runs in its background deaf to Ctrl-C
            raise KeyboardInterrupt

    numbers = [getattr(signal, name) for name in ("SIGTERM", "SIGHUP") if hasattr(signal, name)]
    taken = [number for number in numbers if signal.getsignal(number) == signal.SIG_DFL]  # `nohup` ignores one
    try:
        for number in taken:
            signal.signal(number, stop)
        yield
    finally:
        for number in taken:
            signal.signal(number, signal.SIG_DFL)


def _locked(path: Path) -> sqlite3.Connection:
    """Lock a file, which the system releases however its holder ends. Raises sqlite3.Error if another holds it."""
    connection = sqlite3.connect(path, timeout=0, isolation_level=None, check_same_thread=False)
    try:
        connection.execute("BEGIN EXCLUSIVE")
    except sqlite3.Error:
        connection.close()
        raise
    return connection


def _remove_abandoned(parent: Path, prefix: str) -> None:
    ours = re.compile(re.escape(prefix) + RANDOM)
    for entry in os.scandir(parent):
        lock = Path(entry.path, LOCK)
        if not ours.fullmatch(entry.name) or not _is_mine(Path(entry.path), stat.S_IFDIR):
            continue
        if not _is_mine(lock, stat.S_IFREG):
            continue
        try:
            _locked(lock).close()
        except sqlite3.Error:
            continue  # it is in use
        shutil.rmtree(entry.path, ignore_errors=True)


def _is_mine(path: Path, kind: int) -> bool:
    """True if it is of this kind, and this user made it: the folder of temporary files may be everybody's."""
    try:
        status = path.lstat()
    except OSError:
        return False
    mine = not hasattr(os, "getuid") or status.st_uid == os.getuid()
    return mine and stat.S_IFMT(status.st_mode) == kind
