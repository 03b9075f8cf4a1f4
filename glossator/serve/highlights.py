"""Highlights that are made in the preview: requests of its own pages, which write them to the archive's files.

What saved pages bring with them is told apart, until the owner accepts it page by page; so is what has no place.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import msgspec
from msgspec.structs import replace
from tornado import web

from glossator import markup
from glossator.config import SiteError
from glossator.content.article_store import ArticleStore
from glossator.content.highlights import (
    ArticleHighlights,
    accept,
    highlighted,
    read_highlights,
    read_unplaced,
    refuse,
    remove_unplaced,
    unaccepted,
    write_highlights,
)
from glossator.files import failure
from glossator.model import ArticleId, Highlight
from glossator.serve.corrections import Corrections, GuardedHandler
from glossator.serve.request_guard import PREFIX
from glossator.site_paths import article_path


def head(corrections: Corrections) -> bytes:
    """Return the markup for the head of every served page; the script comes before those that are deferred."""
    return f'<script src="{PREFIX}highlight-files.js" data-token="{corrections.token}"></script>'.encode()


def handlers(corrections: Corrections) -> list[Any]:
    return [
        (rf"{PREFIX}highlights", _HighlightsHandler, {"corrections": corrections}),
        (rf"{PREFIX}imported", _ImportedHandler, {"corrections": corrections}),
    ]


class _Handler(GuardedHandler):
    def article(self, name: str) -> ArticleId:
        """Return the article that a request names. Raises HTTPError 404 if the archive has no file of it."""
        if name not in {path.stem for path in (self.content / "articles").glob("*.md")}:
            raise web.HTTPError(404)
        return ArticleId(name)

    @property
    def content(self) -> Path:
        return self.corrections.paths.content

    def refuse(self, reason: str) -> None:
        self.set_status(422)
        self.answer({"error": reason})


class _HighlightsHandler(_Handler):
    """GET: the paths of all highlighted articles; with `?article=ID` its highlights. POST: new ones of that one.

    Those that were not accepted are not told here, and stay in the file.
    """

    def get(self) -> None:
        if not self.get_query_argument("article", ""):
            self.answer([article_path(article) for article in highlighted(self.content)])
            return
        try:
            highlights = read_highlights(self.content, self.article(self.get_query_argument("article")))
        except SiteError as error:
            self.refuse(f"{error.message} {error.hint}")
            return
        accepted = highlights and replace(highlights, items=_those(highlights, accepted=True))
        self.answer(msgspec.to_builtins(accepted))

    def post(self) -> None:
        article = self.article(self.get_query_argument("article"))
        try:
            sent = msgspec.convert(self.sent(), ArticleHighlights)
            there = read_highlights(self.content, article)
            kept = _those(there, accepted=False) if there else ()
            items = (*_those(sent, accepted=True), *kept)
            write_highlights(self.content, article, replace(sent, items=items))
        except msgspec.ValidationError:
            raise web.HTTPError(400) from None
        except SiteError as error:
            self.refuse(f"{error.message} {error.hint}")
            return
        except OSError as error:
            self.refuse(f"The highlights were not written: {failure(error)}")
            return
        self.answer({})


def _those(highlights: ArticleHighlights, *, accepted: bool) -> tuple[Highlight, ...]:
    return tuple(item for item in highlights.items if item.accepted == accepted)


class _ImportedHandler(_Handler):
    """GET: what saved pages marked and nobody accepted, what has no place, and what articles mark in their texts.

    POST: `{"accept": ID}` or `{"refuse": ID}` of an article's page; `{"remove": ID}` of a highlight without a place.
    """

    def get(self) -> None:
        pages = [
            {"path": article_path(article), "title": found.title, "items": msgspec.to_builtins(found.items)}
            for article, found in unaccepted(self.content).items()
        ]
        unplaced = [
            {"title": item.title, "address": item.address, **msgspec.to_builtins(item.highlight)}
            for items in read_unplaced(self.content)[0].values()
            for item in items
        ]
        store = self.corrections.articles()
        self.answer({"pages": pages, "unplaced": unplaced, "texts": list(_marked(store)) if store else []})

    def post(self) -> None:
        sent = self.sent()
        try:
            match sent:
                case {"accept": str(name)}:
                    accept(self.content, self.article(name))
                case {"refuse": str(name)}:
                    refuse(self.content, self.article(name))
                case {"remove": str(identifier)}:
                    remove_unplaced(self.content, identifier)
                case _:
                    raise web.HTTPError(400)
        except SiteError as error:
            self.refuse(f"{error.message} {error.hint}")
            return
        except OSError as error:
            self.refuse(f"The highlights were not written: {failure(error)}")
            return
        self.answer({})


def _marked(store: ArticleStore) -> Iterator[dict[str, object]]:
    """Yield the articles that have highlights in their own texts, with these."""
    for stored in store.kept:
        if stored.article_links.highlighted:
            try:
                markdown = store.open_whole(stored).markdown
                text = markup.read(markdown).content
                items = [{"exact": text[slice(*bounds)]} for bounds in markup.marked_passages(markdown)]
            except (SiteError, markup.TooDeep):  # the build says so
                continue
            if items:
                yield {"path": article_path(stored.head.id), "title": stored.head.title, "items": items}
