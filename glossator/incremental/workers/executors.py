"""Workers behind one standard `Executor`: in this process, on all cores, or on a cluster of machines."""

from __future__ import annotations

import os
from collections.abc import Callable
from concurrent.futures import Executor, Future
from contextlib import AbstractContextManager, ExitStack, nullcontext
from dataclasses import replace
from functools import cached_property
from types import TracebackType
from typing import Any, NamedTuple, Self

from glossator.config import PROCESSES, BuildSettings, ClusterAccess, SiteError
from glossator.incremental.workers.article_limits import Limits, mark_worker
from glossator.incremental.workers.processes import WorkerProcesses

MOST_IN_PLACE = 4
"""Largest number of batches that run in this process, because starting a worker that loads spaCy takes longer."""
TASKS_PER_WORKER = 3
"""Tasks submitted for each worker: one that runs, and more on their way."""


class Serial(Executor):
    """Runs each task in this process as soon as it is submitted."""

    def submit(self, fn: Callable[..., Any], /, *args: Any, **kwargs: Any) -> Future[Any]:
        future: Future[Any] = Future()
        try:
            future.set_result(fn(*args, **kwargs))
        except BaseException as error:  # noqa: BLE001 -- a future carries whatever was raised
            future.set_exception(error)
        return future


class JoinedCluster(NamedTuple):
    """A cluster of machines that is ready for work."""

    executor: Executor
    threads: Callable[[], int]
    """Returns the number of threads that work on it now."""


class Workers:
    """Workers of one build: started for the first tasks, stopped at the end of the `with`.

    State: the executor, once it is started. Callers use only `submit` with positional arguments.
    """

    def __init__(
        self,
        settings: BuildSettings,
        kept: Executor | None = None,
        cluster: Callable[[str], ClusterAccess] | None = None,
    ) -> None:
        """Start nothing yet. `kept` is a process that outlives these workers and runs what is too little for them.

        Without it, this process does, in which nothing can be ended. `cluster` gives access to the machines of an
        executor.
        """
        self._settings = settings
        self._kept = kept
        self._cluster = cluster
        self._executor: Executor | None = None
        self._joined: JoinedCluster | None = None
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

    @cached_property
    def cluster(self) -> ClusterAccess:
        """Access to the machines of the executor. Raises SiteError if there is none."""
        if self._cluster is None:
            hint = f'Write executor = "{PROCESSES}" in [build], or leave out --executor.'
            raise SiteError(f"This program works on this machine only, not on {self._settings.executor}.", hint)
        return self._cluster(self._settings.executor)

    @property
    def width(self) -> int:
        """Number of tasks to have submitted at a time."""
        if self._joined:
            return TASKS_PER_WORKER * max(1, self._joined.threads())
        return TASKS_PER_WORKER * self.processes if self._executor else 1

    @property
    def processes(self) -> int:
        """Number of processes that may work on this machine."""
        return self._settings.workers or os.cpu_count() or 1

    @property
    def limits(self) -> Limits:
        """Limits for the work on one article."""
        return Limits(self._settings.article_seconds, self._settings.article_megabytes)

    def local(self) -> AbstractContextManager[Workers]:
        """Return workers that share our disk: these, or others beside a cluster's."""
        return Workers(replace(self._settings, executor=PROCESSES)) if self.remote else nullcontext(self)

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
                self._joined = self._exit_stack.enter_context(
                    self.cluster.join(self._settings.executor, self.processes)
                )
                self._executor = self._joined.executor
            elif (self._kept or not risky) and (self.processes <= 1 or batches <= MOST_IN_PLACE):
                return self._kept or Serial()
            else:
                self._executor = WorkerProcesses(self.processes, start_worker)
                self._exit_stack.callback(self._executor.shutdown)
        return self._executor


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
