"""Writing of whole files: readers see the old one or the new one, never a part, and no link is followed.

Files that a person would miss are durable: their bytes, and the folder that lists them, are on the disk before anybody
is told that they are saved.
"""

from __future__ import annotations

import errno
import os
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from secrets import token_hex
from typing import Self

from glossator.files import open_flags

MODE = 0o644
MOST_WAITING = 256
"""Files of a batch that are put in place together: few enough that a killed build leaves no crowd of temporary ones."""
SYNC_THREADS = 8
WriteFile = Callable[[Path, bytes], None]
"""Function that writes a whole file: `write_whole`, or that of a batch."""


def write_whole(path: Path, content: bytes, durable: bool = True) -> None:
    """Write a whole file: readers see the old one or the new one, never a part. Raises OSError that names the file.

    A `durable` file survives a power cut from the moment that the function returns; each costs several milliseconds.
    """
    with named(path):
        temporary = _temporary(path, content, durable)
        _put_in_place(temporary, path)
        if durable:
            sync_folder(path.parent)


class FileBatch:
    """Files that become durable together, which for many files costs a small part of what `write_whole` costs for each.

    They are put in place at the end of the context, or as soon as there are MOST_WAITING. State: those that wait.
    """

    def __init__(self) -> None:
        self._waiting: dict[Path, Path] = {}

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, *_: object) -> None:
        try:
            if kind is None:
                self.flush()
        finally:
            for temporary in self._waiting.values():
                temporary.unlink(missing_ok=True)

    def __contains__(self, path: Path) -> bool:
        return path in self._waiting

    def replace(self, path: Path, content: bytes) -> None:
        """Write a whole file, which is in place after `flush`. Raises OSError that names the file."""
        with named(path):
            temporary = _temporary(path, content, durable=False)
        if path in self._waiting:
            self._waiting[path].unlink()
        self._waiting[path] = temporary
        if len(self._waiting) >= MOST_WAITING:
            self.flush()

    def flush(self) -> None:
        """Put every file in place, once its bytes are on the disk. Raises OSError that names a file."""
        with ThreadPoolExecutor(SYNC_THREADS) as pool:  # the system writes what is waiting in one go
            list(pool.map(_sync_file, self._waiting.values(), self._waiting))
        folders = {path.parent for path in self._waiting}
        while self._waiting:
            path, temporary = next(iter(self._waiting.items()))
            with named(path):
                _put_in_place(temporary, path)
            del self._waiting[path]
        for folder in folders:
            with named(folder):
                sync_folder(folder)


def create(path: str, content: bytes, durable: bool = False) -> None:
    """Write a new file: no link is followed, and nothing is left if writing fails. Raises OSError."""
    descriptor = os.open(path, open_flags("O_WRONLY", "O_CREAT", "O_EXCL", "O_NOFOLLOW", "O_BINARY"), MODE)
    try:
        try:
            if os.chmod in os.supports_fd:
                os.chmod(descriptor, MODE)  # noqa: PTH101 -- the file, not what may bear its name by now
            rest = memoryview(content)
            while rest:
                rest = rest[os.write(descriptor, rest) :]
            if durable:
                os.fsync(descriptor)
        finally:
            os.close(descriptor)
    except BaseException:
        Path(path).unlink()
        raise


@contextmanager
def named(path: Path | str) -> Iterator[None]:
    """Make an error name the file that could not be written, not the temporary one."""
    try:
        yield
    except OSError as error:
        error.filename = str(path)
        raise


def _temporary(path: Path, content: bytes, durable: bool) -> Path:
    """Write the content to a new file beside `path`, in a folder that is made if it is missing."""
    _make_folder(path.parent)
    temporary = path.with_name(f".{token_hex(8)}.new")  # a name that nobody can foresee
    create(str(temporary), content, durable)
    return temporary


def _put_in_place(temporary: Path, path: Path) -> None:
    try:
        temporary.replace(path)
    except BaseException:
        temporary.unlink(missing_ok=True)
        raise


def _make_folder(folder: Path) -> None:
    """Make a folder that survives a power cut, because otherwise its files would be lost with it."""
    if folder.is_dir():
        return
    if not folder.parent.is_dir():
        _make_folder(folder.parent)
    folder.mkdir(exist_ok=True)
    sync_folder(folder.parent)


def _sync_file(temporary: Path, path: Path) -> None:
    with named(path):
        descriptor = os.open(temporary, open_flags("O_RDWR", "O_NOFOLLOW", "O_BINARY"))
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)


def sync_folder(folder: Path) -> None:
    """Wait until the names in a folder are on the disk, if the system can do so."""
    if os.name != "posix":
        return  # Windows opens no folders
    descriptor = os.open(folder, open_flags("O_RDONLY", "O_DIRECTORY"))
    try:
        os.fsync(descriptor)
    except OSError as error:
        if error.errno not in (errno.EINVAL, errno.ENOTSUP):  # a file system without this
            raise
    finally:
        os.close(descriptor)
