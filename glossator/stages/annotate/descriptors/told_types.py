"""Names -> the names with the types that are likeliest by their nouns, their descriptors and the lists around them."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from functools import lru_cache
from itertools import pairwise
from math import exp, log

import msgspec

from glossator.model import LEAST_CHANCE, Descriptor, EntityType, Mention, Name
from glossator.naming.head_nouns import NO_TYPES, TYPES_BY_HEAD, type_noun, types_of_noun, types_told

INTRODUCING = frozenset({"phrase", "gloss"})
"""Kinds of descriptors that tell what a name is."""

HEAD_WEIGHT = 2.0
"""Logarithm of the odds by which a noun that tells a type makes the type likelier."""

OWN_NOUN_WEIGHT = 1.0
"""Logarithm of the odds for a noun that ends the name itself, whose word the models saw already."""

_ORDER = tuple(EntityType)
_NO_EVIDENCE = (0.0,) * len(_ORDER)

Evidence = tuple[float, ...]
"""A number for each type, in the order of the types, to be added to the logarithm of the type's probability."""

_Signs = tuple[frozenset[EntityType], frozenset[EntityType], Evidence]
"""Types that the nouns of the descriptor and of the name tell, and evidence of lists."""


def with_told_types(
    names: Sequence[Name],
    descriptors: Sequence[Descriptor],
    listed: Mapping[int, Evidence],
    types: Collection[EntityType],
) -> tuple[Name, ...]:
    """Return the names, those that a trained model judged with the type that is likeliest by all that the text tells.

    "Katla, a loungewear brand" is no person, nor is the Katla Festival. `listed` is the evidence on names, by their
    indices, of the lists that they stand in. `types` are those that names may have.
    """
    introducing = (descriptor for descriptor in descriptors if descriptor.kind in INTRODUCING)
    types_by_name = {descriptor.name: types_told(descriptor.text) for descriptor in introducing}
    typed = []
    for number, name in enumerate(names):
        signs = (types_by_name.get(number, NO_TYPES), types_of_own_noun(name.form), listed.get(number, ()))
        typed.append(_told(name, signs, types) if name.chances and any(signs) else name)
    return tuple(typed)


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
    introduced, own, listed = signs
    scores = [
        log(chance + LEAST_CHANCE) + HEAD_WEIGHT * (kind in introduced) + OWN_NOUN_WEIGHT * (kind in own) + beside
        for kind, chance, beside in zip(_ORDER, name.chances, listed or _NO_EVIDENCE, strict=True)
    ]
    weights = [exp(score) for score in scores]
    chances = tuple(round(10 * weight / sum(weights)) for weight in weights)
    likeliest = max(types, key=lambda kind: (scores[_ORDER.index(kind)], kind is name.type))
    return msgspec.structs.replace(name, type=likeliest, chances=chances)


LONGEST_GAP = 7
"""Characters between two names of a list, at most: a comma, "and", spaces."""
WEIGHT = 0.5
"""Share of the evidence on the names beside a name that counts for it; chosen by the folds of the annotated pages."""

_GAP = re.compile(r"[^\S\n]*(?:,[^\S\n]*(?:and\b|or\b|&)?|/|;|•|·|\||and\b|or\b|&)[^\S\n]*")
"""Signs between two names of a list, within a line: a list ends with its paragraph."""


def evidence_of_lists(content: str, names: Sequence[Name], mentions: Sequence[Mention]) -> Mapping[int, Evidence]:
    """Return the evidence on names, by their indices, that stand beside other names whose types a model judged.

    `mentions` are in the order of the text. Villages that are listed with villages are no persons.
    """
    beside: dict[int, list[Evidence]] = defaultdict(list)
    for listed in _lists(content, mentions):
        times = Counter(name for name in listed if names[name].chances)
        evidence = {name: _centred(names[name].chances) for name in times}
        total = [sum(column) for column in zip(*(evidence[name] for name in times.elements()), strict=True)]
        for name, count in times.items():
            others = times.total() - count
            if others:
                rest = zip(total, evidence[name], strict=True)
                beside[name].append(tuple((whole - count * own) / others for whole, own in rest))
    return {
        name: tuple(WEIGHT * sum(column) / len(columns) for column in zip(*columns, strict=True))
        for name, columns in beside.items()
    }


def _lists(content: str, mentions: Sequence[Mention]) -> Iterator[list[int]]:
    """Yield the names of each list, in order; one may be there twice.

    A comma alone between two names makes no list: in "Velm, Norway" and "Ada Brandt, Orla Foods" the second explains.
    """
    run: list[int] = []
    gap = ""
    for previous, mention in pairwise(mentions):
        near = mention.start - previous.end <= LONGEST_GAP
        if near and _GAP.fullmatch(content, previous.end, mention.start):
            gap = content[previous.end : mention.start]
            run = run or [previous.name]
            run.append(mention.name)
        elif run:
            yield from _whole(run, gap)
            run = []
    yield from _whole(run, gap)


def _whole(run: list[int], gap: str) -> Iterator[list[int]]:
    """Yield a run of names if it is a list; `gap` stands before the last name."""
    if len(run) > 2 or (run and gap.strip() != ","):
        yield run


@lru_cache(maxsize=1 << 12)
def _centred(chances: tuple[int, ...]) -> Evidence:
    """Return the logarithms of probabilities, less their mean."""
    logs = [log(chance + LEAST_CHANCE) for chance in chances]
    mean = sum(logs) / len(logs)
    return tuple(logarithm - mean for logarithm in logs)
