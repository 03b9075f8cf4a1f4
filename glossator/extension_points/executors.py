"""The contract of executors: machines that work for a build."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import dataclass

from glossator.incremental.workers.executors import JoinedCluster

__all__ = ["Executor", "JoinedCluster"]


@dataclass(frozen=True, kw_only=True)
class Executor:
    """Machines that work for a build, by a name in the settings."""

    contract: int
    """Version of the contract that the extension was written for."""
    join: Callable[[str, int], AbstractContextManager[JoinedCluster]]
    """(executor of the settings, number of this machine's processes) -> the machines, while the context is open."""
    prepare: Callable[[], None]
    """Prepares a worker for its next task. A plain function, as workers need it."""
