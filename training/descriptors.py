"""What people say that texts tell of names -> the network that chooses descriptors.

A candidate is as good as the content words that it shares with what a person wrote down: the mean of F1 and of whether
both agree, because what agrees but is long is worth more than what is short and says something else.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from glossator.model import EntityType
from glossator.stages.annotate.descriptors import LEAST, SURE
from glossator.stages.annotate.descriptors.features import NETWORK, features
from glossator.stages.annotate.descriptors.names_around import named_tokens, tells_of_another
from glossator.stages.annotate.descriptors.phrases_around_names import candidates, sentences_to_read
from glossator.stages.annotate.descriptors.tokenised import tokenise
from glossator.stages.annotate.lexicon import FUNCTION_WORDS
from glossator.stages.annotate.models.classify.network import FAR, Network, stored
from glossator.stages.annotate.models.classify.view import Floats
from glossator.stages.annotate.models.classify.words import Words
from glossator.stages.annotate.prose import plain_text, sentences
from training.data import FOLDS, Document
from training.perceptron import Recipe, fit

RECIPE = Recipe(hidden=48, passes=10, batch=256)
SEED = 1
"""Seed of the network that is packaged. Those of other seeds agree with readers as often, and differ in sentences."""
AGREEING = 0.5
"""Share of the content words, of the shorter side, that a candidate and what a person wrote share if they agree."""

_WORD = re.compile(r"\w+")


@dataclass(frozen=True, slots=True, eq=False)
class Told:
    """The candidates of one name: their features, and how good each is."""

    document: Document
    blocks: Mapping[str, Floats]
    agrees: Floats
    shared: Floats
    is_told: bool
    """True if the text says who or what it is."""


def samples(known: Sequence[Document], words: Words) -> list[Told]:
    """The candidates of every name of the documents."""
    return [told for document in known for told in _samples(document, words)]


def _samples(document: Document, words: Words) -> Iterator[Told]:
    places: dict[int, list[tuple[int, int]]] = defaultdict(list)
    kinds = [EntityType.PERSON] * len(document.told)
    for one in sorted(document.gold, key=lambda one: one.start):
        places[one.entity].append((one.start, one.end))
        kinds[one.entity] = EntityType(one.types[0])
    read = sentences_to_read(sentences(plain_text(document.text)), places.values())
    tokens = tokenise(document.text, read, words)
    named = named_tokens(tokens, ((one.start, one.end, one.entity) for one in document.gold), kinds)
    for entity, mentions in places.items():
        found = [one for one in candidates(tokens, mentions) if not tells_of_another(tokens, one, entity, named)]
        if found:
            right = _content(document.told[entity])
            bounds = [tokens.bounds(one.start, one.end) for one in found]
            said = [_content(document.text[start:end]) for start, end in bounds]
            yield Told(
                document,
                features(tokens, found, [entity] * len(found), named),
                np.array([_agree(one, right) for one in said], np.float32),
                np.array([_f1(one, right) for one in said], np.float32),
                bool(right),
            )


def _content(text: str) -> frozenset[str]:
    return frozenset(word for word in _WORD.findall(text.casefold()) if word not in FUNCTION_WORDS)


def _agree(said: frozenset[str], right: frozenset[str]) -> bool:
    return bool(said and right) and len(said & right) >= AGREEING * min(len(said), len(right))


def _f1(said: frozenset[str], right: frozenset[str]) -> float:
    return 2 * len(said & right) / max(1, len(said) + len(right))


def train(known: Sequence[Told], without: int | None = None) -> Network:
    """A network trained on the candidates of names, but those of one fold if it is given."""
    held = [one for one in known if one.document.fold != without]
    names = tuple(held[0].blocks)
    rows = np.vstack([np.hstack([one.blocks[name] for name in names]) for one in held])
    good = np.concatenate([(one.shared + one.agrees) / 2 for one in held])
    widths = tuple(held[0].blocks[name].shape[1] for name in names)
    mean = rows.mean(axis=0, dtype=np.float64).astype(np.float32)
    scale = (1 / (rows.std(axis=0, dtype=np.float64) + 1e-3)).astype(np.float32)
    rows -= mean
    rows *= scale
    np.clip(rows, -FAR, FAR, out=rows)
    return Network(
        names,
        widths,
        mean,
        scale,
        *fit(rows, np.column_stack([1 - good, good]), RECIPE, SEED if without is None else without),
    )


def cross_validated(held: Sequence[Told]) -> dict[str, float]:
    """Shares of a hundred, out of fold.

    Of names that the text tells of, those with a descriptor, with one that agrees and with a sure one; of the sure ones
    those that agree; of the other names those with a descriptor.
    """
    best: list[tuple[bool, float, bool]] = []
    for fold in range(FOLDS):
        network = train(held, without=fold)
        for one in held:
            if one.document.fold == fold:
                scores = network.probabilities(one.blocks)[:, 1]
                at = int(np.argmax(scores))
                best.append((one.is_told, float(scores[at]), bool(one.agrees[at])))
    told = [(score, agrees) for is_told, score, agrees in best if is_told]
    others = [score for is_told, score, _ in best if not is_told]
    sure = [agrees for score, agrees in told if score >= SURE]
    return {
        "told": _percent(score >= LEAST for score, _ in told),
        "agree": _percent(score >= LEAST and agrees for score, agrees in told),
        "sure": _percent(score >= SURE for score, _ in told),
        "sure and agree": _percent(sure),
        "told of others": _percent(score >= LEAST for score in others),
    }


def _percent(given: Iterator[bool] | Sequence[bool]) -> float:
    held = list(given)
    return round(100 * sum(held) / max(1, len(held)), 1)


def save(network: Network, folder: Path) -> None:
    """Write the network's file into a folder."""
    with (folder / f"{NETWORK}.npz").open("wb") as file:
        np.savez_compressed(file, allow_pickle=False, **stored({NETWORK: network}))
