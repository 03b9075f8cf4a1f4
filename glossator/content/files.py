"""Opening what people keep: regular files only, links never followed, sizes limited, nothing left out silently."""

from __future__ import annotations

import hashlib
import os
import stat
from collections.abc import Iterator
from pathlib import Path

from glossator.model import Digest, Problem, SavedFile

LARGEST = 50 * 1024 * 1024
"""Bytes. A saved page with all its pictures inside has about five million."""

ASSET_FOLDER = ("_files", ".files", "_data")
"""How browsers end the name of the folder that holds a page's pictures and scripts."""


class Unusable(Exception):
    """A file that cannot be used. The message is what is wrong with it and what to do."""


def read_bytes(path: Path) -> bytes:
    """The bytes of a regular file. Raises Unusable."""
    try:
        descriptor = os.open(path, os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0))
    except OSError as error:
        reason = "is a link, which is not followed: copy the file itself" if path.is_symlink() else _reason(error)
        raise Unusable(reason) from None
    with os.fdopen(descriptor, "rb") as file:
        status = os.fstat(file.fileno())
        if not stat.S_ISREG(status.st_mode):
            raise Unusable("is not a regular file: leave it elsewhere")
        if status.st_size > LARGEST:
            raise Unusable(
                f"has {status.st_size:,} bytes, more than the limit of {LARGEST:,}: save it without pictures"
            )
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


def find_saved(saved: Path) -> tuple[tuple[SavedFile, ...], tuple[Problem, ...]]:
    """Every file below `content/saved/`, sorted by path, and those that cannot be used.

    Hidden files are passed over, and so are the folders that browsers lay beside a page for its pictures.
    """
    files, problems = [], []
    for path in _walk(saved):
        name = path.relative_to(saved).as_posix()
        if not _printable(name):
            text = "has a name that is not valid UTF-8, or holds control characters: rename it"
            problems.append(Problem("find", ascii(name)[1:-1], text))
            continue
        try:
            files.append(saved_file(path, name))
        except Unusable as error:
            problems.append(Problem("find", name, str(error)))
    return tuple(sorted(files, key=lambda file: file.path)), tuple(problems)


def saved_file(path: Path, name: str) -> SavedFile:
    """A saved file under the name that people know it by. Raises Unusable."""
    data = read_bytes(path)
    return SavedFile(name, Digest(hashlib.sha256(data).hexdigest()), len(data))


def _walk(folder: Path) -> Iterator[Path]:
    try:
        entries = sorted(os.scandir(folder), key=lambda entry: entry.name)
    except OSError:
        return
    names = {entry.name for entry in entries}
    for entry in entries:
        if entry.name.startswith("."):
            continue
        if not entry.is_dir(follow_symlinks=False):
            yield Path(entry.path)
        elif not _assets(entry.name, names):
            yield from _walk(Path(entry.path))


def _assets(folder: str, names: set[str]) -> bool:
    stems = [folder.removesuffix(end) for end in ASSET_FOLDER if folder.endswith(end)]
    return any(f"{stem}{suffix}" in names for stem in stems for suffix in (".html", ".htm", ".xhtml"))


def _printable(name: str) -> bool:
    return name.isprintable() and not any("\ud800" <= character <= "\udfff" for character in name)


def _reason(error: OSError) -> str:
    if isinstance(error, PermissionError):
        return "may not be read: change its permissions"
    return f"cannot be read ({(error.strerror or str(error)).lower()}): see that it is there and readable"
