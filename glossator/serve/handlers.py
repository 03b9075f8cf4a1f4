"""Request handlers of the preview: what all of them share, and the one that serves its scripts and styles."""

from __future__ import annotations

import json
from pathlib import Path

from tornado import web

PREFIX = "/_glossator/"
HOSTS = ("127.0.0.1", "localhost", "[::1]")
"""Names of this machine by which a browser may call the preview."""
CONTENT_TYPES = {".js": "text/javascript", ".css": "text/css"}


class PreviewHandler(web.RequestHandler):
    """Handler whose answers are never cached, and readable by pages of this preview only."""

    def set_default_headers(self) -> None:
        self.set_header("Cache-Control", "no-store")
        self.set_header("X-Content-Type-Options", "nosniff")
        self.set_header("Cross-Origin-Resource-Policy", "same-origin")

    def answer(self, data: object) -> None:
        self.set_header("Content-Type", "application/json")
        self.finish(json.dumps(data, ensure_ascii=False))


class AssetHandler(PreviewHandler):
    """Script or style that the preview adds to pages. Anybody may read it: it holds no secret."""

    def get(self, name: str) -> None:
        path = Path(__file__).parent / name
        self.set_header("Content-Type", CONTENT_TYPES[path.suffix])
        self.finish(path.read_bytes())
