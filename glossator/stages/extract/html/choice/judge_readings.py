"""Judgement of pages and passages by their signs, with trees that were learned from pages whose article is known.

`python -m training.readings` learns them.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from importlib import resources
from math import exp, inf

import msgspec
import numpy as np
from numpy.typing import NDArray

Node = list[float]
"""Sign, threshold, index of the node for values up to the threshold, index for others; a leaf has its value alone."""
_SURE = 50.0
"""Log odds from which more make no difference."""
_TOGETHER = 500
"""Rows that are judged together, so that a page of very many passages needs little memory."""


class StoredJudge(msgspec.Struct, frozen=True):
    """Trees as the file of the judges has them."""

    base: float
    trees: list[list[Node]]


class StoredJudges(msgspec.Struct, frozen=True):
    kinds: list[StoredJudge]
    passages: StoredJudge
    other_passages: StoredJudge
    agreed: float
    doubt: float
    words: dict[str, float]


class Judge(msgspec.Struct, frozen=True, eq=False):
    """Sum of a constant and of trees. The nodes of all trees are in one list, each tree's one after the other."""

    base: float
    roots: NDArray[np.intp]
    """Index of each tree's first node."""
    depth: int
    signs: NDArray[np.intp]
    thresholds: NDArray[np.float64]
    """A leaf has an infinite one, and leads to itself."""
    branches: NDArray[np.intp]
    """Index of the node for values above the threshold, then for others, for each node in turn."""
    values: NDArray[np.float64]

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
            yield from (self.base + sum(values) for values in self.values[nodes].tolist())


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

    def kinds_of(self, row: Sequence[float]) -> list[float]:
        """Return the chance of a page to be of each kind, from 0 to 1."""
        return chances_of_kinds(self.kinds, row)

    def chances_of(self, rows: Sequence[Sequence[float]], *, article: bool = True) -> list[float]:
        """Return the chance of each passage, from 0 to 1, to belong to the text of an article, or of another page."""
        return list(chances(self.passages if article else self.other_passages, rows))


@cache
def judges() -> Judges:
    """Return the judges of the package, loaded once."""
    file = resources.files("glossator") / "data" / "readings" / "judges.json"
    return judges_from(file.read_bytes())


def judges_from(data: bytes) -> Judges:
    """Return the judges that a file of JSON has."""
    stored = msgspec.json.decode(data, type=StoredJudges)
    return Judges(
        kinds=tuple(map(judge_of, stored.kinds)),
        passages=judge_of(stored.passages),
        other_passages=judge_of(stored.other_passages),
        agreed=stored.agreed,
        doubt=stored.doubt,
        words=stored.words,
    )


def chances(judge: Judge, rows: Sequence[Sequence[float]]) -> Iterator[float]:
    """Yield the chance of each row, from 0 to 1, by a judge of log odds."""
    return (1 / (1 + exp(-odds)) for odds in judge.judge(rows))


def chances_of_kinds(kinds: Sequence[Judge], row: Sequence[float]) -> list[float]:
    """Return the chance of each kind, from 0 to 1; they add up to 1."""
    odds = [exp(min(_SURE, next(judge.judge([row])))) for judge in kinds]
    return [own / sum(odds) for own in odds]


def judge_of(stored: StoredJudge) -> Judge:
    roots: list[int] = []
    signs: list[int] = []
    thresholds: list[float] = []
    branches: list[int] = []
    values: list[float] = []
    for tree in stored.trees:
        root = len(signs)
        roots.append(root)
        for index, node in enumerate(tree, root):
            ends = len(node) == 1
            signs.append(0 if ends else int(node[0]))
            thresholds.append(inf if ends else node[1])
            branches += [index, index] if ends else [root + int(node[3]), root + int(node[2])]
            values.append(node[0] if ends else 0.0)
    depth = max(map(_depth, stored.trees), default=0)
    return Judge(
        stored.base, np.array(roots), depth, np.array(signs), np.array(thresholds), np.array(branches), np.array(values)
    )


def _depth(tree: list[Node]) -> int:
    """Return the greatest number of decisions between a tree's root and a leaf."""
    depths = [0] * len(tree)
    for index, node in enumerate(tree):  # a node comes before those that it leads to
        for below in node[2:]:
            depths[int(below)] = depths[index] + 1
    return max(depths)
