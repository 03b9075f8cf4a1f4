"""Reading of files that anybody may have made: regular files only, links never followed, sizes limited."""

from __future__ import annotations

import os
import stat
from functools import cache, reduce
from operator import or_
from pathlib import Path

from glossator.errors import FileError

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
