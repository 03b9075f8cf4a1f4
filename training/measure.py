"""Cross-validation of the second stage: how many of its marks are right, how many names it finds."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

import numpy as np

from glossator.stages.annotate.models.classify.judgement import LIKELY, Judgement, judged, team_of
from training.data import FOLDS
from training.stage_two import Networks, Sample

Figures = dict[str, float]

Judged = tuple[Sample, Judgement]

THRESHOLDS = tuple(round(0.3 + 0.02 * step, 2) for step in range(26))
RIGHT = 82.0
"""Marks of a hundred that are to have the right span and type."""

KINDS = (None, "news", "web")


def unseen(name: str, tested: Mapping[str, Sequence[Sample]], folds: Sequence[Networks]) -> dict[str, list[Judged]]:
    """The samples of each kind, judged by the network of that name that was trained without the fold they are of."""
    found: dict[str, list[Judged]] = {kind: [] for kind in tested}
    for fold, networks in enumerate(folds):
        team = team_of(networks, name)
        for kind, samples in tested.items():
            here = [one for one in samples if one.document.fold == fold]
            if here and set(team.names.blocks) <= set(here[0].blocks):
                found[kind] += [(one, judged(one.view, one.blocks, team)) for one in here]
    return {kind: held for kind, held in found.items() if held}


def cross_validated(held: Sequence[Judged]) -> dict[str, Figures]:
    """For all documents, news and other pages the means over the folds.

    The threshold for a fold is chosen in the others.
    """
    folds: dict[str | None, list[Figures]] = {kind: [] for kind in KINDS}
    for fold in range(FOLDS):
        least = threshold([pair for pair in held if pair[0].document.fold != fold])
        here = [pair for pair in held if pair[0].document.fold == fold]
        for kind in KINDS:
            found = figures([pair for pair in here if kind in (None, pair[0].document.kind)], least)
            folds[kind].append({**found, "threshold": least})
    return {kind or "all": _mean(found) for kind, found in folds.items()}


def threshold(held: Sequence[Judged]) -> float:
    """The lowest threshold with which enough of the marks are right."""
    return next((least for least in THRESHOLDS if figures(held, least)["right"] >= RIGHT), THRESHOLDS[-1])


def _mean(found: Sequence[Figures]) -> Figures:
    return {name: round(float(np.mean([one[name] for one in found])), 2) for name in found[0]}


def figures(held: Iterable[Judged], least: float = LIKELY) -> Figures:
    """Shares in hundredths.

    Of the marks: those that are exact, that touch no name, that have the right type too; of the names that a reader
    would miss, and of the entities: those that are found.
    """
    n: Counter[str] = Counter()
    for one, judgement in held:
        entities: dict[int, bool] = {}
        found = judgement.names(least)
        hit = set()
        for name in found:
            gold = one.gold[name.candidate]
            hit.add((name.start, name.end))
            n["exact"] += gold is not None
            n["right"] += gold is not None and name.type in gold.types
            n["junk"] += not any(g.start < name.end and name.start < g.end for g in one.document.gold)
        for gold in one.document.gold:
            if gold.must:
                n["due"] += 1
                n["found"] += (gold.start, gold.end) in hit
                entities[gold.entity] = entities.get(gold.entity, False) or (gold.start, gold.end) in hit
        n["marks"] += len(found)
        n["entities"] += len(entities)
        n["indexed"] += sum(entities.values())
    shares = {
        "exact": ("exact", "marks"),
        "junk": ("junk", "marks"),
        "type": ("right", "exact"),
        "right": ("right", "marks"),
        "recall": ("found", "due"),
        "index": ("indexed", "entities"),
    }
    return {name: 100 * n[part] / max(1, n[whole]) for name, (part, whole) in shares.items()}
