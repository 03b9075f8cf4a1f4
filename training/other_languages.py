"""`python -m training.other_languages DATA --out FOLDER`: tunes the recogniser of languages other than English.

It is tuned on the English documents, from which all that it shares with them comes; then on the articles in other
languages of DATA, as `training.data` describes them, and as many windows of English. FOLDER gets the recogniser,
`folds/N` without the articles of a fold, and `base.pt`, from which an interrupted run goes on. Needs torch.
"""

from __future__ import annotations

import argparse
import copy
import logging
from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np
import torch

from glossator.naming.languages import OTHER_LETTERS
from glossator.stages.annotate.mentions.other_languages.tagged import is_ordinary_in
from glossator.stages.annotate.models.tagger.windows import Reach
from training import encoders
from training.data import FOLDS, Document, documents, foreign_documents
from training.encoders import Source
from training.tagger import DROPOUT, WHOLE, Phase, TaggedWindow, begin, save, tagged_windows, tune
from training.tagger_network import Tagger

ENGLISH = Phase(WHOLE, 2, 12, 4e-4)
AROUND = Reach(5, 2, 1)
"""A little more than what the recogniser will read."""
FOREIGN = (Phase(WHOLE, 2, 8, 3e-4), Phase(AROUND, 2, 8, 2e-4))
SHARE = 0.5
"""Windows of English for each in another language, so that what came from them is not forgotten."""


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("data", type=Path, help="folder with the annotated documents")
    parser.add_argument("--out", type=Path, required=True, help="folder that gets the models")
    given = parser.parse_args()
    logging.basicConfig(level=logging.INFO, format="%(message)s")
    given.out.mkdir(parents=True, exist_ok=True)
    source = encoders.multilingual()
    english = documents(given.data)
    base = _base(given.out / "base.pt", source, english)
    foreign = [held for held in foreign_documents(given.data) if held.language not in OTHER_LETTERS]
    for fold in range(FOLDS):
        _tuned(
            base, source, ([held for held in foreign if held.fold != fold], english), given.out / "folds" / str(fold)
        )
    _tuned(base, source, (foreign, english), given.out / "recogniser")


def _base(file: Path, source: Source, english: Sequence[Document]) -> Tagger:
    """Return the tagger that is tuned on English only, which an interrupted run may have left."""
    draw = begin(0)
    model = Tagger(source.encoder, DROPOUT)
    if file.exists():
        model.load_state_dict(torch.load(file, weights_only=True))
    else:
        tune(model, _windows(english, source, WHOLE), ENGLISH, draw)
        torch.save(model.state_dict(), file)
    return model


def _tuned(base: Tagger, source: Source, read: tuple[Sequence[Document], Sequence[Document]], folder: Path) -> None:
    """Write a tagger that has been tuned on documents in other languages, and on some that are English."""
    draw = begin(0)
    model = copy.deepcopy(base)
    for phase in FOREIGN:
        foreign, english = (_windows(documents, source, phase.reach) for documents in read)
        tune(model, [*foreign, *draw.sample(english, int(SHARE * len(foreign)))], phase, draw)
    model.eval()
    width = source.encoder.vectors.shape[1]
    save(model, source, (np.zeros((0, width), np.float32), np.zeros(0, np.float32)), folder)


def _windows(read: Sequence[Document], source: Source, reach: Reach) -> list[TaggedWindow]:
    return [
        window
        for document in read
        for window in tagged_windows(document, source, reach, ordinary_words(document, reach))
    ]


def ordinary_words(document: Document, reach: Reach) -> Callable[[str], bool]:
    """Return what tells which words of a document the recogniser passes over; none if it reads whole paragraphs."""
    return is_ordinary_in(document.text, document.language) if reach == AROUND else lambda _: False


if __name__ == "__main__":
    main()
