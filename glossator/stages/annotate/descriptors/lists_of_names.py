"""Evidence on the type of a name from the names that it is listed with: villages are listed with villages."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from itertools import pairwise
from math import log

from glossator.model import LEAST_CHANCE, Mention, Name
from glossator.stages.annotate.descriptors.told_types import Evidence

WEIGHT = 0.5
"""Share of the evidence on the names beside a name that counts for it; chosen by the folds of the annotated pages."""
_GAP = re.compile(r"[^\S\n]*+(?:,[^\S\n]*+(?:and\b|or\b|&)?|/|;|•|·|\||and\b|or\b|&)[^\S\n]*")
"""Signs between two names of a list, within a line: a list ends with its paragraph. White space is not given back:
rows of it would take the square of their length."""


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
        if _GAP.fullmatch(content, previous.end, mention.start):
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
