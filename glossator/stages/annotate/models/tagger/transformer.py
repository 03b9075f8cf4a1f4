"""A transformer in numpy: pieces of words -> probabilities of tags, and vectors of words in their context."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import pairwise

import msgspec
import numpy as np
from numpy.typing import NDArray

from glossator.stages.annotate.models.tagger.windows import Windows

Floats = NDArray[np.float32]
Arrays = Mapping[str, NDArray[np.generic]]

HEADS = 12
SLOPE = np.float32(1.702)
"""Factor with which the logistic function is near the distribution function of the normal one (GELU)."""
_LEAST_VARIANCE = np.float32(1e-6)
DENSE = ("project", "join", "widen", "narrow")
"""Weights of a layer: into queries, keys and values; of the joined heads; into the wide vector, and back."""
NORMS = ("attended", "finished")


class Dense(msgspec.Struct, frozen=True, eq=False):
    """Weights, a column for each number that comes out, and the bias."""

    weights: Floats
    bias: Floats

    def __call__(self, rows: Floats) -> Floats:
        product: Floats = rows @ self.weights
        product += self.bias
        return product


class Norm(msgspec.Struct, frozen=True, eq=False):
    """Layer normalisation."""

    scale: Floats
    shift: Floats

    def __call__(self, rows: Floats) -> Floats:
        """Normalise rows in place."""
        rows -= rows.mean(axis=1, keepdims=True)
        variance = np.einsum("ij,ij->i", rows, rows) / np.float32(rows.shape[1]) + _LEAST_VARIANCE
        rows *= (1 / np.sqrt(variance))[:, None]
        rows *= self.scale
        rows += self.shift
        return rows


class Layer(msgspec.Struct, frozen=True, eq=False):
    """Attention among the pieces of a window, then two dense layers for each piece."""

    project: Dense
    join: Dense
    widen: Dense
    narrow: Dense
    attended: Norm
    finished: Norm

    def __call__(self, rows: Floats, borders: Sequence[int], wanted: NDArray[np.int64] | None = None) -> Floats:
        """Return new rows, or those of them that are wanted."""
        joined = _attend(self.project(rows), borders)
        if wanted is not None:
            joined, rows = joined[wanted], rows[wanted]
        mixed = self.join(joined)
        mixed += rows
        mixed = self.attended(mixed)
        wide = self.widen(mixed)
        scale = wide * -SLOPE
        np.exp(scale, out=scale)
        scale += 1
        wide /= scale
        narrow = self.narrow(wide)
        narrow += mixed
        return self.finished(narrow)


def _attend(projected: Floats, borders: Sequence[int]) -> Floats:
    """Return the joined heads of each window by itself."""
    width = projected.shape[1] // 3
    size = width // HEADS
    joined = np.empty((len(projected), width), np.float32)
    for start, end in pairwise(borders):
        split = projected[start:end].reshape(end - start, 3, HEADS, size).transpose(1, 2, 0, 3)
        queries, keys, values = split
        weights = queries @ keys.transpose(0, 2, 1)
        weights *= np.float32(size**-0.5)
        weights -= weights.max(axis=2, keepdims=True)
        np.exp(weights, out=weights)
        weights /= weights.sum(axis=2, keepdims=True)
        joined[start:end] = (weights @ values).transpose(1, 0, 2).reshape(end - start, width)
    return joined


class Transformer(msgspec.Struct, frozen=True, eq=False):
    vectors: NDArray[np.int8]
    """The vector of each piece, in steps."""
    steps: Floats
    """The step of each vector."""
    positions: Floats
    capitals: Floats
    embedded: Norm
    layers: tuple[Layer, ...]
    tags: Dense
    components: Dense
    """Principal components of the vectors of words."""

    def __call__(self, given: Windows) -> tuple[Floats, Floats]:
        """Return the probabilities of the tags for the first piece of each word that is read, and its vector."""
        rows = self.vectors[given.pieces] * self.steps[given.pieces, None]
        rows += self.positions[given.positions()]
        rows += self.capitals[given.capitals]
        rows = self.embedded(rows)
        *earlier, last = self.layers
        for layer in earlier:
            rows = layer(rows, given.borders)
        words = last(rows, given.borders, given.places[given.places >= 0])
        logits = self.tags(words)
        logits -= logits.max(axis=1, keepdims=True)
        np.exp(logits, out=logits)
        return logits / logits.sum(axis=1, keepdims=True), self.components(words)


def restored(arrays: Arrays) -> Transformer:
    """Unpack the transformer of a file: its weights have 8 bits, and a step for each number that comes out."""
    count = sum(name.endswith("/join") for name in arrays)
    return Transformer(
        arrays["vectors"].astype(np.int8, copy=False),
        _floats(arrays, "steps"),
        _floats(arrays, "positions"),
        _floats(arrays, "capitals"),
        _norm(arrays, "embedded"),
        tuple(_layer(arrays, number) for number in range(count)),
        _dense(arrays, "tags"),
        _dense(arrays, "components"),
    )


def _layer(arrays: Arrays, number: int) -> Layer:
    project, join, widen, narrow = (_dense(arrays, f"{number}/{name}") for name in DENSE)
    attended, finished = (_norm(arrays, f"{number}/{name}") for name in NORMS)
    return Layer(project, join, widen, narrow, attended, finished)


def _dense(arrays: Arrays, name: str) -> Dense:
    packed = arrays[name]
    weights = packed.astype(np.float32)
    if packed.dtype == np.int8:
        weights *= _floats(arrays, f"{name}/step")[:, None]
    return Dense(np.ascontiguousarray(weights.T), _floats(arrays, f"{name}/bias"))


def _norm(arrays: Arrays, name: str) -> Norm:
    return Norm(_floats(arrays, f"{name}/scale"), _floats(arrays, f"{name}/shift"))


def _floats(arrays: Arrays, name: str) -> Floats:
    return arrays[name].astype(np.float32)
