"""Memoised stage runs: a result is looked up by a key of every input, else made, in this process or by workers."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import FIRST_COMPLETED, BrokenExecutor, Executor, Future, wait
from itertools import chain
from typing import Any, Generic, TypeVar

import msgspec

from glossator.config import SiteError
from glossator.digest import digest
from glossator.incremental.article_limits import Limits
from glossator.incremental.cache import Cache, Key
from glossator.incremental.executors import Workers, is_killed_worker, is_worker_loss
from glossator.incremental.worker_batch import Exceeded, GuardedTask, Outcome, run_checked, run_guarded
from glossator.model import Digest, Problem

KEYS_PER_LOOKUP = 64
"""Keys that are looked up together; few, because an article with its pictures may have megabytes."""

Item = TypeVar("Item")
Result = TypeVar("Result")
Progress = Callable[[str, int, int], None]
"""Function that is called with a stage's name, the number of finished items, and the number of all."""


class Stage(msgspec.Struct, Generic[Item, Result], frozen=True):
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
    prepare: Callable[..., None] | None = None
    """(batch of items, settings) -> None: loads what the work needs besides its items; the limits do not hold for it,
    because a library that is interrupted while it is loaded may be unusable. A plain function."""
    risky: Callable[[Item], bool] | None = None
    """item -> True if it is so large that it is better worked on in a process that can be ended."""
    limited: bool = True
    """True if the limits for one article hold."""
    at_limit: Callable[[Item], Result] | None = None
    """item -> result that stands in for one that exceeded a limit; without it the item has none."""
    lost: str = "was left out"
    """Beginning of the sentence that says how an item suffers that exceeds a limit."""


class StageResult(msgspec.Struct, Generic[Result], frozen=True):
    """Result of the item at an index, or the problem that prevented one."""

    index: int
    value: Result | Problem
    key: str
    """Digest of the key of the result; empty without a cache."""
    fresh: bool = False
    """True if the result was made now."""
    problem: Problem | None = None
    """Problem because of which the value only stands in for a result."""
    exceeded: Exceeded | None = None
    """The limit that was exceeded, which the problem is about."""


def run_memoised(
    cache: Cache | None, workers: Workers, stage: Stage[Item, Result], items: Sequence[Item], progress: Progress
) -> Iterator[StageResult[Result]]:
    """Yield the stage's result for each item, the memoised ones first.

    The caller need not hold all results in memory. Without a cache every result is made.
    """
    decoder = msgspec.msgpack.Decoder(stage.result)
    keys = _keys(stage, items) if cache else ()
    missing: list[int] = [] if cache else list(range(len(items)))
    at_limit = LimitMemory(cache, stage, workers.limits)
    for start in range(0, len(keys), KEYS_PER_LOOKUP):
        indexes = range(start, min(start + KEYS_PER_LOOKUP, len(keys)))
        memoised = cache.get(keys[index] for index in indexes) if cache else {}
        for index in indexes:
            if keys[index] not in memoised:
                known = at_limit.remembered(index, items[index], keys[index])
                if known:
                    yield known
                else:
                    missing.append(index)
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
            if isinstance(outcome, Exceeded):
                yield at_limit.result(index, items[index], keys[index] if cache else None, outcome)
                continue
            value = outcome if isinstance(outcome, Problem) else decoder.decode(outcome)
            yield StageResult(index, value, keys[index].digest if cache else "", fresh=True)
        progress(stage.name, done, len(missing))


class _Remembered(msgspec.Struct):
    """Row of an item that exceeded a limit."""

    reason: str
    essential: bool


class LimitMemory(msgspec.Struct, Generic[Item, Result], frozen=True):
    """Memory of items that exceeded a limit, valid until their text, the code, the settings or the limits change.

    Without it a build would give one result or another, as the machine is fast or slow.
    """

    cache: Cache | None
    stage: Stage[Item, Result]
    limits: Limits

    def remembered(self, index: int, item: Item, key: Key) -> StageResult[Result] | None:
        """Return the result of an item that exceeded the limits before; None if it did not."""
        row = self.cache.result(self._key(key, "exceeded").digest) if self.cache else None
        if row is None:
            return None
        known = msgspec.msgpack.decode(row, type=_Remembered)
        return self.result(index, item, key, Exceeded(known.reason, known.essential))

    def result(self, index: int, item: Item, key: Key | None, exceeded: Exceeded) -> StageResult[Result]:
        """Return the result that stands in for that of an item, or the problem; remember what there is to remember."""
        stage = self.stage
        stands_in = stage.at_limit(item) if stage.at_limit and not exceeded.essential else None
        lost = stage.lost if stands_in is not None else "was left out"
        problem = Problem(stage.name, stage.label(item), f"{lost}: {exceeded.reason}")
        value_key = self._key(key, "instead") if key else None
        if self.cache and key and value_key:
            rows = {value_key: msgspec.msgpack.encode(stands_in)} if stands_in is not None else {}
            if exceeded.remember:
                row = _Remembered(exceeded.reason, exceeded.essential)
                rows[self._key(key, "exceeded")] = msgspec.msgpack.encode(row)
            self.cache.put(rows)
        value: Result | Problem = problem if stands_in is None else stands_in
        return StageResult(index, value, value_key.digest if value_key else "", problem=problem, exceeded=exceeded)

    def _key(self, key: Key, what: str) -> Key:
        return msgspec.structs.replace(key, settings=digest(key.settings, repr(self.limits), what))


def _keys(stage: Stage[Item, Result], items: Iterable[Item]) -> list[Key]:
    settings = digest(repr(stage.settings))
    code = stage.code(stage.settings)
    return [Key(stage.name, code, stage.input(item), settings) for item in items]


def _run_missing(
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
    if isinstance(outcome, SiteError):
        raise outcome
    return tuple(outcome)
