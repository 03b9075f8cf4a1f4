"""The server of the preview: the files of the site, with the scripts and styles that the preview adds to its pages.

The server answers this machine only: a page from elsewhere that knows its address can neither read nor listen, and
cannot show the preview in a frame.
"""

from __future__ import annotations

from errno import EADDRINUSE
from pathlib import Path
from socket import create_server, socket
from typing import Any

import msgspec
from livereload.handlers import LiveReloadJSHandler
from tornado import web
from tornado.httpserver import HTTPServer

from glossator.config import SiteError
from glossator.files import Unusable, read_bytes
from glossator.serve import article_corrections, corrections, highlights, own_pages, proof
from glossator.serve.browsers import PROBLEMS, Browsers, PageSocket
from glossator.serve.corrections import Corrections
from glossator.serve.first_pages import STATE
from glossator.serve.inbox import ADDRESS, Inbox, InboxHandler
from glossator.serve.request_guard import HOSTS, PREFIX, AssetHandler, GuardedApplication, PreviewHandler
from glossator.site_paths import NOT_FOUND
from glossator.text import digest

MAX_REQUEST_BYTES = 1024 * 1024
"""Ample for the highlights of an article; a decision has a few names."""
TIMEOUT = 10.0
"""Seconds that the head of a request, or its body, may take; and that an unused connection stays open."""


def application(shared: Corrections, browsers: Browsers, inbox: Inbox | None) -> web.Application:
    """Assemble the handlers of the preview's port; without an inbox nobody can send a page."""
    site = {"path": str(browsers.site), "default_filename": "index.html"}
    handlers: list[Any] = [
        (r"/livereload", PageSocket, {"browsers": browsers}),
        (r"/livereload\.js", _LiveReloadScriptHandler),
        (rf"{PREFIX}((?:preview|corrections|highlight-files|own-pages)\.(?:js|css))", AssetHandler),
        (PROBLEMS, _ProblemsHandler, {"browsers": browsers}),
        *corrections.handlers(shared),
        *article_corrections.handlers(shared),
        *highlights.handlers(shared),
        *own_pages.handlers(shared),
        *proof.handlers(shared),
        *([(ADDRESS, InboxHandler, {"inbox": inbox})] if inbox else []),
        (STATE, _SiteIsThereHandler),
        (r"/(.*)", SiteHandler.with_corrections(shared), site),
    ]
    return GuardedApplication(handlers)


def bind(port: int) -> socket:
    """Take a port of this machine; any free one if `port` is 0. Raises SiteError if the port cannot be had."""
    try:
        bound = create_server((HOSTS[0], port))
    except OSError as error:
        reason = (
            "is taken" if error.errno == EADDRINUSE else f"cannot be used ({(error.strerror or str(error)).lower()})"
        )
        hint = "Choose another, such as serve --port 9000, or any free one with --port 0."
        raise SiteError(f"Port {port} {reason}.", hint) from None
    bound.setblocking(False)
    return bound


def listen(app: web.Application, bound: socket) -> HTTPServer:
    """Answer requests at a socket that `bind` returned."""
    timeouts = {"idle_connection_timeout": TIMEOUT, "body_timeout": TIMEOUT}
    server = HTTPServer(app, max_body_size=MAX_REQUEST_BYTES, **timeouts)
    server.add_socket(bound)
    return server


class _ProblemsHandler(PreviewHandler):
    """Problems of the last build, as JSON."""

    def initialize(self, browsers: Browsers) -> None:
        self.browsers = browsers

    def get(self) -> None:
        self.answer(msgspec.to_builtins(self.browsers.panel))


class _SiteIsThereHandler(PreviewHandler):
    """Answer to a page of the first build, which reloads: there is a site now."""

    def get(self) -> None:
        self.set_header("Content-Type", "text/plain")
        self.finish("built")


class _LiveReloadScriptHandler(PreviewHandler, LiveReloadJSHandler):  # type: ignore[misc]  # livereload has no types
    """livereload's script."""


HEAD_END = b"</head>"
ADDED = (
    f'<link rel="stylesheet" href="{PREFIX}preview.css">'
    # Before livereload's script, which looks for plugins when it starts.
    f'<script src="{PREFIX}preview.js" data-digest="%s" defer></script>'
    '<script src="/livereload.js" defer></script>'
)


class SiteHandler(PreviewHandler, web.StaticFileHandler):
    """Files of the site, except hidden ones. Each is read whole at once, because a build may replace it meanwhile."""

    corrections_head = b""

    @classmethod
    def with_corrections(cls, shared: Corrections) -> type[SiteHandler]:
        """Create a handler that adds the controls for decisions to each page."""
        added = corrections.head(shared) + highlights.head(shared) + own_pages.head(shared)
        return type("CorrectionsSiteHandler", (cls,), {"corrections_head": added})

    async def get(self, path: str, include_body: bool = True) -> None:  # noqa: ARG002 -- tornado leaves out the body of HEAD
        if "\0" in path:
            raise web.HTTPError(404)  # the system would refuse to look for it
        self.path = self.parse_url_path(path)
        requested = self.get_absolute_path(self.root, self.path)
        self.absolute_path = self.validate_absolute_path(self.root, requested) or ""
        if not self.absolute_path:
            return  # redirected to the address of the folder
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
        """Return none, because tornado would never update the etag of a file's first version."""

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
        """Add the scripts to a page, as links to files, because the page's policy forbids inline scripts."""
        return page.replace(HEAD_END, (ADDED % digest(page)).encode() + self.corrections_head + HEAD_END, 1)
