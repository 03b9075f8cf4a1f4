"""Live preview: a save is built, and every open browser is told.

livereload brings the protocol, its browser script and the handlers; watchfiles notices saves (livereload's own watcher
polls, and loses a save that follows another).
"""

from __future__ import annotations

import asyncio
import traceback
import webbrowser
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path

import click

from glossator.config import SiteError
from glossator.disk import failure
from glossator.model import SitePath
from glossator.pipeline import ArchivePaths, Report
from glossator.serve import index, troubles
from glossator.serve.browsers import Browsers
from glossator.serve.corrections import HOSTS, Desk
from glossator.serve.server import application, listen
from glossator.serve.watching import Saves, watch
from glossator.serve.workshop import Settings, Workshop

AHEAD = 0.2
"""Seconds after which a page that came up is read; whoever saves at once is not to wait for that."""
IDLE = 1.0
"""Seconds without a save after which the search index is made anew."""

Shown = Callable[[Report], None]


@dataclass(frozen=True, slots=True)
class Address:
    """Where the preview is to be seen, and the file that the settings are read from."""

    config: Path
    port: int
    open_browser: bool


def serve(paths: ArchivePaths, settings: Settings, shown: Shown, address: Address) -> None:
    """Build, then serve and watch until the person stops it (Ctrl-C).

    `settings` reads the configuration anew. Raises SiteError if the first build has a wrong set-up, or where no port is
    free; OSError if the files cannot be watched.
    """
    workshop = Workshop(paths, settings)
    first = workshop.build(frozenset(), lambda _: None)
    assert first, "nothing can overtake the first build"
    shown(first)
    try:
        asyncio.run(Preview(workshop, shown, first).run(address))
    except KeyboardInterrupt:
        click.echo("Stopped.")
    except ExceptionGroup as group:
        raise group.exceptions[0] from group


class Preview:
    """One archive, built at every save. State: the last report, what was saved since, who looks at it."""

    def __init__(self, workshop: Workshop, shown: Shown, first: Report) -> None:
        self.workshop = workshop
        self.shown = shown
        self.last: Report | None = first
        self.desk = Desk(workshop.paths, workshop.settings)
        self.browsers = Browsers(workshop.paths.site, self.read_ahead)
        self.saves = Saves()
        self.browsers.complain(troubles.of_report(first))

    async def run(self, address: Address) -> None:
        """Serve and watch. Ends with the task that it runs in."""
        server, port = listen(application(self.desk, self.browsers), address.port)
        url = f"http://{HOSTS[0]}:{port}/"
        click.echo(f"{url}  (Ctrl-C stops it)")
        if address.open_browser:
            webbrowser.open(url)
        try:
            self.read_ahead(None)
            async with asyncio.TaskGroup() as tasks:
                tasks.create_task(watch(self.workshop.paths, address.config, self.saves, tasks))
                while True:
                    indexing = tasks.create_task(self.index())
                    await self.saves.noticed()
                    indexing.cancel()
                    await self.build(await self.saves.take())
        finally:
            server.stop()
            await server.close_all_connections()

    def read_ahead(self, page: SitePath | None) -> None:
        """Have the article read that somebody looks at, and may change next; without a page, the newest."""

        def read() -> None:
            if not self.saves.waiting():
                self.desk.thread.submit(self.workshop.read_ahead, page)

        asyncio.get_running_loop().call_later(AHEAD, read)

    async def build(self, changed: frozenset[Path]) -> None:
        """Bring the site up to date, and tell whom it concerns. A build that fails leaves the site as it was."""
        loop = asyncio.get_running_loop()

        def shown_early(paths: Iterable[SitePath]) -> None:
            loop.call_soon_threadsafe(self.browsers.tell, tuple(paths))

        def made() -> tuple[Report | None, troubles.Troubles] | None:
            self.desk.known.clear()
            return _build(lambda: self.workshop.build(changed, shown_early, self.saves.waiting))

        built = await self.desk.work(made)
        if built is None:
            return  # there is more to build, and all is told then
        report, wrong = built
        # What is in the site counts, not the report: a build that failed may have written pages.
        self.browsers.tell((*report.written, *report.removed) if report else ())
        self.browsers.complain(wrong)
        if report and (report.written or report.removed or not self.last or report.problems != self.last.problems):
            self.shown(report)
        self.last = report

    async def index(self) -> None:
        """Bring the search index up to date, if nothing is saved for a while; ended by a save."""
        await asyncio.sleep(IDLE)
        if not self.last:
            return  # the build failed, and said why
        try:
            language = await self.desk.work(self.workshop.unindexed)
            if language is None:
                return
            async with index.prepared(self.workshop.paths.site, language) as folder:
                publishing = asyncio.create_task(self.publish(folder))
                try:
                    await asyncio.shield(publishing)
                finally:
                    await asyncio.wait([publishing])  # half an index would be none
        except (SiteError, OSError) as error:
            _complain(error)
            self.browsers.complain(troubles.of_error(error))

    async def publish(self, folder: Path) -> None:
        written = await self.desk.work(self.workshop.publish, folder)
        self.browsers.tell((*written.changed, *written.removed))
        click.echo("The search index is up to date.")


def _build(build: Callable[[], Report | None]) -> tuple[Report | None, troubles.Troubles] | None:
    """The report and what is wrong; None for a build that gave way to another.

    A build that failed is told, and the preview goes on: the next save may be the remedy.
    """
    try:
        report = build()
    except Exception as error:  # noqa: BLE001 -- a bug on the way must not cost the preview
        _complain(error)
        return None, troubles.of_error(error)
    return (report, troubles.of_report(report)) if report else None


def _complain(error: Exception) -> None:
    match error:
        case SiteError():
            click.echo(f"{error.message} {error.hint}".strip(), err=True)
        case OSError():
            click.echo(failure(error), err=True)
        case _:
            trace = "".join(traceback.format_exception(error))
            click.echo(f"{trace}The change could not be built: please report it.", err=True)
