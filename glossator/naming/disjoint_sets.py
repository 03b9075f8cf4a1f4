"""Disjoint sets with must-link (joined) and cannot-link (separated) pairs."""

from __future__ import annotations

from collections import defaultdict


class DisjointSets:
    """Sets of integers joined step by step. State: the parent of each element, and the cannot-links of each root.

    Union by smallest number, so that the roots do not depend on the order of the joins (path halving: Tarjan and
    van Leeuwen 1984).
    """

    def __init__(self, size: int) -> None:
        self._parents = list(range(size))
        self._cannot_link: dict[int, set[int]] = defaultdict(set)

    def find(self, element: int) -> int:
        """Return the root of the set that holds an element."""
        parents = self._parents
        while parents[element] != element:
            parents[element] = parents[parents[element]]
            element = parents[element]
        return element

    def add(self) -> int:
        """Add an element in a set of its own, and return it."""
        self._parents.append(len(self._parents))
        return len(self._parents) - 1

    def separate(self, first: int, second: int) -> bool:
        """True if two elements are kept in different sets from now on, False if they are joined already."""
        first, second = self.find(first), self.find(second)
        if first == second:
            return False
        self._cannot_link[first].add(second)
        self._cannot_link[second].add(first)
        return True

    def are_separated(self, first: int, second: int) -> bool:
        """True if two elements may not be joined."""
        separated = self._cannot_link.get(self.find(first))
        return bool(separated) and self.find(second) in {self.find(element) for element in separated or ()}

    def join(self, first: int, second: int) -> bool:
        """True if two elements are in one set from now on, False if they must stay separate."""
        first, second = self.find(first), self.find(second)
        if first == second:
            return True
        if self.are_separated(first, second):
            return False
        first, second = sorted((first, second))
        self._parents[second] = first
        if second in self._cannot_link:
            self._cannot_link[first] |= self._cannot_link.pop(second)
            for element in self._cannot_link[first]:
                self._cannot_link[self.find(element)].add(first)
        return True
