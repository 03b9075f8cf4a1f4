"""A descriptor for each name of a text: the one that tells most, of those that the text offers."""

from __future__ import annotations

from collections.abc import Sequence

from glossator.model import Descriptor, Mention, Name, Text
from glossator.stages.annotate.descriptors import find_descriptors
from glossator.stages.annotate.glosses import find_glosses
from glossator.stages.annotate.key_sentences import find_sentences
from glossator.stages.annotate.models import Pipeline

KINDS = ("phrase", "gloss", "predicate", "sentence")
"""Kinds of a descriptor, the most telling first."""

GLOSSED = "en"
"""The language whose glosses are known."""


def find_facts(
    text: Text,
    named: tuple[Sequence[Name], Sequence[Mention]],
    sentences: Sequence[tuple[int, int]],
    pipeline: Pipeline,
) -> tuple[Descriptor, ...]:
    """Return the descriptors in the order of the text.

    `named` are the names and mentions of the text, `sentences` the bounds of its sentences.
    """
    found: dict[int, Descriptor] = {one.name: one for one in find_descriptors(text, named, sentences, pipeline)}
    for one in find_glosses(text, named, sentences) if pipeline.nlp.lang == GLOSSED else ():
        known = found.get(one.name)
        if known is None or KINDS.index(one.kind) < KINDS.index(known.kind):
            found[one.name] = one
    found |= {one.name: one for one in find_sentences(text, named, sentences, found.keys())}
    return tuple(sorted(found.values(), key=lambda one: (one.start, one.name)))
