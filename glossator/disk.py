"""Opening and writing files: regular files only, links never followed, sizes limited; whole files or none."""

from __future__ import annotations

import os
import stat
import tempfile
from functools import reduce
from operator import or_
from pathlib import Path

LARGEST = 500 * 1024 * 1024
"""Bytes. Archives of many pages are that large; a worker holds one in memory."""


class Unusable(Exception):
    """A file that cannot be used. The message is what is wrong with it and what to do."""


def read_bytes(path: Path) -> bytes:
    """The bytes of a regular file. Raises Unusable."""
    flags = (getattr(os, name, 0) for name in ("O_NOFOLLOW", "O_NONBLOCK", "O_BINARY"))  # as far as the system has them
    try:
        descriptor = os.open(path, reduce(or_, flags, os.O_RDONLY))
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
    """The text of a file in UTF-8. Raises Unusable."""
    try:
        return read_bytes(path).decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise Unusable(f"is not UTF-8 (byte {error.start}): save it as UTF-8") from None


def replace(path: Path, content: bytes) -> None:
    """Write a whole file: a reader sees the old one or the new one, never a part. Raises OSError with its name."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        # A name that nobody can foresee, in a file that was not there: no link is followed.
        descriptor, name = tempfile.mkstemp(prefix=".", suffix=".new", dir=path.parent)
        temporary = Path(name)
        try:
            with os.fdopen(descriptor, "wb") as file:
                file.write(content)
            temporary.chmod(0o644)
            temporary.replace(path)
        except BaseException:
            temporary.unlink(missing_ok=True)
            raise
    except OSError as error:
        error.filename = str(path)
        raise


def failure(error: OSError) -> str:
    """An error of the operating system as a sentence that names the file and the reason."""
    return f"{error.filename or 'A file'} could not be read or written: {(error.strerror or str(error)).lower()}."


def _reason(error: OSError) -> str:
    if isinstance(error, PermissionError):
        return "may not be read: change its permissions"
    return f"cannot be read ({(error.strerror or str(error)).lower()}): see that it is there and readable"
