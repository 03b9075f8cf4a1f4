"""Learns the chance of a page's passage to belong to the article, from pages whose article is known."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from glossator.stages.extract.html.choice.judge_readings import StoredJudge
from glossator.stages.extract.html.choice.page_outline import Outline
from glossator.stages.extract.text_comparison import SIZE, Wording, run_of, runs_of
from training.boosting import Boosting, Floats, fit

CHANCE = Boosting("cross_entropy", trees=200, rate=0.08, depth=4, leaf=100, ridge=20)
_MOST = 2.5
"""Greatest weight of a passage, however long."""


@dataclass(frozen=True, slots=True)
class Passages:
    """Passages of one page; the arrays have one value, or row, for each."""

    rows: Floats
    """Signs."""
    shares: Floats
    """Share of the passage that is in the article."""
    weights: Floats


def passages_of(page: Outline, rows: list[list[float]], truth: Wording) -> Passages:
    """Return the passages of a page whose article is `truth`; `rows` are their signs."""
    tokens = [passage.tokens for passage in page.passages]
    weights = np.minimum(np.log1p([len(own) for own in tokens]) / 2, _MOST)
    # By the root, so that a long page weighs more than a short one, but not by all of its passages.
    weights /= max(1.0, float(weights.sum())) ** 0.5
    return Passages(np.array(rows), np.array([_share(own, truth) for own in tokens]), weights)


def _share(tokens: list[str], truth: Wording) -> float:
    number = len(tokens) - SIZE + 1
    if number < 1:
        return float(run_of(tokens) in truth.lines)
    return sum(run in truth.runs for run in runs_of(tokens)) / number


def chances_learned(pages: Sequence[Passages]) -> StoredJudge:
    pages = [page for page in pages if len(page.rows)]
    rows, shares, weights = (
        np.concatenate([getattr(page, name) for page in pages]) for name in ("rows", "shares", "weights")
    )
    said = weights > 0
    return fit(rows[said], shares[said], weights[said], CHANCE)[0]
