"""Names and their descriptors -> the names with the types that the nouns of the descriptors tell."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from math import exp, log

import msgspec

from glossator.model import LEAST_CHANCE, Descriptor, EntityType, Name
from glossator.naming.heads import type_noun, types_of_noun, types_told

INTRODUCING = frozenset({"phrase", "gloss"})
"""Kinds of descriptors that tell what a name is."""

HEAD_WEIGHT = 2.0
"""Logarithm of the odds by which a noun that tells a type makes the type likelier."""

_ORDER = tuple(EntityType)


def with_told_types(
    names: tuple[Name, ...], descriptors: Sequence[Descriptor], types: Collection[EntityType]
) -> tuple[Name, ...]:
    """Return the names, those that a trained model judged with the type that is likeliest given their descriptors.

    "Katla, a loungewear brand" is no person. `types` are those that names may have.
    """
    told = {one.name: types_told(one.text) for one in descriptors if one.kind in INTRODUCING}
    return tuple(
        _told(name, told[number], types) if name.chances and told.get(number) else name
        for number, name in enumerate(names)
    )


def deciding_noun(name: Name, judged: str, descriptors: Sequence[Descriptor]) -> str:
    """Return the noun that gave a name another type than the one that the models judged likeliest; empty if none did.

    `descriptors` are those of the name, `name` has its type after them.
    """
    noun = next((type_noun(one.text) for one in descriptors if one.kind in INTRODUCING), "")
    return noun if name.chances and name.type != judged and name.type in types_of_noun(noun) else ""


def _told(name: Name, told: Collection[EntityType], types: Collection[EntityType]) -> Name:
    """Return a name with the probabilities of its types after a noun told some of them."""
    scores = [
        log(chance + LEAST_CHANCE) + HEAD_WEIGHT * (kind in told)
        for kind, chance in zip(_ORDER, name.chances, strict=True)
    ]
    weights = [exp(score) for score in scores]
    chances = tuple(round(10 * weight / sum(weights)) for weight in weights)
    likeliest = max(types, key=lambda kind: (scores[_ORDER.index(kind)], kind is name.type))
    return msgspec.structs.replace(name, type=likeliest, chances=chances)
