"""Lines that articles of one site share, shown in the preview; a click adds one to glossator.toml."""

from __future__ import annotations

import json
from typing import Any

from tornado import web

from glossator import disk
from glossator.config import SiteError
from glossator.content.article_store import read_article_store
from glossator.content.site_lines import with_line
from glossator.disk import Unusable, failure
from glossator.pipeline.context import rights_policy
from glossator.pipeline.ingest.repeated_lines import RepeatedLine, repeated_lines, rule_domain, site_of, unlisted
from glossator.serve.corrections import MAX_NAME_LENGTH, Corrections, GuardedHandler
from glossator.serve.handlers import PREFIX


def handlers(corrections: Corrections) -> list[Any]:
    return [(rf"{PREFIX}lines", _LinesHandler, {"corrections": corrections})]


class _LinesHandler(GuardedHandler):
    """GET `?article=...`: lines that its site repeats; POST `{"site", "line"}`: lists a line in the settings."""

    async def get(self) -> None:
        lines = await self.corrections.thread.run(_lines_of, self.corrections, self.get_query_argument("article", ""))
        self.answer([{"site": line.site, "line": line.line, "count": len(line.articles)} for line in lines])

    async def post(self) -> None:
        if self.request.headers.get("Content-Type", "").partition(";")[0].strip() != "application/json":
            raise web.HTTPError(415)
        try:
            data = json.loads(self.request.body)
            site, line = data["site"], data["line"]
        except (ValueError, KeyError, TypeError, RecursionError):
            raise web.HTTPError(400) from None
        if (
            not all(isinstance(text, str) and text.isprintable() for text in (site, line))
            or len(line) > MAX_NAME_LENGTH
        ):
            raise web.HTTPError(400)
        try:
            written = await self.corrections.thread.run(_write, self.corrections, site, line)
        except SiteError as error:
            self.refuse(error)
        else:
            self.answer({"written": written})


def _lines_of(corrections: Corrections, article: str) -> list[RepeatedLine]:
    config = corrections.read_config()
    store = read_article_store(corrections.paths.articles, policy=rights_policy(config))
    source = next((kept.head.source for kept in store.kept if kept.head.id == article), None)
    site = site_of(source or "")
    return [*unlisted(repeated_lines(store, {site}), config.extract.rules)] if site else []


def _write(corrections: Corrections, site: str, line: str) -> bool:
    """True if the site repeats the line, which is then in the settings."""
    config = corrections.read_config()
    store = read_article_store(corrections.paths.articles, policy=rights_policy(config))
    if not any(repeated.line == line for repeated in unlisted(repeated_lines(store, {site}), config.extract.rules)):
        return False
    path = corrections.settings
    try:
        text = disk.read_text(path) if path.exists() else ""
        disk.replace(path, with_line(text, rule_domain(site, config.extract.rules), line).encode())
    except Unusable as error:
        raise SiteError(f"{path.name} {error}.", "Nothing was written.") from None
    except OSError as error:
        raise SiteError(failure(error), "Nothing was written.") from None
    return True
