"""Recovery from a damaged file: the cache begins a new one, and goes on."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import wraps
from pathlib import Path
from typing import Concatenate, ParamSpec, Protocol, TypeVar

from glossator.incremental.cache import damaged_file, file_format
from glossator.incremental.cache.stored_rows import DamagedRow
from glossator.model import Problem


class Renewable(Protocol):
    """A store in a file that may be damaged."""

    def begin_anew(self) -> None:
        """Set the file aside and begin an empty one."""


Given = ParamSpec("Given")
Owner = TypeVar("Owner", bound=Renewable)
Returned = TypeVar("Returned")


def self_healing(
    method: Callable[Concatenate[Owner, Given], Returned],
) -> Callable[Concatenate[Owner, Given], Returned]:
    """Wrap a method: if it finds the file damaged, begin a new file, as if nothing had been stored, and try again."""

    @wraps(method)
    def healed(cache: Owner, /, *given: Given.args, **named: Given.kwargs) -> Returned:
        try:
            with damage_told():
                return method(cache, *given, **named)
        except DamagedRow:
            cache.begin_anew()
            return method(cache, *given, **named)

    return healed


@contextmanager
def damage_told() -> Iterator[None]:
    """Raise DamagedRow for an error of SQLite that comes from the file itself."""
    try:
        yield
    except sqlite3.DatabaseError as error:
        if damaged_file.is_damage(error):
            raise DamagedRow(str(error)) from error
        raise


def connect_anew(path: Path) -> tuple[sqlite3.Connection, Problem]:
    """Set the file aside, begin a new one, and return it with a notice. Raises SiteError if the disk refuses."""
    aside = damaged_file.set_aside(path)
    for side_file in damaged_file.side_files(path):
        if side_file.is_dir():
            damaged_file.set_aside(side_file)
        else:
            side_file.unlink(missing_ok=True)
    text = f"is damaged, or of another version: it was set aside as {aside.name}, and all is made anew"
    try:
        return file_format.connect(path), Problem("memory", str(path), text, fatal=False)
    except sqlite3.Error as error:
        raise damaged_file.unusable_file(path, error) from error
