"""A network of one hidden layer, trained with dropout: rows of features -> probabilities of classes."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Recipe:
    hidden: int = 128
    passes: int = 6
    rate: float = 0.002
    batch: int = 512
    decay: float = 0.02
    """By how much of the learning rate weights shrink at each step."""
    dropped_features: float = 0.25
    dropped_hidden: float = 0.3


def fit(rows: Floats, targets: Floats, recipe: Recipe, seed: int = 0) -> tuple[Floats, Floats, Floats, Floats]:
    """Weights and biases of both layers, so that the softmax comes near the targets, probabilities themselves."""
    draw = np.random.default_rng(seed)
    sizes = (rows.shape[1], recipe.hidden, targets.shape[1])
    weights: list[Floats] = [
        _random(draw, sizes[0], sizes[1]),
        np.zeros(sizes[1], np.float32),
        _random(draw, sizes[1], sizes[2]),
        np.log(targets.mean(axis=0) + 1e-4).astype(np.float32),
    ]
    moments = [(np.zeros_like(one), np.zeros_like(one)) for one in weights]
    steps = recipe.passes * -(-len(rows) // recipe.batch)
    step = 0
    for _ in range(recipe.passes):
        order = draw.permutation(len(rows))
        for start in range(0, len(rows), recipe.batch):
            chosen = order[start : start + recipe.batch]
            gradients = _gradients(weights, rows[chosen], targets[chosen], recipe, draw)
            step += 1
            _step(weights, moments, gradients, recipe, (step, steps))
    first, first_bias, second, second_bias = weights
    return first, first_bias, second, second_bias


def _random(draw: np.random.Generator, rows: int, columns: int) -> Floats:
    drawn: Floats = draw.standard_normal((rows, columns), np.float32)
    return drawn * np.float32(np.sqrt(1 / rows))


def _mask(draw: np.random.Generator, shape: tuple[int, ...], dropped: float) -> Floats:
    kept = draw.random(shape, np.float32) >= dropped
    return kept.astype(np.float32) / np.float32(1 - dropped)


def _gradients(
    weights: list[Floats], rows: Floats, targets: Floats, recipe: Recipe, draw: np.random.Generator
) -> list[Floats]:
    given = rows * _mask(draw, rows.shape, recipe.dropped_features)
    hidden = np.maximum(given @ weights[0] + weights[1], 0)
    mask = _mask(draw, hidden.shape, recipe.dropped_hidden)
    shown = hidden * mask
    logits = shown @ weights[2] + weights[3]
    logits -= logits.max(axis=1, keepdims=True)
    likely = np.exp(logits)
    likely /= likely.sum(axis=1, keepdims=True)
    error: Floats = (likely - targets) / np.float32(len(rows))
    back: Floats = ((error @ weights[2].T) * mask * (hidden > 0)).astype(np.float32)
    return [(given.T @ back).astype(np.float32, copy=False), back.sum(axis=0), shown.T @ error, error.sum(axis=0)]


def _step(
    weights: list[Floats],
    moments: list[tuple[Floats, Floats]],
    gradients: list[Floats],
    recipe: Recipe,
    progress: tuple[int, int],
) -> None:
    """One step of Adam with decoupled decay; the rate rises for a twentieth of the steps, then falls to nothing."""
    step, steps = progress
    rate = recipe.rate * min(1.0, 20 * step / steps) * (1 - (step - 1) / steps)
    for weight, (mean, square), gradient in zip(weights, moments, gradients, strict=True):
        np.add(mean, 0.1 * (gradient - mean), out=mean)
        np.add(square, 0.001 * (gradient * gradient - square), out=square)
        update = (mean / (1 - 0.9**step)) / (np.sqrt(square / (1 - 0.999**step)) + 1e-8)
        shrunk = weight * (1 - rate * recipe.decay) if weight.ndim == 2 else weight
        np.subtract(shrunk, rate * update, out=weight)
