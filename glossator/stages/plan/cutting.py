"""Long lists, cut into parts by the beginning of what they are sorted by.

A list that fits a page stands on one. A longer one becomes, at the same address, a table of contents, and its parts
stand on pages of their own; a part that is too long is cut in the same way. A part is named by the beginning that its
members share (`2024` of days, `ba` of names) and not by a number: a new member changes the part that it belongs to and
leaves the others as they are, and an address that was given out stays.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from itertools import chain, takewhile
from typing import Generic, TypeVar

LONG = 300
"""Lines that a page may list: they weigh about as much as an article with its marks."""

LETTERS = tuple(range(1, 81))
"""Where a name may be cut."""

DAYS = (4, 7, *LETTERS[9:])
"""Where an ISO day may be cut: a year, a month, a day; and what stands in its place at every letter from there."""

FILLER = "-"
"""Stands for what a key that is too short lacks."""

Member = TypeVar("Member")
Keyed = tuple[str, Member]
"""A member after the key that it is sorted by."""


@dataclass(frozen=True, slots=True)
class Tree(Generic[Member]):
    """A list and its parts by name; the whole of it has the empty name. The shape depends on the members alone."""

    lengths: tuple[int, ...]
    """Where keys may be cut."""
    limit: int
    """Members that a part may show."""
    members: Mapping[str, tuple[Keyed[Member], ...]]
    """Of each part that shows them, in no order."""
    cuts: Mapping[str, tuple[str, ...]]
    """The narrower parts of each that is a table of contents, sorted."""
    counts: Mapping[str, int]
    """Of the members of every part."""

    def path(self, key: str) -> tuple[str, ...]:
        """The parts that hold what is sorted by the key, from the whole to the one that shows it."""
        names = [""]
        while names[-1] in self.cuts:
            names.append(_beginning(key, len(self.cuts[names[-1]][0])))
        return tuple(names)

    def wider(self, name: str) -> tuple[str, ...]:
        """The parts that a part lies in, the whole first."""
        return tuple(takewhile(lambda each: each != name, self.path(name)))

    def beside(self, name: str) -> tuple[str, ...]:
        """The parts that a part was cut from the others of, itself included; none for the whole."""
        return self.cuts[self.wider(name)[-1]] if name else ()

    def within(self, name: str) -> tuple[Keyed[Member], ...]:
        """The members of a part, in no order."""
        if name in self.members:
            return self.members[name]
        return tuple(chain.from_iterable(map(self.within, self.cuts[name])))

    def tally(self, length: int) -> Counter[str]:
        """How many members share each beginning of this length."""
        return Counter([key[:length] for keyed in self.members.values() for key, _ in keyed])


def plant(keyed: Iterable[Keyed[Member]], lengths: tuple[int, ...], limit: int | None = None) -> Tree[Member]:
    """The tree of a list."""
    made: Tree[Member] = Tree(lengths, LONG if limit is None else limit, {}, {}, {})
    return _grown(made, {"": list(keyed)})


def revise(tree: Tree[Member], gone: Collection[Keyed[Member]], come: Collection[Keyed[Member]]) -> Tree[Member]:
    """The tree without some members and with others: what `plant` would make, for the cost of the parts they are in."""
    left_out = frozenset(gone)
    added = defaultdict(list)
    for key, member in come:
        added[tree.path(key)[1:2]].append((key, member))
    firsts = {*added, *(tree.path(key)[1:2] for key, _ in gone)}
    beds = {
        first: [*(one for one in tree.within(first[0]) if one not in left_out), *added[first]]
        for first in firsts
        if first and first[0] in tree.counts
    }
    total = tree.counts[""] - len(gone) + len(come)
    # A first part that comes or goes may change where the whole is cut.
    if len(beds) < len(firsts) or not all(beds.values()) or total <= tree.limit:
        every = (one for one in tree.within("") if one not in left_out)
        return plant([*every, *come], tree.lengths, tree.limit)
    return _grown(tree, {first[0]: keyed for first, keyed in beds.items()}, total)


def _grown(tree: Tree[Member], beds: Mapping[str, list[Keyed[Member]]], total: int = 0) -> Tree[Member]:
    """The tree with some of its parts, and all within those, made anew of other members; `total` counts all."""
    old = {name for name in tree.counts if name and tree.path(name)[1] in beds}
    members = {name: keyed for name, keyed in tree.members.items() if name not in old}
    cuts = {name: parts for name, parts in tree.cuts.items() if name not in old}
    counts = {name: count for name, count in tree.counts.items() if name not in old} | {"": total}
    open_ends = list(beds.items())
    while open_ends:
        name, keyed = open_ends.pop()
        counts[name] = len(keyed)
        longer = [length for length in tree.lengths if length > len(name)]
        parts = _split(keyed, longer) if len(keyed) > tree.limit else {}
        if parts:
            cuts[name] = tuple(sorted(parts))
            open_ends.extend(parts.items())
        else:
            members[name] = tuple(keyed)
    return Tree(tree.lengths, tree.limit, members, cuts, counts)


def _split(keyed: list[Keyed[Member]], lengths: list[int]) -> dict[str, list[Keyed[Member]]]:
    """The members by the shortest beginning in which they differ; nothing where they differ in none."""
    longest = max(len(key) for key, _ in keyed)
    for length in lengths:
        parts: dict[str, list[Keyed[Member]]] = defaultdict(list)
        for key, member in keyed:
            parts[_beginning(key, length)].append((key, member))
        if len(parts) > 1:
            return parts
        if length >= longest:
            break
    return {}


def _beginning(key: str, length: int) -> str:
    return key[:length].ljust(length, FILLER)
