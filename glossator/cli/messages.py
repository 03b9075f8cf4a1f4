"""Messages of the commands: progress, problems, numbers."""

from __future__ import annotations

import os
import sys
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import replace
from typing import TYPE_CHECKING

import click
import msgspec

from glossator.cli.notices import grouped
from glossator.model import KeptBack, Problem
from glossator.python_command import runnable
from glossator.rights import SITE_SETTING
from glossator.text import list_first

if TYPE_CHECKING:
    from rich.progress import Progress, TaskID

    from glossator.pipeline.context import Report, StageCost

SOME_FAILED = 1
"""The exit code when some file could not be used and the rest is done."""
SCREENFUL = 20
"""Lines of one kind that are printed; the rest is counted."""
NOTICES_SHOWN = 100
"""Notices printed; problems that cost something are all printed."""


@contextmanager
def progress(quiet: bool) -> Iterator[Callable[[str, int, int], None]]:
    """Yield what shows progress: a bar for each stage on a terminal, elsewhere a line for each finished stage.

    The bars stop with the context, so that they are not drawn over what is printed next.
    """
    if quiet:
        yield lambda *_: None
    elif not sys.stderr.isatty():
        yield _line
    else:
        bars = Bars()
        try:
            yield bars
        finally:
            bars.stop()


def _line(stage: str, done: int, total: int) -> None:
    if total and done >= total:
        click.echo(f"{STAGE_NAMES.get(stage, stage)}: {total:,} done", err=True)


SHOWN_OF = {"excerpt": "as excerpts", "metadata": "as metadata", "private": "private"}
"""Words for the texts that are kept back, by their rights."""
STAGE_NAMES = {
    "extract": "reading",
    "annotate": "names",
    "rematch": "names again",
    "render": "pages",
    "recognise": "formats",
}
"""Plain words for the stages whose progress is shown."""


class Bars:
    """Progress bars with counts and the time left. State: the display, once there is anything to show."""

    def __init__(self) -> None:
        self._display: Progress | None = None
        self._tasks: dict[str, TaskID] = {}

    def __call__(self, stage: str, done: int, total: int) -> None:
        if not total:
            return
        self._display = self._display or _start()
        if stage not in self._tasks:
            self._tasks[stage] = self._display.add_task(f"{STAGE_NAMES.get(stage, stage):<11}", total=total)
        self._display.update(self._tasks[stage], completed=done, total=total)

    def stop(self) -> None:
        """Stop updating the bars, and give the terminal back."""
        if self._display:
            self._display.stop()


def _start() -> Progress:
    # Imported here, because most builds have no progress to show and should not wait for rich.
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    display = Progress(*columns, console=Console(stderr=True))
    display.start()
    return display


def with_runnable(report: Report) -> Report:
    """Return a report whose messages name commands as they run here, and nobody if everybody may read them."""
    problems = (msgspec.structs.replace(problem, message=runnable(told_to_all(problem))) for problem in report.problems)
    return replace(report, problems=tuple(problems))


def show_costs(costs: Iterable[StageCost]) -> None:
    """Print a table of the time that each stage took."""
    click.echo(f"{'stage':<10}{'seconds':>9}{'hits':>9}{'runs':>9}", err=True)
    for cost in costs:
        click.echo(f"{cost.stage:<10}{cost.seconds:>9.2f}{cost.hits:>9,}{cost.runs:>9,}", err=True)


def printable(name: str) -> str:
    """Escape the characters of a name that would reverse or hide the line around it."""
    return "".join(mark if mark.isprintable() else repr(mark)[1:-1] for mark in name)


def show(
    problems: tuple[Problem, ...], below: str = "saved/", more: str = "", given: Mapping[str, str] | None = None
) -> None:
    """Print the problems; those that many files have in common as one sentence with a list.

    `below` is the folder of saved files, `more` says how to see the notices left out. `given` are the paths by which a
    person knows saved files of which nothing is kept, by their names there: then nobody is advised to edit anything.
    """
    public = [msgspec.structs.replace(problem, message=told_to_all(problem)) for problem in problems]
    notices = [problem for problem in public if not (problem.fatal or problem.lasting)]
    for problem in (problem for problem in public if problem.fatal or problem.lasting):
        click.echo(f"{_place(problem, below, given)}: {runnable(problem.message)}", err=True)
    for group in grouped(notices[:NOTICES_SHOWN], advise=given is None):
        if group.sentence:
            click.echo(group.sentence, err=True)
        for problem, sentence in group.files:
            indent = "  " if group.sentence else ""
            click.echo(f"{indent}{_place(problem, below, given)}: {runnable(sentence)}", err=True)
    if len(notices) > NOTICES_SHOWN:
        click.echo(f"... and {len(notices) - NOTICES_SHOWN} more notices{more}.", err=True)


def is_public_run() -> bool:
    """True if what is printed may be read by everybody: in continuous integration."""
    return os.environ.get("CI", "").lower() not in ("", "0", "false")


def told_to_all(problem: Problem) -> str:
    """Return the message of a problem; nothing of what it names if that is kept back and everybody may read it."""
    if problem.reveals and is_public_run():
        return "what this says may be private, and everybody reads it here; a build on your own machine says it."
    return problem.message


def _place(problem: Problem, below: str, given: Mapping[str, str] | None) -> str:
    if given and problem.is_of_saved_file and problem.path in given:
        return printable(given[problem.path])
    return printable(problem.where(below))


def show_disclosure(report: Report) -> None:
    """Print what the site makes public and what it keeps back, and what a public repository would show besides."""
    account = report.disclosure
    others = (
        f" ({account.sourced:,} by others, from {count(account.publications, 'publication')})"
        if account.sourced
        else ""
    )
    shown = [
        f"{count(account.whole, 'article')} whole{others}",
        f"{count(report.entities, 'entity', 'entities')} with a page",
    ]
    shown += [count(account.people, "page of a person", "pages of people")] if account.people else []
    shown += [count(account.pictures, "picture")] if account.pictures else []
    click.echo(f"Public: {', '.join(shown)}.")
    if account.unsourced:
        named = printable(list_first(account.unsourced))
        click.echo(f"  whole, because no source is known, so that they count as yours: {named}")
    _show_kept_back(account.kept_back)
    if account.private_names:
        click.echo(f"  nothing is said of {count(len(account.private_names), 'private name')}")
    if account.repository:
        click.echo(
            "Only the site is published. If the archive, too, goes to a public repository, that shows what the site "
            f"keeps back: {printable(list_first(account.repository))}."
        )


def _show_kept_back(texts: Sequence[KeptBack]) -> None:
    """Print how many texts the site's setting keeps back, and name those that keep themselves back."""
    by_setting = Counter(text.rights for text in texts if text.reason.startswith(SITE_SETTING))
    own = [text for text in texts if not text.reason.startswith(SITE_SETTING)]
    parts = [f"{count(number, 'article')} {SHOWN_OF[part]}, by the setting" for part, number in by_setting.items()]
    by_themselves = Counter(text.rights for text in own).items()
    parts += [f"{SHOWN_OF[part]} by themselves: {number:,}" for part, number in by_themselves]
    if parts:
        click.echo(f"  {'; '.join(parts)}")
    for text in own[:SCREENFUL]:
        reason = f": {printable(text.reason)}" if text.reason else ""
        click.echo(f"  kept back ({text.rights}): {printable(text.file)}{reason}")
    if len(own) > SCREENFUL:
        click.echo(f"  ... and {len(own) - SCREENFUL:,} more; --json names them all.")


def count(number: int, singular: str, plural: str = "") -> str:
    """Format a number with its noun; without `plural`, the plural is the singular with an s."""
    return f"{number:,} {singular if number == 1 else plural or singular + 's'}"
