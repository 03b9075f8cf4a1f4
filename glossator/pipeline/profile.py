"""What each stage of a build cost: seconds, results that were remembered, results that were made."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Cost:
    """Of one stage. What has no memory counts as made once."""

    stage: str
    seconds: float
    hits: int
    runs: int


class Profile:
    """State: the seconds of each stage so far, without those of stages that ran within it; and what was counted."""

    def __init__(self) -> None:
        self._seconds: dict[str, float] = {}
        self._counts: dict[str, tuple[int, int]] = {}
        self._within = 0.0

    @contextmanager
    def step(self, stage: str) -> Iterator[None]:
        """Counts the time until its end for the stage."""
        self._seconds.setdefault(stage, 0.0)
        begun, outside = time.perf_counter(), self._within
        self._within = 0.0
        try:
            yield
        finally:
            took = time.perf_counter() - begun
            self._seconds[stage] += took - self._within
            self._within = outside + took

    def count(self, stage: str, hits: int, runs: int) -> None:
        """How many of a stage's results were remembered, and how many were made."""
        self._counts[stage] = (hits, runs)

    def costs(self) -> tuple[Cost, ...]:
        """In the order in which the stages began."""
        return tuple(
            Cost(stage, round(seconds, 3), *self._counts.get(stage, (0, 1))) for stage, seconds in self._seconds.items()
        )
