"""A descriptor for each name of a text: the one that tells most, of those that the text offers."""

from __future__ import annotations

from collections.abc import Sequence

from glossator.model import Descriptor, Mention, Name, Text
from glossator.stages.annotate.descriptors import find_descriptors
from glossator.stages.annotate.key_sentences import find_sentences

DESCRIBED = "en"
"""The language whose descriptors the network has learned."""


def find_facts(
    text: Text,
    named: tuple[Sequence[Name], Sequence[Mention]],
    sentences: Sequence[tuple[int, int]],
    language: str,
) -> tuple[Descriptor, ...]:
    """Return the descriptors in the order of the text.

    `named` are the names and mentions of the text, `sentences` the bounds of its sentences.
    """
    found = find_descriptors(text, named, sentences) if language == DESCRIBED else ()
    described = {one.name for one in found}
    told = (*found, *find_sentences(text, named, sentences, described))
    return tuple(sorted(told, key=lambda one: (one.start, one.name)))
