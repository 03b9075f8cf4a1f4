"""Judgement of readings by their signs, with trees that were learned from pages whose article is known.

`python -m training.readings` learns them; see training/boosting.py for the method.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from importlib import resources
from math import exp

import msgspec

Node = list[float]
"""Sign, threshold, index of the node for values up to the threshold, index for others; a leaf has its value alone."""


class Judge(msgspec.Struct, frozen=True):
    """Sum of a constant and of trees."""

    base: float
    trees: list[list[Node]]

    def value(self, row: Sequence[float]) -> float:
        return self.base + sum(_value(tree, row) for tree in self.trees)


class Judges(msgspec.Struct, frozen=True):
    """Judges of readings, and the limits that were chosen with them."""

    expected: Judge
    """Expected F1 of a reading."""
    doubtful: Judge
    """Log odds of an estimate of how much of a reading is wrong or missing."""
    passages: Judge
    """Log odds of the chance that a passage belongs to the article."""
    agreed: float
    """Agreement of the first two readings from which no others are made."""
    better: float
    """Lead in expected F1 from which another reading replaces the usual one."""
    doubt: float
    """Estimate from which an article is doubtful."""

    def doubt_about(self, row: Sequence[float]) -> float:
        """Return an estimate, from 0 to 1, of how much of a reading is wrong or missing."""
        return 1 / (1 + exp(-self.doubtful.value(row)))

    def chance_of(self, row: Sequence[float]) -> float:
        """Return the chance, from 0 to 1, that a passage belongs to the article."""
        return 1 / (1 + exp(-self.passages.value(row)))


@cache
def judges() -> Judges:
    """Return the judges of the package, loaded once."""
    file = resources.files("glossator") / "data" / "readings" / "judges.json"
    return msgspec.json.decode(file.read_bytes(), type=Judges)


def _value(tree: list[Node], row: Sequence[float]) -> float:
    node = tree[0]
    while len(node) > 1:
        node = tree[int(node[2] if row[int(node[0])] <= node[1] else node[3])]
    return node[0]
