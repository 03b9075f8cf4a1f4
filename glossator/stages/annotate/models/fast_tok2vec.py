"""A replacement of spaCy's tok2vec encoder, for inference alone.

The sums are those of `spacy.Tok2Vec.v2` with `MultiHashEmbed` and `MaxoutWindowEncoder`. Dropout and gradients are left
out, and everything that depends on a single word is calculated once for each word. The names found are the same.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import accumulate, pairwise
from typing import TYPE_CHECKING, Any

import msgspec
import numpy as np
from numpy.typing import NDArray
from thinc.api import Model

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc

Vectors = NDArray[np.float32]

_EMBEDDING = ["extract_features", "list2ragged", "with_array", "with_array(maxout>>layernorm>>dropout)", "ragged2list"]
_CONVOLUTION = "residual(expand_window>>maxout>>layernorm>>dropout)"

_MULTIPLIERS = np.array([pow(0x9E3779B97F4A7C15, power, 2**64) for power in range(1, 17)], np.uint64)
"""Multipliers that combine the features of a word into a number of 64 bits, as wide as spaCy's hashes of strings."""

_LEAST_VARIANCE = np.float32(1e-8)

WORDS = 1 << 14
"""Words in the tables of an encoder: sixty megabytes."""


class _Layer(msgspec.Struct, frozen=True, eq=False):
    """Maxout and layer normalisation. The piece of a weight comes first, so that pieces are compared row by row."""

    weights: Vectors
    bias: Vectors
    scale: Vectors
    shift: Vectors

    def __call__(self, inputs: Vectors) -> Vectors:
        return self.finish(inputs @ self.weights)

    def row_by_row(self, inputs: Vectors) -> Vectors:
        """Apply the layer to each row by itself."""
        return self.finish(_product_by_row(inputs, self.weights))

    def finish(self, sums: Vectors) -> Vectors:
        """Apply bias, maxout and normalisation to the products with the weights."""
        sums += self.bias
        width = len(self.scale)
        best = sums[:, :width]
        for piece in range(width, sums.shape[1], width):
            best = np.maximum(best, sums[:, piece : piece + width])
        best -= best.mean(axis=1, keepdims=True)
        variance = np.einsum("ij,ij->i", best, best) / np.float32(width) + _LEAST_VARIANCE
        best *= variance[:, None] ** np.float32(-0.5)
        best *= self.scale
        best += self.shift
        return best


class _Words:
    """The part of the encoder that depends on a single word: its vector, and its addends in the first convolution.

    State: the words met so far, by a number made of their features. Words met before change no vector.
    """

    def __init__(self, embed: Model[Any, Any], mix: _Layer, first: _Layer) -> None:
        width = len(mix.scale)
        self._embed, self._mix = embed, mix
        self._windows = [first.weights[start : start + width] for start in range(0, len(first.weights), width)]
        self._reset(0)

    def __call__(self, features: NDArray[np.uint64]) -> list[int]:
        """Return the rows of words in the tables; row 0 is no word."""
        keys = (features @ _MULTIPLIERS[: features.shape[1]]).tolist()
        new = {key: index for index, key in enumerate(keys) if key not in self._rows}
        if len(self._rows) + len(new) >= len(self.vectors):
            new = {key: index for index, key in enumerate(keys)}
            self._reset(len(new))
        if new:
            rows = range(len(self._rows) + 1, len(self._rows) + 1 + len(new))
            vectors = self._mix.row_by_row(self._embed.predict(features[[*new.values()]]))
            self.vectors[rows.start : rows.stop] = vectors
            for table, weights in zip(self.parts, self._windows, strict=True):
                table[rows.start : rows.stop] = _product_by_row(vectors, weights)
            self._rows.update(zip(new, rows, strict=True))
        return [self._rows[key] for key in keys]

    def _reset(self, words: int) -> None:
        """Empty the tables, with space for at least `words` words."""
        rows = 1 + max(WORDS, words)
        self._rows: dict[int, int] = {}
        self.vectors, *self.parts = (
            np.empty((rows, width), np.float32)
            for width in (len(self._mix.scale), *(weights.shape[1] for weights in self._windows))
        )
        for table in (self.vectors, *self.parts):
            table[0] = 0


def _product_by_row(inputs: Vectors, weights: Vectors) -> Vectors:
    """Return the product row by row: in floating point, a product of whole matrices depends on the number of rows."""
    product: Vectors = np.matmul(inputs[:, None], weights)[:, 0]
    return product


class _Encoder(msgspec.Struct, frozen=True, eq=False):
    """The parts of the model: features of a word -> its vector -> its vector in context."""

    features: list[int | str]
    words: _Words
    convolutions: Sequence[_Layer]
    ops: Any
    window: int
    """Words on each side that a convolution covers."""
    padding: int
    """Zero rows between two texts, so that neither affects the other."""

    def __call__(self, docs: Sequence[Doc]) -> list[Vectors]:
        features = np.concatenate([doc.to_array(self.features) for doc in docs]).astype(np.uint64, copy=False)
        words = np.array(self.words(features), np.intp)
        ends = [0, *accumulate(map(len, docs))]
        slices = [
            slice(start + number * self.padding, end + number * self.padding)
            for number, (start, end) in enumerate(pairwise(ends), 1)
        ]
        rows = np.zeros(len(words) + (len(docs) + 1) * self.padding, np.intp)
        for section, (start, end) in zip(slices, pairwise(ends), strict=True):
            rows[section] = words[start:end]
        context: Vectors = self.words.vectors[rows]
        first, *others = self.convolutions
        context += first.finish(self._first_sums(rows))
        for convolution in others:
            context += convolution(self.ops.seq2col(context, self.window))
        return [context[section] for section in slices]

    def _first_sums(self, rows: NDArray[np.intp]) -> Vectors:
        """Return the first convolution's sums, assembled from the addends of each word for its neighbours."""
        sums: Vectors = self.words.parts[self.window][rows]
        for away in range(1, self.window + 1):
            sums[away:] += self.words.parts[self.window - away][rows[:-away]]
            sums[:-away] += self.words.parts[self.window + away][rows[away:]]
        return sums


def replace_encoders(nlp: Language) -> None:
    """Replace the encoders of a pipeline's components by this one, if their architecture is known."""
    for _, component in nlp.pipeline:
        model = getattr(component, "model", None)
        if isinstance(model, Model) and (node := next(filter(_is_known, model.walk()), None)):
            encoder = _as_model(_encoder(node), node.get_dim("nO"))
            if node is model:
                component.model = encoder  # type: ignore[attr-defined]  # any callable may be a component
            else:
                model.replace_node(node, encoder)


def _as_model(encoder: _Encoder, width: int) -> Model[Any, Any]:
    return Model("encoder", lambda _, docs, is_train: (encoder(docs), None), dims={"nO": width})  # noqa: ARG005


def _is_known(node: Model[Any, Any]) -> bool:
    if not (node.has_ref("embed") and node.has_ref("encode")):
        return False
    names = [part.name for part in node.get_ref("embed").layers]
    inner = [part.name for layer in node.get_ref("encode").layers for part in layer.layers]
    return (
        len(names) == len(_EMBEDDING)
        and all(name.startswith(known) for name, known in zip(names, _EMBEDDING, strict=True))
        and set(inner) == {_CONVOLUTION}
    )


def _encoder(node: Model[Any, Any]) -> _Encoder:
    extract, _, embed, mix, _ = node.get_ref("embed").layers
    encode = node.get_ref("encode")
    convolutions = [_layer(convolution) for convolution in encode.layers[0].layers]
    return _Encoder(
        extract.attrs["columns"],
        _Words(embed.layers[0], _layer(mix), convolutions[0]),
        convolutions,
        node.ops,
        _part(encode, "expand_window").attrs["window_size"],
        encode.attrs["pad"],
    )


def _layer(node: Model[Any, Any]) -> _Layer:
    maxout, norm = _part(node, "maxout"), _part(node, "layernorm")
    weights = np.asarray(maxout.get_param("W"))
    by_piece = np.ascontiguousarray(weights.transpose(1, 0, 2).reshape(-1, weights.shape[2]))
    bias, scale, shift = (
        np.asarray(values) for values in (maxout.get_param("b"), norm.get_param("G"), norm.get_param("b"))
    )
    return _Layer(by_piece.T, bias.T.flatten(), scale, shift)


def _part(node: Model[Any, Any], name: str) -> Model[Any, Any]:
    return next(part for part in node.walk() if part.name == name)
