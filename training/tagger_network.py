"""The network of the tagger in PyTorch: layers of MiniLM that calculate with packed weights. Needs torch."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import torch
from torch import Tensor, nn
from torch.nn import functional

from glossator.stages.annotate.models.tagger.component import TAGS
from glossator.stages.annotate.models.tagger.transformer import HEADS, SLOPE
from glossator.stages.annotate.models.tagger.windows import WINDOW

WEIGHT_STEPS = 127
UNSURE = -100
"""The tag of a word of which a name has a part, or of none: nothing is learned from it."""


@dataclass(frozen=True, slots=True)
class Encoder:
    """What a tagger begins with: the weights of an encoder by their published names, and the vectors of its pieces."""

    weights: Mapping[str, Tensor]
    layers: int
    vectors: Tensor
    """The vector of each piece, in steps."""
    steps: Tensor
    """The steps of each vector, each for as many of its numbers."""


class Quantised(nn.Linear):
    """A dense layer that calculates with packed weights, and learns as if they were not."""

    def forward(self, rows: Tensor) -> Tensor:
        step = self.weight.detach().abs().amax(1, keepdim=True) / WEIGHT_STEPS
        packed = torch.round(self.weight.detach() / step) * step
        return functional.linear(rows, self.weight + (packed - self.weight.detach()), self.bias)


class TunedLayer(nn.Module):
    def __init__(self, width: int, wide: int, dropout: float) -> None:
        super().__init__()
        self.project, self.join = Quantised(width, 3 * width), Quantised(width, width)
        self.widen, self.narrow = Quantised(width, wide), Quantised(wide, width)
        self.attended, self.finished = nn.LayerNorm(width, 1e-6), nn.LayerNorm(width, 1e-6)
        self.drop = nn.Dropout(dropout)

    def forward(self, rows: Tensor, seen: Tensor, wanted: Tensor) -> Tensor:
        """Return new rows for those that are wanted, in view of those that are seen, and zeros."""
        batch, length, width = rows.shape
        split = self.project(rows).view(batch, length, 3, HEADS, width // HEADS).permute(2, 0, 3, 1, 4)
        weights = split[0] @ split[1].transpose(2, 3) * (width // HEADS) ** -0.5
        weights = weights.masked_fill(~seen[:, None, None], -torch.inf)
        joined = torch.softmax(weights, 3).to(split.dtype) @ split[2]
        joined = joined.transpose(1, 2).reshape(batch, length, width)[wanted]
        filled = torch.zeros_like(rows)
        rows = self.attended(rows[wanted] + self.drop(self.join(joined)))
        inner = self.widen(rows)
        inner = inner * torch.sigmoid(float(SLOPE) * inner)
        filled[wanted] = self.finished(rows + self.drop(self.narrow(inner)))
        return filled


class Tagger(nn.Module):
    def __init__(self, encoder: Encoder, dropout: float) -> None:
        super().__init__()
        source = encoder.weights
        self.packed, self.steps = encoder.vectors, encoder.steps
        blocks = self.packed.view(*self.steps.shape, -1).float() * self.steps[:, :, None]
        width = self.packed.shape[1]
        self.vectors = nn.Embedding.from_pretrained(blocks.flatten(1), freeze=True)
        places = source["embeddings.position_embeddings.weight"][:WINDOW]
        self.positions = nn.Parameter(places + source["embeddings.token_type_embeddings.weight"][0])
        self.capitals = nn.Embedding(4, width)
        nn.init.zeros_(self.capitals.weight)
        self.embedded = nn.LayerNorm(width, 1e-6)
        wide = len(source["encoder.layer.0.intermediate.dense.bias"])
        self.layers = nn.ModuleList(TunedLayer(width, wide, dropout) for _ in range(encoder.layers))
        self.drop = nn.Dropout(dropout)
        self.tags = nn.Linear(width, TAGS)
        self._take(source)

    def _take(self, source: Mapping[str, Tensor]) -> None:
        """Begin with the published weights."""
        _copy(self.embedded, source, "embeddings.LayerNorm")
        for number, layer in enumerate(self.layers):
            name = f"encoder.layer.{number}"
            parts = [f"{name}.attention.self.{part}" for part in ("query", "key", "value")]
            for kind in ("weight", "bias"):
                joined = torch.cat([source[f"{part}.{kind}"] for part in parts])
                getattr(layer.project, kind).data.copy_(joined)
            _copy(layer.join, source, f"{name}.attention.output.dense")
            _copy(layer.attended, source, f"{name}.attention.output.LayerNorm")
            _copy(layer.widen, source, f"{name}.intermediate.dense")
            _copy(layer.narrow, source, f"{name}.output.dense")
            _copy(layer.finished, source, f"{name}.output.LayerNorm")

    def encode(self, pieces: Tensor, capitals: Tensor, near: Tensor, tags: Tensor) -> Tensor:
        rows = self.vectors(pieces) + self.positions[: pieces.shape[1]] + self.capitals(capitals)
        rows = self.drop(self.embedded(rows))
        seen = near >= 0
        for layer, wanted in zip(
            self.layers, (seen, near > 0, *[tags != UNSURE] * (len(self.layers) - 2)), strict=True
        ):
            rows = layer(rows, seen, wanted)
            seen = wanted
        return rows

    def forward(self, pieces: Tensor, capitals: Tensor, near: Tensor, tags: Tensor) -> Tensor:
        return self.tags(self.drop(self.encode(pieces, capitals, near, tags)[tags != UNSURE]))


def _copy(module: nn.Module, source: Mapping[str, Tensor], name: str) -> None:
    for kind in ("weight", "bias"):
        getattr(module, kind).data.copy_(source[f"{name}.{kind}"])
