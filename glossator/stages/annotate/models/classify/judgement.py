"""A text and what a recogniser found in it -> which spans are names, of which types, and why."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple, Protocol

import msgspec
import numpy as np
from numpy.typing import NDArray

from glossator.stages.annotate.models.classify.candidate_spans import Recognised
from glossator.stages.annotate.models.classify.features import features
from glossator.stages.annotate.models.classify.network import TYPES, Network
from glossator.stages.annotate.models.classify.tables import CONTEXT, RECOGNISER, Tables
from glossator.stages.annotate.models.classify.tokens import tokenise
from glossator.stages.annotate.models.classify.view import Floats, View, view

LIKELY = 0.48
"""The least probability of a span that is taken for a name. By the folds 83 of a hundred that reach it are right."""

WORTH = 0.005
"""The least probability, by the small network of the sieve, of a candidate that the large one weighs: half of them."""

_LEAST = 1e-4
_NEAR = 0.1
"""The least probability of a name whose type is worth asking the second network."""


class Context(msgspec.Struct, frozen=True, eq=False):
    """Vectors of a recogniser's encoder for its tokens, by the beginnings of these in the text."""

    starts: NDArray[np.int64]
    vectors: Floats


class Read(Protocol):
    """Output of a recogniser for a stretch: the beginnings of its tokens in it, and their vectors if it has any."""

    @property
    def starts(self) -> NDArray[np.int64]: ...
    @property
    def vectors(self) -> Floats | None: ...


def context_of(begins: Sequence[int], readings: Sequence[Read]) -> Context | None:
    """Join the vectors of all stretches, which begin at `begins`; return None if the recogniser has none."""
    read = ((begin, reading) for begin, reading in zip(begins, readings, strict=True) if len(reading.starts))
    pairs = [(begin, reading.starts, reading.vectors) for begin, reading in read]
    if not pairs or any(vectors is None for _, _, vectors in pairs):
        return None
    starts = np.concatenate([begin + starts for begin, starts, _ in pairs])
    return Context(starts, np.vstack([vectors for _, _, vectors in pairs if vectors is not None]))


class ClassifierInput(msgspec.Struct, frozen=True, eq=False):
    """Input of the classifier: a text, the stretches of it that are read, and a recogniser's output for them."""

    content: str
    stretches: Sequence[tuple[int, int]]
    recognised: Sequence[Recognised] = ()
    context: Context | None = None


class ClassifiedSpan(msgspec.Struct, frozen=True):
    """A span that is a name, its likeliest type, the probability of the name, and its number among the candidates."""

    start: int
    end: int
    type: str
    probability: float
    candidate: int
    chances: tuple[int, ...]
    """Probability of each type, in tenths."""


class Judgement(msgspec.Struct, frozen=True, eq=False):
    """All candidates of a text with their probabilities."""

    view: View
    network: Network
    blocks: Mapping[str, Floats]
    name: Floats
    """Probability that a candidate is a name, for each."""
    types: Floats
    """Probabilities of the types if a candidate is a name, the same for all that have the same text."""

    def names(self, least: float = LIKELY) -> list[ClassifiedSpan]:
        """Return the likeliest candidates that do not overlap, in text order, of at least a probability."""
        taken = np.zeros(len(self.view.tokens), np.bool_)
        names = []
        for number in np.argsort(-self.name, kind="stable").tolist():
            if self.name[number] < least:
                break
            place = slice(self.view.first[number], self.view.last[number])
            if not taken[place].any():
                taken[place] = True
                names.append(self._name(number))
        return sorted(names, key=lambda name: name.start)

    def _name(self, number: int) -> ClassifiedSpan:
        tokens = self.view.tokens
        start, end = tokens.starts[self.view.first[number]], tokens.ends[self.view.last[number] - 1]
        kind = int(self.types[number].argmax())
        tenths = tuple(np.rint(10 * self.types[number]).astype(int).tolist())
        return ClassifiedSpan(int(start), int(end), TYPES[kind], float(self.name[number]), number, tenths)

    def reasons(self, candidate: int) -> list[tuple[str, float]]:
        """Weigh each block of features in the decision that a candidate is a name, in logits, heaviest first."""
        chosen = 1 + int(self.types[candidate].argmax())
        return self._weighed(candidate, chosen, 0)

    def reasons_for_type(self, candidate: int) -> list[tuple[str, float]]:
        """Weigh each block of features in the choice of the likeliest type rather than the second."""
        second, first = np.argsort(self.types[candidate], kind="stable")[-2:].tolist()
        return self._weighed(candidate, 1 + first, 1 + second)

    def _weighed(self, candidate: int, chosen: int, other: int) -> list[tuple[str, float]]:
        weights = self.network.weights(self.blocks, candidate, chosen, other)
        return sorted(weights.items(), key=lambda pair: -abs(pair[1]))


def judge(source: ClassifierInput, tables: Tables) -> Judgement:
    """Judge all candidates of a text."""
    seen, blocks = read(source, tables)
    return judged(seen, blocks, team_of(tables.networks, _network(source)))


class Team(NamedTuple):
    """Networks that judge together: one tells names, one their types, and a small one what is worth the two's time."""

    names: Network
    types: Network
    sieve: Network


def team_of(networks: Mapping[str, Network], name: str) -> Team:
    """Return the networks that belong to one of `tables`, by its name."""
    return Team(networks[name], networks[f"{name} types"], networks[f"{name} sieve"])


def judged(seen: View, blocks: Mapping[str, Floats], team: Team) -> Judgement:
    """Judge candidates by their features."""
    likely = np.zeros((len(seen.first), 1 + len(TYPES)), np.float32)
    likely[:, 0] = 1
    worth = worth_judging(blocks, team.sieve)
    likely[worth] = team.names.probabilities(blocks, worth)
    near = np.flatnonzero(likely[:, 0] <= 1 - _NEAR)
    chances = likely[near, 1:] * team.types.probabilities(blocks, near)
    np.sqrt(chances, out=chances)
    likely[near, 1:] = chances * ((1 - likely[near, :1]) / chances.sum(axis=1, keepdims=True))
    return Judgement(seen, team.names, blocks, 1 - likely[:, 0], _types(seen, likely))


def worth_judging(blocks: Mapping[str, Floats], sieve: Network) -> NDArray[np.int64]:
    """Return the numbers of the candidates that may be names at all."""
    return np.flatnonzero(sieve.probabilities(blocks)[:, 0] <= 1 - WORTH)


def read(source: ClassifierInput, tables: Tables) -> tuple[View, dict[str, Floats]]:
    """Return the candidates of a text and their features."""
    tokens = tokenise(source.content, source.stretches, tables.words)
    seen = view(tokens, source.recognised)
    context = None
    if source.context is not None:
        place = np.searchsorted(source.context.starts, tokens.starts, side="right") - 1
        context = source.context.vectors[np.maximum(place, 0)]
    return seen, features(seen, tables.words, tables.lists, context)


def _network(source: ClassifierInput) -> str:
    return RECOGNISER if source.context is None else CONTEXT


def _types(seen: View, likely: Floats) -> Floats:
    """Return the probabilities of types; a candidate weighs as much as it is likely to be a name."""
    votes = seen.by_form(likely[:, 1:] + np.float32(_LEAST))
    types: Floats = votes / votes.sum(axis=1, keepdims=True)
    return types
