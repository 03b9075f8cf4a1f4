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
from glossator.stages.annotate.descriptors import LIKELY, SURE
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
SEEDS = (1, 2)
"""Seeds of the networks whose mean is packaged: it is right more often than either."""
NINE_IN_TEN = 0.9
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
    targets = np.column_stack([1 - good, good])
    return Network(names, widths, mean, scale, *_mean([fit(rows, targets, RECIPE, seed) for seed in SEEDS]))


def _mean(networks: Sequence[tuple[Floats, Floats, Floats, Floats]]) -> tuple[Floats, Floats, Floats, Floats]:
    """The weights of one network whose logits are the mean of those of several: their hidden units side by side."""
    first, first_bias, second, second_bias = zip(*networks, strict=True)
    seconds: Floats = (np.vstack(second) / len(networks)).astype(np.float32)
    return np.hstack(first), np.concatenate(first_bias), seconds, np.mean(second_bias, axis=0, dtype=np.float32)


def cross_validated(held: Sequence[Told]) -> dict[str, float]:
    """Shares of a hundred, out of fold, of all names.

    Of the descriptors that are shown those that agree with a reader (of a name that its text does not tell of none
    does), and of the names with candidates that a text tells of those with one that agrees; both for the likely ones;
    and the score from which on nine of ten agree, in thousandths of one.
    """
    best: list[tuple[bool, float, bool]] = []
    for fold in range(FOLDS):
        network = train(held, without=fold)
        for one in held:
            if one.document.fold == fold:
                scores = network.probabilities(one.blocks)[:, 1]
                at = int(np.argmax(scores))
                best.append((one.is_told, float(scores[at]), bool(one.agrees[at])))
    figures = {"score of nine in ten": 1000 * _nine_in_ten([(score, agrees) for _, score, agrees in best])}
    for name, least in (("shown", SURE), ("likely", LIKELY)):
        figures[f"{name}: fair"] = _percent(agrees for _, score, agrees in best if score >= least)
        figures[f"{name}: agree"] = _percent(score >= least and agrees for told, score, agrees in best if told)
    return figures


def _nine_in_ten(scored: Sequence[tuple[float, bool]]) -> float:
    """The lowest score from which on nine of ten agree."""
    lowest, right = 1.0, 0
    for number, (score, agrees) in enumerate(sorted(scored, reverse=True), 1):
        right += agrees
        lowest = score if right >= NINE_IN_TEN * number else lowest
    return lowest


def _percent(given: Iterator[bool] | Sequence[bool]) -> float:
    held = list(given)
    return round(100 * sum(held) / max(1, len(held)), 1)


def save(network: Network, folder: Path) -> None:
    """Write the network's file into a folder."""
    with (folder / f"{NETWORK}.npz").open("wb") as file:
        np.savez_compressed(file, allow_pickle=False, **stored({NETWORK: network}))
