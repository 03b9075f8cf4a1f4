"""Batches of a stage's work in workers: whatever one item does, the others get their results.

If a worker is lost, the rest goes on, and the item that killed it is found.
"""

from __future__ import annotations

import traceback
from collections import deque
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import FIRST_COMPLETED, CancelledError, Future, wait
from pathlib import Path
from typing import Any

import msgspec

from glossator.config import SiteError
from glossator.errors import FileError
from glossator.incremental.cache import DamagedRow
from glossator.incremental.stage import Item, Result, Stage
from glossator.incremental.workers.article_limits import (
    LimitReached,
    Limits,
    limited,
    return_freed_memory,
)
from glossator.incremental.workers.executors import Workers
from glossator.incremental.workers.processes import WorkerEnded
from glossator.markup.markdown_tree import TooDeep
from glossator.model import Digest, Problem
from glossator.text import error_in_words


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
    if not workers.remote:
        return run_guarded, task
    return run_checked, workers.cluster.prepare, stage.code, stage.code(stage.settings), task


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


class Exceeded(msgspec.Struct, frozen=True):
    """Outcome of an item that exceeded a limit."""

    reason: str
    essential: bool = False
    """True if nothing of the item can be shown."""
    remember: bool = True
    """True if the item would exceed the limit again."""


Outcome = bytes | Problem | Exceeded
"""Encoded result of an item, or the reason why there is none."""
Stopped = SiteError | DamagedRow
"""Errors that stop a build, or let it begin again, whatever the other items do."""


class GuardedTask(msgspec.Struct, frozen=True):
    """Work on a batch of items. Each item may use up to the limits, and so may the batch before it is divided."""

    limits: Limits
    stage: str
    work: Callable[..., tuple[Any, ...]]
    """(batch of items, settings) -> results, in the order of the items."""
    batch: tuple[Any, ...]
    labels: tuple[str, ...]
    """Paths by which people know the items."""
    settings: Any
    prepare: Callable[..., None] | None = None
    """(batch of items, settings) -> None: loads what the work needs besides its items, without a limit."""


def run_checked(
    prepare: Callable[[], None], code: Callable[[Any], Digest], expected: Digest, task: GuardedTask
) -> tuple[Outcome, ...] | Stopped:
    """Run a task in a worker of a cluster, if the worker's code is the code that the keys of the results name.

    `prepare` is called in the worker before.
    """
    if code(task.settings) != expected:
        hint = "Install the same versions everywhere, of Python too."
        return SiteError(f"A worker has another Glossator or other libraries than this machine ({task.stage}).", hint)
    try:
        prepare()
    except (Exception, SystemExit) as error:  # noqa: BLE001 -- whatever the code of an executor does
        return SiteError(f"The executor could not prepare a worker ({error_in_words(error)}).", "Leave out --executor.")
    return run_guarded(task)


def run_guarded(task: GuardedTask) -> tuple[Outcome, ...] | Stopped:
    """Run a task and return the encoded results; an item that fails becomes a problem.

    Nothing is raised, so that one item does not cost the others their results. What stops a build is returned.
    """
    try:
        if task.prepare:
            task.prepare(task.batch, task.settings)
        with limited(task.limits):
            return tuple(msgspec.msgpack.encode(result) for result in task.work(task.batch, task.settings))
    except (SiteError, DamagedRow) as error:
        return error
    except Exception as error:  # noqa: BLE001 -- whatever a library raises on a strange article must not cost the others
        outcome = _outcome(task, error)
    finally:
        return_freed_memory()
    # Not within `except`, where the traceback would keep the memory of all that failed.
    return (outcome,) if len(task.batch) == 1 else _run_one_by_one(task)


def _run_one_by_one(task: GuardedTask) -> tuple[Outcome, ...] | Stopped:
    outcomes: list[Outcome] = []
    for item, label in zip(task.batch, task.labels, strict=True):
        outcome = run_guarded(msgspec.structs.replace(task, batch=(item,), labels=(label,)))
        if isinstance(outcome, Stopped):
            return outcome
        outcomes += outcome
    return tuple(outcomes)


def _outcome(task: GuardedTask, error: Exception) -> Outcome:
    if isinstance(error, LimitReached):
        return Exceeded(task.limits.reason(error.memory), error.essential)
    # Libraries in C that get no memory raise SystemError if they forget to say why.
    if isinstance(error, MemoryError | SystemError) and task.limits.megabytes:
        return Exceeded(task.limits.reason(memory=True))
    return Problem(task.stage, task.labels[0], _failure(error))


def _failure(error: Exception) -> str:
    if isinstance(error, TooDeep | FileError):
        return str(error)
    frame = traceback.extract_tb(error.__traceback__)[-1]
    what = f"{type(error).__name__}: {str(error)[:200]}".rstrip(": ")
    return f"could not be read ({what}, in {Path(frame.filename).name}, line {frame.lineno}); please report it"
