"""`python -m training DATA --out FOLDER`: trains all models of names anew. An hour and a half on one core.

DATA is a data folder as `training.data` describes it; FOLDER gets the recogniser, the tables and `figures.json`, what
cross-validation measured.
"""

from __future__ import annotations

import argparse
import json
import logging
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import spacy
from spacy.language import Language

from glossator.stages.annotate.classify import Tables
from glossator.stages.annotate.classify.encoded import keep_vectors
from glossator.stages.annotate.classify.lists import parsed, written
from glossator.stages.annotate.classify.network import Network, stored
from glossator.stages.annotate.classify.tables import CONTEXT
from glossator.stages.annotate.classify.words import unpacked
from training import knowledge, measure, recogniser, stage_two, vectors
from training.data import FOLDS, Document, documents, news
from training.perceptron import Recipe
from training.stage_two import NETWORKS, Sample

PARTS = ((0,), (1, 2), (3, 4))
"""Folds that a recogniser is trained without, so that each document is read by one that has not seen it."""

log = logging.getLogger("training")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("data", type=Path, help="folder with the annotated documents")
    parser.add_argument("--out", type=Path, required=True, help="folder that gets the models")
    parser.add_argument("--packages", type=Path, help="folder that keeps the packages fetched for the lists")
    given = parser.parse_args()
    logging.basicConfig(level=logging.INFO, format="%(message)s")
    given.out.mkdir(parents=True, exist_ok=True)
    tables = _tables(given.out, given.packages)
    known, old = documents(given.data), news(given.data)
    samples = _unseen(known, old, tables, given.out)
    figures = {}
    for name, chosen in NETWORKS.items():
        held = [one for kind in _kinds(name) for one in samples[kind]]
        for kind, judged in measure.unseen(held, samples, chosen, Recipe()).items():
            figures[f"{name}: {kind}"] = measure.cross_validated(judged)
        log.info("%s", json.dumps(figures))
    (given.out / "figures.json").write_text(json.dumps(figures, indent=1) + "\n", "utf-8")
    _save(given.out, samples)
    _recogniser(given.out / "recogniser", known, old)


def _kinds(network: str) -> tuple[str, ...]:
    """By whose recognition a network is trained: our recogniser's, the stock one's, nobody's."""
    return ("own",) if network == CONTEXT else ("own", "stock", "none")


def _tables(out: Path, packages: Path | None) -> Tables:
    lists = knowledge.lists(packages)
    (out / "lists.txt").write_text(written(lists), "utf-8")
    (out / "words.npz").write_bytes(vectors.table(lists))
    return Tables(unpacked((out / "words.npz").read_bytes()), parsed((out / "lists.txt").read_text("utf-8")), {})


def _recogniser(folder: Path, known: Sequence[Document], old: Sequence[str]) -> Language:
    """A recogniser trained on the documents, or the one that an interrupted run has left in the folder."""
    if not folder.exists():
        recogniser.save(recogniser.train(known, old, recogniser.Plan()), folder)
    nlp = spacy.load(folder)
    keep_vectors(nlp)
    return nlp


def _unseen(known: Sequence[Document], old: Sequence[str], tables: Tables, out: Path) -> dict[str, list[Sample]]:
    """The candidates of all documents, by whose recognition they have."""
    samples: dict[str, list[Sample]] = {"own": [], "stock": [], "none": []}
    stock = recogniser.bare()
    keep_vectors(stock)
    for part in PARTS:
        seen = [one for one in known if one.fold not in part]
        nlp = _recogniser(out / "".join(("without", *map(str, part))), seen, old)
        for one in known:
            if one.fold in part:
                for kind, reader in (("own", nlp), ("stock", stock), ("none", None)):
                    samples[kind].append(stage_two.sample(one, stage_two.source(one, reader), tables))
    return samples


def _save(out: Path, samples: dict[str, list[Sample]]) -> None:
    networks: dict[str, Network] = {}
    for name, chosen in NETWORKS.items():
        held = [one for kind in _kinds(name) for one in samples[kind]]
        networks[name] = stage_two.train(held, chosen, Recipe())
        networks[f"{name} types"] = stage_two.train_types(held, chosen)
    with (out / "networks.npz").open("wb") as file:
        np.savez_compressed(file, allow_pickle=False, **stored(networks))


assert max(fold for part in PARTS for fold in part) == FOLDS - 1

if __name__ == "__main__":
    main()
