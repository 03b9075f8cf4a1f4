"""The tables that the package carries: words with their vectors, lists of names, networks."""

from __future__ import annotations

from functools import cache
from importlib import resources
from io import BytesIO

import msgspec
import numpy as np

from glossator.naming.name_lists import packaged_lists
from glossator.stages.annotate.models.classify.network import Network, restored
from glossator.stages.annotate.models.classify.words import Words, WordVectors, read_vectors, read_words
from glossator.stages.annotate.models.classify.words_around import NameLists

CONTEXT = "context"
"""Network for the packaged recogniser, with the vectors of its encoder."""
RECOGNISER = "recogniser"
"""Network for another recogniser of English, or for none."""


class Tables(msgspec.Struct, frozen=True, eq=False):
    words: Words
    lists: NameLists
    networks: dict[str, Network]


@cache
def packaged_vectors() -> WordVectors:
    """Return the words of the package with their vectors, loaded once."""
    return read_vectors(_read("words.npz"))


@cache
def packaged_words() -> Words:
    """Return all of the package's table of words, loaded once."""
    return read_words(_read("words.npz"), packaged_vectors())


@cache
def packaged() -> Tables:
    """Return the tables of the package, loaded once."""
    with np.load(BytesIO(_read("networks.npz")), allow_pickle=False) as arrays:
        names = dict.fromkeys(key.partition("/")[0] for key in arrays)
        return Tables(packaged_words(), NameLists(packaged_lists().kinds), restored(arrays, tuple(names)))


def _read(name: str) -> bytes:
    return (resources.files("glossator") / "data" / "names" / name).read_bytes()
