"""Learns the chance of a page's passage to belong to the article, from pages whose article is known.

What readers judged goes before what is known: the known articles hold boxes, calls and related links.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from hashlib import md5
from pathlib import Path

import numpy as np

from glossator.stages.extract.html.choice.judge_readings import Judge
from glossator.stages.extract.html.choice.page_outline import Outline
from glossator.stages.extract.text_comparison import SIZE, Wording, run_of, runs_of
from training.boosting import Boosting, Floats, fit

JUDGED = Path(__file__).parent / "data" / "judged_passages.json"
"""What readers judged of passages of 200 pages."""
CHANCE = Boosting("cross_entropy", trees=200, rate=0.08, depth=4, leaf=100, ridge=20)
_NEAR = 20
"""Passages before one among which the words beside it are."""
_MOST = 2.5
"""Greatest weight of a passage, however long."""
_JUDGED = 10
"""Passages that one weighs as much as which a reader judged: with 30 or more F1 falls by .0005 to .001."""

Judged = Mapping[str, float]
"""By `digest` 1 for the article's passages and 0 for others."""


@dataclass(frozen=True, slots=True)
class Passages:
    """Passages of one page; the arrays have one value, or row, for each."""

    rows: Floats
    """Signs."""
    shares: Floats
    """Share of the passage that is in the article."""
    weights: Floats


def judged_pages(file: Path) -> dict[str, Judged]:
    """Return what readers judged, by the name of the page.

    The file has an object of JSON: for each page's name an object with a number for each passage's digest.
    """
    found: dict[str, Judged] = json.loads(file.read_text("utf-8"))
    return found


def digest(tokens: Sequence[str]) -> str:
    """Return what stands for a passage's words where readers' judgements are kept without the texts."""
    return md5(" ".join(tokens).encode(), usedforsecurity=False).hexdigest()[:12]


def passages_of(page: Outline, rows: list[list[float]], truth: Wording, judged: Judged) -> Passages:
    """Return the passages of a page whose article is `truth`; `rows` are their signs."""
    tokens = [passage.tokens for passage in page.passages]
    weights = np.minimum(np.log1p([len(own) for own in tokens]) / 2, _MOST)
    # By the root, so that a long page weighs more than a short one, but not by all of its passages.
    weights /= max(1.0, float(weights.sum())) ** 0.5
    shares = np.array([_share(tokens, number, truth) for number in range(len(tokens))])
    for number, key in enumerate(map(digest, tokens) if judged else ()):
        if key in judged:
            shares[number] = judged[key]
            weights[number] *= _JUDGED
    return Passages(np.array(rows), shares, weights)


def _share(tokens: Sequence[list[str]], number: int, truth: Wording) -> float:
    """Return the share of a passage that is in the article; a short one is in it together with words beside it."""
    own = tokens[number]
    length = len(own)
    if length >= SIZE:
        return sum(run in truth.runs for run in runs_of(own)) / (length - SIZE + 1)
    if not own or run_of(own) in truth.lines:
        return float(bool(own))
    # The truth may have a cell in the line of its row, and a label in that of its value.
    before = _beside(tokens[max(0, number - _NEAR) : number][::-1], SIZE - length, last=True)
    after = _beside(tokens[number + 1 :], SIZE - length)
    around = [*before, *own, *after]
    starts = range(max(0, len(before) + length - SIZE), min(len(before), len(around) - SIZE) + 1)
    return float(any(run_of(around[start : start + SIZE]) in truth.runs for start in starts))


def _beside(tokens: Sequence[list[str]], wanted: int, *, last: bool = False) -> list[str]:
    """Return the words next to a passage; `tokens` are those of the passages from it on, nearest first."""
    found: list[str] = []
    for own in tokens:
        if len(found) >= wanted:
            break
        found = [*own[-wanted:], *found] if last else [*found, *own[:wanted]]
    return found[-wanted:] if last else found[:wanted]


def chances_learned(pages: Sequence[Passages]) -> Judge:
    pages = [page for page in pages if len(page.rows)]
    rows, shares, weights = (
        np.concatenate([getattr(page, name) for page in pages]) for name in ("rows", "shares", "weights")
    )
    said = weights > 0
    return fit(rows[said], shares[said], weights[said], CHANCE)[0]
