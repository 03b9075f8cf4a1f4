"""The recognisers of names: layers of an encoder with packed weights, tuned as a tagger of words. Needs torch."""

from __future__ import annotations

import json
import logging
import random
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

import numpy as np
import torch
from numpy.typing import NDArray
from spacy.tokens import Doc
from torch import Tensor, nn
from torch.nn import functional

from glossator.stages.annotate.models.tagger.component import FACTORY, FILE, LABELS, PIECES
from glossator.stages.annotate.models.tagger.transformer import DENSE
from glossator.stages.annotate.models.tagger.windows import NEAR, Reach, windows
from training.data import Document
from training.encoders import Source
from training.tagger_network import UNSURE, WEIGHT_STEPS, Tagger

log = logging.getLogger("training")

COMPONENTS = 96
SAMPLED = 800
"""Windows from which the principal components are calculated."""
TYPES = ("person", "organisation", "place", "group", "law", "work", "event", "product")
"""Types of entities in the order of the labels."""
QUICKER = 5
"""Times the rate of the layer of the tags and of the vectors of capitals, which begin with nothing."""
NAMELESS = 1 / 3
"""Share of the windows without a name that a pass has."""
DROPOUT = 0.1


@dataclass(frozen=True, slots=True)
class Phase:
    """A part of a training: the rate rises for a tenth of its steps, then falls to nothing."""

    reach: Reach
    passes: int
    batch: int
    rate: float


WHOLE = Reach(sys.maxsize, sys.maxsize, sys.maxsize)
"""Whole paragraphs."""
PHASES = (Phase(WHOLE, 2, 12, 4e-4), Phase(NEAR, 1, 8, 2e-4))
"""Whole paragraphs, from which there is more to learn; then what a recogniser reads."""


@dataclass(frozen=True, slots=True)
class TaggedWindow:
    """A window: its pieces, how the capitals of their words stand, and the tag of each first piece."""

    pieces: NDArray[np.int64]
    capitals: NDArray[np.int64]
    tags: NDArray[np.int64]
    near: NDArray[np.int64]


def train(documents: Sequence[Document], folder: Path, source: Source, basis: Path | None, seed: int = 0) -> None:
    """Tune a tagger on the documents, and write it as a pipeline that `spacy.load` reads.

    It gets the principal components of the tagger in the folder `basis`, if there is one: all taggers whose vectors one
    network reads need the same. They began with the same weights, so that their vectors are much alike.
    """
    draw = begin(seed)
    model = Tagger(source.encoder, DROPOUT)
    held: list[TaggedWindow] = []
    for phase in PHASES:
        held = [window for document in documents for window in tagged_windows(document, source, phase.reach)]
        tune(model, held, phase, draw)
    model.eval()
    if basis is None:
        components = _components(model, draw.sample(held, min(len(held), SAMPLED)))
    else:
        with np.load(basis / FACTORY / FILE, allow_pickle=False) as arrays:
            components = arrays["components"], arrays["components/bias"]
    save(model, source, components, folder)


def begin(seed: int) -> random.Random:
    """Make a training repeatable, and return what draws its windows."""
    torch.set_num_threads(1)
    torch.manual_seed(seed)
    return random.Random(seed)  # noqa: S311  # no secrets


def tune(model: Tagger, held: Sequence[TaggedWindow], phase: Phase, draw: random.Random) -> None:
    """Tune a tagger on windows, as a phase says."""
    chosen = [
        [window for window in held if (window.tags > 0).any() or draw.random() < NAMELESS] for _ in range(phase.passes)
    ]
    steps = sum(-(-len(seen) // phase.batch) for seen in chosen)
    optimiser, rate = _optimiser(model, phase.rate, steps)
    began = time.monotonic()
    for number, seen in enumerate(chosen):
        draw.shuffle(seen)
        total = 0.0
        for start in range(0, len(seen), phase.batch):
            total += _step(model, seen[start : start + phase.batch], optimiser)
            rate.step()
        mean = total * phase.batch / len(seen)
        log.info("pass %d of %d windows: loss %.3f, %.0f s", number + 1, len(seen), mean, time.monotonic() - began)


def _optimiser(
    model: Tagger, quickest: float, steps: int
) -> tuple[torch.optim.Optimizer, torch.optim.lr_scheduler.LRScheduler]:
    new = [*model.tags.parameters(), *model.capitals.parameters()]
    quick = {id(one) for one in new}
    old = [one for one in model.parameters() if one.requires_grad and id(one) not in quick]
    groups = [{"params": old, "lr": quickest}, {"params": new, "lr": quickest * QUICKER}]
    optimiser = torch.optim.AdamW(groups, weight_decay=0.01)
    return optimiser, torch.optim.lr_scheduler.LambdaLR(optimiser, _share(steps))


def _share(steps: int) -> Callable[[int], float]:
    return lambda step: min(1.0, 10 * (step + 1) / steps) * min(1.0, (1 - step / steps) / 0.9)


def _step(model: Tagger, batch: Sequence[TaggedWindow], optimiser: torch.optim.Optimizer) -> float:
    given = _padded(batch)
    with torch.autocast("cpu", dtype=torch.bfloat16):
        logits = model(*given)
    loss = functional.cross_entropy(logits.float(), given[3][given[3] != UNSURE])
    optimiser.zero_grad()
    loss.backward()  # type: ignore[no-untyped-call]
    nn.utils.clip_grad_norm_(model.parameters(), 1.0)
    optimiser.step()
    return float(loss.item())


def _padded(batch: Sequence[TaggedWindow]) -> tuple[Tensor, ...]:
    """Return pieces, capitals, what more than one layer reads (-1 for padding), and tags."""
    length = max(len(window.pieces) for window in batch)
    filled = np.zeros((4, len(batch), length), np.int64)
    filled[2:] = [[[-1]], [[UNSURE]]]
    for row, window in enumerate(batch):
        size = len(window.pieces)
        filled[:, row, :size] = window.pieces, window.capitals, window.near, window.tags
    return tuple(torch.from_numpy(filled))


def tagged_windows(
    document: Document, source: Source, reach: Reach, is_ordinary: Callable[[str], bool] = lambda _: False
) -> Iterator[TaggedWindow]:
    """Yield the windows of a document with the tags that are right."""
    docs = [(start, source.nlp.make_doc(document.text[start:end])) for start, end in document.paragraphs()]
    given = windows([[token.text for token in doc] for _, doc in docs], source.vocabulary, reach, is_ordinary)
    right = np.concatenate([_tags(doc, start, document) for start, doc in docs] or [np.zeros(0, np.int64)])
    tags = np.full(len(given.pieces), UNSURE, np.int64)
    tagged = given.places >= 0
    tags[given.places[tagged]] = right[tagged]
    for start, end in pairwise(given.borders):
        rows = (table[start:end] for table in (given.pieces, given.capitals, tags, given.near.astype(np.int64)))
        yield TaggedWindow(*rows)


def _tags(doc: Doc, start: int, document: Document) -> NDArray[np.int64]:
    tags = np.zeros(len(doc), np.int64)
    for one in document.gold:
        if start <= one.start and one.end <= start + len(doc.text):
            bounds = one.start - start, one.end - start
            if span := doc.char_span(*bounds):
                tag = 1 + 2 * TYPES.index(one.types[0])
                tags[span.start] = tag
                tags[span.start + 1 : span.end] = tag + 1
            elif span := doc.char_span(*bounds, alignment_mode="expand"):
                tags[span.start : span.end] = UNSURE
    return tags


def _components(model: Tagger, held: Sequence[TaggedWindow]) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
    """Return the first principal components of the vectors of words, and what they give for the mean."""
    found = []
    with torch.no_grad():
        for start in range(0, len(held), 16):
            given = _padded(held[start : start + 16])
            found.append(model.encode(*given)[given[3] != UNSURE].numpy())
    vectors = np.vstack(found)
    mean = vectors.mean(axis=0)
    directions = np.linalg.svd(np.cov((vectors - mean).T))[2][:COMPONENTS]
    return directions.astype(np.float32), (-mean @ directions.T).astype(np.float32)


def save(
    model: Tagger, source: Source, components: tuple[NDArray[np.float32], NDArray[np.float32]], folder: Path
) -> None:
    """Write the pipeline of a tagger, without any word of the texts that it was tuned on."""
    nlp = source.nlp
    if FACTORY not in nlp.pipe_names:
        nlp.add_pipe(FACTORY)
    nlp.meta.update(source.about, url="")
    nlp.meta["spacy_version"] = ">=3.8.2,<3.9.0"
    folder.mkdir(parents=True, exist_ok=True)
    nlp.to_disk(folder)
    # The table of strings only helps to print what was read; spaCy fills in those that its components need.
    (folder / "vocab" / "strings.json").write_text(json.dumps(sorted(LABELS)), "utf-8")
    below = folder / FACTORY
    below.mkdir(exist_ok=True)
    (below / PIECES).write_text("\n".join(source.pieces), "utf-8")
    directions, bias = components
    arrays = {**_arrays(model), "components": directions.astype(np.float16), "components/bias": bias}
    with (below / FILE).open("wb") as file:
        np.savez_compressed(file, allow_pickle=False, **source.arrays, **arrays)


def _arrays(model: Tagger) -> dict[str, NDArray[np.generic]]:
    found: dict[str, Tensor] = {
        "steps": model.steps,
        "positions": model.positions,
        "capitals": model.capitals.weight,
        "tags": model.tags.weight,
        "tags/bias": model.tags.bias,
    }
    norms = {"embedded": model.embedded}
    for number, layer in enumerate(model.layers):
        norms |= {f"{number}/attended": layer.attended, f"{number}/finished": layer.finished}
        for name in DENSE:
            dense = getattr(layer, name)
            step = dense.weight.detach().abs().amax(1, keepdim=True) / WEIGHT_STEPS
            found[f"{number}/{name}"] = torch.round(dense.weight / step).to(torch.int8)
            found |= {f"{number}/{name}/step": step[:, 0], f"{number}/{name}/bias": dense.bias}
    for name, norm in norms.items():
        found |= {f"{name}/scale": norm.weight, f"{name}/shift": norm.bias}
    return {name: _half(one.detach().numpy()) for name, one in found.items()} | {
        "vectors": _packed(model.packed.numpy())
    }


def _packed(numbers: NDArray[np.int8]) -> NDArray[np.generic]:
    """Return numbers as they are, or two in a byte if all have four bits."""
    if np.any((numbers > 7) | (numbers < -8)):
        return numbers
    halves = (numbers + np.int8(8)).astype(np.uint8)
    return np.asarray(halves[:, ::2] | halves[:, 1::2] << 4)


def _half(array: NDArray[np.generic]) -> NDArray[np.generic]:
    return array.astype(np.float16) if array.dtype == np.float32 else array


assert len(TYPES) == len(LABELS)
