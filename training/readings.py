"""`python -m training.readings DATA --out judges.json`: learns to judge pages and their readings, in minutes.

DATA is a data folder with saved pages whose article is known: `data/pages/<set>/html/*.html.gz` and
`data/pages/<set>/ground-truth.json`. Prints what cross-validation by domains finds; `--folds FOLDER` also writes there
the judges that have not seen a fold, by which pages of the fold can be converted. `--judged FILE` has passages that
readers judged, as `training.passages` describes it.
"""

from __future__ import annotations

import argparse
import gzip
import json
import logging
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import msgspec
import numpy as np

from glossator.stages.extract.html.choice.box_signs import BOX_SIGNS
from glossator.stages.extract.html.choice.choose_reading import (
    BY_KIND,
    EXTENDED,
    JOINED,
    FirstReadings,
    first_readings,
    further_readings,
    judged_part,
    opinions,
)
from glossator.stages.extract.html.choice.judge_readings import (
    StoredJudge,
    StoredJudges,
    chances,
    chances_of_kinds,
    judge_of,
)
from glossator.stages.extract.html.choice.page_kind import ARTICLE, KINDS, kind_of, kind_signs, series
from glossator.stages.extract.html.choice.page_outline import Hints, Outline, outline
from glossator.stages.extract.html.choice.passage_signs import passage_signs
from glossator.stages.extract.html.choice.passage_words import SORTS, Words, passage_words, weights_of
from glossator.stages.extract.html.choice.reading_signs import agreement, page_text, signs
from glossator.stages.extract.html.facts.metadata import read_metadata
from glossator.stages.extract.html.form.formulas import show_mathematics
from glossator.stages.extract.html.parse.hidden_elements import drop_dialogues, drop_scripts
from glossator.stages.extract.html.parse.page_text import page_text as decoded
from glossator.stages.extract.html.parse.parse_page import opened
from glossator.stages.extract.html.read_page import hints_from
from glossator.stages.extract.html.writer.tree_for_writer import set_aside
from glossator.stages.extract.text_comparison import Wording, wording, words
from training.boosting import Boosting, Floats, fit
from training.folds import FOLDS, fold_of
from training.passage_words import worded_passages, words_learned
from training.passages import Judged, Passages, chances_learned, judged_pages, passages_of

SETS = ("aeb", "wcxb-articles", "wcxb-more", "readability", "wcxb-types")
TYPES = {"forum": "thread"}
"""Kinds of pages by their names in the data, if these are others."""
AGREED = 0.9
"""Agreement of the first two readings from which no others are made."""
LEARNED = (EXTENDED, "scored", "extracted")
"""Readings from which doubt is learned: with all there are too many of one page."""
LOW = 0.7
"""F1 below which a conversion is bad."""
FINE = 0.9
"""F1 from which a conversion is good."""
WRONG = 0.5
"""F1 up to which a reading is altogether wrong. From there to 1 it is wrong in part: bad readings are few, and those
with small mistakes say something too."""
KIND = Boosting("multiclass", trees=150, rate=0.06, depth=3, leaf=8, share=0.4)
RARE = 2.0
"""Weight of a page that is no article."""
# Many bins: bad conversions are few, and what tells them lies at the ends.
DOUBTFUL = Boosting("cross_entropy", trees=250, rate=0.05, depth=2, leaf=10, bins=250)
SPARED = 0.05
"""Share of the good conversions that may be called doubtful."""

log = logging.getLogger("training")


@dataclass(frozen=True, slots=True)
class Known:
    """A page whose article is known, as it is read."""

    fold: int
    kind: str
    outline: Outline
    hints: Hints
    first: FirstReadings
    truth: Wording
    row: list[float]
    """Signs of its kind."""
    judged: Judged
    """What readers judged of its passages."""


@dataclass(frozen=True, slots=True)
class Page:
    """Signs and quality of a page's readings."""

    fold: int
    kind: str
    taken: str
    """Kind that a judge takes it for that has not seen it."""
    rows: dict[str, list[float]]
    """Signs by name of the readings that a conversion makes."""
    f1: dict[str, float]
    """F1 by name of the reading."""


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("data", type=Path, help="folder with the saved pages")
    parser.add_argument("--out", type=Path, required=True, help="file that gets the judges")
    parser.add_argument("--folds", type=Path, help="folder that gets the judges without each fold")
    parser.add_argument("--judged", type=Path, help="file with passages that readers judged")
    given = parser.parse_args()
    logging.basicConfig(level=logging.INFO, format="%(message)s")
    judged = judged_pages(given.judged) if given.judged else {}
    known = [page for name in SETS for page in _known(given.data / "data" / "pages" / name, judged)]
    kinds = {fold: _kinds_learned([page for page in known if page.fold != fold]) for fold in range(FOLDS)}
    taken = [chances_of_kinds(list(map(judge_of, kinds[page.fold])), page.row) for page in known]
    formed = [_passages(page, chance) for page, chance in zip(known, taken, strict=True)]
    words = {
        fold: _words_learned([pair for pair in zip(known, formed, strict=True) if pair[0].fold != fold])
        for fold in range(FOLDS)
    }
    passages = [_with_words(page, own, words[page.fold]) for page, own in zip(known, formed, strict=True)]
    by_fold = {
        fold: _chances_learned([pair for pair in zip(known, passages, strict=True) if pair[0].fold != fold])
        for fold in range(FOLDS)
    }
    pages = [
        _page(page, by_fold[page.fold], own, kind_of(chance, page.hints.types))
        for page, own, chance in zip(known, passages, taken, strict=True)
    ]
    doubtful = {fold: _doubt_learned([page for page in pages if page.fold != fold]) for fold in range(FOLDS)}
    limit = round(_cross_validated(pages, doubtful), 3)
    learned = _chances_learned(list(zip(known, passages, strict=True)))
    told = _words_learned(list(zip(known, formed, strict=True)))
    _write(given.out, StoredJudges(_kinds_learned(known), _doubt_learned(pages), *learned, AGREED, limit, told))
    for fold in range(FOLDS) if given.folds else ():
        given.folds.mkdir(parents=True, exist_ok=True)
        judges = StoredJudges(kinds[fold], doubtful[fold], *by_fold[fold], AGREED, limit, words[fold])
        _write(given.folds / f"{fold}.json", judges)


def _write(file: Path, judges: StoredJudges) -> None:
    file.write_bytes(msgspec.json.encode(judges) + b"\n")


def _known(folder: Path, judged: Mapping[str, Judged]) -> Iterator[Known]:
    truth = json.loads((folder / "ground-truth.json").read_text("utf-8"))
    for name, value in sorted(truth.items()):
        if text := value.get("articleBody") or value.get("text"):
            data = gzip.decompress((folder / "html" / f"{name}.html.gz").read_bytes())
            stated = value.get("type", ARTICLE)
            page = _read(data, wording(text), fold_of(name, value), TYPES.get(stated, stated))
            yield replace(page, judged=judged.get(name, {}))


def _read(data: bytes, truth: Wording, fold: int, kind: str) -> Known:
    source = decoded(data, "")
    tree = opened(source)
    assert tree is not None
    hints = hints_from(read_metadata(tree, source))
    set_aside(tree)
    show_mathematics(tree)
    drop_scripts(tree)
    drop_dialogues(tree)
    page = outline(tree)
    return Known(fold, kind, page, hints, first_readings(tree, page), truth, kind_signs(page, series(page), hints), {})


def _kinds_learned(known: Sequence[Known]) -> list[StoredJudge]:
    """Return a judge of each kind."""
    rows = _floats(page.row for page in known)
    kinds = np.array([KINDS.index(page.kind) for page in known], dtype=np.float64)
    return fit(rows, kinds, np.where(kinds > 0, RARE, 1.0), KIND, len(KINDS))


def _passages(page: Known, kinds: Sequence[float]) -> Passages:
    whole = range(len(page.outline.passages))
    rows = passage_signs(page.outline, opinions(page.outline, page.first), page.hints, kinds, whole)
    return passages_of(page.outline, rows, page.truth, page.judged)


def _words_learned(pages: Sequence[tuple[Known, Passages]]) -> dict[str, float]:
    """Return the weights of words, learned near the texts of articles."""
    return words_learned(
        [
            worded_passages(_words(page), own, judged_part(page.outline, page.first, agree=True))
            for page, own in pages
            if page.kind == ARTICLE
        ]
    )


def _with_words(page: Known, passages: Passages, weights: Mapping[str, float]) -> Passages:
    """Return the passages with what their words tell, the last of the signs."""
    told = np.array(list(weights_of(_words(page), weights)))
    return replace(passages, rows=np.column_stack([passages.rows, told]) if len(told) else passages.rows)


def _words(page: Known) -> list[Words]:
    return list(passage_words(page.outline, range(len(page.outline.passages))))


def _chances_learned(pages: Sequence[tuple[Known, Passages]]) -> tuple[StoredJudge, StoredJudge]:
    """Return the judges of the passages of articles, and of pages of other kinds."""
    articles = [own for page, own in pages if page.kind == ARTICLE]
    others = [_without_box_signs(own) for page, own in pages if page.kind != ARTICLE and len(own.rows)]
    return chances_learned(articles), chances_learned(others)


def _without_box_signs(passages: Passages) -> Passages:
    """Return the passages with signs of boxes that say nothing, since what looks like one may be an entry or a post.

    By folds listings are better by .02 so, and documentation and threads the same.
    """
    rows = passages.rows.copy()
    rows[:, -BOX_SIGNS - SORTS : -SORTS] = 0
    rows[:, 1 - SORTS :] = 0
    return replace(passages, rows=rows)


def _page(page: Known, judges: tuple[StoredJudge, StoredJudge], passages: Passages, taken: str) -> Page:
    hints, first = page.hints, page.first
    seen = page_text(page.outline, hints.title, hints.description, len(words(hints.stated)))
    likely = list(chances(judge_of(judges[taken != ARTICLE]), passages.rows.tolist()))
    agree = taken == ARTICLE and not first.differ(AGREED)
    part = judged_part(page.outline, first, agree=agree)
    likely = [chance if number in part else 0.0 for number, chance in enumerate(likely)]
    readings = first.texts | further_readings(page.outline, first, likely, taken, agree=agree)
    readings |= {} if agree else {"stated": wording(hints.stated)}
    rows = signs(seen, readings, likely)
    return Page(
        fold=page.fold,
        kind=page.kind,
        taken=taken,
        rows=rows,
        f1={JOINED: 0.0} | {name: agreement(page.truth.runs, readings[name].runs) for name in rows},
    )


def _doubt_learned(pages: Sequence[Page]) -> StoredJudge:
    """Return the judge of what is wrong."""
    learned = [
        (page.rows[name], page.f1[name])
        for page in pages
        for name in page.rows
        if name in (LEARNED if page.taken == ARTICLE else (BY_KIND[page.taken],))
    ]
    wrong = np.minimum([(1 - f1) / (1 - WRONG) for _, f1 in learned], 1)
    return fit(_floats(row for row, _ in learned), wrong, np.ones(len(learned)), DOUBTFUL)[0]


def _cross_validated(pages: Sequence[Page], doubtful: Mapping[int, StoredJudge]) -> float:
    """Print the figures of pages judged by judges that have not seen their domains; return the limit of doubt."""
    names = [_chosen(page) for page in pages]
    for kind in KINDS:
        own = [(page, name) for page, name in zip(pages, names, strict=True) if page.kind == kind]
        right = sum(page.taken == kind for page, _ in own)
        log.info("%s: %d pages, %d recognised", kind, len(own), right)
        for what, f1 in (
            (JOINED, [page.f1[JOINED] for page, _ in own]),
            ("chosen", [page.f1[name] for page, name in own]),
            ("best", [max(page.f1.values()) for page, _ in own]),
        ):
            log.info("   %s: mean F1 %.4f, below %.1f: %d", what, np.mean(f1), LOW, sum(value < LOW for value in f1))
    judged = [
        (page.f1[name], _doubt(doubtful[page.fold], page, name))
        for page, name in zip(pages, names, strict=True)
        if page.kind == ARTICLE
    ]
    limit = float(np.quantile([doubt for f1, doubt in judged if f1 >= FINE], 1 - SPARED))
    low = [doubt for f1, doubt in judged if f1 < LOW]
    log.info("of %d bad articles %d are doubtful at %.3f", len(low), sum(doubt >= limit for doubt in low), limit)
    return limit


def _doubt(doubtful: StoredJudge, page: Page, name: str) -> float:
    """Return how doubtful a reading is; 1 if it has no text."""
    return next(chances(judge_of(doubtful), [page.rows[name]])) if name in page.rows else 1.0


def _chosen(page: Page) -> str:
    return BY_KIND[page.taken] if BY_KIND[page.taken] in page.rows else JOINED


def _floats(rows: Iterator[list[float]]) -> Floats:
    return np.array(list(rows), dtype=np.float64)


if __name__ == "__main__":
    main()
