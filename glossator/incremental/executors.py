"""Workers behind one standard `Executor`: in this process, on all cores, or on a Dask cluster."""

from __future__ import annotations

import logging
import os
from collections.abc import Callable
from concurrent.futures import Executor, Future
from contextlib import ExitStack
from importlib import import_module
from types import TracebackType
from typing import Any, Self

from glossator.config import DASK, PROCESSES, BuildSettings, SiteError
from glossator.incremental.article_limits import Limits, mark_worker
from glossator.incremental.worker_processes import WorkerProcesses

MOST_IN_PLACE = 4
"""Largest number of batches that run in this process, because starting a worker that loads spaCy takes longer."""
TASKS_PER_WORKER = 3
"""Tasks submitted for each worker: one that runs, and more on their way."""
CLUSTER_TIMEOUT = 10
"""Seconds to wait for the scheduler of a cluster, and for its first worker."""


class Serial(Executor):
    """Runs each task in this process as soon as it is submitted."""

    def submit(self, fn: Callable[..., Any], /, *args: Any, **kwargs: Any) -> Future[Any]:
        future: Future[Any] = Future()
        try:
            future.set_result(fn(*args, **kwargs))
        except BaseException as error:  # noqa: BLE001 -- a future carries whatever was raised
            future.set_exception(error)
        return future


class Workers:
    """Workers of one build: started for the first tasks, stopped at the end of the `with`.

    State: the executor, once it is started. Callers use only `submit` with positional arguments.
    """

    def __init__(self, settings: BuildSettings, kept: Executor | None = None) -> None:
        """Start nothing yet. `kept` is a process that outlives these workers and runs what is too little for them.

        Without it, this process does, in which nothing can be ended.
        """
        self._settings = settings
        self._kept = kept
        self._executor: Executor | None = None
        self._client: Any = None  # Dask has types for only some of its modules
        self._exit_stack = ExitStack()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._exit_stack.close()

    @property
    def remote(self) -> bool:
        """True if the workers may have no access to this machine's disk."""
        return self._settings.executor != PROCESSES

    @property
    def width(self) -> int:
        """Number of tasks to have submitted at a time."""
        if self._client:
            threads: dict[str, int] = self._client.nthreads()
            return TASKS_PER_WORKER * max(1, sum(threads.values()))
        return TASKS_PER_WORKER * self.processes if self._executor else 1

    @property
    def processes(self) -> int:
        """Number of processes that may work on this machine."""
        return self._settings.workers or os.cpu_count() or 1

    @property
    def limits(self) -> Limits:
        """Limits for the work on one article."""
        return Limits(self._settings.article_seconds, self._settings.article_megabytes)

    def end_processes(self) -> None:
        """End the processes of this machine, and free their memory; new ones are started if there is more work."""
        if not self.remote:
            self._executor = None
            self._exit_stack.close()

    def executor(self, batches: int, risky: bool = False) -> Executor:
        """Return an executor for a number of batches. Raises SiteError if the cluster cannot be used.

        The executor can end tasks that are `risky`: it runs them in other processes, even if there are few.
        """
        if self._executor is None:
            if self.remote:
                self._client = self._join()
                self._executor = self._client.get_executor(pure=False)
            elif (self._kept or not risky) and (self.processes <= 1 or batches <= MOST_IN_PLACE):
                return self._kept or Serial()
            else:
                self._executor = WorkerProcesses(self.processes, start_worker)
                self._exit_stack.callback(self._executor.shutdown)
        return self._executor

    def _join(self) -> Any:
        try:
            dask, distributed = import_module("dask"), import_module("distributed")
        except ImportError:
            hint = 'Install it: python -m pip install "glossator[cluster]"'
            raise SiteError("The executor needs Dask, which is not installed.", hint) from None
        logging.getLogger("distributed").setLevel(logging.CRITICAL)  # errors are reported by Glossator
        # A batch of saved pages is large on purpose, and Dask would warn of it. A task that ended a worker is not given
        # to others: its items are tried one by one.
        chosen = {"distributed.admin.large-graph-warning-threshold": "1GB", "distributed.scheduler.allowed-failures": 0}
        self._exit_stack.enter_context(dask.config.set(chosen))
        address: Any = self._settings.executor
        if address == DASK:
            address = self._exit_stack.enter_context(
                distributed.LocalCluster(
                    n_workers=self.processes,
                    threads_per_worker=1,
                    dashboard_address=None,
                    silence_logs=logging.CRITICAL,
                )
            )
        try:
            client = self._exit_stack.enter_context(distributed.Client(address, timeout=CLUSTER_TIMEOUT))
        except (OSError, ValueError):
            hint = "See that a scheduler runs there (dask scheduler), or leave out --executor."
            raise SiteError(f"The cluster {address} cannot be reached.", hint) from None
        try:
            client.wait_for_workers(1, timeout=CLUSTER_TIMEOUT)
        except OSError:
            hint = f"Start some, on any machine that has Glossator: dask worker {address}"
            raise SiteError(f"The cluster {address} has no workers.", hint) from None
        return client


def start_worker() -> None:
    """Prepare a process that does nothing but tasks."""
    limit_blas_threads()
    mark_worker()


def limit_blas_threads() -> None:
    """Limit this process to one BLAS thread. Call it before numpy is loaded.

    Workers fill the cores already, and small matrices are slower with more threads.
    """
    for variable in ("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS", "MKL_NUM_THREADS", "VECLIB_MAXIMUM_THREADS"):
        os.environ.setdefault(variable, "1")
