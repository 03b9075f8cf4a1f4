"""A batch of a stage's work as a worker does it: whatever one item does, the others get their results."""

from __future__ import annotations

import traceback
from collections.abc import Callable
from pathlib import Path
from typing import Any

import msgspec

from glossator.config import SiteError
from glossator.errors import FileError
from glossator.incremental.article_limits import LimitReached, Limits, limited, mark_cluster_worker, return_freed_memory
from glossator.incremental.cache import DamagedRow
from glossator.markup.markdown_tree import TooDeep
from glossator.model import Digest, Problem


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


def run_checked(code: Callable[[Any], Digest], expected: Digest, task: GuardedTask) -> tuple[Outcome, ...] | Stopped:
    """Run a task in a worker of a cluster, if the worker's code is the code that the keys of the results name."""
    if code(task.settings) != expected:
        hint = "Install the same versions everywhere, of Python too."
        return SiteError(f"A worker has another Glossator or other libraries than this machine ({task.stage}).", hint)
    mark_cluster_worker()
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
