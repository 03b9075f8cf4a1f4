"""Tables that record which of their rows are looked up, so that a page depends on what its composer read."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping
from typing import Any, Generic, TypeVar

from glossator.stages.plan.catalogue.cut_long_lists import Tree

ALL = "*"
"""Key of a whole table: recorded by a look at all of its rows, and changed by a change of any."""
KEPT = 10_000
"""Rows kept that were made, because a page looks each up several times."""
RowKey = tuple[str, str]
"""Table, key of the row."""
Reads = set[RowKey]

Key = TypeVar("Key", bound=str)
Value = TypeVar("Value")
Member = TypeVar("Member")


def presence(table: str) -> str:
    """Return the name under which it is recorded that a page asked which rows a table has."""
    return f"{table}?"


class OnDemand(Mapping[Key, Value], Generic[Key, Value]):
    """Rows that are made when they are looked up. State: those that were made."""

    def __init__(self, make: Callable[[Key], Value], keys: Collection[Key], kept: int = KEPT) -> None:
        """Call `make` for a row; `keys` are those of all rows, `kept` is the number of rows that are kept at most."""
        self._make, self._keys, self._kept = make, keys, kept
        self._made: dict[Key, Value] = {}

    def __getitem__(self, key: Key) -> Value:
        if key not in self._made:
            if len(self._made) >= self._kept:
                self._made.clear()
            self._made[key] = self._make(key)
        return self._made[key]

    def __contains__(self, key: object) -> bool:
        return key in self._keys

    def __iter__(self) -> Iterator[Key]:
        return iter(sorted(self._keys))

    def __len__(self) -> int:
        return len(self._keys)


class RecordedTable(Mapping[Key, Value], Generic[Key, Value]):
    """Rows that are recorded in `reads` when they are looked up, absent ones too."""

    __slots__ = ("_name", "_prefix", "_reads", "_rows")

    def __init__(self, name: str, rows: Mapping[Key, Value], reads: Reads, prefix: str = "") -> None:
        """Record the rows of a table by its name; `prefix` comes before each key."""
        self._name, self._rows, self._reads, self._prefix = name, rows, reads, prefix

    def __getitem__(self, key: Key) -> Value:
        self._reads.add((self._name, self._prefix + key))
        return self._rows[key]

    def __contains__(self, key: object) -> bool:
        self._reads.add((presence(self._name), f"{self._prefix}{key}"))
        return key in self._rows

    def __iter__(self) -> Iterator[Key]:
        self._reads.add((presence(self._name), self._prefix + ALL))
        return iter(self._rows)

    def __len__(self) -> int:
        self._reads.add((presence(self._name), self._prefix + ALL))
        return len(self._rows)

    def items(self) -> Any:
        self._reads.add((self._name, self._prefix + ALL))
        return self._rows.items()

    def values(self) -> Any:
        self._reads.add((self._name, self._prefix + ALL))
        return self._rows.values()


class RecordedTrees(Mapping[str, Tree[Member]], Generic[Member]):
    """The lists of one kind. Of a list, the parts are recorded that are looked at: members, narrower parts, counts."""

    def __init__(self, kind: str, trees: Mapping[str, Tree[Member]], reads: Reads) -> None:
        self._kind, self._trees, self._reads = kind, trees, reads
        self._recorded: dict[str, Tree[Member]] = {}

    def __getitem__(self, of: str) -> Tree[Member]:
        if of not in self._recorded:
            if of not in self:
                raise KeyError(of)
            tree, prefix = self._trees[of], f"{self._kind} {of} "
            self._recorded[of] = Tree(
                RecordedTable("members", tree.members, self._reads, prefix),
                RecordedTable("narrower", tree.cuts, self._reads, prefix),
                RecordedTable("counts", tree.counts, self._reads, prefix),
            )
        return self._recorded[of]

    def __contains__(self, of: object) -> bool:
        self._reads.add(("narrower", f"{self._kind} {of} "))
        return of in self._trees

    def __iter__(self) -> Iterator[str]:
        self._reads.add(("lists", self._kind))
        return iter(self._trees)

    def __len__(self) -> int:
        self._reads.add(("lists", self._kind))
        return len(self._trees)


class RecordedFields:
    """A value of which each field is recorded when it is looked at."""

    def __init__(self, name: str, value: object, reads: Reads) -> None:
        self._name, self._value, self._reads = name, value, reads

    def __getattr__(self, field: str) -> Any:
        self._reads.add((self._name, field))
        return getattr(self._value, field)
