"""Learns the chance of a page's passage to belong to the article, from pages whose article is known."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from glossator.stages.extract.html.choice.hints import Hints
from glossator.stages.extract.html.choice.page_outline import Outline
from glossator.stages.extract.html.choice.passage_signs import Opinions, passage_signs
from glossator.stages.extract.text_comparison import SIZE, Wording, run_of, runs_of
from training.boosting import Boosting, Floats, Tree, evaluated, fit

CHANCE = Boosting(trees=150, rate=0.08, depth=4, leaf=200, ridge=20, bins=32, share=0.5, logistic=True)
_MOST = 2.5
"""Greatest weight of a passage, however long."""

Model = tuple[float, list[Tree]]


@dataclass(frozen=True, slots=True)
class Passages:
    """Passages of one page; the arrays have one value, or row, for each."""

    rows: Floats
    """Signs."""
    shares: Floats
    """Share of the passage that is in the article."""
    weights: Floats


def passages_of(page: Outline, opinions: Opinions, hints: Hints, truth: Wording) -> Passages:
    """Return the passages of a page whose article is `truth`."""
    tokens = [passage.tokens for passage in page.passages]
    return Passages(
        np.array(passage_signs(page, opinions, hints)),
        np.array([_share(own, truth) for own in tokens]),
        np.minimum(np.log1p([len(own) for own in tokens]) / 2, _MOST),
    )


def _share(tokens: list[str], truth: Wording) -> float:
    number = len(tokens) - SIZE + 1
    if number < 1:
        return float(run_of(tokens) in truth.lines)
    return sum(run in truth.runs for run in runs_of(tokens)) / number


def chances_learned(pages: Sequence[Passages]) -> Model:
    rows, shares, weights = (
        np.concatenate([getattr(page, name) for page in pages]) for name in ("rows", "shares", "weights")
    )
    said = weights > 0
    return fit(rows[said], shares[said], weights[said], CHANCE)


def chances_of(model: Model, page: Passages) -> list[float]:
    """Return the chance of each passage of a page to belong to its article."""
    base, trees = model
    odds = base + np.sum([evaluated(tree, page.rows) for tree in trees], axis=0)
    return [float(chance) for chance in 1 / (1 + np.exp(-odds))]
