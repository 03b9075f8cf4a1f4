"""Live preview: a save is built, and every open browser is told.

livereload brings the protocol, its browser script and the server; watchfiles notices saves (livereload's own watcher
polls, and loses a save that follows another). The server answers this machine only: a page from elsewhere that knows
the address can neither read it nor listen to it.
"""

from __future__ import annotations

import asyncio
import re
import webbrowser
from collections.abc import Callable
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import click
from livereload.handlers import LiveReloadHandler, LiveReloadJSHandler
from livereload.server import LiveScriptInjector
from tornado import web
from watchfiles import Change, awatch

from glossator.config import Config, SiteError
from glossator.output import MANIFEST
from glossator.pipeline import Places, Report, build

HOSTS = ("127.0.0.1", "localhost", "[::1]")
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
    """Adds livereload's script to the pages that are served, as a file: the pages allow no other."""

    script = b'<script src="/livereload.js" defer></script>'


def serve(places: Places, settings: Settings, shown: Shown, address: tuple[Path, int, bool]) -> None:
    """Build, then serve and watch until the person stops it (Ctrl-C).

    `settings` reads the configuration anew; `address` is the configuration file to watch, the port, and whether to open
    the browser. Raises SiteError if the first build has a wrong set-up, or where no port is free.
    """
    shown(build(places, settings(), _quiet))
    try:
        asyncio.run(_serve(places, settings, shown, address))
    except KeyboardInterrupt:
        click.echo("Stopped.")


async def _serve(places: Places, settings: Settings, shown: Shown, address: tuple[Path, int, bool]) -> None:
    config, port, open_browser = address
    port = _listen(_application(places.site), port)
    url = f"http://{HOSTS[0]}:{port}/"
    click.echo(f"{url}  (Ctrl-C stops it)")
    if open_browser:
        webbrowser.open(url)
    watched = [path for path in (places.content, places.templates, config) if path.exists()]
    async for _ in awatch(*watched, watch_filter=_wanted(places), debounce=DEBOUNCE, step=DEBOUNCE):
        try:
            report = await asyncio.to_thread(build, places, settings(), _quiet)
        except SiteError as error:
            click.echo(f"{error.message} {error.hint}".strip(), err=True)
            continue
        shown(report)
        if report.written or report.removed:
            _tell_browsers()


def _application(site: Path) -> web.Application:
    app = web.Application(transforms=[_Injector])
    handlers: list[Any] = [
        (r"/livereload", _Socket),
        (r"/livereload\.js", LiveReloadJSHandler),
        (r"/(.*)", _Files, {"path": str(site), "default_filename": "index.html"}),
    ]
    # Any other name in the Host header is refused: it would be another site's, pointed at this machine.
    names = "|".join(re.escape(host.strip("[]")) for host in HOSTS)
    app.add_handlers(f"(?:{names})$", handlers)  # tornado sets the end of the last alternative only
    return app


def _listen(app: web.Application, port: int) -> int:
    for candidate in range(port, port + RETRY_PORTS):
        try:
            app.listen(candidate, address=HOSTS[0])
        except OSError:
            continue
        return candidate
    raise SiteError(f"No port from {port} to {port + RETRY_PORTS - 1} is free.", "Choose another: serve --port 9000.")


def _wanted(places: Places) -> Callable[[Change, str], bool]:
    """Saves that matter: not those in the site, not what editors and the build itself leave behind."""
    site = str(places.site)

    def wanted(_change: Change, path: str) -> bool:
        name = Path(path).name
        return not (
            path.startswith(site) or name.startswith(".") or name.endswith(("~", ".swp", ".tmp")) or name == MANIFEST
        )

    return wanted


def _tell_browsers() -> None:
    message = {"command": "reload", "path": "*", "liveCSS": False, "liveImg": False}
    for waiter in LiveReloadHandler.waiters.copy():
        waiter.send_message(message)


def _quiet(stage: str, done: int, total: int) -> None:
    """No progress: a preview build is over before it could be read."""
