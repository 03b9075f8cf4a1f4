"""The second stage: what a recogniser found in documents that it has not seen -> networks that judge candidates."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray
from spacy.language import Language
from spacy.tokens import Doc

from glossator.stages.annotate.models.classify import ClassifierInput, Recognised, Tables, context_of
from glossator.stages.annotate.models.classify.judgement import read, worth_judging
from glossator.stages.annotate.models.classify.network import CLASSES, FAR, TYPES, Network
from glossator.stages.annotate.models.classify.tables import CONTEXT, RECOGNISER
from glossator.stages.annotate.models.classify.view import Floats, View
from glossator.stages.annotate.models.pipelines import runs
from training.data import Document, Gold
from training.perceptron import Recipe, fit

Networks = Mapping[str, Network]
"""Networks by name; the one for the types of names alone is called "NAME types"."""

FIRST = 0.75
"""The probability of the first of several types that are right; the others share the rest."""


RECIPE = Recipe(hidden=192, passes=8, dropped_hidden=0.5)
"""For the network that every English page meets; the others are trained on three times as much, with less."""
SIEVE_RECIPE = Recipe(hidden=16, passes=4, rate=0.005, dropped_features=0.1, dropped_hidden=0)
SEED = 1
"""Seed of the networks that are shipped. Agency news is farther from the pages, and differs by a point or two by it."""
RARE = 0.3
"""The power of a type's share by which it is drawn more seldom."""
TYPES_RECIPE = Recipe(passes=10, batch=256, dropped_features=0.3, dropped_hidden=0.4)

OF_SIEVE = frozenset(
    [
        "length",
        "capitals",
        "capitals around",
        "place in sentence",
        "place in run",
        "line",
        "repetition",
        "small letters elsewhere",
        "recognised",
        "touched",
        "label touched",
        "words recognised",
        "form recognised",
        "list of names",
        "lists of words",
    ]
)
"""Blocks of features that the sieve has: few columns, and most of what tells that something is no name."""


@dataclass(frozen=True, slots=True, eq=False)
class Sample:
    """A document's candidates: features, the gold name that each one is, or none."""

    document: Document
    view: View
    blocks: dict[str, Floats]
    gold: list[Gold | None]


class Reading(NamedTuple):
    starts: NDArray[np.int64]
    vectors: Floats | None


def source(document: Document, nlp: Language | None) -> ClassifierInput:
    """A document as a recogniser reads it; without one there are candidates alone."""
    stretches = document.paragraphs()
    if nlp is None:
        return ClassifierInput(document.text, stretches)
    texts = [document.text[start:end] for start, end in stretches]
    docs = [doc for run in runs(texts) for doc in nlp.pipe(run, batch_size=4 * len(run))]
    found = [
        Recognised(begin + one.start_char, begin + one.end_char, one.label_)
        for (begin, _), doc in zip(stretches, docs, strict=True)
        for one in doc.ents
    ]
    readings = [Reading(doc.to_array("IDX").astype(np.int64), _vectors(doc)) for doc in docs]
    return ClassifierInput(document.text, stretches, found, context_of([begin for begin, _ in stretches], readings))


def _vectors(doc: Doc) -> Floats | None:
    return np.asarray(doc.tensor, np.float32) if doc.tensor.size else None


def sample(document: Document, given: ClassifierInput, tables: Tables) -> Sample:
    """A document's candidates with their features and what is right."""
    seen, blocks = read(given, tables)
    tokens = seen.tokens
    gold = {(one.start, one.end): one for one in document.gold}
    spans = zip(tokens.starts[seen.first].tolist(), tokens.ends[seen.last - 1].tolist(), strict=True)
    return Sample(document, seen, blocks, [gold.get(span) for span in spans])


def targets(samples: Sequence[Sample]) -> Floats:
    """For each candidate the probabilities of the classes that are right."""
    table = np.zeros((sum(len(one.gold) for one in samples), len(CLASSES)), np.float32)
    for row, gold in enumerate(gold for one in samples for gold in one.gold):
        if gold is None:
            table[row, 0] = 1
            continue
        others = gold.types[1:]
        table[row, 1 + TYPES.index(gold.types[0])] = FIRST if others else 1
        for kind in others:
            table[row, 1 + TYPES.index(kind)] += (1 - FIRST) / len(others)
    return table


def networks(samples: Mapping[str, Sequence[Sample]], seed: int = SEED) -> Networks:
    """All networks, trained on samples by whose recognition they have: our recogniser's, the stock one's, nobody's."""
    found: dict[str, Network] = {}
    for name, chosen in NETWORKS.items():
        kinds = ("own",) if name == CONTEXT else ("own", "stock", "none")
        held = [one for kind in kinds for one in samples[kind]]
        sieve = train(held, partial(_of_sieve, chosen), SIEVE_RECIPE, seed)
        found[name] = train([_worth(one, sieve) for one in held], chosen, RECIPE if name == CONTEXT else Recipe(), seed)
        found[f"{name} types"] = train_types(held, chosen, seed)
        found[f"{name} sieve"] = sieve
    return found


def _of_sieve(chosen: Callable[[str], bool], block: str) -> bool:
    return block in OF_SIEVE and chosen(block)


def _worth(one: Sample, sieve: Network) -> Sample:
    """A sample with the features and the gold of the candidates alone that the sieve leaves."""
    places = worth_judging(one.blocks, sieve)
    blocks = {name: rows[places] for name, rows in one.blocks.items()}
    return replace(one, blocks=blocks, gold=[one.gold[place] for place in places])


def train(samples: Sequence[Sample], chosen: Callable[[str], bool], recipe: Recipe, seed: int = 0) -> Network:
    """A network on the chosen blocks of features, for all candidates: names of each type, and no names."""
    names = _chosen(samples, chosen)
    rows = np.vstack([np.hstack([one.blocks[name] for name in names]) for one in samples])
    return _network(samples, names, (rows, targets(samples)), recipe, seed)


def train_types(samples: Sequence[Sample], chosen: Callable[[str], bool], seed: int = 0) -> Network:
    """A network for the types of names alone, which sees rare types more often than they are."""
    names = _chosen(samples, chosen)
    places = [[at for at, gold in enumerate(one.gold) if gold] for one in samples]
    pairs = list(zip(samples, places, strict=True))
    rows = np.vstack([np.hstack([one.blocks[name][where] for name in names]) for one, where in pairs])
    right = targets([replace(one, gold=[one.gold[at] for at in where]) for one, where in pairs])[:, 1:]
    share = right.sum(axis=0) / right.sum()
    weight = (right * share**-RARE).sum(axis=1, dtype=np.float64)
    drawn = np.random.default_rng(seed).choice(len(rows), len(rows), p=weight / weight.sum())
    return _network(samples, names, (rows[drawn], right[drawn]), TYPES_RECIPE, seed)


def _chosen(samples: Sequence[Sample], chosen: Callable[[str], bool]) -> tuple[str, ...]:
    return tuple(name for name in samples[0].blocks if chosen(name))


def _network(
    samples: Sequence[Sample], names: tuple[str, ...], given: tuple[Floats, Floats], recipe: Recipe, seed: int
) -> Network:
    rows, right = given
    widths = tuple(samples[0].blocks[name].shape[1] for name in names)
    mean = rows.mean(axis=0, dtype=np.float64).astype(np.float32)
    scale = (1 / (rows.std(axis=0, dtype=np.float64) + 1e-3)).astype(np.float32)
    rows -= mean
    rows *= scale
    np.clip(rows, -FAR, FAR, out=rows)
    return Network(names, widths, mean, scale, *fit(rows, right, recipe, seed))


def needs_context(block: str) -> bool:
    return block.endswith(("in context", "in its contexts"))


def any_recogniser(block: str) -> bool:
    return not needs_context(block)


NETWORKS: Mapping[str, Callable[[str], bool]] = {
    CONTEXT: lambda _: True,
    RECOGNISER: any_recogniser,
}
"""Networks -> the blocks of features that they have."""
