"""Loads modules and models without Python's garbage collection, which would look through all of it and find nothing."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def loading() -> Iterator[None]:
    """Collect no garbage within the context, and later only what came after it.

    Use it once for each thing that is loaded: what is garbage at the end of the context stays in memory.
    """
    thresholds = gc.get_threshold()
    gc.set_threshold(0)  # not `gc.disable`: spaCy's reader of files enables it again
    try:
        yield
    finally:
        gc.freeze()
        gc.set_threshold(*thresholds)
