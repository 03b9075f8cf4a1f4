"""The inverse of a table, brought up to date with the items of the table that changed."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Hashable, Iterable, Mapping
from typing import TypeVar

Item = TypeVar("Item", bound=str)
Key = TypeVar("Key", bound=Hashable)


def inverse_rows(
    before: Mapping[Item, Iterable[Key]],
    now: Mapping[Item, Iterable[Key]],
    read: Callable[[Collection[Key]], Mapping[Key, Collection[Item]]],
) -> dict[Key, tuple[Item, ...] | None]:
    """Return the rows of the inverse that differ: key -> the items that have it; None if no item has it any more.

    `before` and `now` are the items that changed, with their keys; `read` gives the stored rows of the inverse.
    """
    gone: dict[Key, set[Item]] = defaultdict(set)
    new: dict[Key, set[Item]] = defaultdict(set)
    for item in before.keys() | now.keys():
        old, present = set(before.get(item, ())), set(now.get(item, ()))
        for key in old - present:
            gone[key].add(item)
        for key in present - old:
            new[key].add(item)
    keys = gone.keys() | new.keys()
    known = read(keys)
    return {key: tuple(sorted(new[key].union(known.get(key, ())) - gone[key])) or None for key in keys}
