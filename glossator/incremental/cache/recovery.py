"""Recovery from a damaged file: the cache begins a new one, and goes on."""

from __future__ import annotations

import sqlite3
import zlib
from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec, Protocol, TypeVar

from glossator.incremental.cache import file


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
            return method(cache, *given, **named)
        except (sqlite3.DatabaseError, zlib.error) as error:
            if not file.is_damage(error):
                raise
            cache.begin_anew()
            return method(cache, *given, **named)

    return healed
