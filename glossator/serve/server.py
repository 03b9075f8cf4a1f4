"""The server of the preview: the files of the site, with the scripts and styles that the preview adds to its pages.

The server answers this machine only: a page from elsewhere that knows its address can neither read nor listen, and
cannot show the preview in a frame.
"""

from __future__ import annotations

from errno import EADDRINUSE
from socket import create_server, socket
from typing import Any

import msgspec
from livereload.handlers import LiveReloadJSHandler
from tornado import web
from tornado.httpserver import HTTPServer
from tornado.httputil import HTTPServerRequest

from glossator.config import SiteError
from glossator.serve import compare_readings, corrections, proof, repeated_lines
from glossator.serve.browsers import PROBLEMS, Browsers, PageSocket
from glossator.serve.corrections import Corrections
from glossator.serve.request_guard import HOSTS, PREFIX, AssetHandler, PreviewHandler, RefusingHandler, has_own_host
from glossator.serve.site_files import SiteHandler

MAX_REQUEST_BYTES = 64 * 1024
"""Ample for a decision, which has a few names."""
TIMEOUT = 10.0
"""Seconds that the head of a request, or its body, may take; and that an unused connection stays open."""


def application(shared: Corrections, browsers: Browsers) -> web.Application:
    """Assemble the handlers of the preview's port."""
    site = {"path": str(browsers.site), "default_filename": "index.html"}
    handlers: list[Any] = [
        (r"/livereload", PageSocket, {"browsers": browsers}),
        (r"/livereload\.js", _LiveReloadScriptHandler),
        (rf"{PREFIX}((?:preview|corrections)\.(?:js|css))", AssetHandler),
        (PROBLEMS, _ProblemsHandler, {"browsers": browsers}),
        *corrections.handlers(shared),
        *repeated_lines.handlers(shared),
        *compare_readings.handlers(shared),
        *proof.handlers(shared),
        (r"/(.*)", SiteHandler.with_corrections(shared), site),
    ]
    return _PreviewApplication(handlers)


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


class _PreviewApplication(web.Application):
    """Application that answers no request that calls the preview by a name of somebody else."""

    def find_handler(self, request: HTTPServerRequest, **kwargs: Any) -> Any:
        if not has_own_host(request):
            return self.get_handler_delegate(request, RefusingHandler)
        return super().find_handler(request, **kwargs)


class _ProblemsHandler(PreviewHandler):
    """Problems of the last build, as JSON."""

    def initialize(self, browsers: Browsers) -> None:
        self.browsers = browsers

    def get(self) -> None:
        self.answer(msgspec.to_builtins(self.browsers.panel))


class _LiveReloadScriptHandler(PreviewHandler, LiveReloadJSHandler):  # type: ignore[misc]  # livereload has no types
    """livereload's script."""
