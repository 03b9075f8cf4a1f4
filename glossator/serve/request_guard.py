"""Requests that the preview answers: those of its own pages alone; and what all handlers share."""

from __future__ import annotations

import hmac
import json
from http.client import HTTP_PORT
from pathlib import Path
from typing import Any

from tornado import web
from tornado.httputil import HTTPServerRequest

PREFIX = "/_glossator/"
HOSTS = ("127.0.0.1", "localhost", "[::1]")
"""Names of this machine by which a browser may call the preview."""
SAME_ORIGIN = "same-origin"
CONTENT_TYPES = {".js": "text/javascript", ".css": "text/css"}


def has_own_host(request: HTTPServerRequest) -> bool:
    """True if a request calls the preview by a name of this machine and the port that answers.

    Any other name could belong to another site that was pointed at this machine (DNS rebinding).
    """
    socket = request.connection.stream.socket  # type: ignore[union-attr]  # a connection is there
    if socket is None:  # who asked has hung up
        return False
    port = socket.getsockname()[1]
    hosts = {f"{name}:{port}" for name in HOSTS} | (
        set(HOSTS) if port == HTTP_PORT else set()
    )  # browsers leave that port out
    return request.headers.get("Host", "").lower() in hosts


def has_own_origin(request: HTTPServerRequest) -> bool:
    """True if a request names its origin, and the origin is this preview: scheme, host and port."""
    origin = request.headers.get("Origin", "")
    return has_own_host(request) and origin.lower() == f"http://{request.headers['Host']}".lower()


def is_from_own_page(request: HTTPServerRequest, token: str) -> bool:
    """True if a request comes from a page of this preview: it names the page's origin, and has the page's token."""
    # A browser sends the origin with every POST, but may omit it from a GET of its own origin.
    omitted = request.method == "GET" and "Origin" not in request.headers and has_own_host(request)
    authentic = hmac.compare_digest(request.headers.get("X-Glossator-Token", "").encode(), token.encode())
    same_site = request.headers.get("Sec-Fetch-Site", SAME_ORIGIN) == SAME_ORIGIN
    return (omitted or has_own_origin(request)) and authentic and same_site


class PreviewHandler(web.RequestHandler):
    """Handler whose answers are never cached, never framed, and readable by pages of this preview only."""

    def set_default_headers(self) -> None:
        self.set_header("Cache-Control", "no-store")
        self.set_header("X-Content-Type-Options", "nosniff")
        self.set_header("Cross-Origin-Resource-Policy", "same-origin")
        # In a frame of another site, a person could be led to click a decision. A page's <meta> cannot forbid frames.
        self.set_header("Content-Security-Policy", "frame-ancestors 'none'")
        self.set_header("X-Frame-Options", "DENY")

    def answer(self, data: object) -> None:
        self.set_header("Content-Type", "application/json")
        self.finish(json.dumps(data, ensure_ascii=False))


class RefusingHandler(PreviewHandler):
    """Handler that refuses every request."""

    def prepare(self) -> None:
        raise web.HTTPError(403)


class GuardedApplication(web.Application):
    """Application that answers no request that calls the preview by a name of somebody else."""

    def find_handler(self, request: HTTPServerRequest, **kwargs: Any) -> Any:
        if not has_own_host(request):
            return self.get_handler_delegate(request, RefusingHandler)
        return super().find_handler(request, **kwargs)


class AssetHandler(PreviewHandler):
    """Script or style that the preview adds to pages. Anybody may read it: it holds no secret."""

    def get(self, name: str) -> None:
        path = Path(__file__).parent / name
        self.set_header("Content-Type", CONTENT_TYPES[path.suffix])
        self.finish(path.read_bytes())
