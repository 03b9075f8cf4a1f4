"""The words with which a text introduces those it names, chosen by a network among the words around their mentions.

Texts introduce by an apposition, a noun before the name, "X is a ...", a dash, a heading with a sentence below it. So
the noun phrases in these places are all candidates, and the network of `training/descriptors.py` weighs them by what
they are made of and where they stand. A clause is none: it tells what happened.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cache
from importlib import resources
from io import BytesIO

import numpy as np

from glossator.model import Descriptor, DescriptorKind, Mention, Name, Text
from glossator.stages.annotate.descriptors.features import features
from glossator.stages.annotate.descriptors.full_forms import find_full_forms
from glossator.stages.annotate.descriptors.key_sentences import find_definitions, find_sentences
from glossator.stages.annotate.descriptors.names_around import NOBODY, NamedTokens, named_tokens, tells_of_another
from glossator.stages.annotate.descriptors.phrases_around_names import (
    DescriptorCandidate,
    candidates,
    sentences_to_read,
)
from glossator.stages.annotate.descriptors.regions import find_regions
from glossator.stages.annotate.descriptors.tokenised import TokenisedSentences, tokenise
from glossator.stages.annotate.descriptors.wording import is_bare_post, without_praise
from glossator.stages.annotate.models.classify import packaged_vectors
from glossator.stages.annotate.models.classify.network import Network, restored

DESCRIBED = "en"
"""The language whose descriptors the network has learned."""

NETWORK = "descriptors"
"""Name of the network in its file."""

# Classes of the network: what readers say of words beside a name.
WRONG, VAGUE, RIGHT = range(3)

POSSIBLE = 0.45
"""Probability of being right or vague from which on the sentence that has the words says what a name is."""

LIKELY = 0.7
"""Probability of being right or vague from which on words tell what type a name has; they may be too vague to show."""

SURE = 0.82
"""Probability of being right from which on words are shown: of those, readers call five of a hundred wrong."""


@cache
def packaged_network() -> Network:
    """Return the network, loaded once."""
    data = (resources.files("glossator") / "data" / "names" / f"{NETWORK}.npz").read_bytes()
    with np.load(BytesIO(data), allow_pickle=False) as arrays:
        return restored(arrays, (NETWORK,))[NETWORK]


def find_facts(
    text: Text,
    named: tuple[Sequence[Name], Sequence[Mention]],
    sentences: Sequence[tuple[int, int]],
    language: str,
) -> tuple[Descriptor, ...]:
    """Return the descriptors in the order of the text.

    `named` are the names and mentions of the text, `sentences` the bounds of its sentences.
    """
    weighed = list(_weighed_descriptors(text, named, sentences)) if language == DESCRIBED else []
    likely = [descriptor for chance, descriptor in weighed if chance >= LIKELY]
    glosses = [(chance >= LIKELY, descriptor) for chance, descriptor in weighed if descriptor.kind == "gloss"]
    full = find_full_forms(text, named) if language == DESCRIBED else ()
    quotable = list(find_sentences(text, named, sentences, glosses))
    shown = {descriptor.name for descriptor in likely if descriptor.kind == "phrase"}
    defined = find_definitions(
        text.content, named[1], (sentence for sentence in quotable if sentence.name not in shown)
    )
    descriptors = (*likely, *full, *quotable, *defined, *find_regions(text, named))
    return tuple(sorted(descriptors, key=lambda descriptor: (descriptor.start, descriptor.name)))


def _weighed_descriptors(
    text: Text, named: tuple[Sequence[Name], Sequence[Mention]], sentences: Sequence[tuple[int, int]]
) -> Iterator[tuple[float, Descriptor]]:
    """Yield at most one descriptor for each name of an English text, each with the probability that it is not wrong."""
    names, mentions = named
    spans: dict[int, list[tuple[int, int]]] = {}
    for mention in mentions:
        spans.setdefault(mention.name, []).append((mention.start, mention.end))
    tokens = tokenise(text.content, sentences_to_read(sentences, spans.values()), packaged_vectors())
    stretches = ((mention.start, mention.end, mention.name) for mention in mentions)
    marked = named_tokens(tokens, stretches, [name.type for name in names])
    phrases = [
        (name, candidate)
        for name, places in spans.items()
        for candidate in candidates(tokens, places)
        if not tells_of_another(tokens, candidate, name, marked)
    ]
    if not phrases:
        return
    rows = features(tokens, [candidate for _, candidate in phrases], [name for name, _ in phrases], marked)
    # Rounded, so that the last digit of a product on another processor does not choose.
    scores = np.round(packaged_network().probabilities(rows), 3)
    yield from _best(tokens, phrases, scores.tolist(), marked)


def _best(
    tokens: TokenisedSentences,
    phrases: Sequence[tuple[int, DescriptorCandidate]],
    scores: Sequence[Sequence[float]],
    marked: NamedTokens,
) -> Iterator[tuple[float, Descriptor]]:
    """Yield the best candidate of each name that has one, the first of equals, and the chance that it is not wrong."""
    best: dict[int, tuple[bool, float, float, DescriptorCandidate]] = {}
    for (name, candidate), chances in zip(phrases, scores, strict=True):
        fair, right = 1 - chances[WRONG], chances[RIGHT]
        if fair >= POSSIBLE and (name not in best or (fair >= LIKELY, right) > best[name][:2]):
            best[name] = fair >= LIKELY, right, fair, candidate
    for name, (_, right, fair, candidate) in best.items():
        start, end = tokens.bounds(*without_praise(tokens.forms, candidate.start, candidate.end))
        words = tokens.text[start:end]
        names_none = all(owner == NOBODY for owner in marked.owner[candidate.start : candidate.end])
        is_sure = right >= SURE and not is_bare_post(words, names_none=names_none)
        kind: DescriptorKind = "phrase" if is_sure else "gloss"
        yield fair, Descriptor(start, end, words, name, kind)
