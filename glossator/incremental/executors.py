"""Settings -> those who do the work, behind one standard `Executor`: in place, on all cores, on a Dask cluster."""

from __future__ import annotations

import logging
import os
from collections.abc import Callable
from concurrent.futures import BrokenExecutor, CancelledError, Executor, Future, ProcessPoolExecutor
from contextlib import ExitStack
from importlib import import_module
from multiprocessing import get_context
from types import TracebackType
from typing import Any, Self

from glossator.config import DASK, PROCESSES, BuildSettings, SiteError

FEW = 4
"""So many pieces of work or fewer are done in place: starting a worker that loads spaCy takes longer."""
AHEAD = 3
"""Pieces of work given out for each worker: one it does, and more on the way to it."""
PATIENCE = 10
"""Seconds to wait for the scheduler of a cluster, and for its first worker."""


class Serial(Executor):
    """Does each piece of work when it is handed in."""

    def submit(self, fn: Callable[..., Any], /, *args: Any, **kwargs: Any) -> Future[Any]:
        future: Future[Any] = Future()
        try:
            future.set_result(fn(*args, **kwargs))
        except BaseException as error:  # noqa: BLE001 -- a future carries whatever was raised
            future.set_exception(error)
        return future


class Workers:
    """Those who do the work of one build: called at the first piece of it, let go at the end of the `with`.

    State: the executor, once there is one. Its users keep to `submit` with positional arguments.
    """

    def __init__(self, settings: BuildSettings) -> None:
        self._settings = settings
        self._executor: Executor | None = None
        self._client: Any = None  # Dask has types for a part of itself only
        self._leave = ExitStack()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._leave.close()

    @property
    def remote(self) -> bool:
        """Whether they share no disk with us."""
        return self._settings.executor != PROCESSES

    @property
    def width(self) -> int:
        """How many pieces of work to give out at a time."""
        if self._client:
            threads: dict[str, int] = self._client.nthreads()
            return AHEAD * max(1, sum(threads.values()))
        return AHEAD * self.processes if self._executor else 1

    @property
    def processes(self) -> int:
        """How many processes of this machine may be at work."""
        return self._settings.workers or os.cpu_count() or 1

    def executor(self, pieces: int) -> Executor:
        """An executor for so many pieces of work. Raises SiteError for a cluster that cannot be used."""
        if self._executor is None:
            if self.remote:
                self._client = self._join()
                self._executor = self._client.get_executor(pure=False)
            elif self.processes <= 1 or pieces <= FEW:
                return Serial()
            else:
                pool = ProcessPoolExecutor(self.processes, get_context("spawn"), initializer=one_thread)
                # After an error or Ctrl-C, what has not begun is not waited for.
                self._leave.callback(pool.shutdown, cancel_futures=True)
                self._executor = pool
        return self._executor

    def _join(self) -> Any:
        try:
            dask, distributed = import_module("dask"), import_module("distributed")
        except ImportError:
            hint = 'Install it: python -m pip install "glossator[cluster]"'
            raise SiteError("The executor needs Dask, which is not installed.", hint) from None
        logging.getLogger("distributed").setLevel(logging.CRITICAL)  # what went wrong is ours to say
        # A batch of saved pages is large; the limit is for people who did not mean to send so much.
        self._leave.enter_context(dask.config.set({"distributed.admin.large-graph-warning-threshold": "1GB"}))
        place: Any = self._settings.executor
        if place == DASK:
            place = self._leave.enter_context(
                distributed.LocalCluster(
                    n_workers=self.processes,
                    threads_per_worker=1,
                    dashboard_address=None,
                    silence_logs=logging.CRITICAL,
                )
            )
        try:
            client = self._leave.enter_context(distributed.Client(place, timeout=PATIENCE))
        except (OSError, ValueError):
            hint = "See that a scheduler runs there (dask scheduler), or leave out --executor."
            raise SiteError(f"The cluster {place} cannot be reached.", hint) from None
        try:
            client.wait_for_workers(1, timeout=PATIENCE)
        except OSError:
            hint = f"Start some, on any machine that has Glossator: dask worker {place}"
            raise SiteError(f"The cluster {place} has no workers.", hint) from None
        return client


def lost(error: BaseException) -> bool:
    """Whether the workers are gone, and with them the hope of a result."""
    return isinstance(error, BrokenExecutor | CancelledError)


def deadly(error: BaseException) -> bool:
    """Whether a piece of work was given up because every worker of a cluster that took it came to an end."""
    return type(error).__name__ == "KilledWorker"  # by name, for Dask need not be there


def one_thread() -> None:
    """One BLAS thread in a process, before it loads numpy: workers fill the cores, and small matrices lose by more."""
    for variable in ("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS", "MKL_NUM_THREADS", "VECLIB_MAXIMUM_THREADS"):
        os.environ.setdefault(variable, "1")
