"""A planned page -> its file, wherever it is made."""

from __future__ import annotations

import zlib
from collections.abc import Callable
from dataclasses import dataclass

import msgspec
from jinja2 import Environment

from glossator import markup
from glossator.config import SiteError
from glossator.model import Analysis, Article, ArticleId, Digest, Html, Rows, SitePath
from glossator.pipeline import stage_runs
from glossator.pipeline.stage_runs import ArticleFile
from glossator.stages import render
from glossator.stages.plan import KINDS, QUOTING, Catalogue, Excerpt, OpenedArticle, PlannedPage, compose, excerpt
from glossator.views import AnyPage, Site

EXCERPTS = "excerpts"
"""The namespace, and its table, of what pages of entities show of an article."""
VALUES = "values"
"""The namespace and its only table: what templates saw, after a digest of what the page shows and a blank."""
KEPT = 500
"""Excerpts that are kept from page to page."""


@dataclass(frozen=True, slots=True)
class PageJob:
    """A page to be made."""

    sheet: PlannedPage
    file: ArticleFile | None = None
    """Of a page that shows an article's text: that article."""
    found: str = ""
    """The key of what was found in it; empty for an older version, in which no names are looked for."""
    left: str = ""
    """The digest of the page's file as the last build left it, if the site has it still."""


@dataclass(frozen=True, slots=True)
class RenderedPage:
    """A page, and what is kept of the making."""

    path: SitePath
    content: bytes | None
    """None for a page that the site has already."""
    value: bytes = b""
    """What its template saw, if it was composed now."""
    article: ArticleId | None = None
    """Of an article's page that was composed now: the article, and its excerpt."""
    excerpt: bytes = b""


@dataclass(frozen=True, slots=True)
class PageSources:
    """All that it takes to make pages."""

    site: Site
    catalogue: Callable[[], Catalogue]
    """Asked where a page has to be composed."""
    environment: Environment
    analysis: Callable[[ArticleFile, str], Analysis]
    """What was found in an article, by its key."""
    quote: Callable[[ArticleId], Excerpt]
    """What the pages of entities show of an article."""


def make(desk: PageSources, job: PageJob, composed: bytes | None = None) -> RenderedPage:
    """The page; `composed` is what its template is to see, if it was composed before and is the same still.

    Raises SiteError for a fault in a template, Unusable where an article was changed meanwhile.
    """
    sheet = job.sheet
    if composed is not None:
        return RenderedPage(sheet.path, _rendered(desk, _DECODERS[sheet.kind].decode(composed)))
    readings = {job.file.head.id: opened(desk, job.file, job.found)} if job.file else {}
    excerpts = {article: desk.quote(article) for article in sheet.needs} if sheet.kind in QUOTING else {}
    page = compose(desk.catalogue(), sheet, readings, excerpts)
    content, value = _rendered(desk, page), msgspec.msgpack.encode(page, enc_hook=str)
    if sheet.kind != "article":
        return RenderedPage(sheet.path, content, value)
    return RenderedPage(sheet.path, content, value, sheet.needs[0], taken(readings[sheet.needs[0]]))


def kept(sheet: PlannedPage, value: bytes) -> bytes:
    """The row of a page that was composed: what its template saw, and of what sheet."""
    return b"%s %s" % (sheet.fingerprint.whole.encode(), zlib.compress(value, 1))


def composed(sheet: PlannedPage, rows: Rows) -> bytes | None:
    """What was composed of a sheet that shows the same."""
    return zlib.decompress(rows[sheet.path].partition(b" ")[2]) if holds(sheet, rows) else None


def holds(sheet: PlannedPage, rows: Rows) -> bool:
    """Whether there is a row of a sheet that shows the same."""
    return rows.get(sheet.path, b"").startswith(sheet.fingerprint.whole.encode())


def _rendered(desk: PageSources, page: AnyPage) -> bytes:
    try:
        return render.render(desk.environment, page, desk.site)
    except render.TemplateFault as error:
        raise SiteError(str(error)) from None


def _html(_: type, text: str) -> Html:
    """Of all that a template sees, the one kind of value that msgspec does not know."""
    return Html(text)


_DECODERS = {kind: msgspec.msgpack.Decoder(page, dec_hook=_html) for kind, page in KINDS.items()}


def opened(desk: PageSources, file: ArticleFile, found: str) -> OpenedArticle:
    markdown = stage_runs.markdown(file)
    analysis = desk.analysis(file, found) if found else Analysis(file.head.id, (), (), (), (), (), Digest(""))
    return OpenedArticle(Article(file.head, markdown, file.text), markup.read(markdown), analysis)


def taken(reading: OpenedArticle) -> bytes:
    return msgspec.msgpack.encode(excerpt(reading))
