"""The network of the package that weighs candidates."""

from __future__ import annotations

from functools import cache
from importlib import resources
from io import BytesIO

import numpy as np

from glossator.stages.annotate.models.classify.network import Network, restored

NAME = "descriptors"
"""Name of the network in its file."""


@cache
def packaged_network() -> Network:
    """Return the network, loaded once."""
    data = (resources.files("glossator") / "data" / "names" / f"{NAME}.npz").read_bytes()
    with np.load(BytesIO(data), allow_pickle=False) as arrays:
        return restored(arrays, (NAME,))[NAME]
