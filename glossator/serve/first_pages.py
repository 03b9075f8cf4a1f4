"""The preview while the first build runs: articles are shown from memory as they are read, before any name is known.

`site/` is written whole at the end of the build. Until then a server in a thread of its own answers on the same port.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from itertools import count
from pathlib import Path
from socket import socket
from threading import Event, Thread
from typing import Any

import msgspec
from jinja2 import Environment, FileSystemLoader, StrictUndefined
from tornado import web
from tornado.httpserver import HTTPServer

from glossator.addresses import host
from glossator.content.theme import Theme
from glossator.incremental.memo import Progress
from glossator.incremental.workers.article_limits import LimitReached, Limits, limited
from glossator.markup import TooDeep, weave
from glossator.model import ArticleId, Extracted, Html
from glossator.rights import RightsPolicy, StatedRights, excerpt_of
from glossator.serve.request_guard import PREFIX, AssetHandler, GuardedApplication, PreviewHandler
from glossator.site_paths import article_path
from glossator.slugs import title_slug

PAGE_LIMITS = Limits(seconds=2, megabytes=500)
"""Limits for the page of one article: what is not made within them is shown when the build is done."""
STATE = f"{PREFIX}first"
"""Address of what was read so far, for which the pages ask again and again."""


class _First(msgspec.Struct, frozen=True):
    """An article that was read."""

    path: str
    title: str
    source: str
    language: str
    markdown: str


class FirstPages:
    """Articles that were read so far, and how far the build is: both grow while the server reads them."""

    def __init__(self, policy: RightsPolicy) -> None:
        """Begin without articles. `policy` says how much of each the site will show."""
        self._policy = policy
        self._articles: dict[str, _First] = {}
        self._stages: dict[str, tuple[int, int]] = {}

    def add(self, article: Extracted) -> None:
        """Show an article, as far as the site will show it."""
        stated = StatedRights(article.rights)
        rights = self._policy.applied(stated, article.rights != "full", bool(article.source)).rights
        if rights not in ("full", "excerpt"):
            return
        markdown = article.markdown if rights == "full" else excerpt_of(article.markdown)
        stem = title_slug(article.title, article.language, article.source, article.published)
        stems = (f"{stem}-{number}" if number else stem for number in count())
        path = next(path for stem in stems if (path := article_path(ArticleId(stem))) not in self._articles)
        source = article.site or host(article.source or "")
        self._articles[path] = _First(path, article.title, source, article.language or "", markdown)

    def advance(self, stage: str, done: int, total: int) -> None:
        """Record how far a stage is."""
        self._stages[stage] = done, total

    def state(self) -> dict[str, object]:
        """Return what the home page shows."""
        articles = [[first.path, first.title, first.source] for first in tuple(self._articles.values())]
        return {"articles": articles, "stages": {stage: list(counts) for stage, counts in dict(self._stages).items()}}

    def page(self, path: str) -> tuple[_First, Html | None] | None:
        """Return an article and its text, which is None if it takes too long; None if there is no such article yet."""
        first = self._articles.get(path)
        if first is None:
            return None
        try:
            with limited(PAGE_LIMITS):
                return first, weave(first.markdown)
        except (LimitReached, MemoryError, TooDeep):
            return first, None


def watched_by(shown: FirstPages, progress: Progress) -> Progress:
    """Return what tells both the terminal and the browser how far a build is."""

    def tell(stage: str, done: int, total: int) -> None:
        shown.advance(stage, done, total)
        progress(stage, done, total)

    return tell


@contextmanager
def serving_first(bound: socket, shown: FirstPages, theme: Callable[[], Theme]) -> Iterator[None]:
    """Answer at a socket until the end of the block; the socket stays open, so that nobody is turned away."""
    end, begun = Event(), Event()
    thread = Thread(target=lambda: asyncio.run(_serve(bound.dup(), shown, theme, (begun, end))), daemon=True)
    try:
        thread.start()
        begun.wait()  # Ctrl-C may come here, too: nothing of the thread may wait for ever
        yield
    finally:
        end.set()
        if thread.ident:
            thread.join()


async def _serve(bound: socket, shown: FirstPages, theme: Callable[[], Theme], events: tuple[Event, Event]) -> None:
    begun, end = events
    environment = Environment(
        autoescape=True, undefined=StrictUndefined, loader=FileSystemLoader(Path(__file__).parent)
    )
    values = {"shown": shown, "template": environment.get_template("first.html")}
    handlers: list[Any] = [
        (STATE, _StateHandler, {"shown": shown}),
        (rf"{PREFIX}(first\.(?:js|css))", AssetHandler),
        (r"/static/(.*)", _ThemeHandler, {"theme": theme}),
        (r"/(.*)", _PageHandler, values),
    ]
    server = HTTPServer(GuardedApplication(handlers))
    server.add_socket(bound)
    begun.set()
    try:
        await asyncio.to_thread(end.wait)
    finally:
        server.stop()
        await server.close_all_connections()


class _StateHandler(PreviewHandler):
    def initialize(self, shown: FirstPages) -> None:
        self.shown = shown

    def get(self) -> None:
        self.answer(self.shown.state())


class _ThemeHandler(PreviewHandler):
    """Files of the theme that the build is going to write."""

    def initialize(self, theme: Callable[[], Theme]) -> None:
        self.theme = theme

    def get(self, path: str) -> None:
        content = self.theme().statics.get(path)
        if content is None:
            raise web.HTTPError(404)
        self.set_header("Content-Type", "text/css" if path.endswith(".css") else "application/octet-stream")
        self.finish(content)


class _PageHandler(PreviewHandler):
    """The home page, the articles that were read, and a page that says of all others that they are being made."""

    def initialize(self, shown: FirstPages, template: Any) -> None:
        self.shown, self.template = shown, template

    def get(self, path: str) -> None:
        page = self.shown.page(path)
        if path and page is None:
            self.set_status(503)
            self.set_header("Retry-After", "5")
        article, body = page or (None, None)
        self.finish(self.template.render(path=path, article=article, body=body, prefix=PREFIX))
