"""spaCy's encoder of words in their context, for reading alone.

The sums are those of `spacy.Tok2Vec.v2` with `MultiHashEmbed` and `MaxoutWindowEncoder`; what training needs is left
out, and what hangs on a word alone is worked out once for each word of a run. The names found are the same.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate, pairwise
from typing import TYPE_CHECKING, Any

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
"""By which features make one number of 64 bits, as many as those by which spaCy tells strings."""

_LEAST_VARIANCE = np.float32(1e-8)


@dataclass(frozen=True, slots=True, eq=False)
class _Layer:
    """Maxout and normalisation: the piece of a weight comes first here, so that pieces are compared row by row."""

    weights: Vectors
    bias: Vectors
    scale: Vectors
    shift: Vectors

    def __call__(self, given: Vectors) -> Vectors:
        sums = given @ self.weights
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


@dataclass(frozen=True, slots=True, eq=False)
class _Encoder:
    """The parts of the model: features of a word -> its vector -> its vector in context."""

    features: list[int | str]
    embed: Model[Any, Any]
    mix: _Layer
    convolutions: Sequence[_Layer]
    ops: Any
    reach: int
    """Words on each side that a convolution sees."""
    padding: int
    """Rows of nothing between two texts, so that neither sees the other."""

    def __call__(self, docs: Sequence[Doc]) -> list[Vectors]:
        features = np.concatenate([doc.to_array(self.features) for doc in docs]).astype(np.uint64, copy=False)
        keys = features @ _MULTIPLIERS[: features.shape[1]]
        _, first, word = np.unique(keys, return_index=True, return_inverse=True)
        vectors = self.mix(self.embed.predict(features[first]))[word]
        ends = [0, *accumulate(map(len, docs))]
        places = [
            slice(start + number * self.padding, end + number * self.padding)
            for number, (start, end) in enumerate(pairwise(ends), 1)
        ]
        context = np.zeros((len(word) + (len(docs) + 1) * self.padding, vectors.shape[1]), np.float32)
        for place, (start, end) in zip(places, pairwise(ends), strict=True):
            context[place] = vectors[start:end]
        for convolution in self.convolutions:
            context += convolution(self.ops.seq2col(context, self.reach))
        return [context[place] for place in places]


def hasten(nlp: Language) -> None:
    """Let the components of a pipeline read with such an encoder, where theirs is built as we know it."""
    for _, component in nlp.pipeline:
        model = getattr(component, "model", None)
        if isinstance(model, Model) and (node := next(filter(_is_known, model.walk()), None)):
            faster = _as_model(_encoder(node), node.get_dim("nO"))
            if node is model:
                component.model = faster  # type: ignore[attr-defined]  # any callable may be a component
            else:
                model.replace_node(node, faster)


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
    return _Encoder(
        extract.attrs["columns"],
        embed.layers[0],
        _layer(mix),
        [_layer(convolution) for convolution in encode.layers[0].layers],
        node.ops,
        _part(encode, "expand_window").attrs["window_size"],
        encode.attrs["pad"],
    )


def _layer(node: Model[Any, Any]) -> _Layer:
    maxout, norm = _part(node, "maxout"), _part(node, "layernorm")
    weights = np.asarray(maxout.get_param("W"))
    by_piece = np.ascontiguousarray(weights.transpose(1, 0, 2).reshape(-1, weights.shape[2]))
    bias, scale, shift = (np.asarray(one) for one in (maxout.get_param("b"), norm.get_param("G"), norm.get_param("b")))
    return _Layer(by_piece.T, bias.T.flatten(), scale, shift)


def _part(node: Model[Any, Any], name: str) -> Model[Any, Any]:
    return next(part for part in node.walk() if part.name == name)
