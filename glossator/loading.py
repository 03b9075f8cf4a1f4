"""Loads modules and models without Python's garbage collection, which would look through all of it and find nothing."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager
from threading import RLock

_LOCK = RLock()
"""The thresholds are those of the process: threads load one after the other, so that each restores what it found."""


@contextmanager
def loading() -> Iterator[None]:
    """Collect no garbage within the context, and later only what came after it.

    Use it once for each thing that is loaded: what is garbage at the end of the context stays in memory.
    """
    with _LOCK:
        thresholds = gc.get_threshold()
        gc.set_threshold(0)  # not `gc.disable`: spaCy's reader of files enables it again
        try:
            yield
            gc.freeze()
        finally:
            gc.set_threshold(*thresholds)
