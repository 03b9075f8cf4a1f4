"""Judgement of pages and passages by their signs, with trees that were learned from pages whose article is known.

`python -m training.readings` learns them.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from importlib import resources
from math import exp

import msgspec
import numpy as np

_SURE = 50.0
"""Log odds from which more make no difference."""
_TOGETHER = 500
"""Rows that are judged together, so that a page of very many passages needs little memory."""


class Judge(msgspec.Struct, frozen=True, eq=False):
    """Sum of trees. The nodes of all trees are in one list, each tree's one after the other."""

    roots: np.ndarray
    """Index of each tree's first node."""
    depth: int
    signs: np.ndarray
    thresholds: np.ndarray
    branches: np.ndarray
    """Index of the next node for values above the threshold, then for others; the last nodes lead to themselves."""
    values: np.ndarray

    def judge(self, rows: Sequence[Sequence[float]]) -> Iterator[float]:
        """Yield the value of each row."""
        for start in range(0, len(rows), _TOGETHER):
            table = np.array(rows[start : start + _TOGETHER], dtype=np.float64)
            first = np.arange(len(table))[:, None] * table.shape[1]
            nodes = np.broadcast_to(self.roots, (len(table), len(self.roots)))
            for _ in range(self.depth):  # by `take`, in half the time
                below = table.take(first + self.signs.take(nodes)) <= self.thresholds.take(nodes)
                nodes = self.branches.take(2 * nodes + below)
            # Python's sum, whose result does not depend on how a processor adds several numbers at once.
            yield from map(sum, self.values[nodes].tolist())

    def chances(self, rows: Sequence[Sequence[float]]) -> list[float]:
        """Return the chance of each row, from 0 to 1, if the values are log odds."""
        return [1 / (1 + exp(-odds)) for odds in self.judge(rows)]


class Judges(msgspec.Struct, frozen=True, eq=False):
    """Judges of pages and passages, and the limits that were chosen with them."""

    kinds: tuple[Judge, ...]
    """Log odds of each kind of page, in the order of `page_kind.KINDS`."""
    passages: Judge
    """Log odds of the chance that a passage belongs to the article."""
    other_passages: Judge
    """Log odds of that on pages of other kinds: what frames an article may be the text of a thread or a listing."""
    agreed: float
    """Agreement of the first two readings from which no others are made."""
    doubt: float
    """Estimate from which an article is doubtful."""
    words: Mapping[str, float]
    """Weights of words that tell an article's own passages from boxes: see `passage_words`."""


@cache
def judges() -> Judges:
    """Return the judges of the package, loaded once."""
    file = resources.files("glossator") / "data" / "readings" / "judges.json"
    return judges_from(file.read_bytes())


def judges_from(data: bytes) -> Judges:
    """Return the judges that a file of JSON has."""
    return msgspec.json.decode(data, type=Judges, dec_hook=lambda _, numbers: np.array(numbers))


def chances_of_kinds(kinds: Sequence[Judge], row: Sequence[float]) -> list[float]:
    """Return the chance of a page to be of each kind, from 0 to 1; they add up to 1."""
    odds = [exp(min(_SURE, next(judge.judge([row])))) for judge in kinds]
    return [own / sum(odds) for own in odds]
