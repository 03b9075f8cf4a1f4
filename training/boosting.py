"""Gradient boosting of small trees: rows of numbers -> a function of one number.

Method: Friedman, "Greedy function approximation: a gradient boosting machine", 2001, with histograms of features as in
Ke et al., "LightGBM", 2017.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Bins = NDArray[np.int64]
Tree = list[list[float]]
"""Nodes in order: feature, threshold, index of the node for values up to the threshold, index of the node for others.
A leaf has its value alone."""


@dataclass(frozen=True, slots=True)
class Boosting:
    """Recipe of one fit."""

    trees: int = 150
    rate: float = 0.06
    depth: int = 2
    leaf: float = 8.0
    """Least sum of weights in a leaf."""
    ridge: float = 3.0
    bins: int = 24
    share: float = 1.0
    """Share of the features that a tree may use, drawn for each tree."""
    logistic: bool = False
    """True if targets are probabilities, so that the function is their log odds."""


@dataclass(frozen=True, slots=True)
class _Binned:
    rows: Bins
    """Number of the bin of each value, by feature and row."""
    edges: list[Floats]
    recipe: Boosting
    features: list[int]
    """Features that the next tree may use."""


def fit(rows: Floats, targets: Floats, weights: Floats, recipe: Boosting) -> tuple[float, list[Tree]]:
    """Return the constant and the trees whose sum comes near the targets."""
    edges = [np.unique(np.quantile(rows[:, f], np.linspace(0, 1, recipe.bins + 1)[1:-1])) for f in range(rows.shape[1])]
    places = np.array([np.searchsorted(edges[f], rows[:, f]) for f in range(rows.shape[1])])
    binned = _Binned(places, edges, recipe, list(range(rows.shape[1])))
    drawn = np.random.default_rng(rows.shape[1])
    mean = float(np.average(targets, weights=weights))
    base = float(np.log(mean / (1 - mean))) if recipe.logistic else mean
    values = np.full(len(rows), base)
    trees: list[Tree] = []
    for _ in range(recipe.trees):
        likely = 1 / (1 + np.exp(-values)) if recipe.logistic else values
        slope = weights * (targets - likely)
        bend = weights * likely * (1 - likely) if recipe.logistic else weights
        tree: Tree = []
        if recipe.share < 1:
            features = drawn.choice(rows.shape[1], max(1, round(recipe.share * rows.shape[1])), replace=False)
            binned = replace(binned, features=sorted(map(int, features)))
        _grow(tree, binned, (slope, bend), np.arange(len(rows)), recipe.depth)
        trees.append(tree)
        values += evaluated(tree, rows)
    return base, trees


def _grow(tree: Tree, binned: _Binned, slopes: tuple[Floats, Floats], inside: Bins, depth: int) -> None:
    recipe = binned.recipe
    slope, bend = slopes[0][inside], slopes[1][inside]
    number = len(tree)
    tree.append([recipe.rate * float(slope.sum() / (bend.sum() + recipe.ridge))])
    best = (1e-9, -1, -1)
    whole = slope.sum() ** 2 / (bend.sum() + recipe.ridge)
    for feature in binned.features if depth else ():
        column = binned.rows[feature, inside]
        size = len(binned.edges[feature]) + 1
        left = np.cumsum(np.bincount(column, slope, size))[:-1]
        left_bend = np.cumsum(np.bincount(column, bend, size))[:-1]
        right, right_bend = slope.sum() - left, bend.sum() - left_bend
        gain = left**2 / (left_bend + recipe.ridge) + right**2 / (right_bend + recipe.ridge) - whole
        gain[(left_bend < _least(recipe)) | (right_bend < _least(recipe))] = 0
        if len(gain) and gain.max() > best[0]:
            best = (float(gain.max()), feature, int(gain.argmax()))
    _, feature, cut = best
    if feature < 0:
        return
    below = binned.rows[feature, inside] <= cut
    tree[number] = [feature, float(binned.edges[feature][cut]), len(tree), 0]
    _grow(tree, binned, slopes, inside[below], depth - 1)
    tree[number][3] = len(tree)
    _grow(tree, binned, slopes, inside[~below], depth - 1)


def _least(recipe: Boosting) -> float:
    return recipe.leaf * (0.1 if recipe.logistic else 1.0)


def evaluated(tree: Tree, rows: Floats) -> Floats:
    """Return the value of a tree for each row."""
    result = np.empty(len(rows))
    waiting = [(0, np.arange(len(rows)))]
    while waiting:
        number, inside = waiting.pop()
        node = tree[number]
        if len(node) == 1:
            result[inside] = node[0]
            continue
        below = rows[inside, int(node[0])] <= node[1]
        waiting += [(int(node[2]), inside[below]), (int(node[3]), inside[~below])]
    return result
