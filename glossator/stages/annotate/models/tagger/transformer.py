"""A transformer in numpy: pieces of words -> probabilities of tags, and vectors of words in their context."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import pairwise

import msgspec
import numpy as np
from numpy.typing import NDArray

from glossator.stages.annotate.models.tagger.windows import Windows

Floats = NDArray[np.float32]
Ints = NDArray[np.int64]
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

    query: Dense
    """Weights of queries, multiplied by the factor of attention."""
    expose: Dense
    """Weights of keys and values."""
    join: Dense
    widen: Dense
    """Weights into the wide vector, multiplied by half of `SLOPE`; those back are divided by it."""
    narrow: Dense
    attended: Norm
    finished: Norm

    def __call__(self, rows: Floats, borders: Sequence[int], wanted: Ints) -> Floats:
        """Return new rows for those of them that are wanted, in ascending order."""
        exposed = self.expose(rows)
        rows, ends = rows[wanted], np.searchsorted(wanted, borders).tolist()
        mixed = self.join(_attend(self.query(rows), exposed, ends, borders))
        mixed += rows
        mixed = self.attended(mixed)
        wide = self.widen(mixed)
        share = np.tanh(wide)
        share += 1
        wide *= share
        narrow = self.narrow(wide)
        narrow += mixed
        return self.finished(narrow)


def _attend(queries: Floats, exposed: Floats, ends: Sequence[int], borders: Sequence[int]) -> Floats:
    """Return the joined heads of the queries; those between two `ends` see what lies between two borders."""
    width = queries.shape[1]
    joined = np.empty_like(queries)
    for asking, seen in zip(pairwise(ends), pairwise(borders), strict=True):
        if asking[0] == asking[1]:  # a window may have nothing that is tagged, and then its last layer sees nothing
            continue
        asked = queries[slice(*asking)].reshape(-1, HEADS, width // HEADS).transpose(1, 0, 2)
        keys, values = exposed[slice(*seen)].reshape(-1, 2, HEADS, width // HEADS).transpose(1, 2, 0, 3)
        weights = asked @ keys.transpose(0, 2, 1)
        weights -= weights.max(axis=2, keepdims=True)
        np.exp(weights, out=weights)
        heads = weights @ values
        heads /= weights.sum(axis=2, keepdims=True)
        joined[slice(*asking)] = heads.transpose(1, 0, 2).reshape(-1, width)
    return joined


class Transformer(msgspec.Struct, frozen=True, eq=False):
    vectors: NDArray[np.generic]
    """The vector of each piece, in steps; an unsigned byte holds two numbers, from -8 to 7."""
    steps: NDArray[np.generic]
    """The steps of each vector, each for as many of its numbers."""
    positions: Floats
    capitals: Floats
    embedded: Norm
    layers: tuple[Layer, ...]
    tags: Dense
    components: Dense
    """Principal components of the vectors of words."""

    def __call__(self, given: Windows) -> tuple[Floats, Floats]:
        """Return the probabilities of the tags for the first piece of each word that is tagged, and its vector."""
        steps = self.steps[given.pieces].astype(np.float32)
        numbers = _numbers(self.vectors[given.pieces]).reshape(*steps.shape, -1)
        rows = (numbers * steps[:, :, None]).reshape(len(steps), -1)
        rows += self.positions[given.positions()]
        rows += self.capitals[given.capitals]
        rows = self.embedded(rows)
        read, near, tagged = np.arange(len(rows)), np.flatnonzero(given.near), given.places[given.places >= 0]
        borders, seen = given.borders, read
        for layer, wanted in zip(self.layers, (read, near, *[tagged] * (len(self.layers) - 2)), strict=True):
            rows = layer(rows, borders, np.searchsorted(seen, wanted))
            borders, seen = np.searchsorted(wanted, given.borders).tolist(), wanted
        logits = self.tags(rows)
        logits -= logits.max(axis=1, keepdims=True)
        np.exp(logits, out=logits)
        return logits / logits.sum(axis=1, keepdims=True), self.components(rows)


def restored(arrays: Arrays) -> Transformer:
    """Unpack the transformer of a file: its weights have 8 bits, and a step for each number that comes out."""
    count = sum(name.endswith("/join") for name in arrays)
    vectors = arrays["vectors"]
    return Transformer(
        vectors,
        arrays["steps"].reshape(len(vectors), -1),
        _floats(arrays, "positions"),
        _floats(arrays, "capitals"),
        _norm(arrays, "embedded"),
        tuple(_layer(arrays, number) for number in range(count)),
        _dense(arrays, "tags"),
        _dense(arrays, "components"),
    )


def _numbers(packed: NDArray[np.generic]) -> NDArray[np.int8]:
    """Return the numbers of vectors."""
    if packed.dtype != np.uint8:
        return packed.astype(np.int8, copy=False)
    pairs = packed.astype(np.uint8, copy=False)
    halves = np.stack([pairs & 15, pairs >> 4], axis=2).reshape(len(pairs), -1)
    return halves.astype(np.int8) - np.int8(8)


def _layer(arrays: Arrays, number: int) -> Layer:
    project, join, widen, narrow = (_dense(arrays, f"{number}/{name}") for name in DENSE)
    attended, finished = (_norm(arrays, f"{number}/{name}") for name in NORMS)
    width = len(project.weights)
    query = _scaled(project.weights[:, :width], project.bias[:width], np.float32((width // HEADS) ** -0.5))
    expose = Dense(np.ascontiguousarray(project.weights[:, width:]), project.bias[width:])
    # x / (1 + exp(-SLOPE x)) is y (1 + tanh y) / SLOPE for y = x SLOPE / 2.
    widen = _scaled(widen.weights, widen.bias, SLOPE / 2)
    narrow = Dense(narrow.weights / SLOPE, narrow.bias)
    return Layer(query, expose, join, widen, narrow, attended, finished)


def _scaled(weights: Floats, bias: Floats, factor: np.float32) -> Dense:
    return Dense(np.ascontiguousarray(weights * factor), bias * factor)


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
