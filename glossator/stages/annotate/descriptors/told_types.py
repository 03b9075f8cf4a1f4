"""Names -> the names with the types that are likeliest by their nouns, descriptors, lists around them, and fame."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from math import exp, log

import msgspec

from glossator.model import LEAST_CHANCE, Descriptor, EntityType, Name
from glossator.naming.head_nouns import NO_TYPES, TYPES_BY_HEAD, type_noun, types_of_noun, types_told
from glossator.naming.known_names import known_name

INTRODUCING = frozenset({"phrase", "gloss"})
"""Kinds of descriptors that tell what a name is."""

HEAD_WEIGHT = 2.0
"""Logarithm of the odds by which a noun that tells a type makes the type likelier."""

OWN_NOUN_WEIGHT = 1.0
"""Logarithm of the odds for a noun that ends the name itself, whose word the models saw already."""

KNOWN_WEIGHT = 4.0
"""Logarithm of the odds by which the list of known names makes a type likelier, if it knows no other bearer."""

_ORDER = tuple(EntityType)
_NO_EVIDENCE = (0.0,) * len(_ORDER)

Evidence = tuple[float, ...]
"""A number for each type, in the order of the types, to be added to the logarithm of the type's probability."""

_Signs = tuple[frozenset[EntityType], frozenset[EntityType], EntityType | None, Evidence]
"""Types that the nouns of the descriptor and of the name tell, the one that everybody knows, and evidence of lists."""


def with_told_types(
    names: Sequence[Name],
    descriptors: Sequence[Descriptor],
    listed: Mapping[int, Evidence],
    types: Collection[EntityType],
) -> tuple[Name, ...]:
    """Return the names, those that a trained model judged with the type that is likeliest by all that the text tells.

    "Katla, a loungewear brand" is no person, nor is the Katla Festival, nor Ozempic. `listed` is the evidence on names,
    by their indices, of the lists that they stand in. `types` are those that names may have.
    """
    introducing = (descriptor for descriptor in descriptors if descriptor.kind in INTRODUCING)
    types_by_name = {descriptor.name: types_told(descriptor.text) for descriptor in introducing}
    typed = []
    for number, name in enumerate(names):
        introduced, own = types_by_name.get(number, NO_TYPES), types_of_own_noun(name.form)
        signs = (introduced, own, _type_known(name.form), listed.get(number, ()))
        typed.append(_told(name, signs, types) if name.chances and any(signs) else name)
    return tuple(typed)


def _type_known(form: str) -> EntityType | None:
    """Return the type of what everybody knows by a name; None if it may name something else."""
    entry = known_name(form)
    return None if entry is None or entry.is_ambiguous else entry.type


def types_of_own_noun(form: str) -> frozenset[EntityType]:
    """Return the types that the last of several words tells; none if it is a person's office: Burger King.

    A plural tells nothing: Orla Systems and Katla Records are firms.
    """
    rest, _, noun = form.rpartition(" ")
    types = TYPES_BY_HEAD.get(noun.lower(), NO_TYPES) if rest else NO_TYPES
    return NO_TYPES if EntityType.PERSON in types else types


def deciding_noun(name: Name, judged: str, descriptors: Sequence[Descriptor]) -> str:
    """Return the noun that gave a name another type than the one that the models judged likeliest; empty if none did.

    `descriptors` are those of the name, `name` has its type after them. The noun is that of a descriptor, or else the
    last word of the name.
    """
    if not name.chances or name.type == judged:
        return ""
    noun = next((type_noun(descriptor.text) for descriptor in descriptors if descriptor.kind in INTRODUCING), "")
    if name.type in types_of_noun(noun):
        return noun
    return name.form.rpartition(" ")[2] if name.type in types_of_own_noun(name.form) else ""


def _told(name: Name, signs: _Signs, types: Collection[EntityType]) -> Name:
    """Return a name with the probabilities of its types given the signs."""
    introduced, own, known_type, listed = signs
    scores = [
        log(chance + LEAST_CHANCE)
        + HEAD_WEIGHT * (kind in introduced)
        + OWN_NOUN_WEIGHT * (kind in own)
        + KNOWN_WEIGHT * (kind is known_type)
        + beside
        for kind, chance, beside in zip(_ORDER, name.chances, listed or _NO_EVIDENCE, strict=True)
    ]
    weights = [exp(score) for score in scores]
    chances = tuple(round(10 * weight / sum(weights)) for weight in weights)
    likeliest = max(types, key=lambda kind: (scores[_ORDER.index(kind)], kind is name.type))
    return msgspec.structs.replace(name, type=likeliest, chances=chances)
