"""Batches of work in workers: if a worker is lost, the rest goes on, and the item that killed it is found."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import FIRST_COMPLETED, CancelledError, Future, wait
from typing import Any

from glossator.config import SiteError
from glossator.incremental.article_limits import Limits
from glossator.incremental.executors import Workers
from glossator.incremental.stage import Item, Result, Stage
from glossator.incremental.worker_batch import Exceeded, GuardedTask, Outcome, Stopped, run_checked, run_guarded
from glossator.incremental.worker_processes import WorkerEnded


def run_in_workers(
    workers: Workers, stage: Stage[Item, Result], items: Sequence[Item], missing: Sequence[int]
) -> Iterator[Mapping[int, Outcome]]:
    """Yield the encoded results of the missing items, by index, batch by batch as they arrive."""
    size = 1 if stage.singly else stage.batch_size
    batches = deque(missing[start : start + size] for start in range(0, len(missing), size))
    running: dict[Future[Any], Sequence[int]] = {}
    suspects: deque[int] = deque()
    alone = False
    many = -(-len(missing) // stage.batch_size)
    risky = stage.risky is not None and any(stage.risky(items[index]) for index in missing)
    if batches:
        workers.executor(many, risky)  # how many tasks are wanted at a time is known once it is there
    try:
        while batches or running or suspects:
            if not (batches or running):  # one suspect at a time, to find out which of them kills the workers
                alone = True
                batches.append([suspects.popleft()])
            while batches and len(running) < workers.width:
                batch = batches.popleft()
                task = task_of(workers, stage, [items[index] for index in batch])
                running[workers.executor(many, risky).submit(*task)] = batch
            for future in wait(running, return_when=FIRST_COMPLETED).done:
                batch = running.pop(future)
                lost = _loss(future, workers.limits)
                if lost and not alone and (workers.remote or len(batch) > 1):
                    suspects.extend(batch)
                    continue
                yield dict(zip(batch, (lost,) if lost else _outcomes(future, stage.name), strict=True))
    finally:
        for future in running:
            future.cancel()


def task_of(workers: Workers, stage: Stage[Item, Result], batch: Sequence[Item]) -> tuple[Any, ...]:
    """Return a function to be called in a worker, and its arguments."""
    labels = tuple(stage.label(item) for item in batch)
    items = tuple(map(stage.pack, batch)) if workers.remote and stage.pack else tuple(batch)
    limits = workers.limits if stage.limited else Limits()
    task = GuardedTask(limits, stage.name, stage.work, items, labels, stage.settings, stage.prepare)
    return (run_checked, stage.code, stage.code(stage.settings), task) if workers.remote else (run_guarded, task)


def _loss(future: Future[Any], limits: Limits) -> Exceeded | None:
    """Return what is told of an item whose worker ended while it ran; None if the worker did not end."""
    error = None if future.cancelled() else future.exception()
    if isinstance(error, WorkerEnded) and error.by_limit:
        return Exceeded(limits.reason(memory=False))
    # Dask's exception is compared by name because Dask may not be installed.
    if isinstance(error, WorkerEnded) or type(error).__name__ == "KilledWorker":
        return Exceeded("the process that worked on it ended", remember=False)
    return None


def _outcomes(future: Future[Any], stage: str) -> tuple[Outcome, ...]:
    """Return the outcomes of a batch. Raises SiteError if no worker is left at all."""
    try:
        outcomes = future.result()
    except CancelledError:
        hint = "The machine may be short of memory: try --workers 1. What was done is remembered."
        raise SiteError(f"A process of the stage {stage} was ended from outside.", hint) from None
    if isinstance(outcomes, Stopped):
        raise outcomes
    return tuple(outcomes)
