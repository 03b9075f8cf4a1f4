"""Reading of files that anybody may have made: no link is followed, and a name that is nearly right is told."""

from __future__ import annotations

import difflib
import os
import stat
from codecs import BOM_UTF8
from functools import cache, reduce
from operator import or_
from pathlib import Path
from typing import TypeVar

import msgspec

from glossator.errors import FileError
from glossator.text import plain_file_name

Record = TypeVar("Record")
LARGEST = 500 * 1024 * 1024
"""Bytes. Archives of many pages are that large; a worker holds one in memory."""
_ALIKE = 0.9
"""Likeness of two names, as difflib measures it, from which one may be meant for the other."""


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
    prefix, _, rest = plain.partition(path.stem)
    return path.suffix in rest or (not prefix and rest.startswith(".") and rest.endswith(".txt"))
