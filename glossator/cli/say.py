"""What the verbs print: progress, problems, numbers."""

from __future__ import annotations

import sys
from collections.abc import Callable

import click

from glossator.model import Problem

SOME_FAILED = 1
"""The exit code when some file could not be used and the rest is done."""
NOTICES_SHOWN = 20
"""Notices, of which nothing was lost; of what failed every line is shown."""
BELOW_SAVED = frozenset({"find", "extract", "convert"})
"""Stages whose problems name a saved file, by its path below the folder that it was found in."""


def progress(quiet: bool) -> Callable[[str, int, int], None]:
    """A line that grows on a terminal; elsewhere one line when a stage is done."""

    def say(stage: str, done: int, total: int) -> None:
        if quiet or not total:
            return
        if sys.stderr.isatty():
            click.echo(f"\r{stage:<9} {done} of {total}", err=True, nl=done >= total)
        elif done >= total:
            click.echo(f"{stage}: {total} done", err=True)

    return say


def show(problems: tuple[Problem, ...], below: str = "saved/") -> None:
    """Print the problems; `below` is where the files of BELOW_SAVED lie."""
    notices = [problem for problem in problems if not problem.fatal]
    for problem in [*(one for one in problems if one.fatal), *notices[:NOTICES_SHOWN]]:
        path = f"{below}{problem.path}" if problem.stage in BELOW_SAVED else problem.path
        line = f", line {problem.line}" if problem.line else ""
        click.echo(f"{path}{line}: {problem.message}", err=True)
    if len(notices) > NOTICES_SHOWN:
        click.echo(f"... and {len(notices) - NOTICES_SHOWN} more notices; --json prints them all.", err=True)


def count(number: int, one: str, many: str = "") -> str:
    return f"{number:,} {one if number == 1 else many or one + 's'}"
