"""The running preview: builds after each save, tells the browsers, and keeps the search index up to date."""

from __future__ import annotations

import asyncio
import traceback
import webbrowser
from collections.abc import Callable, Iterable
from contextlib import AbstractContextManager, nullcontext
from pathlib import Path
from socket import socket

import click
import msgspec

from glossator.config import AnotherBuild, SiteError
from glossator.files import failure
from glossator.incremental.memo import Progress, no_progress
from glossator.model import SitePath
from glossator.output import WriteResult
from glossator.pipeline import Report
from glossator.python_command import runnable
from glossator.serve.browsers import Browsers
from glossator.serve.build_thread import ArchiveThread, PreviewBuilder, update_when_idle
from glossator.serve.corrections import Corrections
from glossator.serve.inbox import ADDRESS as INBOX_ADDRESS
from glossator.serve.inbox import Inbox
from glossator.serve.problem_panel import (
    READ_STAGES,
    ProblemPanel,
    panel_of_error,
    panel_of_other_build,
    panel_of_report,
    panel_of_stage,
)
from glossator.serve.request_guard import HOSTS
from glossator.serve.server import application, listen
from glossator.serve.watched_folders import WatchedArchive, take_from_folders
from glossator.serve.watching import Saves, watch

READ_AHEAD_DELAY = 0.2
"""Seconds between the opening of a page and reading its article ahead, so that a save in between need not wait."""

RETRY_DELAY = 1.0
"""Seconds after which a build is tried again that found another one running."""

ShowReport = Callable[[Report], None]
ShowProgress = Callable[[], AbstractContextManager[Progress]]
"""Makes a context that shows the progress of a build."""


class Intake(msgspec.Struct, frozen=True):
    """Ways by which pages come to the inbox while the preview runs."""

    token: str = ""
    """Secret with which pages are sent; empty if none are taken."""
    watched: WatchedArchive | None = None


class Address(msgspec.Struct, frozen=True):
    """Address of the preview, and the settings file to watch."""

    config: Path
    port: int
    """Zero for any free port."""
    open_browser: bool
    intake: Intake = Intake()


class Preview:
    """One archive, built at every save. State: the last report, the saves since, the open browsers."""

    def __init__(
        self,
        builder: PreviewBuilder,
        show_report: ShowReport,
        first: Report,
        settings: Path,
        show_progress: ShowProgress = lambda: nullcontext(no_progress),
    ) -> None:
        self.builder = builder
        self.show_report = show_report
        self.show_progress = show_progress
        self.last_report: Report | None = first
        self.thread = ArchiveThread()
        self.corrections = Corrections(
            builder.paths,
            builder.read_config,
            self.thread,
            builder.worker,
            builder.built,
            settings,
            lambda: builder.articles,
        )
        self.browsers = Browsers(builder.paths.site, self.read_ahead)
        self.saves = Saves()
        self.inbox: Inbox | None = None
        self.browsers.show_problems(panel_of_report(first))

    async def run(self, address: Address, bound: socket) -> None:
        """Serve at the socket that `bind` returned, and watch, until the task is cancelled."""
        url = f"http://{HOSTS[0]}:{bound.getsockname()[1]}/"
        if token := address.intake.token:
            self.inbox = Inbox(self.builder, token, self.saves.add)
        server = listen(application(self.corrections, self.browsers, self.inbox), bound)
        click.echo(f"{url}  (Ctrl-C stops it)")
        if token:
            click.echo(f"{url.rstrip('/')}{INBOX_ADDRESS} takes pages with the token {token}")
        if address.open_browser:
            webbrowser.open(url)
        try:
            self.read_ahead(None)
            async with asyncio.TaskGroup() as tasks:
                tasks.create_task(watch(self.builder.paths, address.config, self.saves, tasks))
                if address.intake.watched:
                    tasks.create_task(take_from_folders(address.intake.watched))
                while True:
                    indexing = tasks.create_task(self.update_index())
                    await self.saves.noticed()
                    indexing.cancel()
                    changed = await self.saves.take()
                    if self.builder.concerns_site(changed):
                        await self.build(changed)
        finally:
            server.stop()
            await server.close_all_connections()
            if self.inbox:
                self.inbox.close()

    def read_ahead(self, page: SitePath | None) -> None:
        """Schedule the reading of a page's article, which may be saved next; without a page, of the newest article."""

        def read() -> None:
            if not self.saves.pending():
                self.thread.executor.submit(self.builder.read_ahead, page)

        asyncio.get_running_loop().call_later(READ_AHEAD_DELAY, read)

    async def build(self, changed: frozenset[Path]) -> None:
        """Bring the site up to date and notify the browsers. A build that fails leaves the site as it was."""
        loop = asyncio.get_running_loop()

        def notify_early(paths: Iterable[SitePath]) -> None:
            loop.call_soon_threadsafe(self.browsers.notify, tuple(paths))

        def tell_browsers(panel: ProblemPanel) -> None:
            click.echo(panel.title, err=True)
            loop.call_soon_threadsafe(self.browsers.show_problems, panel)

        def build_on_thread() -> tuple[Report | None, ProblemPanel] | None:
            self.corrections.forget()
            with self.show_progress() as progress:
                hear = _told_if_long(progress, tell_browsers)
                return _build(lambda: self.builder.build(changed, notify_early, self.saves.pending, hear))

        try:
            outcome = await self.thread.run(build_on_thread)
        except AnotherBuild as error:
            waiting = panel_of_other_build(error)
            if self.browsers.panel != waiting:
                click.echo(waiting.title, err=True)
            self.browsers.show_problems(waiting)
            loop.call_later(RETRY_DELAY, self.saves.add, changed)
            return
        if outcome is None:
            return  # overtaken: the next build notifies the browsers of both
        report, panel = outcome
        if self.inbox:
            self.inbox.built()
        # Browsers compare the site's bytes, not the report: a build that failed may have written pages.
        self.browsers.notify((*report.written, *report.removed) if report else ())
        self.browsers.show_problems(panel)
        if report and (report.written or report.removed or self._has_other_problems(report)):
            self.show_report(report)
        self.last_report = report

    def _has_other_problems(self, report: Report) -> bool:
        return not self.last_report or report.problems != self.last_report.problems

    async def update_index(self) -> None:
        """Bring the search index up to date while nothing is saved."""
        if not self.last_report:
            return  # the build failed and its problem is shown
        try:
            await update_when_idle(self.thread, self.builder, self.show_index)
        except AnotherBuild:  # a command beside the preview: the index follows the build that its change starts
            asyncio.get_running_loop().call_later(RETRY_DELAY, self.saves.add, ())
        except (SiteError, OSError) as error:
            _print_error(error)
            self.browsers.show_problems(panel_of_error(error))

    def show_index(self, written: WriteResult) -> None:
        """Report a new search index to the browsers."""
        self.browsers.notify((*written.changed, *written.removed))
        click.echo("The search index is up to date.")


def _told_if_long(progress: Progress, tell: Callable[[ProblemPanel], None]) -> Progress:
    """Return what tells of a build from the moment at which it has read some files and has more to read."""
    long: set[str] = set()

    def hear(stage: str, done: int, total: int) -> None:
        if stage in READ_STAGES and stage not in long and done < total:
            long.add(stage)
            tell(panel_of_stage(stage, total))
        if long:
            progress(stage, done, total)

    return hear


def _build(build: Callable[[], Report | None]) -> tuple[Report | None, ProblemPanel] | None:
    """Return the report and the problems; None if another save overtook the build.

    A build that fails has no report. Its error is printed and the preview goes on, since the next save may mend it.
    """
    try:
        report = build()
    except AnotherBuild:
        raise
    except Exception as error:  # noqa: BLE001 -- a bug in a build must not end the preview
        _print_error(error)
        return None, panel_of_error(error)
    return (report, panel_of_report(report)) if report else None


def _print_error(error: Exception) -> None:
    match error:
        case SiteError():
            click.echo(runnable(f"{error.message} {error.hint}".strip()), err=True)
        case OSError():
            click.echo(failure(error), err=True)
        case _:
            trace = "".join(traceback.format_exception(error))
            click.echo(f"{trace}The change could not be built: please report it.", err=True)
