"""Settings -> one standard `Executor`: in place, or on all cores."""

from __future__ import annotations

import os
from collections.abc import Callable
from concurrent.futures import Executor, Future, ProcessPoolExecutor
from multiprocessing import get_context
from typing import Any

from glossator.config import BuildSettings

FEW = 4
"""So many pieces of work or fewer are done in place: starting a worker that loads spaCy takes longer."""


class Serial(Executor):
    """Does each piece of work when it is handed in."""

    def submit(self, fn: Callable[..., Any], /, *args: Any, **kwargs: Any) -> Future[Any]:
        future: Future[Any] = Future()
        try:
            future.set_result(fn(*args, **kwargs))
        except BaseException as error:  # noqa: BLE001 -- a future carries whatever was raised
            future.set_exception(error)
        return future


def open_executor(settings: BuildSettings, pieces: int) -> Executor:
    """An executor for so many pieces of work."""
    workers = settings.workers or os.cpu_count() or 1
    if workers <= 1 or pieces <= FEW:
        return Serial()
    return ProcessPoolExecutor(min(workers, pieces), get_context("spawn"), initializer=_one_thread)


def _one_thread() -> None:
    """One BLAS thread in each worker, before it loads numpy: the workers already fill the cores."""
    for variable in ("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS", "MKL_NUM_THREADS"):
        os.environ.setdefault(variable, "1")
