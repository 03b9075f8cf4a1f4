"""`python -m training.readings DATA --out judges.json`: learns to judge the readings of a page, in minutes on one core.

DATA is a data folder with saved pages whose article is known: `data/pages/<set>/html/*.html.gz` and
`data/pages/<set>/ground-truth.json`. Prints what cross-validation by domains finds.
"""

from __future__ import annotations

import argparse
import gzip
import hashlib
import json
import logging
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

import numpy as np

from glossator.stages.extract.html.choice.choose_reading import (
    FURTHER,
    USUAL,
    WEIGHED,
    FirstReadings,
    first_readings,
    further_readings,
    opinions,
)
from glossator.stages.extract.html.choice.hints import Hints
from glossator.stages.extract.html.choice.page_outline import Outline, outline
from glossator.stages.extract.html.choice.reading_signs import agreement, page_text, signs
from glossator.stages.extract.html.facts.metadata import read_metadata
from glossator.stages.extract.html.form.formulas import show_mathematics
from glossator.stages.extract.html.parse.page_text import page_text as decoded
from glossator.stages.extract.html.parse.parse_page import opened
from glossator.stages.extract.html.writer.tree_for_writer import set_aside
from glossator.stages.extract.text_comparison import Wording, wording, words
from training.boosting import Boosting, Floats, evaluated, fit
from training.passages import Model, Passages, chances_learned, chances_of, passages_of

SETS = ("aeb", "wcxb-articles", "wcxb-more", "readability")
FOLDS = 5
AGREED = 0.9
"""Agreement of the first two readings from which no others are made."""
ALIKE = 0.97
"""Agreement from which there is nothing to learn of the choice among readings."""
BETTER = 0.02
"""Lead in expected F1 from which another reading replaces the usual one."""
LEARNED = ("joined", "scored", "extracted")
"""Readings from which doubt is learned: with all there are too many of one page."""
LOW = 0.7
"""F1 below which a conversion is bad."""
FINE = 0.9
"""F1 from which a conversion is good."""
WRONG = 0.5
"""F1 up to which a reading is altogether wrong. From there to 1 it is wrong in part: bad readings are few, and those
with small mistakes say something too."""
EXPECTED = Boosting(trees=250, depth=3, rate=0.03, share=0.5)
# Many bins: bad conversions are few, and what tells them lies at the ends.
DOUBTFUL = Boosting(trees=250, depth=2, rate=0.05, leaf=10, bins=250, share=0.5, logistic=True)
SPARED = 0.05
"""Share of the good conversions that may be called doubtful."""

log = logging.getLogger("training")


@dataclass(frozen=True, slots=True)
class Known:
    """A page whose article is known, as it is read."""

    fold: int
    outline: Outline
    hints: Hints
    first: FirstReadings
    truth: Wording
    passages: Passages | None
    """Passages, from which is learned if the first two readings are not alike."""


@dataclass(frozen=True, slots=True)
class Page:
    """Signs and quality of a page's readings."""

    fold: int
    compared: dict[str, list[float]]
    """Signs by name of the reading, if all readings are made; empty if the first two are alike."""
    rows: dict[str, list[float]]
    """Signs by name of the readings that a conversion makes."""
    f1: dict[str, float]
    """F1 by name of the reading."""


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("data", type=Path, help="folder with the saved pages")
    parser.add_argument("--out", type=Path, required=True, help="file that gets the judges")
    given = parser.parse_args()
    logging.basicConfig(level=logging.INFO, format="%(message)s")
    known = [page for name in SETS for page in _known(given.data / "data" / "pages" / name)]
    pages = _judged(known)
    limit = _cross_validated(pages)
    expected, doubtful = _fitted(pages)
    judges = {
        "expected": _written(expected),
        "doubtful": _written(doubtful),
        "passages": _written(chances_learned([page.passages for page in known if page.passages is not None])),
        "agreed": AGREED,
        "better": BETTER,
        "doubt": round(limit, 3),
    }
    given.out.write_text(json.dumps(judges, separators=(",", ":")) + "\n", "utf-8")


def _known(folder: Path) -> Iterator[Known]:
    truth = json.loads((folder / "ground-truth.json").read_text("utf-8"))
    for name, value in sorted(truth.items()):
        if text := value.get("articleBody") or value.get("text"):
            data = gzip.decompress((folder / "html" / f"{name}.html.gz").read_bytes())
            host = urlsplit(value.get("url") or "").hostname or ""
            domain = name if not host or host == "fakehost" else ".".join(host.split(".")[-2:])
            yield _read(data, wording(text), int(hashlib.sha256(domain.encode()).hexdigest(), 16) % FOLDS)


def _read(data: bytes, truth: Wording, fold: int) -> Known:
    source = decoded(data, "")
    tree = opened(source)
    assert tree is not None
    metadata = read_metadata(tree, source)
    set_aside(tree)
    show_mathematics(tree)
    hints = Hints(metadata.title, metadata.description, metadata.body)
    page = outline(tree)
    first = first_readings(tree, page)
    passages = passages_of(page, opinions(page, first), hints, truth) if first.differ(ALIKE) else None
    return Known(fold, page, hints, first, truth, passages)


def _judged(known: Sequence[Known]) -> list[Page]:
    """Return the pages with the signs of their readings, by chances learned from pages of other folds."""
    chances: dict[int, Model] = {}
    for fold in range(FOLDS):
        log.info("learning the chances of passages without fold %d", fold)
        others = [page.passages for page in known if page.fold != fold and page.passages is not None]
        chances[fold] = chances_learned(others)
    return [_page(page, chances[page.fold]) for page in known]


def _page(page: Known, model: Model) -> Page:
    hints, first = page.hints, page.first.texts
    seen = page_text(page.outline, hints.title, hints.description, len(words(hints.stated)))
    rows, readings = signs(seen, first), first
    if page.passages is not None:
        chances = chances_of(model, page.passages)
        readings = first | further_readings(page.outline, page.first, hints, chances)
        compared = signs(seen, readings, chances)
    else:
        compared = {}
    return Page(
        fold=page.fold,
        compared=compared,
        rows=compared if page.first.differ(AGREED) else rows,
        f1={USUAL: 0.0} | {name: agreement(page.truth.runs, readings[name].runs) for name in compared or rows},
    )


def _fitted(pages: Sequence[Page]) -> tuple[Model, Model]:
    """Return the models of the expected F1, learned from pages with several readings, and of what is wrong."""
    rows = [(row, page.f1[name]) for page in pages for name, row in page.compared.items()]
    expected = fit(_floats(row for row, _ in rows), np.array([f1 for _, f1 in rows]), np.ones(len(rows)), EXPECTED)
    learned = [(page.rows[name], page.f1[name]) for page in pages for name in page.rows if name in LEARNED]
    wrong = np.minimum([(1 - f1) / (1 - WRONG) for _, f1 in learned], 1)
    return expected, fit(_floats(row for row, _ in learned), wrong, np.ones(len(learned)), DOUBTFUL)


def _cross_validated(pages: Sequence[Page]) -> float:
    """Print the figures of pages judged by models that have not seen their domains; return the limit of doubt."""
    judged: list[tuple[float, float]] = []
    joined: list[tuple[float, float]] = []
    for fold in range(FOLDS):
        expected, doubtful = _fitted([page for page in pages if page.fold != fold])
        for page in (page for page in pages if page.fold == fold):
            name = _chosen(page, expected)
            judged.append((page.f1[name], _doubt(doubtful, page, name)))
            joined.append((page.f1[USUAL], _doubt(doubtful, page, USUAL)))
    usual = [f1 for f1, _ in joined]
    limit = float(np.quantile([doubt for f1, doubt in judged if f1 >= FINE], 1 - SPARED))
    low = [doubt for f1, doubt in judged if f1 < LOW]
    mean, chosen = np.mean(usual), np.mean([f1 for f1, _ in judged])
    log.info("%d pages; mean F1 %.4f, of the chosen readings %.4f", len(pages), mean, chosen)
    log.info("below %.1f: %d, of the chosen readings %d", LOW, sum(f1 < LOW for f1 in usual), len(low))
    log.info("of these %d are doubtful at %.3f", sum(doubt >= limit for doubt in low), limit)
    low = [doubt for f1, doubt in joined if f1 < LOW]
    log.info("of the usual readings %d of %d", sum(doubt >= limit for doubt in low), len(low))
    return limit


def _doubt(doubtful: Model, page: Page, name: str) -> float:
    """Return how doubtful a reading is; 1 if it has no text."""
    if name not in page.rows:
        return 1.0
    return float(1 / (1 + np.exp(-_values(doubtful, [page.rows[name]])[0])))


def _chosen(page: Page, expected: Model) -> str:
    names = [name for name in WEIGHED if name in page.rows]
    if not any(name in FURTHER for name in names):
        return USUAL
    values = dict(zip(names, _values(expected, [page.rows[name] for name in names]), strict=True))
    best = max(names, key=lambda name: values[name])
    return best if values[best] > values.get(USUAL, 0.0) + BETTER else USUAL


def _values(model: Model, rows: Sequence[Sequence[float]]) -> Floats:
    base, trees = model
    table = _floats(rows)
    values: Floats = base + np.sum([evaluated(tree, table) for tree in trees], axis=0)
    return values


def _floats(rows: object) -> Floats:
    return np.array(list(rows), dtype=np.float64)  # type: ignore[call-overload]  # any iterable of rows


def _written(model: Model) -> dict[str, object]:
    """Return a model with numbers of five digits, which change no decision."""
    base, trees = model
    rounded = [[[float(f"{value:.5g}") for value in node] for node in tree] for tree in trees]
    return {"base": round(base, 5), "trees": rounded}


if __name__ == "__main__":
    main()
