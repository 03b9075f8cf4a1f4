"""Dask: a cluster that other programs started, or one of this machine's own processes."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from typing import Any

import dask
import distributed

from glossator.config import DASK, SiteError
from glossator.extension_points.executors import Executor, JoinedCluster
from glossator.incremental.workers.article_limits import is_worker, mark_worker

TIMEOUT = 10
"""Seconds to wait for the scheduler of a cluster, and for its first worker."""


@contextmanager
def join(executor: str, processes: int) -> Iterator[JoinedCluster]:
    """Join the cluster at an address, or start one of so many processes. Raises SiteError if it cannot be used."""
    logging.getLogger("distributed").setLevel(logging.CRITICAL)  # errors are reported by Glossator
    # A batch of saved pages is large on purpose, and Dask would warn of it. A task that ended a worker is not given
    # to others: its items are tried one by one.
    chosen = {"distributed.admin.large-graph-warning-threshold": "1GB", "distributed.scheduler.allowed-failures": 0}
    with ExitStack() as stack:
        stack.enter_context(dask.config.set(chosen))
        address: Any = executor
        if address == DASK:
            start: Any = distributed.LocalCluster  # Dask has types for only some of its modules
            quiet = {"dashboard_address": None, "silence_logs": logging.CRITICAL}
            address = stack.enter_context(start(n_workers=processes, threads_per_worker=1, **quiet))
        client = stack.enter_context(_joined(distributed.Client, address))
        yield JoinedCluster(client.get_executor(pure=False), lambda: sum(client.nthreads().values()))


@contextmanager
def _joined(connect: Any, address: Any) -> Iterator[Any]:
    """Connect to a cluster, and wait for its first worker. Raises SiteError if there is none."""
    try:
        client = connect(address, timeout=TIMEOUT)
    except (OSError, ValueError):
        hint = "See that a scheduler runs there (dask scheduler), or leave out --executor."
        raise SiteError(f"The cluster {address} cannot be reached.", hint) from None
    with client:
        try:
            client.wait_for_workers(1, timeout=TIMEOUT)
        except OSError:
            hint = f"Start some, on any machine that has Glossator: dask worker {address}"
            raise SiteError(f"The cluster {address} has no workers.", hint) from None
        yield client


def prepare() -> None:
    """Let the system end this worker of a cluster, too, if it does one task at a time.

    The nanny of the worker starts a new one. A worker of several threads is not ended, because its tasks share a clock.
    """
    if not is_worker() and distributed.get_worker().state.nthreads == 1:
        mark_worker()


DASK_CLUSTER = Executor(contract=2, join=join, prepare=prepare)
