"""Reading and writing of files that anybody may have made: whole files only, and no link is followed.

Files that a person would miss are durable: their bytes, and the folder that lists them, are on the disk before anybody
is told that they are saved.
"""

from __future__ import annotations

import difflib
import errno
import os
import stat
from codecs import BOM_UTF8
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from functools import cache, reduce
from operator import or_
from pathlib import Path
from secrets import token_hex
from typing import Self, TypeVar

import msgspec

from glossator.errors import FileError
from glossator.text import plain_file_name

Record = TypeVar("Record")
LARGEST = 500 * 1024 * 1024
"""Bytes. Archives of many pages are that large; a worker holds one in memory."""


class Unusable(FileError):
    """File that cannot be used. The message says what is wrong with the file and what to do."""


class Vanished(Unusable):
    """File that is not there: if it was a moment ago, a person deleted it, which is no fault."""


def read_bytes(path: Path, first: int = -1) -> bytes:
    """Read the bytes of a regular file: the `first` ones, or all if that is negative. Raises Unusable."""
    try:
        descriptor = os.open(path, open_flags("O_RDONLY", "O_NOFOLLOW", "O_NONBLOCK", "O_BINARY"))
    except FileNotFoundError as error:
        raise Vanished(_reason(error)) from None
    except OSError as error:
        linked = os.path.islink(path)  # noqa: PTH114 -- a Path raises if its folder may not be entered
        reason = "is a link, which is not followed: copy the file itself" if linked else _reason(error)
        raise Unusable(reason) from None
    status = os.fstat(descriptor)
    if not stat.S_ISREG(status.st_mode):
        os.close(descriptor)
        raise Unusable("is not a regular file: leave it elsewhere")
    with os.fdopen(descriptor, "rb") as file:
        if status.st_size > LARGEST:
            raise Unusable(f"has {status.st_size:,} bytes, more than the limit of {LARGEST:,}: split it")
        try:
            return file.read(first)
        except OSError as error:
            raise Unusable(_reason(error)) from None


def read_record(path: Path, kind: type[Record]) -> Record:
    """Return what an earlier run wrote down as JSON; an empty value of its type if nothing can be read."""
    try:
        return msgspec.json.decode(path.read_bytes(), type=kind)
    except (OSError, msgspec.MsgspecError):
        return kind()


def scan_folder(folder: Path | str) -> list[os.DirEntry[str]]:
    """Return what is in a folder. Raises OSError, also if the names may be listed but the files not be opened."""
    entries = list(os.scandir(folder))
    os.stat(os.path.join(folder, "."))  # noqa: PTH116, PTH118 -- a Path drops the dot, which needs the right to enter
    return entries


def failure(error: OSError) -> str:
    """Explain an error of the operating system in a sentence that names the file and the reason."""
    return f"{error.filename or 'A file'} could not be read or written: {(error.strerror or str(error)).lower()}."


@cache
def open_flags(*names: str) -> int:
    """Return the flags for opening a file, as far as the system has them."""
    return reduce(or_, (getattr(os, name, 0) for name in names))


def _reason(error: OSError) -> str:
    if isinstance(error, PermissionError):
        return "may not be read: change its permissions"
    return f"cannot be read ({(error.strerror or str(error)).lower()}): see that it is there and readable"


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
    with _named(path):
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
        with _named(path):
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
            with _named(path):
                _put_in_place(temporary, path)
            del self._waiting[path]
        for folder in folders:
            with _named(folder):
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
def _named(path: Path) -> Iterator[None]:
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
    with _named(path):
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


def read_text(path: Path) -> str:
    """Read the text of a file in UTF-8. Raises Unusable."""
    try:
        # Not "utf-8-sig", which is a module that Python would load within the limits of the work on an article.
        return read_bytes(path).removeprefix(BOM_UTF8).decode()
    except UnicodeDecodeError as error:
        raise Unusable(f"is not UTF-8 (byte {error.start}): save it as UTF-8") from None


def read_optional(path: Path, *elsewhere: Path) -> str | None:
    """Read the text of a file that need not be there; None if it is not. People may lay it `elsewhere` by mistake.

    Raises Unusable, also for a link, and for a file that is meant but has another name, unless the right one has a
    text: macOS and Windows take `Entities.toml` for `entities.toml`, and Linux does not.
    """
    names = _names_beside(path)
    for name in names:
        if name != path.name and plain_file_name(name) == path.name:
            raise Unusable(f'is called "{name}" here, which not every system reads: rename it to {path.name}')
    text = read_text(path) if path.name in names else None
    if text is not None and text.strip():
        return text
    others = [name for name in names if name != path.name]
    fact = "not there" if text is None else "empty"
    if near := difflib.get_close_matches(path.name, others, 1, _ALIKE) or [n for n in others if _is_meant(n, path)]:
        raise Unusable(f'is {fact}, but "{near[0]}" is there: rename that to {path.name}, or to something else')
    for place in elsewhere:
        for name in _names_beside(place):
            if plain_file_name(name) == place.name:
                there = place.with_name(name)
                raise Unusable(f"is read from {path.parent} alone, and there is {there}: move or rename that")
    return text


def copies_beside(path: Path) -> list[str]:
    """Return the names of files beside one that have its suffix, and its stem somewhere before that."""
    others = (name for name in _names_beside(path) if name != path.name)
    return [name for name in others if _is_meant(name, path) and plain_file_name(name).endswith(path.suffix)]


def _names_beside(path: Path) -> list[str]:
    """Return the names in a file's folder, sorted. Raises Unusable if the folder cannot be read."""
    try:
        return sorted(os.listdir(path.parent))  # noqa: PTH208 -- names alone
    except (FileNotFoundError, NotADirectoryError):
        return []
    except PermissionError:
        return [path.name] if os.path.lexists(path) else []  # a folder that may be entered and not listed
    except OSError as error:
        raise Unusable(_reason(error)) from None


def _is_meant(name: str, path: Path) -> bool:
    """True if a name has the stem and suffix of another, whatever surrounds them, or its stem and `.txt`.

    Systems write `entities (1).toml`, `entities copy.toml` and `.entities.toml.icloud`.
    """
    plain = plain_file_name(name)
    before, _, rest = plain.partition(path.stem)
    return path.suffix in rest or (not before and rest.startswith(".") and rest.endswith(".txt"))


_ALIKE = 0.9
"""Likeness of two names, as difflib measures it, from which one may be meant for the other."""
