"""Lines that articles of one site share, shown in the preview; a click adds one to glossator.toml."""

from __future__ import annotations

from typing import Any

from tornado import web

from glossator.config import SiteError
from glossator.content.article_store import read_article_store
from glossator.content.site_rule_edits import with_line
from glossator.files import Unusable, failure, read_text, write_whole
from glossator.pipeline.context import rights_policy
from glossator.pipeline.ingest.repeated_lines import RepeatedLine, repeated_lines, rule_domain, site_of, unlisted
from glossator.serve.corrections import MAX_NAME_LENGTH, Corrections, GuardedHandler
from glossator.serve.request_guard import PREFIX


def handlers(corrections: Corrections) -> list[Any]:
    return [(rf"{PREFIX}lines", _LinesHandler, {"corrections": corrections})]


class _LinesHandler(GuardedHandler):
    """GET `?article=...`: lines that its site repeats; POST `{"site", "line"}`: lists a line in the settings."""

    async def get(self) -> None:
        await self.answer_with(_shown, self.corrections, self.get_query_argument("article", ""))

    async def post(self) -> None:
        data = self.sent()
        texts = data.get("site"), data.get("line")
        if not all(isinstance(text, str) and text.isprintable() and len(text) <= MAX_NAME_LENGTH for text in texts):
            raise web.HTTPError(400)
        await self.answer_with(_write, self.corrections, *texts)


def _shown(corrections: Corrections, article: str) -> list[dict[str, object]]:
    lines = _lines_of(corrections, article)
    return [{"site": line.site, "line": line.line, "count": len(line.articles)} for line in lines]


def _lines_of(corrections: Corrections, article: str) -> list[RepeatedLine]:
    config = corrections.read_config()
    store = read_article_store(corrections.paths.articles, policy=rights_policy(config))
    source = next((kept.head.source for kept in store.kept if kept.head.id == article), None)
    site = site_of(source or "")
    return [*unlisted(repeated_lines(store, {site}), config.extract.rules)] if site else []


def _write(corrections: Corrections, site: str, line: str) -> dict[str, bool]:
    """Write a line into the settings if the site repeats it."""
    config = corrections.read_config()
    store = read_article_store(corrections.paths.articles, policy=rights_policy(config))
    if not any(repeated.line == line for repeated in unlisted(repeated_lines(store, {site}), config.extract.rules)):
        return {"written": False}
    path = corrections.settings
    try:
        text = read_text(path) if path.exists() else ""
        write_whole(path, with_line(text, rule_domain(site, config.extract.rules), line).encode())
    except Unusable as error:
        raise SiteError(f"{path.name} {error}.", "Nothing was written.") from None
    except OSError as error:
        raise SiteError(failure(error), "Nothing was written.") from None
    return {"written": True}
