"""Readings of an article's page, compared in the preview; a click writes one, or confirms the text."""

from __future__ import annotations

from typing import Any

import msgspec
from tornado import web

from glossator.model import ArticleId
from glossator.pipeline.ingest.compare_readings import choose_reading, compare_readings, confirm_text, reading_state
from glossator.serve.corrections import MAX_NAME_LENGTH, Corrections, GuardedHandler
from glossator.serve.request_guard import PREFIX


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
        await self.answer_with(_compare, self.corrections, article)

    async def post(self) -> None:
        data = self.sent()
        article, reading = data.get("article"), data.get("reading")
        if not all(isinstance(text, str) and len(text) <= MAX_NAME_LENGTH for text in (article, reading)):
            raise web.HTTPError(400)
        await self.answer_with(_write, self.corrections, article, reading)


def _compare(corrections: Corrections, article: ArticleId) -> list[dict[str, Any]]:
    found = compare_readings(corrections.paths.content, article, corrections.read_config(), corrections.worker)
    return [msgspec.to_builtins(reading) for reading in found]


def _write(corrections: Corrections, article: ArticleId, reading: str) -> dict[str, bool]:
    config = corrections.read_config()
    if reading:
        choose_reading(corrections.paths.content, article, config, reading, corrections.worker)
    else:
        confirm_text(corrections.paths.content, article, config, corrections.worker)
    return {"written": True}
