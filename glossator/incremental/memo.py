"""Results that are made once: looked up by a key that names every input, else made, in place or by workers."""

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
from glossator.incremental.executors import Workers, deadly, lost
from glossator.markup import TooDeep
from glossator.model import Digest, Problem

LOOKED_UP = 64
"""Keys that are looked up at a time: an article with its pictures may have megabytes."""

Item = TypeVar("Item")
Result = TypeVar("Result")
Progress = Callable[[str, int, int], None]
"""Told a stage's name, how many pieces of its work are done, and of how many."""


@dataclass(frozen=True, slots=True)
class Stage(Generic[Item, Result]):
    """A stage as the memory sees it."""

    name: str
    work: Callable[..., tuple[Any, ...]]
    """(batch of items, settings) -> results, in the order of the items; runs in a worker, so a plain function."""
    result: Any
    """The type of a result, for decoding."""
    settings: Any
    code: Callable[[Any], Digest]
    """Of the code that does the work with such settings, here or in a worker."""
    label: Callable[[Item], str]
    """How a person knows the item: its path."""
    input: Callable[[Item], Digest]
    batch: int
    pack: Callable[[Item], Item] | None = None
    """Adds to an item what lies on our disk, for a worker that does not share it."""


@dataclass(frozen=True, slots=True)
class StageResults(Generic[Result]):
    """The results in the order of the items, None where there is a problem instead."""

    results: tuple[Result | None, ...]
    problems: tuple[Problem, ...]
    runs: int
    """How many were made now."""


@dataclass(frozen=True, slots=True)
class StageResult(Generic[Result]):
    """The result of one item, by its index, or why there is none."""

    index: int
    value: Result | Problem
    key: str
    """Under which it is remembered; empty where nothing is."""
    fresh: bool = False
    """Whether it was made now."""


def collect_memoised(
    cache: Cache | None, workers: Workers, stage: Stage[Item, Result], items: Sequence[Item], progress: Progress
) -> StageResults[Result]:
    """The stage's result for each item: remembered, else made now and, where there is a cache, remembered."""
    results: list[Result | None] = [None] * len(items)
    problems: list[Problem] = []
    runs = 0
    for one in run_memoised(cache, workers, stage, items, progress):
        runs += one.fresh
        if isinstance(one.value, Problem):
            problems.append(one.value)
        else:
            results[one.index] = one.value
    return StageResults(tuple(results), tuple(problems), runs)


def run_memoised(
    cache: Cache | None, workers: Workers, stage: Stage[Item, Result], items: Sequence[Item], progress: Progress
) -> Iterator[StageResult[Result]]:
    """The same, one result after the other, those that were remembered first: for results too large to hold all."""
    decoder = msgspec.msgpack.Decoder(stage.result)
    keys = _keys(stage, items) if cache else ()
    missing: list[int] = [] if cache else list(range(len(items)))
    for start in range(0, len(keys), LOOKED_UP):
        indexes = range(start, min(start + LOOKED_UP, len(keys)))
        known = cache.get(keys[index] for index in indexes) if cache else {}
        missing += [index for index in indexes if keys[index] not in known]
        yield from (
            StageResult(index, decoder.decode(known[keys[index]]), keys[index].digest)
            for index in indexes
            if keys[index] in known
        )
    done = 0
    for made in _make(workers, stage, items, missing):
        done += len(made)
        if cache:
            results = {keys[index]: value for index, value in made.items() if isinstance(value, bytes)}
            cache.put(results, {stage.label(items[index]): keys[index] for index in made})
        for index, value in made.items():
            result = value if isinstance(value, Problem) else decoder.decode(value)
            yield StageResult(index, result, keys[index].digest if cache else "", fresh=True)
        progress(stage.name, done, len(missing))


def _keys(stage: Stage[Item, Result], items: Iterable[Item]) -> list[Key]:
    fixed = digest(repr(stage.settings))
    code = stage.code(stage.settings)
    return [Key(stage.name, code, stage.input(item), fixed) for item in items]


def _make(
    workers: Workers, stage: Stage[Item, Result], items: Sequence[Item], missing: Sequence[int]
) -> Iterator[Mapping[int, bytes | Problem]]:
    """The results of the missing items, batch by batch as they come, by index."""
    batches = deque(missing[start : start + stage.batch] for start in range(0, len(missing), stage.batch))
    under_way: dict[Future[Any], Sequence[int]] = {}
    suspects: deque[int] = deque()
    alone = False
    executor = workers.executor(len(batches)) if batches else None
    try:
        while executor and (batches or under_way or suspects):
            if not (batches or under_way):  # each by itself, to know which of them ends the workers
                alone = True
                batches.append([suspects.popleft()])
            while batches and len(under_way) < workers.width:
                batch = batches.popleft()
                under_way[executor.submit(*_task(workers, stage, [items[index] for index in batch]))] = batch
            for future in wait(under_way, return_when=FIRST_COMPLETED).done:
                batch = under_way.pop(future)
                outcome = _outcome(future, stage.name, [stage.label(items[index]) for index in batch], alone)
                if outcome is None:
                    suspects.extend(batch)
                else:
                    yield dict(zip(batch, outcome, strict=True))
    finally:
        for future in under_way:
            future.cancel()


def _task(workers: Workers, stage: Stage[Item, Result], batch: Sequence[Item]) -> tuple[Any, ...]:
    """A function to be called in a worker, and its arguments."""
    labels = tuple(stage.label(item) for item in batch)
    if not workers.remote:
        return _guarded, stage.name, stage.work, tuple(batch), labels, stage.settings
    packed = tuple(map(stage.pack, batch)) if stage.pack else tuple(batch)
    return _checked, stage.code, stage.code(stage.settings), stage.name, stage.work, packed, labels, stage.settings


def _outcome(future: Future[Any], stage: str, labels: Sequence[str], alone: bool) -> tuple[bytes | Problem, ...] | None:
    """What became of a batch; None where one of the items under way ended the workers, and it is not known which.

    Raises SiteError where nothing more can come of the others either.
    """
    try:
        outcome = future.result()
    except Exception as error:
        if lost(error):
            hint = "The machine may be short of memory: try --workers 1. What was done is remembered."
            raise SiteError(f"A process of the stage {stage} was ended from outside.", hint) from None
        if not deadly(error):
            raise
        text = "was given up, for each worker that took it came to an end: give the workers more memory"
        return (Problem(stage, labels[0], text),) if alone else None
    if isinstance(outcome, SiteError):
        raise outcome
    return tuple(outcome)


def _checked(code: Callable[[Any], Digest], expected: Digest, *task: Any) -> tuple[bytes | Problem, ...] | SiteError:
    """In a worker of a cluster: a result goes by the code that made it, so that must be the one in its key."""
    if code(task[-1]) != expected:
        hint = "Install the same versions everywhere, of Python too."
        return SiteError(f"A worker has another Glossator or other libraries than this machine ({task[0]}).", hint)
    return _guarded(*task)


def _guarded(
    stage: str, work: Callable[..., tuple[Any, ...]], batch: tuple[Any, ...], labels: tuple[str, ...], settings: Any
) -> tuple[bytes | Problem, ...] | SiteError:
    """The results, encoded. Nothing is raised across the border: what fails is a problem, the others are done."""
    try:
        return tuple(msgspec.msgpack.encode(result) for result in work(batch, settings))
    except SiteError as error:
        return error
    except Exception as error:  # noqa: BLE001 -- whatever a library raises on a strange article must not cost the others
        if len(batch) > 1:
            outcomes: list[bytes | Problem] = []
            for item, label in zip(batch, labels, strict=True):
                outcome = _guarded(stage, work, (item,), (label,), settings)
                if isinstance(outcome, SiteError):
                    return outcome
                outcomes += outcome
            return tuple(outcomes)
        return (Problem(stage, labels[0], _failure(error)),)


def _failure(error: Exception) -> str:
    if isinstance(error, TooDeep | Unusable):
        return str(error)
    place = traceback.extract_tb(error.__traceback__)[-1]
    what = f"{type(error).__name__}: {str(error)[:200]}".rstrip(": ")
    return f"could not be read ({what}, in {Path(place.filename).name}, line {place.lineno}); please report it"
