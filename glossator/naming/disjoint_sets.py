"""Disjoint sets with pairs that must stay apart."""

from __future__ import annotations

from collections import defaultdict


class Union:
    """Clusters joined step by step. State: each one's parent, and for a root those that it may not be joined to.

    Union by smallest number, so that the roots do not depend on the order of the joins (path halving: Tarjan and
    van Leeuwen 1984).
    """

    def __init__(self, size: int) -> None:
        self._parents = list(range(size))
        self._foes: dict[int, set[int]] = defaultdict(set)

    def find(self, one: int) -> int:
        """The root of the set that holds one."""
        parents = self._parents
        while parents[one] != one:
            parents[one] = parents[parents[one]]
            one = parents[one]
        return one

    def add(self) -> int:
        """One more, joined to none."""
        self._parents.append(len(self._parents))
        return len(self._parents) - 1

    def part(self, first: int, second: int) -> bool:
        """Keep two apart from now on; false if they are one already."""
        first, second = self.find(first), self.find(second)
        if first == second:
            return False
        self._foes[first].add(second)
        self._foes[second].add(first)
        return True

    def apart(self, first: int, second: int) -> bool:
        """Whether two may not be joined."""
        foes = self._foes.get(self.find(first))
        return bool(foes) and self.find(second) in {self.find(foe) for foe in foes or ()}

    def join(self, first: int, second: int) -> bool:
        """Make two one; false if they must stay apart."""
        first, second = self.find(first), self.find(second)
        if first == second:
            return True
        if self.apart(first, second):
            return False
        first, second = sorted((first, second))
        self._parents[second] = first
        if second in self._foes:
            self._foes[first] |= self._foes.pop(second)
            for foe in self._foes[first]:
                self._foes[self.find(foe)].add(first)
        return True
