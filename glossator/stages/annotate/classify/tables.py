"""The tables that the package carries: words with their vectors, lists of names, networks."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from importlib import resources
from io import BytesIO

import numpy as np

from glossator.stages.annotate.classify.lists import NameLists, parsed
from glossator.stages.annotate.classify.network import Network, restored
from glossator.stages.annotate.classify.words import Words, unpacked

CONTEXT = "context"
"""Network for the packaged recogniser, with the vectors of its encoder."""
RECOGNISER = "recogniser"
"""Network for another recogniser of English, or for none."""
FORM = "form"
"""Network for other languages, without tables of English words."""


@dataclass(frozen=True, slots=True, eq=False)
class Tables:
    words: Words
    lists: NameLists
    networks: dict[str, Network]


@cache
def packaged() -> Tables:
    """Return the tables of the package, loaded once."""
    folder = resources.files("glossator") / "data" / "names"
    words = unpacked((folder / "words.npz").read_bytes())
    lists = parsed((folder / "lists.zlib").read_bytes())
    with np.load(BytesIO((folder / "networks.npz").read_bytes()), allow_pickle=False) as arrays:
        names = dict.fromkeys(key.partition("/")[0] for key in arrays)
        return Tables(words, lists, restored(arrays, tuple(names)))
