"""Highlights that are made in the preview: requests of its own pages, which write them to the archive's files."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import msgspec
from tornado import web

from glossator.config import SiteError
from glossator.content.highlights import ArticleHighlights, highlighted, read_highlights, write_highlights
from glossator.files import failure
from glossator.model import ArticleId
from glossator.serve.corrections import Corrections, GuardedHandler
from glossator.serve.request_guard import PREFIX
from glossator.site_paths import article_path


def head(corrections: Corrections) -> bytes:
    """Return the markup for the head of every served page; the script comes before those that are deferred."""
    return f'<script src="{PREFIX}highlight-files.js" data-token="{corrections.token}"></script>'.encode()


def handlers(corrections: Corrections) -> list[Any]:
    return [(rf"{PREFIX}highlights", _HighlightsHandler, {"corrections": corrections})]


class _HighlightsHandler(GuardedHandler):
    """GET: the paths of all highlighted articles; with `?article=ID` its highlights. POST: new ones of that one."""

    def get(self) -> None:
        content = self.corrections.paths.content
        if not self.get_query_argument("article", ""):
            self.answer([article_path(article) for article in highlighted(content)])
            return
        try:
            highlights = read_highlights(content, self._article(content))
        except SiteError as error:
            self._refuse(f"{error.message} {error.hint}")
            return
        self.answer(msgspec.to_builtins(highlights))

    def post(self) -> None:
        content = self.corrections.paths.content
        article = self._article(content)
        try:
            sent = msgspec.convert(self.sent(), ArticleHighlights)
            write_highlights(content, article, sent)
        except msgspec.ValidationError:
            raise web.HTTPError(400) from None
        except OSError as error:
            self._refuse(f"The highlights were not written: {failure(error)}")
            return
        self.answer({})

    def _article(self, content: Path) -> ArticleId:
        """Return the article that the request names. Raises HTTPError 404 if the archive has no file of it."""
        name = self.get_query_argument("article")
        if name not in {path.stem for path in (content / "articles").glob("*.md")}:
            raise web.HTTPError(404)
        return ArticleId(name)

    def _refuse(self, reason: str) -> None:
        self.set_status(422)
        self.answer({"error": reason})
