"""Corrections of an article's text in the preview: another reading of it, and lines that its site repeats.

A click on a line adds it to glossator.toml.
"""

from __future__ import annotations

from typing import Any

import msgspec

from glossator.addresses import host
from glossator.atomic_files import write_whole
from glossator.config import SiteError
from glossator.content.article_store import read_article_store, read_one_article
from glossator.content.site_rule_edits import with_line
from glossator.files import Unusable, failure, read_optional
from glossator.model import ArticleId
from glossator.pipeline.context import rights_policy
from glossator.pipeline.review.compare_readings import ArticleReadings, compare, open_readings, take
from glossator.pipeline.review.repeated_lines import RepeatedLine, repeated_lines
from glossator.serve.corrections import Corrections, GuardedHandler
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
        await self.answer_with(_state, self.corrections, self.get_query_argument("article", ""))


class _ReadingsHandler(GuardedHandler):
    """GET `?article=...`: the readings; POST `{"article", "reading"}`: takes one, or with an empty name confirms."""

    async def get(self) -> None:
        await self.answer_with(_compared, self.corrections, self.get_query_argument("article", ""))

    async def post(self) -> None:
        await self.answer_with(_take, self.corrections, *self.sent_texts("article", "reading"))


class _LinesHandler(GuardedHandler):
    """GET `?article=...`: lines that its site repeats; POST `{"site", "line"}`: lists a line in the settings."""

    async def get(self) -> None:
        await self.answer_with(_shown, self.corrections, self.get_query_argument("article", ""))

    async def post(self) -> None:
        await self.answer_with(_write_line, self.corrections, *self.sent_texts("site", "line"))


def _state(corrections: Corrections, article: str) -> dict[str, bool]:
    kept = read_one_article(corrections.paths.articles, ArticleId(article)).kept
    conversion = kept[0].conversion if kept and not kept[0].edited else None
    doubtful = conversion is not None and bool(conversion.doubt)
    comparable = doubtful or (conversion is not None and bool(conversion.reading))
    return {"comparable": comparable, "doubtful": doubtful, "lines": bool(_lines_of(corrections, article))}


def _readings(corrections: Corrections, article: str) -> ArticleReadings:
    return open_readings(corrections.paths.content, ArticleId(article), corrections.read_config(), corrections.worker)


def _compared(corrections: Corrections, article: str) -> list[dict[str, Any]]:
    return [msgspec.to_builtins(reading) for reading in compare(_readings(corrections, article))]


def _take(corrections: Corrections, article: str, reading: str) -> dict[str, bool]:
    take(_readings(corrections, article), reading)
    return {"written": True}


def _shown(corrections: Corrections, article: str) -> list[dict[str, object]]:
    lines = _lines_of(corrections, article)
    return [{"site": line.site, "line": line.line, "count": len(line.articles)} for line in lines]


def _lines_of(corrections: Corrections, article: str) -> tuple[RepeatedLine, ...]:
    store = corrections.articles()
    source = next((kept.head.source for kept in store.kept if kept.head.id == article), None) if store else None
    site = host(source or "")
    if not store or not site:
        return ()
    if site not in corrections.lines:
        rules = corrections.read_config().extract.rules
        corrections.lines[site] = tuple(repeated_lines(store, rules, {site}))
    return corrections.lines[site]


def _write_line(corrections: Corrections, site: str, line: str) -> dict[str, bool]:
    """Write a line into the settings if the site repeats it."""
    config, path = corrections.read_config(), corrections.settings
    store = read_article_store(corrections.paths.articles, policy=rights_policy(config))
    repeated = (repeated for repeated in repeated_lines(store, config.extract.rules, {site}) if repeated.line == line)
    if (chosen := next(repeated, None)) is None:
        return {"written": False}
    try:
        write_whole(path, with_line(read_optional(path) or "", chosen.domain, line).encode())
    except Unusable as error:
        raise SiteError(f"{path.name} {error}.", "Nothing was written.") from None
    except OSError as error:
        raise SiteError(failure(error), "Nothing was written.") from None
    corrections.lines.pop(site, None)
    return {"written": True}
