"""Tables in the forms in which the package reads them: networks as arrays, lists of names as compressed lines."""

from __future__ import annotations

import lzma
from collections.abc import Collection, Mapping

import numpy as np
from numpy.typing import NDArray

from glossator.naming.name_lists import KINDS, WORDS_ALONE, bits
from glossator.stages.annotate.models.classify.network import ARRAYS, Network

MANY = 100_000
"""Weights of a first layer from which on the file has them with 8 bits."""


def stored(networks: Mapping[str, Network]) -> dict[str, NDArray[np.generic]]:
    """Pack networks into arrays for a file; a first layer with many weights has 8 bits for each, and a step."""
    arrays: dict[str, NDArray[np.generic]] = {}
    for name, network in networks.items():
        if network.first.size < MANY:
            arrays[f"{name}/first"] = network.first.astype(np.float16)
        else:
            step = (np.abs(network.first).max(axis=0) / 127).astype(np.float32)
            arrays[f"{name}/first"] = np.round(network.first / step).astype(np.int8)
            arrays[f"{name}/first_step"] = step
        arrays |= {f"{name}/{field}": getattr(network, field).astype(np.float16) for field in ARRAYS}
        arrays[f"{name}/blocks"] = np.array(network.blocks)
        arrays[f"{name}/widths"] = np.array(network.widths, np.int32)
    return arrays


def written(lists: Mapping[str, Collection[str]]) -> bytes:
    """Write the lists of names as compressed lines: the number of their bits, a tab and the name."""
    table: dict[str, int] = {}
    for kind in KINDS:
        for name in () if kind in WORDS_ALONE else lists[kind]:
            table[name] = table.get(name, 0) | bits(kind)
    lines = "".join(f"{table[name]}\t{name}\n" for name in sorted(table))
    return lzma.compress(lines.encode("utf-8"), preset=9 | lzma.PRESET_EXTREME)
