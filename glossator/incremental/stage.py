"""Stages as their runs are memoised: their work, the keys of their results, and the causes of runs."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Generic, TypeVar

import msgspec

from glossator.model import Digest
from glossator.text import digest

NEW = "new"
"""Cause of a run about whose item nothing was stored before."""
LOST = "lost"
"""Cause of a run although no input differed: the result was evicted, or somebody changed the page on the site."""

VIEW = "view"
"""Part of a page's fingerprint that stands for all that its template is given."""

Item = TypeVar("Item")
Result = TypeVar("Result")


class Stage(msgspec.Struct, Generic[Item, Result], frozen=True):
    """A stage: the function that works on its items, and what the results depend on."""

    name: str
    work: Callable[..., tuple[Any, ...]]
    """(batch of items, settings) -> results, in the order of the items. A plain function, as workers need it."""
    result: Any
    """Type of a result, for decoding."""
    settings: Any
    code: Callable[[Any], Digest]
    """settings -> digest of the code and libraries that do the work, in this process or in a worker."""
    label: Callable[[Item], str]
    """item -> path by which a person knows the item."""
    input: Callable[[Item], Digest]
    """item -> digest of everything in the item that the result depends on."""
    batch_size: int
    """Number of items that are worth a task."""
    settings_for: Callable[[Item], Any] | None = None
    """item -> the settings as far as its result depends on them, as a value that can be a key; without it, all."""
    pack: Callable[[Item], Item] | None = None
    """item -> item with the content of its files, for a worker that does not share this machine's disk."""
    prepare: Callable[..., None] | None = None
    """(batch of items, settings) -> None: loads what the work needs besides its items; the limits do not hold for it,
    because a library that is interrupted while it is loaded may be unusable. A plain function."""
    risky: Callable[[Item], bool] | None = None
    """item -> True if it is so large that it is better worked on in a process that can be ended."""
    singly: bool = False
    """True if each item is a task nevertheless, so that one that exceeds a limit is known without a second try."""
    limited: bool = True
    """True if the limits for one article hold."""
    at_limit: Callable[[Item], Result] | None = None
    """item -> result that stands in for one that exceeded a limit; without it the item has none."""
    lost: str = "was left out"
    """Beginning of the sentence that says how an item suffers that exceeds a limit."""


class Key(msgspec.Struct, frozen=True):
    """Every input of a result, by name."""

    stage: str
    code: Digest
    """Digest of the source that does the work, with the versions of the libraries and models it uses."""
    input: Digest
    settings: Digest

    def __str__(self) -> str:
        return f"{self.stage}: code {self.code[:8]}, input {self.input[:8]}, settings {self.settings[:8]}"

    @property
    def digest(self) -> str:
        return digest(*msgspec.structs.astuple(self))


INPUTS = tuple(name for name in Key.__struct_fields__ if name != "stage")


class Cause(msgspec.Struct, frozen=True):
    """Why a result was made: the inputs that differed from those of the run before, else NEW or LOST."""

    why: tuple[str, ...]
    build: int
    """Number of the build that made the result."""


def changed_parts(before: str | None, now: str) -> tuple[str, ...]:
    """Return the names of the parts by which two fingerprints of a page differ, else NEW or LOST."""
    if before is None:
        return (NEW,)
    old, new = before.split(), now.split()
    names = {part.partition(":")[0] for part in new}
    gone = [part for part in old if part.partition(":")[0] not in names]
    return tuple(part.partition(":")[0] for part in (*new, *gone) if part not in old or part in gone) or (LOST,)
