"""Names -> the names with the types that are likeliest by their descriptors and the lists around them."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from math import exp, log

import msgspec

from glossator.model import LEAST_CHANCE, Descriptor, EntityType, Name
from glossator.naming.head_nouns import NO_TYPES, type_noun, types_of_noun, types_told
from glossator.stages.annotate.listed_types import Evidence

INTRODUCING = frozenset({"phrase", "gloss"})
"""Kinds of descriptors that tell what a name is."""

HEAD_WEIGHT = 2.0
"""Logarithm of the odds by which a noun that tells a type makes the type likelier."""

_ORDER = tuple(EntityType)
_NO_EVIDENCE = (0.0,) * len(_ORDER)

_Signs = tuple[frozenset[EntityType], Evidence]
"""Types that the noun of the descriptor tells, and evidence of lists."""


def with_told_types(
    names: Sequence[Name],
    descriptors: Sequence[Descriptor],
    listed: Mapping[int, Evidence],
    types: Collection[EntityType],
) -> tuple[Name, ...]:
    """Return the names, those that a trained model judged with the type that is likeliest by all that the text tells.

    "Katla, a loungewear brand" is no person. `listed` is the evidence on names, by their
    indices, of the lists that they stand in. `types` are those that names may have.
    """
    told = {one.name: types_told(one.text) for one in descriptors if one.kind in INTRODUCING}
    found = []
    for number, name in enumerate(names):
        signs = (told.get(number, NO_TYPES), listed.get(number, ()))
        found.append(_told(name, signs, types) if name.chances and any(signs) else name)
    return tuple(found)


def deciding_noun(name: Name, judged: str, descriptors: Sequence[Descriptor]) -> str:
    """Return the noun that gave a name another type than the one that the models judged likeliest; empty if none did.

    `descriptors` are those of the name, `name` has its type after them.
    """
    if not name.chances or name.type == judged:
        return ""
    noun = next((type_noun(one.text) for one in descriptors if one.kind in INTRODUCING), "")
    return noun if name.type in types_of_noun(noun) else ""


def _told(name: Name, signs: _Signs, types: Collection[EntityType]) -> Name:
    """Return a name with the probabilities of its types given the signs."""
    told, listed = signs
    scores = [
        log(chance + LEAST_CHANCE) + HEAD_WEIGHT * (kind in told) + beside
        for kind, chance, beside in zip(_ORDER, name.chances, listed or _NO_EVIDENCE, strict=True)
    ]
    weights = [exp(score) for score in scores]
    chances = tuple(round(10 * weight / sum(weights)) for weight in weights)
    likeliest = max(types, key=lambda kind: (scores[_ORDER.index(kind)], kind is name.type))
    return msgspec.structs.replace(name, type=likeliest, chances=chances)
