"""Long lists, cut into parts by the beginning of what they are sorted by.

A list that fits a page stands on one. A longer one becomes, at the same address, a table of contents, and its parts
stand on pages of their own; a part that is too long is cut in the same way. A part is named by the beginning that its
members share (`2024` of days, `ba` of names) and not by a number: a new member changes the part that it belongs to and
leaves the others as they are, and an address that was given out stays.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
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
    """The tree of a list: keys may be cut at `lengths`, and a part may show `limit` members, or LONG."""
    most = LONG if limit is None else limit
    members: dict[str, tuple[Keyed[Member], ...]] = {}
    cuts: dict[str, tuple[str, ...]] = {}
    counts: dict[str, int] = {}
    open_ends = [("", list(keyed))]
    while open_ends:
        name, here = open_ends.pop()
        counts[name] = len(here)
        parts = _split(here, [length for length in lengths if length > len(name)]) if len(here) > most else {}
        if parts:
            cuts[name] = tuple(sorted(parts))
            open_ends.extend(parts.items())
        else:
            members[name] = tuple(here)
    return Tree(members, cuts, counts)


def _split(keyed: list[Keyed[Member]], lengths: list[int]) -> dict[str, list[Keyed[Member]]]:
    """The members by the shortest beginning in which they differ; nothing where they differ in none."""
    for length in lengths:
        parts: dict[str, list[Keyed[Member]]] = defaultdict(list)
        for one in keyed:
            beginning = one[0][:length]
            parts[beginning if len(beginning) == length else _beginning(beginning, length)].append(one)
        if len(parts) > 1:
            return parts
        if all(len(key) <= length for key, _ in keyed):
            break
    return {}


def _beginning(key: str, length: int) -> str:
    return key[:length].ljust(length, FILLER)
