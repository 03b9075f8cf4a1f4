"""What all answers of the preview have in common."""

from __future__ import annotations

import json
from pathlib import Path

from tornado import web

PREFIX = "/_glossator/"
KINDS = {".js": "text/javascript", ".css": "text/css"}


class Own(web.RequestHandler):
    """Answers with what is so now, to pages of this preview only."""

    def set_default_headers(self) -> None:
        self.set_header("Cache-Control", "no-store")
        self.set_header("X-Content-Type-Options", "nosniff")
        self.set_header("Cross-Origin-Resource-Policy", "same-origin")

    def answer(self, data: object) -> None:
        self.set_header("Content-Type", "application/json")
        self.finish(json.dumps(data, ensure_ascii=False))


class Asset(Own):
    """A script or a style that the preview adds to pages. They hold no secret."""

    def get(self, name: str) -> None:
        path = Path(__file__).parent / name
        self.set_header("Content-Type", KINDS[path.suffix])
        self.finish(path.read_bytes())
