"""Loads modules and models without Python's garbage collection, which would look through all of it and find nothing."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager

_OUTSIDE = [gc.get_threshold()]
"""The thresholds that hold while nothing is loaded; a build chooses its own."""
_OPEN: list[None] = []
"""An entry for each context that is open, in any thread: the last one that ends lets garbage be collected again."""


@contextmanager
def loading() -> Iterator[None]:
    """Collect no garbage within the context, and later only what came after it.

    Use it once for each thing that is loaded: what is garbage at the end of the context stays in memory.
    """
    if gc.get_threshold()[0]:  # else another thread is loading
        _OUTSIDE[0] = gc.get_threshold()
    _OPEN.append(None)
    gc.set_threshold(0)  # not `gc.disable`: spaCy's reader of files enables it again
    try:
        yield
        gc.freeze()
    finally:
        _OPEN.pop()
        if not _OPEN:
            gc.set_threshold(*_OUTSIDE[0])
