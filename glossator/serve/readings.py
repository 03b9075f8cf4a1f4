"""Readings of an article's page, compared in the preview; a click writes one, or confirms the text."""

from __future__ import annotations

import json
from dataclasses import asdict
from typing import Any

from tornado import web

from glossator.config import SiteError
from glossator.model import ArticleId
from glossator.pipeline.ingest.readings import choose_reading, compare_readings, confirm_text, reading_state
from glossator.serve.corrections import MAX_NAME_LENGTH, Corrections, GuardedHandler
from glossator.serve.handlers import PREFIX


def handlers(corrections: Corrections) -> list[Any]:
    return [
        (rf"{PREFIX}doubt", _DoubtHandler, {"corrections": corrections}),
        (rf"{PREFIX}readings", _ReadingsHandler, {"corrections": corrections}),
    ]


class _DoubtHandler(GuardedHandler):
    """`?article=...`: whether the readings of the article's page can be compared, and whether it is doubtful."""

    async def get(self) -> None:
        article = ArticleId(self.get_query_argument("article", ""))
        state = await self.corrections.thread.run(reading_state, self.corrections.paths.content, article)
        self.answer(state._asdict())


class _ReadingsHandler(GuardedHandler):
    """GET `?article=...`: the readings; POST `{"article", "reading"}`: takes one, or with an empty name confirms."""

    async def get(self) -> None:
        article = ArticleId(self.get_query_argument("article", ""))
        try:
            found = await self.corrections.thread.run(
                lambda: compare_readings(self.corrections.paths.content, article, self.corrections.read_config())
            )
        except SiteError as error:
            self.refuse(error)
        else:
            self.answer([asdict(reading) for reading in found])

    async def post(self) -> None:
        if self.request.headers.get("Content-Type", "").partition(";")[0].strip() != "application/json":
            raise web.HTTPError(415)
        try:
            data = json.loads(self.request.body)
            article, reading = data["article"], data["reading"]
        except (ValueError, KeyError, TypeError, RecursionError):
            raise web.HTTPError(400) from None
        if not all(isinstance(text, str) and len(text) <= MAX_NAME_LENGTH for text in (article, reading)):
            raise web.HTTPError(400)
        try:
            await self.corrections.thread.run(_write, self.corrections, ArticleId(article), reading)
        except SiteError as error:
            self.refuse(error)
        else:
            self.answer({"written": True})


def _write(corrections: Corrections, article: ArticleId, reading: str) -> None:
    config = corrections.read_config()
    if reading:
        choose_reading(corrections.paths.content, article, config, reading)
    else:
        confirm_text(corrections.paths.content, article, config)
