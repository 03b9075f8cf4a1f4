"""Opening and writing files: regular files only, links never followed, sizes limited; whole files or none."""

from __future__ import annotations

import os
import stat
from functools import cache, reduce
from operator import or_
from pathlib import Path
from secrets import token_hex

from glossator.errors import FileError

LARGEST = 500 * 1024 * 1024
"""Bytes. Archives of many pages are that large; a worker holds one in memory."""

MODE = 0o644


class Unusable(FileError):
    """File that cannot be used. The message says what is wrong with the file and what to do."""


def read_bytes(path: Path) -> bytes:
    """Read the bytes of a regular file. Raises Unusable."""
    try:
        descriptor = os.open(path, _flags("O_RDONLY", "O_NOFOLLOW", "O_NONBLOCK", "O_BINARY"))
    except OSError as error:
        reason = "is a link, which is not followed: copy the file itself" if path.is_symlink() else _reason(error)
        raise Unusable(reason) from None
    status = os.fstat(descriptor)
    if not stat.S_ISREG(status.st_mode):
        os.close(descriptor)
        raise Unusable("is not a regular file: leave it elsewhere")
    with os.fdopen(descriptor, "rb") as file:
        if status.st_size > LARGEST:
            raise Unusable(f"has {status.st_size:,} bytes, more than the limit of {LARGEST:,}: split it")
        try:
            return file.read()
        except OSError as error:
            raise Unusable(_reason(error)) from None


def read_text(path: Path) -> str:
    """Read the text of a file in UTF-8. Raises Unusable."""
    try:
        return read_bytes(path).decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise Unusable(f"is not UTF-8 (byte {error.start}): save it as UTF-8") from None


def replace(path: Path, content: bytes) -> None:
    """Write a whole file: readers see the old one or the new one, never a part. Raises OSError that names the file."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        temporary = path.with_name(f".{token_hex(8)}.new")  # a name that nobody can foresee
        create(str(temporary), content)
        try:
            temporary.replace(path)
        except BaseException:
            temporary.unlink(missing_ok=True)
            raise
    except OSError as error:
        error.filename = str(path)
        raise


def create(path: str, content: bytes) -> None:
    """Write a new file: no link is followed, and nothing is left if writing fails. Raises OSError."""
    descriptor = os.open(path, _flags("O_WRONLY", "O_CREAT", "O_EXCL", "O_NOFOLLOW", "O_BINARY"), MODE)
    try:
        try:
            if os.chmod in os.supports_fd:
                os.chmod(descriptor, MODE)  # noqa: PTH101 -- the file, not what may bear its name by now
            rest = memoryview(content)
            while rest:
                rest = rest[os.write(descriptor, rest) :]
        finally:
            os.close(descriptor)
    except BaseException:
        Path(path).unlink()
        raise


def failure(error: OSError) -> str:
    """Explain an error of the operating system in a sentence that names the file and the reason."""
    return f"{error.filename or 'A file'} could not be read or written: {(error.strerror or str(error)).lower()}."


@cache
def _flags(*names: str) -> int:
    """Return the flags for opening a file, as far as the system has them."""
    return reduce(or_, (getattr(os, name, 0) for name in names))


def _reason(error: OSError) -> str:
    if isinstance(error, PermissionError):
        return "may not be read: change its permissions"
    return f"cannot be read ({(error.strerror or str(error)).lower()}): see that it is there and readable"
