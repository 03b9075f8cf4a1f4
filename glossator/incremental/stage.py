"""A stage as its runs are memoised: what its work, its key and its limits are."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Generic, TypeVar

import msgspec

from glossator.model import Digest

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
