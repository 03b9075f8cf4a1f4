"""`python -m training.readings DATA --out judges.json`: learns to judge pages and their readings, in minutes.

DATA is a data folder with saved pages whose article is known: `data/pages/<set>/html/*.html.gz` and
`data/pages/<set>/ground-truth.json`. Prints what cross-validation by domains finds; `--folds FOLDER` also writes there
the judges that have not seen a fold, by which pages of the fold can be converted. `--judged FILE` has passages that
readers judged, as `training.passages` describes it; without it, those of `training/data` are taken.
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
    EXTRACTED,
    SCORED,
    FirstReadings,
    JudgedPassages,
    first_readings,
    is_unsure,
    judged_part,
    likelier,
    opinions,
)
from glossator.stages.extract.html.choice.judge_readings import Judge, Judges, chances_of_kinds
from glossator.stages.extract.html.choice.likely_passages import expected, likely_text
from glossator.stages.extract.html.choice.page_kind import ARTICLE, KINDS, LISTING, THREAD, kind_of, kind_signs, series
from glossator.stages.extract.html.choice.page_outline import Hints, Outline, outline
from glossator.stages.extract.html.choice.passage_signs import passage_signs
from glossator.stages.extract.html.choice.passage_words import SORTS, Words, passage_words, weights_of
from glossator.stages.extract.html.facts.metadata import read_metadata
from glossator.stages.extract.html.form.formulas import show_mathematics
from glossator.stages.extract.html.parse.hidden_elements import drop_dialogues, drop_scripts
from glossator.stages.extract.html.parse.page_text import page_text as decoded
from glossator.stages.extract.html.parse.parse_page import opened
from glossator.stages.extract.html.read_page import hints_from
from glossator.stages.extract.html.writer.tree_for_writer import set_aside
from glossator.stages.extract.text_comparison import Wording, agreement, shingles, wording
from training.boosting import Boosting, Floats, fit
from training.folds import FOLDS, fold_of
from training.passage_words import worded_passages, words_learned
from training.passages import JUDGED, Judged, Passages, chances_learned, digest, judged_pages, passages_of

SETS = ("aeb", "wcxb-articles", "wcxb-more", "readability", "wcxb-types")
TYPES = {"forum": "thread"}
"""Kinds of pages by their names in the data, if these are others."""
AGREED = 0.9
"""Agreement of the first two readings from which no others are made."""
LOW = 0.7
"""F1 below which a conversion is bad."""
FINE = 0.9
"""F1 from which a conversion is good."""
KIND = Boosting("multiclass", trees=150, rate=0.06, depth=3, leaf=8, share=0.4)
RARE = 2.0
"""Weight of a page that is no article."""
SPARED = 0.025
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
    """Quality of a page's readings."""

    kind: str
    taken: str
    """Kind that a judge takes it for that has not seen it."""
    f1: dict[str, float]
    """F1 by name of the reading, or of what it is made of."""
    doubt: float
    own: tuple[int, int]
    """Passages that readers judged to be the page's own, and those of them that are chosen."""
    boxes: tuple[int, int]
    """Passages that readers judged to be boxes, and those of them that are chosen."""


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("data", type=Path, help="folder with the saved pages")
    parser.add_argument("--out", type=Path, required=True, help="file that gets the judges")
    parser.add_argument("--folds", type=Path, help="folder that gets the judges without each fold")
    parser.add_argument("--judged", type=Path, default=JUDGED, help="file with passages that readers judged")
    given = parser.parse_args()
    logging.basicConfig(level=logging.INFO, format="%(message)s")
    judged = judged_pages(given.judged)
    known = [page for name in SETS for page in _known(given.data / "data" / "pages" / name, judged)]
    kinds = {fold: _kinds_learned([page for page in known if page.fold != fold]) for fold in range(FOLDS)}
    taken = [chances_of_kinds(kinds[page.fold], page.row) for page in known]
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
        _page(page, by_fold[page.fold], own, chance) for page, own, chance in zip(known, passages, taken, strict=True)
    ]
    limit = round(_cross_validated(pages), 3)
    learned = _chances_learned(list(zip(known, passages, strict=True)))
    weights = _words_learned(list(zip(known, formed, strict=True)))
    _write(given.out, Judges(tuple(_kinds_learned(known)), *learned, AGREED, limit, weights))
    for fold in range(FOLDS) if given.folds else ():
        given.folds.mkdir(parents=True, exist_ok=True)
        _write(given.folds / f"{fold}.json", Judges(tuple(kinds[fold]), *by_fold[fold], AGREED, limit, words[fold]))


def _write(file: Path, judges: Judges) -> None:
    file.write_bytes(msgspec.json.encode(judges, enc_hook=lambda numbers: numbers.tolist()) + b"\n")


def _known(folder: Path, judged: Mapping[str, Judged]) -> Iterator[Known]:
    truth = json.loads((folder / "ground-truth.json").read_text("utf-8"))
    for name, value in sorted(truth.items()):
        if text := value.get("articleBody") or value.get("text"):
            data = gzip.decompress((folder / "html" / f"{name}.html.gz").read_bytes())
            stated = value.get("type", ARTICLE)
            page = _read(data, wording(text), fold_of(name, value), TYPES.get(stated, stated))
            # Readers want who wrote a post, and when: the heading of the post says it.
            yield page if page.kind == THREAD else replace(page, judged=judged.get(name, {}))


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


def _kinds_learned(known: Sequence[Known]) -> list[Judge]:
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


def _chances_learned(pages: Sequence[tuple[Known, Passages]]) -> tuple[Judge, Judge]:
    """Return the judges of the passages of articles, and of pages of other kinds."""
    articles = [own for page, own in pages if page.kind == ARTICLE]
    others = [_without_box_signs(own) for page, own in pages if page.kind != ARTICLE and len(own.rows)]
    return chances_learned(articles), chances_learned(others)


def _without_box_signs(passages: Passages) -> Passages:
    """Return the passages with signs of boxes that say nothing, since what looks like one may be an entry or a post."""
    rows = passages.rows.copy()
    rows[:, -BOX_SIGNS - SORTS : -SORTS] = 0
    rows[:, 1 - SORTS :] = 0
    return replace(passages, rows=rows)


def _page(page: Known, judges: tuple[Judge, Judge], passages: Passages, kinds: Sequence[float]) -> Page:
    first, tokens, kind = (
        page.first,
        [passage.tokens for passage in page.outline.passages],
        kind_of(kinds, page.hints.types),
    )
    sizes = list(map(len, tokens))
    taken = _judged_as(page, judges, passages, kind)
    if kind == ARTICLE and first.differ(AGREED) and is_unsure(kinds):
        taken = likelier(sizes, taken, _judged_as(page, judges, passages, LISTING))
    made = {"joined": first.joined, SCORED: first.scored, "chosen": taken.numbers}
    runs = {name: shingles([word for number in own for word in tokens[number]]) for name, own in made.items()}
    runs[EXTRACTED] = first.texts[EXTRACTED].runs
    chosen = set(taken.numbers)
    judged = [(page.judged.get(digest(own), -1.0), number in chosen) for number, own in enumerate(tokens)]
    own, boxes = ([stays for value, stays in judged if value == wanted] for wanted in (1, 0))
    return Page(
        kind=page.kind,
        taken=kind,
        f1={name: agreement(page.truth.runs, of_reading) for name, of_reading in runs.items()},
        doubt=1 - expected(sizes, taken.chances, taken.numbers),
        own=(len(own), sum(own)),
        boxes=(len(boxes), sum(boxes)),
    )


def _judged_as(page: Known, judges: tuple[Judge, Judge], passages: Passages, kind: str) -> JudgedPassages:
    agree = not page.first.differ(AGREED)
    part = judged_part(page.outline, page.first, agree=agree, kind=kind)
    likely = judges[kind != ARTICLE].chances(passages.rows.tolist())
    likely_here = [own if number in part else 0.0 for number, own in enumerate(likely)]
    numbers = likely_text(page.outline, page.first.joined, likely_here, kind, agree=agree)
    return JudgedPassages(numbers, likely_here, kind)


def _cross_validated(pages: Sequence[Page]) -> float:
    """Print the figures of pages judged by judges that have not seen their domains; return the limit of doubt."""
    for kind in KINDS:
        own = [page for page in pages if page.kind == kind]
        log.info("%s: %d pages, %d recognised", kind, len(own), sum(page.taken == kind for page in own))
        for what, f1 in (
            *((name, [page.f1[name] for page in own]) for name in ("joined", "chosen")),
            ("best", [max(page.f1.values()) for page in own]),
        ):
            log.info("   %s: mean F1 %.4f, below %.1f: %d", what, np.mean(f1), LOW, sum(value < LOW for value in f1))
        for what, counts in (("own", [page.own for page in own]), ("boxes", [page.boxes for page in own])):
            whole, chosen = (sum(numbers) for numbers in zip(*counts, strict=True))
            log.info("   %s, as readers judged: %d, chosen: %d", what, whole, chosen)
    judged = [(page.f1["chosen"], page.doubt) for page in pages if page.kind == ARTICLE]
    limit = float(np.quantile([doubt for f1, doubt in judged if f1 >= FINE], 1 - SPARED))
    low = [doubt for f1, doubt in judged if f1 < LOW]
    log.info("of %d bad articles %d are doubtful at %.3f", len(low), sum(doubt >= limit for doubt in low), limit)
    return limit


def _floats(rows: Iterator[list[float]]) -> Floats:
    return np.array(list(rows), dtype=np.float64)


if __name__ == "__main__":
    main()
