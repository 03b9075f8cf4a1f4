"""The preview's page on which a draft is held against the archive: pasted, or dropped as a file.

The draft is read in a process of its own and never stored; the report runs nothing.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any
from urllib.parse import unquote

from tornado import web

from glossator.model import Problem
from glossator.pipeline.proof.prove_drafts import Scope, prove_drafts
from glossator.pipeline.proof.read_drafts import LARGEST, given_text
from glossator.proof_reports import ArticleAddresses, html_report
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
        page = (_FOLDER / "proof.html").read_text("utf-8")
        self.set_header("Content-Type", "text/html; charset=utf-8")
        self.finish(page.replace("{token}", self.corrections.token))


class _ProofAssetHandler(PreviewHandler):
    """Script and style of the page; they hold no secret."""

    def get(self, name: str) -> None:
        path = _FOLDER / name
        self.set_header("Content-Type", CONTENT_TYPES[path.suffix])
        self.finish(path.read_bytes())


@web.stream_request_body
class _FindingsHandler(GuardedHandler):
    """POST of a draft, with its name in the header `X-Draft-Name`: the report as HTML. State: the body so far."""

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
        await self.answer_with(_report, self.corrections, name, b"".join(self.parts))


def _report(corrections: Corrections, name: str, data: bytes) -> dict[str, str]:
    proof = prove_drafts(corrections.paths, corrections.read_config(), [given_text(data, name)], Scope())[name]
    if isinstance(proof, Problem):
        return {"problem": f"The draft {proof.message}."}
    return {"report": html_report({name: proof}, ArticleAddresses("/"))}
