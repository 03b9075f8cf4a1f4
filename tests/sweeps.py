"""How much of a sweep a run takes: with `--all` the whole, else enough to notice what is broken for most inputs."""

from __future__ import annotations

from collections.abc import Iterable

import pytest
from hypothesis import settings


def sweep(values: Iterable[object], few: int) -> list[object]:
    """Return the values of a parameter; a run without `--all` takes the first `few`."""
    every = list(values)
    return [*every[:few], *(pytest.param(value, marks=pytest.mark.slow) for value in every[few:])]


def sweep_rows(table: Iterable[tuple[object, ...]], few: int) -> list[object]:
    """Return the values of several parameters; a run without `--all` takes the first `few` rows."""
    slow = pytest.mark.slow
    return [pytest.param(*row, marks=[slow] * (number >= few)) for number, row in enumerate(table)]


def thin(values: Iterable[object], step: int) -> list[object]:
    """Return the values of a parameter; a run without `--all` takes one of `step`."""
    slow = pytest.mark.slow
    return [pytest.param(value, marks=[slow] * (number % step > 0)) for number, value in enumerate(values)]


def examples(count: int) -> int:
    """Return how many examples of a property a run tries; one with `--all` tries `count`."""
    chosen = settings.default
    assert chosen is not None  # tests/conftest.py has loaded a profile
    return max(1, count * chosen.max_examples // settings.get_profile("all").max_examples)
