"""Corrections of an article's text in the preview: another reading of it, and lines that its site repeats.

A click on a line adds it to glossator.toml.
"""

from __future__ import annotations

from typing import Any

import msgspec
from tornado import web

from glossator.atomic_files import write_whole
from glossator.config import SiteError
from glossator.content.article_store import read_article_store
from glossator.content.site_rule_edits import with_line
from glossator.files import Unusable, failure, read_optional
from glossator.model import ArticleId
from glossator.pipeline.context import rights_policy
from glossator.pipeline.review.compare_readings import choose_reading, compare_readings, confirm_text, reading_state
from glossator.pipeline.review.repeated_lines import RepeatedLine, repeated_lines, rule_domain, site_of, unlisted
from glossator.serve.corrections import MAX_NAME_LENGTH, Corrections, GuardedHandler
from glossator.serve.request_guard import PREFIX


def handlers(corrections: Corrections) -> list[Any]:
    return [
        (rf"{PREFIX}lines", _LinesHandler, {"corrections": corrections}),
        (rf"{PREFIX}doubt", _DoubtHandler, {"corrections": corrections}),
        (rf"{PREFIX}readings", _ReadingsHandler, {"corrections": corrections}),
    ]


class _DoubtHandler(GuardedHandler):
    """`?article=...`: whether the article's readings can be compared, it is doubtful, and its site repeats lines."""

    async def get(self) -> None:
        await self.answer_with(_state, self.corrections, ArticleId(self.get_query_argument("article", "")))


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
        await self.answer_with(_write_reading, self.corrections, article, reading)


def _state(corrections: Corrections, article: ArticleId) -> dict[str, bool]:
    state = reading_state(corrections.paths.content, article)
    return {**state._asdict(), "lines": bool(_lines_of(corrections, article))}


def _compare(corrections: Corrections, article: ArticleId) -> list[dict[str, Any]]:
    found = compare_readings(corrections.paths.content, article, corrections.read_config(), corrections.worker)
    return [msgspec.to_builtins(reading) for reading in found]


def _write_reading(corrections: Corrections, article: ArticleId, reading: str) -> dict[str, bool]:
    config = corrections.read_config()
    if reading:
        choose_reading(corrections.paths.content, article, config, reading, corrections.worker)
    else:
        confirm_text(corrections.paths.content, article, config, corrections.worker)
    return {"written": True}


class _LinesHandler(GuardedHandler):
    """GET `?article=...`: lines that its site repeats; POST `{"site", "line"}`: lists a line in the settings."""

    async def get(self) -> None:
        await self.answer_with(_shown, self.corrections, self.get_query_argument("article", ""))

    async def post(self) -> None:
        data = self.sent()
        texts = data.get("site"), data.get("line")
        if not all(isinstance(text, str) and text.isprintable() and len(text) <= MAX_NAME_LENGTH for text in texts):
            raise web.HTTPError(400)
        await self.answer_with(_write_line, self.corrections, *texts)


def _shown(corrections: Corrections, article: str) -> list[dict[str, object]]:
    lines = _lines_of(corrections, article)
    return [{"site": line.site, "line": line.line, "count": len(line.articles)} for line in lines]


def _lines_of(corrections: Corrections, article: str) -> list[RepeatedLine]:
    store = corrections.articles()
    source = next((kept.head.source for kept in store.kept if kept.head.id == article), None) if store else None
    site = site_of(source or "")
    if not store or not site:
        return []
    if site not in corrections.lines:
        corrections.lines[site] = repeated_lines(store, {site})
    return [*unlisted(corrections.lines[site], corrections.read_config().extract.rules)]


def _write_line(corrections: Corrections, site: str, line: str) -> dict[str, bool]:
    """Write a line into the settings if the site repeats it."""
    config = corrections.read_config()
    store = read_article_store(corrections.paths.articles, policy=rights_policy(config))
    if not any(repeated.line == line for repeated in unlisted(repeated_lines(store, {site}), config.extract.rules)):
        return {"written": False}
    path = corrections.settings
    try:
        text = read_optional(path) or ""
        write_whole(path, with_line(text, rule_domain(site, config.extract.rules), line).encode())
    except Unusable as error:
        raise SiteError(f"{path.name} {error}.", "Nothing was written.") from None
    except OSError as error:
        raise SiteError(failure(error), "Nothing was written.") from None
    return {"written": True}
