"""What people say that texts tell of names -> the network that chooses descriptors.

A candidate that shares half of its content words with what a person wrote down agrees with it. How much of what agrees
is right, and how much is vague, is told by F1: what agrees may be short ("head") or long.
"""

from __future__ import annotations

import json
import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np

from glossator.model import EntityType
from glossator.stages.annotate.descriptors import NETWORK, RIGHT, SURE
from glossator.stages.annotate.descriptors.features import features
from glossator.stages.annotate.descriptors.names_around import named_tokens, tells_of_another
from glossator.stages.annotate.descriptors.phrases_around_names import candidates, sentences_to_read
from glossator.stages.annotate.descriptors.tokenised import tokenise
from glossator.stages.annotate.lexicon import FUNCTION_WORDS
from glossator.stages.annotate.models.classify.network import FAR, Network
from glossator.stages.annotate.models.classify.view import Floats
from glossator.stages.annotate.models.classify.words import WordVectors
from glossator.stages.annotate.prose import plain_text
from glossator.stages.annotate.sentence_bounds import sentences
from training.data import Document, fold_of
from training.packed_tables import stored
from training.perceptron import Recipe, fit

RECIPE = Recipe(hidden=48, passes=6, batch=256)
SEEDS = (1, 2)
"""Seeds of the networks whose mean is packaged: it is right more often than either."""
NINE_IN_TEN = 0.9
AGREEING = 0.5
"""Share of the content words, of the shorter side, that a candidate and what a person wrote share if they agree."""

_WORD = re.compile(r"\w+")


@dataclass(frozen=True, slots=True, eq=False)
class Told:
    """The candidates of one name: their features, and how good each is."""

    fold: int
    blocks: Mapping[str, Floats]
    agrees: Floats
    targets: Floats
    """What the network shall say of each: the probabilities of wrong, vague and right."""
    is_told: bool
    """True if the text says who or what it is."""


class Passage(NamedTuple):
    """A text with its names: those of a document annotated by hand, or those that the stage itself finds."""

    text: str
    sentences: Sequence[tuple[int, int]]
    kinds: Sequence[EntityType]
    """Type of each name."""
    mentions: Sequence[tuple[int, int, int]]
    """Start, end and index of the name, in the order of the text."""

    def candidates(self, words: WordVectors) -> Iterator[tuple[int, Mapping[str, Floats], list[tuple[int, int]]]]:
        """Yield each name that has candidates, the features of these, and the bounds of what would be shown."""
        places: dict[int, list[tuple[int, int]]] = defaultdict(list)
        for start, end, name in self.mentions:
            places[name].append((start, end))
        tokens = tokenise(self.text, sentences_to_read(self.sentences, places.values()), words)
        named = named_tokens(tokens, self.mentions, self.kinds)
        for name, mentions in places.items():
            found = [one for one in candidates(tokens, mentions) if not tells_of_another(tokens, one, name, named)]
            if found:
                rows = features(tokens, found, [name] * len(found), named)
                yield name, rows, [tokens.bounds(one.start, one.end) for one in found]


def samples(known: Sequence[Document], words: WordVectors) -> list[Told]:
    """The candidates of every name of the documents."""
    return [told for document in known for told in _samples(document, words)]


def _samples(document: Document, words: WordVectors) -> Iterator[Told]:
    kinds = [EntityType.PERSON] * len(document.told)
    gold = sorted(document.gold, key=lambda one: one.start)
    for one in gold:
        kinds[one.entity] = EntityType(one.types[0])
    mentions = [(one.start, one.end, one.entity) for one in gold]
    passage = Passage(document.text, sentences(plain_text(document.text)), kinds, mentions)
    for entity, blocks, bounds in passage.candidates(words):
        right = _content(document.told[entity])
        said = [_content(document.text[start:end]) for start, end in bounds]
        agrees = np.array([_agree(one, right) for one in said], np.float32)
        close = agrees * np.array([_f1(one, right) for one in said], np.float32)
        yield Told(document.fold, blocks, agrees, np.column_stack([1 - agrees, agrees - close, close]), bool(right))


JUDGEMENTS = ("wrong", "vague", "right")
"""What a reader says of words, in the order of the network's classes."""

WEIGHT = 12
"""Rows of an annotated document that one judged by a reader weighs as much as."""


def judged_samples(file: Path, words: WordVectors) -> list[Told]:
    """The candidates that a reader has judged, of a JSON file.

    The file is a list of texts, each with `url`, `text`, `sentences` (bounds), `names` (types), `mentions` (start, end,
    name) and `judged` (name, start, end, and "right", "vague" or "wrong"): what would be shown, on pages of the web as
    they are, of names as the stage finds them. Documents annotated by hand say less: what agrees with a reader's words
    may be vague, or cut.
    """
    return [told for page in json.loads(file.read_text("utf-8")) for told in _judged(page, words)]


def _judged(page: Mapping[str, Any], words: WordVectors) -> Iterator[Told]:
    said = {(name, start, end): JUDGEMENTS.index(label) for name, start, end, label in page["judged"]}
    bounds = [(start, end) for start, end in page["sentences"]]
    mentions = [(start, end, name) for start, end, name in page["mentions"]]
    passage = Passage(page["text"], bounds, [EntityType(kind) for kind in page["names"]], mentions)
    fold = fold_of(page["url"], page["url"])
    for name, blocks, shown in passage.candidates(words):
        chosen = [number for number, (start, end) in enumerate(shown) if (name, start, end) in said]
        if chosen:
            targets = np.eye(len(JUDGEMENTS), dtype=np.float32)[[said[name, *shown[number]] for number in chosen]]
            yield Told(fold, {key: rows[chosen] for key, rows in blocks.items()}, targets[:, RIGHT], targets, True)


def _content(text: str) -> frozenset[str]:
    return frozenset(word for word in _WORD.findall(text.casefold()) if word not in FUNCTION_WORDS)


def _agree(said: frozenset[str], right: frozenset[str]) -> bool:
    return bool(said and right) and len(said & right) >= AGREEING * min(len(said), len(right))


def _f1(said: frozenset[str], right: frozenset[str]) -> float:
    return 2 * len(said & right) / max(1, len(said) + len(right))


def train(known: Sequence[Told], judged: Sequence[Told] = (), without: int | None = None) -> Network:
    """A network trained on candidates, of documents and `judged` ones, but not on those of a fold if it is given."""
    learned = [*known, *(one for one in judged for _ in range(WEIGHT))]
    held = [one for one in learned if one.fold != without]
    names = tuple(held[0].blocks)
    rows = np.vstack([np.hstack([one.blocks[name] for name in names]) for one in held])
    targets = np.concatenate([one.targets for one in held])
    widths = tuple(held[0].blocks[name].shape[1] for name in names)
    mean = rows.mean(axis=0, dtype=np.float64).astype(np.float32)
    scale = (1 / (rows.std(axis=0, dtype=np.float64) + 1e-3)).astype(np.float32)
    rows -= mean
    rows *= scale
    np.clip(rows, -FAR, FAR, out=rows)
    return Network(names, widths, mean, scale, *_mean([fit(rows, targets, RECIPE, seed) for seed in SEEDS]))


def _mean(networks: Sequence[tuple[Floats, Floats, Floats, Floats]]) -> tuple[Floats, Floats, Floats, Floats]:
    """The weights of one network whose logits are the mean of those of several: their hidden units side by side."""
    first, first_bias, second, second_bias = zip(*networks, strict=True)
    seconds: Floats = (np.vstack(second) / len(networks)).astype(np.float32)
    return np.hstack(first), np.concatenate(first_bias), seconds, np.mean(second_bias, axis=0, dtype=np.float32)


def cross_validated(held: Sequence[Told], judged: Sequence[Told], unseen: Sequence[Network]) -> dict[str, float]:
    """Shares of a hundred; each of the networks `unseen` has been trained without the fold of its number.

    Of the documents: of the descriptors shown those that agree with a reader (of a name that its text does not tell of
    none does), and of the names with candidates that a text tells of those with one that agrees. Of what readers
    judged: of the words shown those that are right, vague and wrong, of the right ones those that are shown; and the
    score from which on nine of ten are right, in thousandths of one.
    """
    best: list[tuple[bool, float, bool]] = []
    scored: list[tuple[float, int]] = []
    for fold, network in enumerate(unseen):
        for one in (one for one in held if one.fold == fold):
            scores = network.probabilities(one.blocks)[:, RIGHT]
            at = int(np.argmax(scores))
            best.append((one.is_told, float(scores[at]), bool(one.agrees[at])))
        for one in (one for one in judged if one.fold == fold):
            scores = network.probabilities(one.blocks)[:, RIGHT].tolist()
            scored += zip(scores, one.targets.argmax(axis=1).tolist(), strict=True)
    shown = [kind for score, kind in scored if score >= SURE]
    return {
        "fair": _percent(agrees for _, score, agrees in best if score >= SURE),
        "agree": _percent(score >= SURE and agrees for told, score, agrees in best if told),
        **{f"judged {name}": _percent(kind == number for kind in shown) for number, name in enumerate(JUDGEMENTS)},
        "judged right and shown": _percent(score >= SURE for score, kind in scored if kind == RIGHT),
        "score of nine in ten": 1000 * _nine_in_ten([(score, kind == RIGHT) for score, kind in scored]),
    }


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
