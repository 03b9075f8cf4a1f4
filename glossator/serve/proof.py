"""The preview's page on which a draft is held against the archive: pasted, or dropped as a file.

The draft is read in a process of its own and never stored. Meanwhile the page is told what is done; of what was found
it gets values, which it shows as text.
"""

from __future__ import annotations

import asyncio
import json
from collections.abc import Callable
from html import escape
from pathlib import Path
from typing import Any
from urllib.parse import unquote

from tornado import web

from glossator.config import SiteError
from glossator.model import Problem
from glossator.pipeline.proof.prove_drafts import ProofAids, Scope, prove_drafts
from glossator.pipeline.proof.read_drafts import LARGEST, given_text
from glossator.proof_reports import ArticleAddresses, proof_data
from glossator.serve.corrections import MAX_NAME_LENGTH, Corrections, GuardedHandler
from glossator.serve.request_guard import CONTENT_TYPES, PREFIX, PreviewHandler

ADDRESS = f"{PREFIX}proof"
CONTENT_TYPE = "application/octet-stream"
_FOLDER = Path(__file__).parent


def handlers(corrections: Corrections) -> list[Any]:
    return [
        (ADDRESS, _ProofPageHandler, {"corrections": corrections}),
        (rf"{PREFIX}(proof\.(?:js|css))", _ProofAssetHandler),
        (rf"{PREFIX}findings", _FindingsHandler, {"corrections": corrections}),
    ]


class _ProofPageHandler(PreviewHandler):
    """The page, with the token by which it asks. No other site can read it."""

    def initialize(self, corrections: Corrections) -> None:
        self.corrections = corrections

    def get(self) -> None:
        page = (_FOLDER / "proof.html").read_text("utf-8").replace("{token}", self.corrections.token)
        self.set_header("Content-Type", "text/html; charset=utf-8")
        self.finish(page.replace("{title}", escape(self.corrections.read_config().site.title)))


class _ProofAssetHandler(PreviewHandler):
    """Script and style of the page; they hold no secret."""

    def get(self, name: str) -> None:
        path = _FOLDER / name
        self.set_header("Content-Type", CONTENT_TYPES[path.suffix])
        self.finish(path.read_bytes())


@web.stream_request_body
class _FindingsHandler(GuardedHandler):
    """POST of a draft, with its name in the header `X-Draft-Name`: lines of JSON, of which the last is the result.

    State: the body so far.
    """

    def prepare(self) -> None:
        super().prepare()
        if self.request.headers.get("Content-Type", "") != CONTENT_TYPE:
            raise web.HTTPError(415)
        self.request.connection.set_max_body_size(LARGEST)  # type: ignore[union-attr]  # a connection is there
        self.parts: list[bytes] = []

    def data_received(self, chunk: bytes) -> None:
        self.parts.append(chunk)

    async def post(self) -> None:
        name = unquote(self.request.headers.get("X-Draft-Name", ""))
        if not name.isprintable() or not 0 < len(name) <= MAX_NAME_LENGTH:
            raise web.HTTPError(400)
        self.set_header("Content-Type", "text/plain; charset=utf-8")
        loop = asyncio.get_running_loop()

        def tell(doing: str) -> None:
            loop.call_soon_threadsafe(self._send, {"doing": doing})

        tell("Waiting for the build to end")
        try:
            result = await self.corrections.thread.run(_result, self.corrections, name, b"".join(self.parts), tell)
        except SiteError as error:
            result = {"error": f"{error.message} {error.hint}".strip()}
        self._send(result)
        self.finish()

    def _send(self, line: dict[str, Any]) -> None:
        self.write(json.dumps(line, ensure_ascii=False) + "\n")
        self.flush()


def _result(corrections: Corrections, name: str, data: bytes, tell: Callable[[str], None]) -> dict[str, Any]:
    drafts, config = [given_text(data, name)], corrections.read_config()
    proof = prove_drafts(corrections.paths, config, drafts, Scope(), ProofAids(tell=tell))[name]
    if isinstance(proof, Problem):
        return {"problem": f"The draft {proof.message}."}
    return {"proof": proof_data(proof, ArticleAddresses("/"))}
