"""Rows of features -> probabilities: a network of one hidden layer, and what weighed most in what it says."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import msgspec
import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float32]

TYPES = ("person", "organisation", "place", "group", "law", "work", "event", "product")
CLASSES = ("no name", *TYPES)

ROWS = 4096
"""Rows that are weighed at a time: the features of all candidates of a book would fill a gigabyte."""
FAR = 4
"""Standard deviations from the mean beyond which a feature counts no more."""


class Network(msgspec.Struct, frozen=True, eq=False):
    """Weights of both layers, their blocks of features, and the mean and scale of these."""

    blocks: tuple[str, ...]
    widths: tuple[int, ...]
    mean: Floats
    scale: Floats
    first: Floats
    first_bias: Floats
    second: Floats
    second_bias: Floats

    def probabilities(self, blocks: Mapping[str, Floats], chosen: NDArray[np.int64] | None = None) -> Floats:
        """Return the probabilities of the classes for each row, or for those with the numbers in `chosen`."""
        count = len(blocks[self.blocks[0]]) if chosen is None else len(chosen)
        spans = [slice(start, start + ROWS) for start in range(0, count, ROWS)] or [slice(0, 0)]
        picked = [span if chosen is None else chosen[span] for span in spans]
        return np.concatenate([self._likely({name: blocks[name][rows] for name in self.blocks}) for rows in picked])

    def _likely(self, blocks: Mapping[str, Floats]) -> Floats:
        logits = self._hidden(self._rows(blocks)) @ self.second + self.second_bias
        logits -= logits.max(axis=1, keepdims=True)
        np.exp(logits, out=logits)
        likely: Floats = logits / logits.sum(axis=1, keepdims=True)
        return likely

    def weights(self, blocks: Mapping[str, Floats], row: int, chosen: int, other: int) -> dict[str, float]:
        """Return how much each block of one row favours a class over another, in logits.

        The sum of all and of a constant is the difference of the two logits, for between the bends of its hidden
        units the network is linear.
        """
        rows = self._rows({name: blocks[name][row : row + 1] for name in self.blocks})
        bent = (self._hidden(rows) > 0) * (self.second[:, chosen] - self.second[:, other])
        parts = np.split((rows * (self.first @ bent[0]))[0], np.cumsum(self.widths)[:-1])
        return {name: float(part.sum()) for name, part in zip(self.blocks, parts, strict=True)}

    def _rows(self, blocks: Mapping[str, Floats]) -> Floats:
        rows = np.hstack([blocks[name] for name in self.blocks])
        rows -= self.mean
        rows *= self.scale
        np.clip(rows, -FAR, FAR, out=rows)
        return rows

    def _hidden(self, rows: Floats) -> Floats:
        hidden: Floats = rows @ self.first
        hidden += self.first_bias
        np.maximum(hidden, 0, out=hidden)
        return hidden


ARRAYS = ("mean", "scale", "first_bias", "second", "second_bias")
"""Fields of a network that a file has with 16 bits a number."""


def restored(arrays: Mapping[str, NDArray[np.generic]], names: Sequence[str]) -> dict[str, Network]:
    """Unpack the networks of a file."""
    return {name: _restored(arrays, name) for name in names}


def _restored(arrays: Mapping[str, NDArray[np.generic]], name: str) -> Network:
    mean, scale, bias, second, second_bias = (arrays[f"{name}/{field}"].astype(np.float32) for field in ARRAYS)
    first: Floats = arrays[f"{name}/first"].astype(np.float32)
    if f"{name}/first_step" in arrays:
        first *= arrays[f"{name}/first_step"].astype(np.float32)
    blocks, widths = (tuple(arrays[f"{name}/{field}"].tolist()) for field in ("blocks", "widths"))
    return Network(blocks, widths, mean, scale, first, bias, second, second_bias)
