"""Decisions by a click, in the preview and only there: what its own pages ask, answered by the code of the verbs.

A decision comes as a POST of JSON. It is taken only from a page that this preview served: one that knows the token in
its pages (no other site can read them), whose Origin is the preview, and that calls the preview by one of the names of
this machine (another name would be another site's, pointed at this machine).
"""

from __future__ import annotations

import hmac
import json
from asyncio import get_running_loop
from collections.abc import Callable
from concurrent.futures import Executor, ThreadPoolExecutor
from dataclasses import dataclass, field
from functools import partial
from secrets import token_urlsafe
from typing import Any, ParamSpec, TypeVar, get_args

from tornado import web

from glossator.config import Config, SiteError
from glossator.model import Decision, DecisionKind, EntityType
from glossator.pipeline import ArchivePaths
from glossator.pipeline.review import survey as reviewing
from glossator.serve.own import PREFIX, Own
from glossator.serve.workshop import quiet

Given = ParamSpec("Given")
Value = TypeVar("Value")
HOSTS = ("127.0.0.1", "localhost", "[::1]")
SAME = "same-origin"
LARGEST = 64 * 1024
"""Bytes of a request; a decision has a few names."""
LONGEST = 300
"""Letters of a name."""
MOST = 20
"""Names and articles in an answer."""


@dataclass(frozen=True, slots=True)
class Desk:
    """What decisions are taken with. State: who works on the archive now."""

    paths: ArchivePaths
    settings: Callable[[], Config]
    token: str = field(default_factory=token_urlsafe)
    thread: Executor = field(default_factory=lambda: ThreadPoolExecutor(1, "archive"))
    """Where the archive is built and asked: the memory of builds is for one at a time."""
    known: list[dict[str, str]] = field(default_factory=list)
    """The entities, once somebody asked for them; emptied when the archive was built anew. The thread's own."""

    async def work(self, task: Callable[Given, Value], *given: Given.args, **named: Given.kwargs) -> Value:
        """What comes of a task that has the archive for itself."""
        return await get_running_loop().run_in_executor(self.thread, partial(task, *given, **named))


def head(desk: Desk) -> bytes:
    """What is put into the head of every page that the preview serves."""
    return (
        f'<link rel="stylesheet" href="{PREFIX}corrections.css">'
        f'<script src="{PREFIX}corrections.js" data-token="{desk.token}" defer></script>'
    ).encode()


def handlers(desk: Desk) -> list[Any]:
    return [
        (rf"{PREFIX}names", _Names, {"desk": desk}),
        (rf"{PREFIX}decisions", _Decisions, {"desk": desk}),
    ]


class _Guarded(Own):
    """Answers nobody but a page of this preview."""

    desk: Desk

    def initialize(self, desk: Desk) -> None:
        self.desk = desk

    def prepare(self) -> None:
        hosts = {f"{host}:{self.request.connection.stream.socket.getsockname()[1]}" for host in HOSTS}  # type: ignore[union-attr]  # a connection is there
        headers = self.request.headers
        host, origin = headers.get("Host", ""), headers.get("Origin")
        # A browser tells the origin of every POST, and of a GET of the same origin it need not.
        ours = origin == f"http://{host}" or (origin is None and self.request.method == "GET")
        known = hmac.compare_digest(headers.get("X-Glossator-Token", "").encode(), self.desk.token.encode())
        if host not in hosts or not ours or not known or headers.get("Sec-Fetch-Site", SAME) != SAME:
            raise web.HTTPError(403)

    def refuse(self, error: SiteError) -> None:
        self.set_status(422)
        self.answer({"error": f"{error.message} {error.hint}".strip()})


class _Names(_Guarded):
    """`?id=...`: that entity; `?q=...`: entities by the beginning or a part of their names."""

    async def get(self) -> None:
        desk, wanted, words = self.desk, self.get_query_argument("id", ""), self.get_query_argument("q", "").casefold()
        try:
            known = await desk.work(_known, desk)
        except SiteError as error:
            self.refuse(error)
            return
        if wanted:
            found = [one for one in known if one["id"] == wanted]
        else:
            found = [one for one in known if words in one["name"].casefold()]
            found.sort(key=lambda one: not one["name"].casefold().startswith(words))
        self.answer(found[:MOST])


class _Decisions(_Guarded):
    """`{"kind", "names", "value", "articles", "write"}`: what it changes, and with `write` true it is written."""

    async def post(self) -> None:
        if self.request.headers.get("Content-Type", "").partition(";")[0].strip() != "application/json":
            raise web.HTTPError(415)
        decision, write = _read(self.request.body)
        try:
            told = await self.desk.work(_decide, self.desk, decision, write)
        except SiteError as error:
            self.refuse(error)
        else:
            self.answer(told)


def _known(desk: Desk) -> list[dict[str, str]]:
    if not desk.known:
        desk.known.extend(_entities(desk))
    return list(desk.known)


def _entities(desk: Desk) -> list[dict[str, str]]:
    with reviewing.open_survey(desk.paths, desk.settings(), quiet) as survey:
        entities = sorted(survey.archive.entities, key=lambda one: (-len(one.appearances), one.id))
        return [{"id": one.id, "name": one.name, "type": one.type, "origin": one.origin} for one in entities]


def _decide(desk: Desk, decision: Decision, write: bool) -> dict[str, object]:
    with reviewing.open_survey(desk.paths, desk.settings(), quiet) as survey:
        proposal = reviewing.propose(survey, decision)
        titles = {head.id: head.title for head in survey.archive.heads}
        if write and proposal.lines:
            reviewing.accept(survey, proposal)
    return {
        "lines": proposal.lines,
        "count": len(proposal.touched),
        "articles": [titles.get(one, one) for one in proposal.touched[:MOST]],
        "problems": [one.message for one in proposal.problems],
        "written": write and bool(proposal.lines),
    }


def _read(body: bytes) -> tuple[Decision, bool]:
    """The decision, and whether it is to be written. Raises HTTPError for anything else."""
    try:
        data = json.loads(body)
        kind, names, articles = data["kind"], data["names"], data.get("articles", [])
        value, write = data.get("value", ""), data.get("write", False)
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
        raise web.HTTPError(400) from None
    texts = [*names, *articles, value] if isinstance(names, list) and isinstance(articles, list) else [None]
    if not all(isinstance(text, str) and len(text) <= LONGEST and text.isprintable() for text in texts):
        raise web.HTTPError(400)
    needed = 2 if kind in ("merge", "not-the-same") else 1
    whole = len(names) >= needed and all(name.strip() for name in names)
    if kind not in get_args(DecisionKind) or not whole or type(write) is not bool:
        raise web.HTTPError(400)
    if (kind == "type" and value not in list(EntityType)) or (kind in ("rename", "split") and not value.strip()):
        raise web.HTTPError(400)
    return Decision(kind, tuple(names), value.strip(), tuple(articles)), write
