"""Batches of work in workers: if a worker is lost, the rest goes on, and the item that killed it is found."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import (
    FIRST_COMPLETED,
    BrokenExecutor,
    CancelledError,
    Executor,
    Future,
    wait,
)
from itertools import chain
from typing import Any

from glossator.config import SiteError
from glossator.incremental.article_limits import Limits
from glossator.incremental.executors import Workers
from glossator.incremental.stage import Item, Result, Stage
from glossator.incremental.worker_batch import Exceeded, GuardedTask, Outcome, Stopped, run_checked, run_guarded


def run_in_workers(
    workers: Workers, stage: Stage[Item, Result], items: Sequence[Item], missing: Sequence[int]
) -> Iterator[Mapping[int, Outcome]]:
    """Yield the encoded results of the missing items, by index, batch by batch as they arrive."""
    batches = deque(missing[start : start + stage.batch_size] for start in range(0, len(missing), stage.batch_size))
    running: dict[Future[Any], Sequence[int]] = {}
    suspects: deque[int] = deque()
    alone = False
    tasks, risky = len(batches), stage.risky is not None and any(stage.risky(items[index]) for index in missing)
    if batches:
        workers.executor(tasks, risky)  # how many tasks are wanted at a time is known once it is there
    try:
        while batches or running or suspects:
            if not (batches or running):  # one suspect at a time, to find out which of them kills the workers
                alone = True
                batches.append([suspects.popleft()])
            while batches and len(running) < workers.width:
                batch = batches.popleft()
                future = _submit(workers.executor(tasks, risky), _task(workers, stage, [items[i] for i in batch]))
                running[future] = batch
            for future in wait(running, return_when=FIRST_COMPLETED).done:
                batch = running.pop(future)
                outcome = _outcome(future, stage.name, alone)
                broken = isinstance(future.exception(), BrokenExecutor)
                if broken:  # everything else that ran there is lost
                    suspects.extend(chain.from_iterable(running.values()))
                    running.clear()
                    workers.end_processes()
                if outcome is None:
                    suspects.extend(batch)
                else:
                    yield dict(zip(batch, outcome, strict=True))
                if broken:
                    break
    finally:
        for future in running:
            future.cancel()


def _submit(executor: Executor, task: tuple[Any, ...]) -> Future[Any]:
    try:
        return executor.submit(*task)
    except BrokenExecutor as error:  # a process ended, which the tasks that it ran will tell
        future: Future[Any] = Future()
        future.set_exception(error)
        return future


def _task(workers: Workers, stage: Stage[Item, Result], batch: Sequence[Item]) -> tuple[Any, ...]:
    """Return a function to be called in a worker, and its arguments."""
    labels = tuple(stage.label(item) for item in batch)
    items = tuple(map(stage.pack, batch)) if workers.remote and stage.pack else tuple(batch)
    limits = workers.limits if stage.limited else Limits()
    task = GuardedTask(limits, stage.name, stage.work, items, labels, stage.settings, stage.prepare)
    return (run_checked, stage.code, stage.code(stage.settings), task) if workers.remote else (run_guarded, task)


def _outcome(future: Future[Any], stage: str, alone: bool) -> tuple[Outcome, ...] | None:
    """Return the outcomes of a batch; None if one of the running items killed the workers, and it is not clear which.

    `alone` is true if the batch is the only one that is running. Raises SiteError if no worker is left at all.
    """
    try:
        outcome = future.result()
    except Exception as error:
        if is_worker_loss(error):
            hint = "The machine may be short of memory: try --workers 1. What was done is remembered."
            raise SiteError(f"A process of the stage {stage} was ended from outside.", hint) from None
        if not is_killed_worker(error):
            raise
        reason = "the process that worked on it ended"
        return (Exceeded(reason, remember=False),) if alone else None
    if isinstance(outcome, Stopped):
        raise outcome
    return tuple(outcome)


def is_worker_loss(error: BaseException) -> bool:
    """True if the workers are gone, so that no further result can arrive."""
    return isinstance(error, CancelledError)


def is_killed_worker(error: BaseException) -> bool:
    """True if a process ended in which a task ran, or every worker of a cluster that tried the task."""
    # Dask's exception is compared by name because Dask may not be installed.
    return isinstance(error, BrokenExecutor) or type(error).__name__ == "KilledWorker"
