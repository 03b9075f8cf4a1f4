"""Results that are made once: looked up by a key that names every input, else made, in place or by workers."""

from __future__ import annotations

import sys
import traceback
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import BrokenExecutor, as_completed
from dataclasses import dataclass
from functools import cache as memo
from importlib.metadata import version
from pathlib import Path
from typing import Any, Generic, TypeVar

import msgspec

from glossator.cache import Cache, Key
from glossator.config import BuildSettings, SiteError
from glossator.digest import digest
from glossator.executors import open_executor
from glossator.markup import TooDeep
from glossator.model import Digest, Problem

PACKAGE = Path(__file__).parent.parent

SHARED = ("model", "digest", "urls", "config", "frontmatter", "markup", "pipeline/work")
"""Modules that every stage builds on."""
SHARED_USES = ("anyascii", "courlan", "markdown", "msgspec", "nh3", "pyyaml")

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
    code: Digest
    label: Callable[[Item], str]
    """How a person knows the item: its path."""
    input: Callable[[Item], Digest]
    batch: int


@dataclass(frozen=True, slots=True)
class Remembered(Generic[Result]):
    """The results in the order of the items, None where there is a problem instead; and how they were come by."""

    results: tuple[Result | None, ...]
    problems: tuple[Problem, ...]
    hits: int
    runs: int


@dataclass(frozen=True, slots=True)
class Made(Generic[Result]):
    """The result of one item, by its index, or why there is none."""

    index: int
    value: Result | Problem
    fresh: bool = False
    """Whether it was made now."""


@memo
def code_digest(modules: tuple[str, ...], distributions: tuple[str, ...]) -> Digest:
    """Of the source of some of our modules and of those that all share, and of the versions of what they use."""
    parts: list[str | bytes] = [f"Python {sys.version_info.major}.{sys.version_info.minor}"]
    for module in (*modules, *SHARED):
        place = PACKAGE / module
        files = sorted(place.rglob("*.py")) if place.is_dir() else [place.with_suffix(".py")]
        for file in files:
            parts += [file.relative_to(PACKAGE).as_posix(), file.read_bytes()]
    return digest(*parts, *(f"{name} {version(name)}" for name in (*distributions, *SHARED_USES)))


def remember(
    cache: Cache | None, settings: BuildSettings, stage: Stage[Item, Result], items: Sequence[Item], progress: Progress
) -> Remembered[Result]:
    """The stage's result for each item: remembered, else made now and, where there is a cache, remembered."""
    results: list[Result | None] = [None] * len(items)
    problems: list[Problem] = []
    runs = 0
    for one in each(cache, settings, stage, items, progress):
        runs += one.fresh
        if isinstance(one.value, Problem):
            problems.append(one.value)
        else:
            results[one.index] = one.value
    return Remembered(tuple(results), tuple(problems), len(items) - runs, runs)


def each(
    cache: Cache | None, settings: BuildSettings, stage: Stage[Item, Result], items: Sequence[Item], progress: Progress
) -> Iterator[Made[Result]]:
    """The same, one result after the other, those that were remembered first: for results too large to hold all."""
    fixed = digest(repr(stage.settings))
    keys = [Key(stage.name, stage.code, stage.input(item), fixed) for item in items]
    decoder = msgspec.msgpack.Decoder(stage.result)
    missing: list[int] = []
    for start in range(0, len(keys), LOOKED_UP):
        indexes = range(start, min(start + LOOKED_UP, len(keys)))
        known = cache.get(keys[index] for index in indexes) if cache else {}
        missing += [index for index in indexes if keys[index] not in known]
        yield from (Made(index, decoder.decode(known[keys[index]])) for index in indexes if keys[index] in known)
    done = 0
    for made in _make(settings, stage, items, missing):
        done += len(made)
        if cache:
            cache.put({keys[index]: value for index, value in made.items() if isinstance(value, bytes)})
        for index, value in made.items():
            yield Made(index, value if isinstance(value, Problem) else decoder.decode(value), fresh=True)
        progress(stage.name, done, len(missing))
    if cache:
        cache.keep(stage.name, keys)


def _make(
    settings: BuildSettings, stage: Stage[Item, Result], items: Sequence[Item], missing: Sequence[int]
) -> Iterable[Mapping[int, bytes | Problem]]:
    """The results of the missing items, batch by batch as they come, by index."""
    batches = [missing[start : start + stage.batch] for start in range(0, len(missing), stage.batch)]
    executor = open_executor(settings, len(batches))
    try:
        futures = {
            executor.submit(
                _guarded,
                stage.name,
                stage.work,
                tuple(items[index] for index in batch),
                tuple(stage.label(items[index]) for index in batch),
                stage.settings,
            ): batch
            for batch in batches
        }
        for future in as_completed(futures):
            try:
                outcome = future.result()
            except BrokenExecutor:
                hint = "The machine may be short of memory: try --workers 1."
                raise SiteError(f"A process of the stage {stage.name} was ended from outside.", hint) from None
            if isinstance(outcome, SiteError):
                raise outcome
            yield dict(zip(futures[future], outcome, strict=True))
    finally:  # after an error or Ctrl-C, what has not begun is not waited for
        executor.shutdown(cancel_futures=True)


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
    if isinstance(error, TooDeep):
        return str(error)
    place = traceback.extract_tb(error.__traceback__)[-1]
    what = f"{type(error).__name__}: {str(error)[:200]}".rstrip(": ")
    return f"could not be read ({what}, in {Path(place.filename).name}, line {place.lineno}); please report it"
