"""What the verbs print: progress, problems, numbers."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING

import click

from glossator.model import Problem

if TYPE_CHECKING:
    from rich.progress import Progress, TaskID

    from glossator.pipeline.profile import Cost

SOME_FAILED = 1
"""The exit code when some file could not be used and the rest is done."""
NOTICES_SHOWN = 100
"""Notices, of which nothing was lost; of what failed every line is shown."""


def progress(quiet: bool) -> Callable[[str, int, int], None]:
    """A bar for each stage on a terminal, gone with the command; elsewhere a line when a stage is done."""
    if quiet:
        return lambda *_: None
    if not sys.stderr.isatty():
        return _line
    bars = Bars()
    click.get_current_context().call_on_close(bars.stop)
    return bars


def _line(stage: str, done: int, total: int) -> None:
    if total and done >= total:
        click.echo(f"{stage}: {total:,} done", err=True)


class Bars:
    """Bars with counts and the time that is left. State: what is on the screen, once there is any."""

    def __init__(self) -> None:
        self._shown: Progress | None = None
        self._tasks: dict[str, TaskID] = {}

    def __call__(self, stage: str, done: int, total: int) -> None:
        if not total:
            return
        self._shown = self._shown or _start()
        if stage not in self._tasks:
            self._tasks[stage] = self._shown.add_task(f"{stage:<9}", total=total)
        self._shown.update(self._tasks[stage], completed=done, total=total)

    def stop(self) -> None:
        """Leave the bars as they are, and give the terminal back."""
        if self._shown:
            self._shown.stop()


def _start() -> Progress:
    # Here, for most builds have nothing to show and should not wait for it.
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    shown = Progress(*columns, console=Console(stderr=True))
    shown.start()
    return shown


def show_costs(costs: Iterable[Cost]) -> None:
    """A table of what each stage took."""
    click.echo(f"{'stage':<10}{'seconds':>9}{'hits':>9}{'runs':>9}", err=True)
    for cost in costs:
        click.echo(f"{cost.stage:<10}{cost.seconds:>9.2f}{cost.hits:>9,}{cost.runs:>9,}", err=True)


def printable(name: str) -> str:
    """A name without the characters that would turn the line about it round, or hide it."""
    return "".join(mark if mark.isprintable() else repr(mark)[1:-1] for mark in name)


def show(problems: tuple[Problem, ...], below: str = "saved/", more: str = "") -> None:
    """Print the problems; `below` is where saved files lie, `more` how to see those left out."""
    notices = [problem for problem in problems if not problem.fatal]
    for problem in [*(one for one in problems if one.fatal), *notices[:NOTICES_SHOWN]]:
        click.echo(f"{printable(problem.where(below))}: {problem.message}", err=True)
    if len(notices) > NOTICES_SHOWN:
        click.echo(f"... and {len(notices) - NOTICES_SHOWN} more notices{more}.", err=True)


def count(number: int, one: str, many: str = "") -> str:
    return f"{number:,} {one if number == 1 else many or one + 's'}"
