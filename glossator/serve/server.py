"""The server of the preview: the files of the site, with what the preview adds to its pages.

It answers this machine only: a page from elsewhere that knows the address can neither read it nor listen to it.
"""

from __future__ import annotations

import re
from dataclasses import asdict
from pathlib import Path
from typing import Any

from livereload.handlers import LiveReloadJSHandler
from tornado import web
from tornado.httpserver import HTTPServer

from glossator.config import SiteError
from glossator.digest import digest
from glossator.disk import Unusable, read_bytes
from glossator.serve import corrections
from glossator.serve.browsers import PROBLEMS, Browsers, Socket
from glossator.serve.corrections import HOSTS, LARGEST, Desk
from glossator.serve.own import PREFIX, Asset, Own
from glossator.urls import NOT_FOUND

RETRY_PORTS = 20
HEAD_END = b"</head>"
ADDED = (
    f'<link rel="stylesheet" href="{PREFIX}preview.css">'
    # Before livereload's script, which looks for it.
    f'<script src="{PREFIX}preview.js" data-shown="%s" defer></script>'
    '<script src="/livereload.js" defer></script>'
)


def application(desk: Desk, browsers: Browsers) -> web.Application:
    """What answers on the port of the preview."""
    app = web.Application()
    site = {"path": str(browsers.site), "default_filename": "index.html"}
    handlers: list[Any] = [
        (r"/livereload", Socket, {"browsers": browsers}),
        (r"/livereload\.js", LiveReloadJSHandler),
        (rf"{PREFIX}((?:preview|corrections)\.(?:js|css))", Asset),
        (PROBLEMS, _Problems, {"browsers": browsers}),
        *corrections.handlers(desk),
        (r"/(.*)", _Files.of(desk), site),
    ]
    # Any other name in the Host header is refused: it would be another site's, pointed at this machine.
    names = "|".join(re.escape(host.strip("[]")) for host in HOSTS)
    app.add_handlers(f"(?:{names})$", handlers)  # tornado sets the end of the last alternative only
    return app


def listen(app: web.Application, port: int) -> tuple[HTTPServer, int]:
    """Answer on the first port from `port` on that is free. Raises SiteError if none of some is."""
    last = min(port + RETRY_PORTS, 65536) - 1
    for candidate in range(port, last + 1):
        try:
            return app.listen(candidate, address=HOSTS[0], max_body_size=LARGEST), candidate
        except OSError:
            continue
    raise SiteError(f"No port from {port} to {last} is free.", "Choose another: serve --port 9000.")


class _Problems(Own):
    """What is wrong with the last build."""

    def initialize(self, browsers: Browsers) -> None:
        self.browsers = browsers

    def get(self) -> None:
        self.answer(asdict(self.browsers.troubles))


class _Files(Own, web.StaticFileHandler):
    """The files of the site, hidden ones excepted. Each is read at once, for a build may replace it meanwhile."""

    added = b""

    @classmethod
    def of(cls, desk: Desk) -> type[_Files]:
        """Those that add the controls for decisions to their pages too."""
        return type("_OwnFiles", (cls,), {"added": corrections.head(desk)})

    async def get(self, path: str, include_body: bool = True) -> None:  # noqa: ARG002 -- tornado leaves out the body of HEAD
        self.path = self.parse_url_path(path)
        wanted = self.get_absolute_path(self.root, self.path)
        self.absolute_path = self.validate_absolute_path(self.root, wanted) or ""
        if not self.absolute_path:
            return  # it was sent on to the address of the folder
        try:
            content = read_bytes(Path(self.absolute_path))
        except Unusable:
            raise web.HTTPError(404) from None
        self.set_header("Content-Type", self.get_content_type())
        self.finish(self._with_scripts(content) if self.absolute_path.endswith(".html") else content)

    def validate_absolute_path(self, root: str, absolute_path: str) -> str | None:
        if any(part.startswith(".") for part in Path(absolute_path).relative_to(root).parts):
            raise web.HTTPError(404)
        return super().validate_absolute_path(root, absolute_path)

    def compute_etag(self) -> None:
        """None: tornado would remember that of the first version for ever."""

    def write_error(self, status_code: int, **kwargs: Any) -> None:
        try:
            page = read_bytes(Path(self.root) / NOT_FOUND) if status_code == 404 else b""
        except Unusable:
            page = b""
        if page:
            self.finish(self._with_scripts(page))
        else:
            super().write_error(status_code, **kwargs)

    def _with_scripts(self, page: bytes) -> bytes:
        """A page with scripts added, as files: the pages allow no others."""
        return page.replace(HEAD_END, (ADDED % digest(page)).encode() + self.added + HEAD_END, 1)
