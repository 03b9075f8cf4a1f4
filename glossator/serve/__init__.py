"""Live preview: a save is built, and every open browser is told.

livereload brings the protocol, its browser script and the server; watchfiles notices saves (livereload's own watcher
polls, and loses a save that follows another). The server answers this machine only: a page from elsewhere that knows
the address can neither read it nor listen to it.
"""

from __future__ import annotations

import asyncio
import re
import traceback
import webbrowser
from collections.abc import AsyncIterator, Callable, Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import click
from livereload.handlers import LiveReloadHandler, LiveReloadJSHandler
from livereload.server import LiveScriptInjector
from tornado import web
from watchfiles import awatch

from glossator.config import Config, SiteError
from glossator.disk import failure
from glossator.pipeline import Places, Report, build
from glossator.serve import corrections
from glossator.serve.corrections import HOSTS, LARGEST, Desk

DEBOUNCE = 50
"""Milliseconds of quiet after a save: an editor writes a file in several steps."""
RETRY_PORTS = 20

Settings = Callable[[], Config]
Shown = Callable[[Report], None]


class _Socket(LiveReloadHandler):  # type: ignore[misc]  # livereload has no types
    """Talks to pages of this machine only."""

    def check_origin(self, origin: str) -> bool:
        return origin != "null" and urlsplit(origin).netloc == self.request.host


class _Files(web.StaticFileHandler):
    """The files of the site, always fresh, hidden ones excepted."""

    def validate_absolute_path(self, root: str, absolute_path: str) -> str | None:
        if any(part.startswith(".") for part in Path(absolute_path).relative_to(root).parts):
            raise web.HTTPError(404)
        return super().validate_absolute_path(root, absolute_path)

    def set_extra_headers(self, path: str) -> None:  # noqa: ARG002 -- tornado's arguments
        self.set_header("Cache-Control", "no-store")
        self.set_header("X-Content-Type-Options", "nosniff")
        self.set_header("Cross-Origin-Resource-Policy", "same-origin")

    def write_error(self, status_code: int, **kwargs: Any) -> None:
        page = Path(self.root) / "404.html"
        if status_code == 404 and page.is_file():
            self.finish(page.read_bytes())
        else:
            super().write_error(status_code, **kwargs)


class _Injector(LiveScriptInjector):  # type: ignore[misc]  # livereload has no types
    """Adds scripts to the pages that are served, as files: the pages allow no others."""

    script = b""

    @classmethod
    def of(cls, desk: Desk) -> type[_Injector]:
        """One that adds the controls for decisions too."""
        added = b'<script src="/livereload.js" defer></script>' + corrections.head(desk)
        return type("_OwnInjector", (cls,), {"script": added})


@dataclass(frozen=True, slots=True)
class Address:
    """Where the preview is to be seen, and the file that the settings are read from."""

    config: Path
    port: int
    open_browser: bool


def serve(places: Places, settings: Settings, shown: Shown, address: Address) -> None:
    """Build, then serve and watch until the person stops it (Ctrl-C).

    `settings` reads the configuration anew. Raises SiteError if the first build has a wrong set-up, or where no port is
    free; OSError if the files cannot be watched.
    """
    first = build(places, settings(), _quiet)
    shown(first)
    try:
        asyncio.run(_serve(places, settings, shown, address, first))
    except KeyboardInterrupt:
        click.echo("Stopped.")
    except ExceptionGroup as group:
        raise group.exceptions[0] from group


async def _serve(places: Places, settings: Settings, shown: Shown, address: Address, first: Report) -> None:
    desk = Desk(places, settings)
    port = _listen(_application(desk), address.port)
    url = f"http://{HOSTS[0]}:{port}/"
    click.echo(f"{url}  (Ctrl-C stops it)")
    if address.open_browser:
        webbrowser.open(url)
    saved = asyncio.Event()
    last: Report | None = first
    async with asyncio.TaskGroup() as tasks:
        tasks.create_task(_watch(places, address.config, saved, tasks))
        while await saved.wait():
            saved.clear()
            async with desk.lock:
                report = await asyncio.to_thread(_rebuild, places, settings)
                desk.known.clear()
            changed = report is not None and bool(report.written or report.removed)
            if report and (changed or last is None or report.problems != last.problems):
                shown(report)
            if changed:
                _tell_browsers()
            last = report


def _rebuild(places: Places, settings: Settings) -> Report | None:
    """A build that failed is told, and the preview goes on: the next save may be the remedy."""
    try:
        return build(places, settings(), _quiet)
    except SiteError as error:
        click.echo(f"{error.message} {error.hint}".strip(), err=True)
    except OSError as error:
        click.echo(failure(error), err=True)
    except Exception:  # noqa: BLE001 -- a bug on the way must not cost the preview
        click.echo(f"{traceback.format_exc()}The change could not be built: please report it.", err=True)
    return None


async def _watch(places: Places, config: Path, saved: asyncio.Event, tasks: asyncio.TaskGroup) -> None:
    """Set `saved` when all is watched, and at every save. What is made later is watched from then on."""
    beside = sorted({path.parent for path in (places.content, config) if path.parent.is_dir()})
    inside = tasks.create_task(_watch_inside(places, saved))
    async for _ in _changes(beside, lambda path: path in (places.content, places.templates, config), recursive=False):
        inside.cancel()
        inside = tasks.create_task(_watch_inside(places, saved))


async def _watch_inside(places: Places, saved: asyncio.Event) -> None:
    saved.set()  # what was saved before this is built too
    folders = [path for path in (places.content, places.templates) if path.is_dir()]
    async for _ in _changes(folders, _wanted(places), recursive=True):
        saved.set()


def _changes(paths: Iterable[Path], wanted: Callable[[Path], bool], recursive: bool) -> AsyncIterator[object]:
    return awatch(
        *paths,
        watch_filter=lambda _, path: wanted(Path(path)),
        debounce=DEBOUNCE,
        step=DEBOUNCE,
        recursive=recursive,
    )


def _application(desk: Desk) -> web.Application:
    app = web.Application(transforms=[_Injector.of(desk)])
    handlers: list[Any] = [
        (r"/livereload", _Socket),
        (r"/livereload\.js", LiveReloadJSHandler),
        *corrections.handlers(desk),
        (r"/(.*)", _Files, {"path": str(desk.places.site), "default_filename": "index.html"}),
    ]
    # Any other name in the Host header is refused: it would be another site's, pointed at this machine.
    names = "|".join(re.escape(host.strip("[]")) for host in HOSTS)
    app.add_handlers(f"(?:{names})$", handlers)  # tornado sets the end of the last alternative only
    return app


def _listen(app: web.Application, port: int) -> int:
    last = min(port + RETRY_PORTS, 65536) - 1
    for candidate in range(port, last + 1):
        try:
            app.listen(candidate, address=HOSTS[0], max_body_size=LARGEST)
        except OSError:
            continue
        return candidate
    raise SiteError(f"No port from {port} to {last} is free.", "Choose another: serve --port 9000.")


def _wanted(places: Places) -> Callable[[Path], bool]:
    """Saves that matter: not those in the site, not what editors and the build itself leave behind."""
    return lambda path: (
        not (path.is_relative_to(places.site) or path.name.startswith(".") or path.name.endswith(("~", ".swp", ".tmp")))
    )


def _tell_browsers() -> None:
    message = {"command": "reload", "path": "*", "liveCSS": False, "liveImg": False}
    for waiter in LiveReloadHandler.waiters.copy():
        waiter.send_message(message)


def _quiet(stage: str, done: int, total: int) -> None:
    """No progress: a preview build is over before it could be read."""
