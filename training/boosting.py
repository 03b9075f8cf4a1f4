"""Gradient boosting of small trees by LightGBM: rows of numbers -> a judge as the package stores it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from glossator.stages.extract.html.choice.judge_readings import Judge

Floats = NDArray[np.float64]
Node = list[float]
"""Sign, threshold, index of the node for values up to the threshold, index for others; a leaf has its value alone."""
_ALWAYS = {
    "num_threads": 1,
    "seed": 1,
    "deterministic": True,
    "force_row_wise": True,
    "verbose": -1,
    "bagging_freq": 0,
}


@dataclass(frozen=True, slots=True)
class Boosting:
    """Recipe of one fit."""

    objective: str
    """`regression`, `cross_entropy` (targets are probabilities, the judge gives log odds), or `multiclass`."""
    trees: int
    rate: float
    depth: int
    leaf: int
    """Rows in a leaf, at least."""
    ridge: float = 3.0
    bins: int = 63
    share: float = 0.5
    """Share of the signs that a tree may use, drawn for each tree."""


def fit(rows: Floats, targets: Floats, weights: Floats, recipe: Boosting, classes: int = 1) -> list[Judge]:
    """Return the judge whose value comes near the targets; for several classes, one for each."""
    import lightgbm  # noqa: PLC0415 -- nothing else in training needs it

    settings = _ALWAYS | {
        "objective": recipe.objective,
        "learning_rate": recipe.rate,
        "num_leaves": 2**recipe.depth,
        "max_depth": recipe.depth,
        "min_data_in_leaf": recipe.leaf,
        "lambda_l2": recipe.ridge,
        "max_bin": recipe.bins,
        "feature_fraction": recipe.share,
    }
    if classes > 1:
        settings["num_class"] = classes
    data = lightgbm.Dataset(rows, targets, weight=weights / weights.mean(), params=settings)
    trees = lightgbm.train(settings, data, recipe.trees).dump_model()["tree_info"]
    stored = [list(_nodes(tree["tree_structure"], 0)) for tree in trees]
    return [judge_of(stored[number::classes]) for number in range(classes)]


def _nodes(node: dict[str, Any], number: int) -> Iterator[Node]:
    """Yield the nodes below one in the package's order, with numbers of five digits, which change no decision."""
    if "leaf_value" in node:
        yield [float(f"{node['leaf_value']:.5g}")]
        return
    below = list(_nodes(node["left_child"], number + 1))
    above = list(_nodes(node["right_child"], number + 1 + len(below)))
    yield [node["split_feature"], float(f"{node['threshold']:.5g}"), number + 1, number + 1 + len(below)]
    yield from below
    yield from above


def judge_of(trees: Sequence[Sequence[Node]]) -> Judge:
    """Return the judge that these trees are, their nodes in one list."""
    roots, signs, thresholds, branches, values = list[int](), list[int](), list[float](), list[int](), list[float]()
    for tree in trees:
        root = len(signs)
        roots.append(root)
        for index, node in enumerate(tree, root):
            ends = len(node) == 1
            signs.append(0 if ends else int(node[0]))
            thresholds.append(0.0 if ends else node[1])
            branches += [index, index] if ends else [root + int(node[3]), root + int(node[2])]
            values.append(node[0] if ends else 0.0)
    depth = max(map(_depth, trees), default=0)
    return Judge(np.array(roots), depth, np.array(signs), np.array(thresholds), np.array(branches), np.array(values))


def _depth(tree: Sequence[Node]) -> int:
    """Return the greatest number of decisions between a tree's root and a leaf."""
    depths = [0] * len(tree)
    for index, node in enumerate(tree):  # a node comes before those that it leads to
        for below in node[2:]:
            depths[int(below)] = depths[index] + 1
    return max(depths)
