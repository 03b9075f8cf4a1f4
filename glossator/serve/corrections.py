"""Decisions by a click, in the preview only: requests of its own pages, answered by the code of the commands.

A decision is a POST of JSON. It is accepted only from a page that this preview served. Such a page sends the token that
the preview put into it (no other site can read it), has the preview as its Origin, and calls the preview by one of the
names of this machine (any other name could belong to another site that was pointed at this machine).
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable
from concurrent.futures import Executor
from contextlib import AbstractContextManager
from pathlib import Path
from secrets import token_urlsafe
from typing import Any, get_args

import msgspec
from tornado import web

from glossator.config import SiteError
from glossator.content.article_store import ArticleStore
from glossator.incremental.memo import no_progress
from glossator.model import Decision, DecisionKind, Entity, EntityId, EntityType
from glossator.pipeline import ArchivePaths
from glossator.pipeline.review import propose_decisions as reviewing
from glossator.pipeline.review.repeated_lines import RepeatedLine
from glossator.pipeline.review.survey import BuiltArticles, Survey, beside_site, open_survey
from glossator.serve.build_thread import ArchiveThread, ReadConfig
from glossator.serve.request_guard import PREFIX, PreviewHandler, is_from_own_page

MAX_NAME_LENGTH = 300
"""Characters of a name in a request."""
MAX_LISTED = 20
"""Names or articles in an answer."""


class Corrections(msgspec.Struct, frozen=True):
    """Values that the handlers of decisions share. State: what pages asked for since the last build."""

    paths: ArchivePaths
    read_config: ReadConfig
    thread: ArchiveThread
    worker: Executor
    """Process that reads what others wrote, so that it can be ended."""
    built: Callable[[], BuiltArticles | None]
    """Returns the articles of the last build, used on the archive's thread only."""
    settings: Path
    """The archive's glossator.toml."""
    articles: Callable[[], ArticleStore | None]
    """Returns the articles as the last build left them."""
    token: str = msgspec.field(default_factory=token_urlsafe)
    """Secret in the pages of this preview, without which no decision is accepted."""
    entities: list[dict[str, str]] = msgspec.field(default_factory=list)
    """Used on the archive's thread only."""
    lines: dict[str, tuple[RepeatedLine, ...]] = msgspec.field(default_factory=dict)
    """Lines that articles of a site share, by site; used on the archive's thread only."""

    def forget(self) -> None:
        """Forget what the next build changes."""
        self.entities.clear()
        self.lines.clear()


def head(corrections: Corrections) -> bytes:
    """Return the markup for the head of every served page."""
    return (
        f'<link rel="stylesheet" href="{PREFIX}corrections.css">'
        f'<script src="{PREFIX}corrections.js" data-token="{corrections.token}" defer></script>'
    ).encode()


def handlers(corrections: Corrections) -> list[Any]:
    return [
        (rf"{PREFIX}names", _NamesHandler, {"corrections": corrections}),
        (rf"{PREFIX}decisions", _DecisionsHandler, {"corrections": corrections}),
        (rf"{PREFIX}undo", _UndoHandler, {"corrections": corrections}),
    ]


class GuardedHandler(PreviewHandler):
    """Handler that answers pages of this preview only."""

    corrections: Corrections

    def initialize(self, corrections: Corrections) -> None:
        self.corrections = corrections

    def prepare(self) -> None:
        if not is_from_own_page(self.request, self.corrections.token):
            raise web.HTTPError(403)

    def sent(self) -> dict[str, Any]:
        """Return the JSON object that a page sent. Raises HTTPError 415 for another kind of content, else 400."""
        if self.request.headers.get("Content-Type", "").partition(";")[0].strip() != "application/json":
            raise web.HTTPError(415)
        try:
            data = json.loads(self.request.body)
        except (ValueError, RecursionError):
            raise web.HTTPError(400) from None
        if not isinstance(data, dict):
            raise web.HTTPError(400)
        return data

    def sent_texts(self, *names: str) -> list[str]:
        """Return the texts of these names that a page sent. Raises HTTPError 400 if one is none, of one short line."""
        data = self.sent()
        texts = [text for name in names if isinstance(text := data.get(name), str)]
        if len(texts) < len(names) or not all(text.isprintable() and len(text) <= MAX_NAME_LENGTH for text in texts):
            raise web.HTTPError(400)
        return texts

    async def answer_with(self, work: Callable[..., Any], *arguments: object) -> None:
        """Answer with the result of work on the archive, or with the reason why it cannot be done."""
        try:
            self.answer(await self.corrections.thread.run(work, *arguments))
        except SiteError as error:
            self.set_status(422)
            self.answer({"error": f"{error.message} {error.hint}".strip()})


class _NamesHandler(GuardedHandler):
    """`?id=...`: the entity with that id; `?q=...`: entities by the beginning or another part of their names."""

    async def get(self) -> None:
        entity_id = self.get_query_argument("id", "")
        words = self.get_query_argument("q", "").casefold()
        await self.answer_with(_found, self.corrections, entity_id, words)


class _DecisionsHandler(GuardedHandler):
    """`{"kind", "names", "value", "articles", "write"}`: the effect of a decision, written if `write` is true."""

    async def post(self) -> None:
        decision, write = _parse(self.sent())
        await self.answer_with(_decide, self.corrections, decision, write)


class _UndoHandler(GuardedHandler):
    """`{"write"}`: the effect of taking the latest decision back, which is done if `write` is true."""

    async def post(self) -> None:
        write = self.sent().get("write")
        if type(write) is not bool:
            raise web.HTTPError(400)
        await self.answer_with(_decide, self.corrections, None, write)


def _found(corrections: Corrections, entity_id: str, words: str) -> list[dict[str, str]]:
    """Return the entity with an id, or else the first ones with the words in their names."""
    if entity_id:
        with _survey(corrections) as survey:
            return _data(survey.entities([EntityId(entity_id)]).values())
    entities = _entities(corrections)
    matching = [entity for entity in entities if words in entity["name"].casefold()]
    matching.sort(key=lambda entity: not entity["name"].casefold().startswith(words))
    return matching[:MAX_LISTED]


def _entities(corrections: Corrections) -> list[dict[str, str]]:
    if not corrections.entities:
        corrections.entities.extend(_read_entities(corrections))
    return list(corrections.entities)


def _read_entities(corrections: Corrections) -> list[dict[str, str]]:
    with _survey(corrections) as survey:
        return _data(sorted(survey.archive.entities, key=lambda entity: (-len(entity.appearances), entity.id)))


def _data(entities: Iterable[Entity]) -> list[dict[str, str]]:
    return [{"id": entity.id, "name": entity.name, "type": entity.type, "origin": entity.origin} for entity in entities]


def _survey(corrections: Corrections) -> AbstractContextManager[Survey]:
    config = corrections.read_config()
    return open_survey(corrections.paths, config, no_progress, corrections.worker, corrections.built())


def _decide(corrections: Corrections, decision: Decision | None, write: bool) -> dict[str, object]:
    """Return the effect of a decision, or of taking the latest one back if there is none; write it if asked to."""
    public = msgspec.structs.replace(corrections.paths, private=False)
    with _survey(corrections) as own, beside_site(own, public) as survey:
        proposal = reviewing.propose(survey, decision) if decision else reviewing.propose_undo(survey)
        titles = {head.id: head.title for head in survey.heads}
        if write and (proposal.lines or proposal.undoes):
            reviewing.accept(survey, proposal)
    return {
        "lines": proposal.lines,
        "count": len(proposal.touched),
        "articles": [titles.get(article, article) for article in proposal.touched[:MAX_LISTED]],
        "problems": [*_revealed(proposal), *(problem.message for problem in proposal.problems)],
        "written": write and bool(proposal.lines),
    }


def _revealed(proposal: reviewing.Proposal) -> list[str]:
    """Return a sentence for each name that the site would show, although it keeps the name back."""
    return [
        f"The site would show “{name}”, which is private or only in text that is kept back."
        for name in proposal.revealed
    ]


def _parse(data: dict[str, Any]) -> tuple[Decision, bool]:
    """Return the decision, and whether to write it. Raises HTTPError if the data are anything else."""
    kind: Any = data.get("kind")
    names: Any = data.get("names")
    articles, value, write = data.get("articles", []), data.get("value", ""), data.get("write", False)
    texts = [*names, *articles, value] if isinstance(names, list) and isinstance(articles, list) else [None]
    if not all(isinstance(text, str) and len(text) <= MAX_NAME_LENGTH and text.isprintable() for text in texts):
        raise web.HTTPError(400)
    needed = 2 if kind in ("merge", "not-the-same") else 1
    complete = len(names) >= needed and all(name.strip() for name in names)
    if kind not in get_args(DecisionKind) or not complete or type(write) is not bool:
        raise web.HTTPError(400)
    if (kind == "type" and value not in list(EntityType)) or (kind in ("rename", "split") and not value.strip()):
        raise web.HTTPError(400)
    return Decision(kind, tuple(names), value.strip(), tuple(articles)), write
