"""Memoised stage runs: a result is looked up by a key of every input, else made, in this process or by workers."""

from __future__ import annotations

import traceback
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, wait
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Generic, TypeVar

import msgspec

from glossator.config import SiteError
from glossator.digest import digest
from glossator.disk import Unusable
from glossator.incremental.cache import Cache, Key
from glossator.incremental.executors import Workers, is_killed_worker, is_worker_loss
from glossator.markup import TooDeep
from glossator.model import Digest, Problem

KEYS_PER_LOOKUP = 64
"""Keys that are looked up together; few, because an article with its pictures may have megabytes."""

Item = TypeVar("Item")
Result = TypeVar("Result")
Progress = Callable[[str, int, int], None]
"""Function that is called with a stage's name, the number of finished items, and the number of all."""


@dataclass(frozen=True, slots=True)
class Stage(Generic[Item, Result]):
    """A stage: the function that works on its items, and what the results depend on."""

    name: str
    work: Callable[..., tuple[Any, ...]]
    """(batch of items, settings) -> results, in the order of the items. A plain function, as workers need it."""
    result: Any
    """Type of a result, for decoding."""
    settings: Any
    code: Callable[[Any], Digest]
    """settings -> digest of the code and libraries that do the work, in this process or in a worker."""
    label: Callable[[Item], str]
    """item -> path by which a person knows the item."""
    input: Callable[[Item], Digest]
    """item -> digest of everything in the item that the result depends on."""
    batch_size: int
    pack: Callable[[Item], Item] | None = None
    """item -> item with the content of its files, for a worker that does not share this machine's disk."""


@dataclass(frozen=True, slots=True)
class StageResult(Generic[Result]):
    """Result of the item at an index, or the problem that prevented one."""

    index: int
    value: Result | Problem
    key: str
    """Digest of the key of the result; empty without a cache."""
    fresh: bool = False
    """True if the result was made now."""


def run_memoised(
    cache: Cache | None, workers: Workers, stage: Stage[Item, Result], items: Sequence[Item], progress: Progress
) -> Iterator[StageResult[Result]]:
    """Yield the stage's result for each item, the memoised ones first.

    The caller need not hold all results in memory. Without a cache every result is made.
    """
    decoder = msgspec.msgpack.Decoder(stage.result)
    keys = _keys(stage, items) if cache else ()
    missing: list[int] = [] if cache else list(range(len(items)))
    for start in range(0, len(keys), KEYS_PER_LOOKUP):
        indexes = range(start, min(start + KEYS_PER_LOOKUP, len(keys)))
        memoised = cache.get(keys[index] for index in indexes) if cache else {}
        missing += [index for index in indexes if keys[index] not in memoised]
        yield from (
            StageResult(index, decoder.decode(memoised[keys[index]]), keys[index].digest)
            for index in indexes
            if keys[index] in memoised
        )
    done = 0
    for outcomes in _run_missing(workers, stage, items, missing):
        done += len(outcomes)
        if cache:
            results = {keys[index]: outcome for index, outcome in outcomes.items() if isinstance(outcome, bytes)}
            cache.put(results, {stage.label(items[index]): keys[index] for index in outcomes})
        for index, outcome in outcomes.items():
            value = outcome if isinstance(outcome, Problem) else decoder.decode(outcome)
            yield StageResult(index, value, keys[index].digest if cache else "", fresh=True)
        progress(stage.name, done, len(missing))


def _keys(stage: Stage[Item, Result], items: Iterable[Item]) -> list[Key]:
    settings = digest(repr(stage.settings))
    code = stage.code(stage.settings)
    return [Key(stage.name, code, stage.input(item), settings) for item in items]


def _run_missing(
    workers: Workers, stage: Stage[Item, Result], items: Sequence[Item], missing: Sequence[int]
) -> Iterator[Mapping[int, bytes | Problem]]:
    """Yield the encoded results of the missing items, by index, batch by batch as they arrive."""
    batches = deque(missing[start : start + stage.batch_size] for start in range(0, len(missing), stage.batch_size))
    running: dict[Future[Any], Sequence[int]] = {}
    suspects: deque[int] = deque()
    alone = False
    executor = workers.executor(len(batches)) if batches else None
    try:
        while executor and (batches or running or suspects):
            if not (batches or running):  # one suspect at a time, to find out which of them kills the workers
                alone = True
                batches.append([suspects.popleft()])
            while batches and len(running) < workers.width:
                batch = batches.popleft()
                running[executor.submit(*_task(workers, stage, [items[index] for index in batch]))] = batch
            for future in wait(running, return_when=FIRST_COMPLETED).done:
                batch = running.pop(future)
                outcome = _outcome(future, stage.name, [stage.label(items[index]) for index in batch], alone)
                if outcome is None:
                    suspects.extend(batch)
                else:
                    yield dict(zip(batch, outcome, strict=True))
    finally:
        for future in running:
            future.cancel()


def _task(workers: Workers, stage: Stage[Item, Result], batch: Sequence[Item]) -> tuple[Any, ...]:
    """Return a function to be called in a worker, and its arguments."""
    labels = tuple(stage.label(item) for item in batch)
    if not workers.remote:
        return _run_guarded, stage.name, stage.work, tuple(batch), labels, stage.settings
    packed = tuple(map(stage.pack, batch)) if stage.pack else tuple(batch)
    return _run_checked, stage.code, stage.code(stage.settings), stage.name, stage.work, packed, labels, stage.settings


def _outcome(future: Future[Any], stage: str, labels: Sequence[str], alone: bool) -> tuple[bytes | Problem, ...] | None:
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
        text = "was skipped: every worker that tried it died; give the workers more memory"
        return (Problem(stage, labels[0], text),) if alone else None
    if isinstance(outcome, SiteError):
        raise outcome
    return tuple(outcome)


def _run_checked(
    code: Callable[[Any], Digest], expected: Digest, *task: Any
) -> tuple[bytes | Problem, ...] | SiteError:
    """Run a task in a worker of a cluster, if the worker's code is the code that the keys of the results name."""
    if code(task[-1]) != expected:
        hint = "Install the same versions everywhere, of Python too."
        return SiteError(f"A worker has another Glossator or other libraries than this machine ({task[0]}).", hint)
    return _run_guarded(*task)


def _run_guarded(
    stage: str, work: Callable[..., tuple[Any, ...]], batch: tuple[Any, ...], labels: tuple[str, ...], settings: Any
) -> tuple[bytes | Problem, ...] | SiteError:
    """Run the work in a worker and return the encoded results; an item that fails becomes a problem.

    Nothing is raised, so that one item does not cost the others their results. A SiteError is returned.
    """
    try:
        return tuple(msgspec.msgpack.encode(result) for result in work(batch, settings))
    except SiteError as error:
        return error
    except Exception as error:  # noqa: BLE001 -- whatever a library raises on a strange article must not cost the others
        if len(batch) > 1:
            outcomes: list[bytes | Problem] = []
            for item, label in zip(batch, labels, strict=True):
                outcome = _run_guarded(stage, work, (item,), (label,), settings)
                if isinstance(outcome, SiteError):
                    return outcome
                outcomes += outcome
            return tuple(outcomes)
        return (Problem(stage, labels[0], _failure(error)),)


def _failure(error: Exception) -> str:
    if isinstance(error, TooDeep | Unusable):
        return str(error)
    frame = traceback.extract_tb(error.__traceback__)[-1]
    what = f"{type(error).__name__}: {str(error)[:200]}".rstrip(": ")
    return f"could not be read ({what}, in {Path(frame.filename).name}, line {frame.lineno}); please report it"
