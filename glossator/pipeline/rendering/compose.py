"""A planned page -> its file, in the building process or in a worker."""

from __future__ import annotations

import zlib
from collections.abc import Callable, Mapping, Sequence
from itertools import chain

import msgspec
from jinja2 import Environment

from glossator.config import SiteError
from glossator.files import Unusable
from glossator.incremental.cache import RowDecoder
from glossator.incremental.schema import EXCERPTS
from glossator.incremental.workers.article_limits import LimitReached, Limits, essential, limited
from glossator.incremental.workers.batches import Exceeded
from glossator.model import Analysis, Article, ArticleId, Digest, Html, SitePath
from glossator.pipeline.stage_work import ArticleFile, read_markdown, text_of
from glossator.stages import render
from glossator.stages.plan import (
    EXCERPT_COMPOSERS,
    TEXT_COMPOSERS,
    VIEWS,
    Catalogue,
    Excerpt,
    OpenedArticle,
    PlannedPage,
    compose,
    data_files,
    excerpt,
)
from glossator.views import AnyPage, Site

EXCERPTS_KEPT = 500
"""Excerpts kept decoded from page to page."""


class PageJob(msgspec.Struct, frozen=True):
    """A page to be made."""

    page: PlannedPage
    file: ArticleFile | None = None
    """The article whose text the page shows, if the page shows one."""
    analysis: str = ""
    """Key of the article's analysis; empty for an older version, in which no names are looked for."""
    beside: ArticleFile | None = None
    """The article that the text is compared with, if the page shows what differs."""
    left: str = ""
    """Digest of the page's file as the last build left it; empty if the site does not have the file any more."""


class RenderedPage(msgspec.Struct, frozen=True):
    """A page, and what is stored of its making."""

    path: SitePath
    content: bytes | None
    """None for a page that the site has already."""
    view: bytes = b""
    """Encoded view that the template was given, with the data of the page, if the page was composed now."""
    article: ArticleId | None = None
    """The article, if an article's page was composed now."""
    excerpt: bytes = b""
    """The article's excerpt, encoded."""
    exceeded: Exceeded | None = None
    """Reason why the page of an article could not be made within the limits."""
    data: tuple[tuple[SitePath, bytes], ...] = ()
    """Files with the data of the page."""


class PageSources(msgspec.Struct, frozen=True):
    """All that pages are made from."""

    site: Site
    catalogue: Callable[[], Catalogue]
    """Called if a page has to be composed."""
    environment: Environment
    analysis: Callable[[ArticleFile, str], Analysis]
    """Article, key -> the article's analysis."""
    excerpt: Callable[[ArticleId], Excerpt]
    """Article -> what pages of entities quote from the article."""


def make_article_pages(
    sources: PageSources, jobs: Sequence[PageJob], views: Sequence[bytes | None], limits: Limits
) -> tuple[RenderedPage, ...]:
    """Make pages of articles, together within the limits; if they exceed them, each alone.

    `views` are those of `make_page`. A page that exceeds the limits has no content and the reason.
    """
    if None in views:
        sources.catalogue()  # opening the catalogue is not the work on an article
    try:
        with limited(limits):
            return tuple(make_page(sources, job, view) for job, view in zip(jobs, views, strict=True))
    except (LimitReached, MemoryError) as error:
        if len(jobs) > 1:
            pairs = zip(jobs, views, strict=True)
            return tuple(chain.from_iterable(make_article_pages(sources, [job], [view], limits) for job, view in pairs))
        reached = error if isinstance(error, LimitReached) else LimitReached(memory=True)
        exceeded = Exceeded(limits.reason(reached.memory), reached.essential)
        return (RenderedPage(jobs[0].page.path, None, article=ArticleId(jobs[0].page.subject), exceeded=exceeded),)


def make_page(sources: PageSources, job: PageJob, composed: bytes | None = None) -> RenderedPage:
    """Compose and render a page; `composed` is the view if the page was composed before and shows the same still.

    Raises SiteError for a fault in a template, or if an article was changed since the build looked at it.
    """
    page = job.page
    if composed is not None:
        view, data = _DECODERS[page.kind].decode(composed)
        return RenderedPage(page.path, _render(sources, view), data=tuple(data.items()))
    opened = {job.file.head.id: open_article(sources.analysis, job.file, job.analysis)} if job.file else {}
    if job.beside:
        opened[job.beside.head.id] = open_article(sources.analysis, job.beside, "")
    excerpts = {article: sources.excerpt(article) for article in page.needs} if page.kind in EXCERPT_COMPOSERS else {}
    view = compose(sources.catalogue(), page, opened, excerpts)
    data = data_files(sources.catalogue(), page, view, opened)
    encoded = msgspec.msgpack.encode((view, data), enc_hook=str)
    rendered = RenderedPage(page.path, _render(sources, view), encoded, data=tuple(data.items()))
    if page.kind != "article":
        return rendered
    article = page.needs[0]
    return msgspec.structs.replace(rendered, article=article, excerpt=EXCERPTS.encode(excerpt(opened[article])))


def open_article(read: Callable[[ArticleFile, str], Analysis], file: ArticleFile, key: str) -> OpenedArticle:
    """Return an article with its analysis, which `read` returns by its key. Raises SiteError if the article changed."""
    found = read(file, key) if key else Analysis(file.head.id, (), (), (), (), (), Digest(""))
    try:
        markdown = read_markdown(file)
    except Unusable as error:
        raise SiteError(f"{file.label} {error}.") from None
    with essential():
        text = text_of(file, markdown)
    return OpenedArticle(Article(file.head, markdown, file.text), text, found)


def composed_row(page: PlannedPage, view: bytes) -> bytes:
    """Return the row to be stored of a composed page: digest of what the page shows, a blank, the compressed view."""
    return b"%s %s" % (page.fingerprint.whole.encode(), zlib.compress(view, 1))


def stored_view(page: PlannedPage, rows: Mapping[SitePath, bytes]) -> bytes | None:
    """Return the view stored for a page; None if there is none, or if the page shows something else now."""
    return zlib.decompress(rows[page.path].partition(b" ")[2]) if is_composed(page, rows) else None


def is_composed(page: PlannedPage, rows: Mapping[SitePath, bytes]) -> bool:
    """True if a view is stored of what the page shows now."""
    return rows.get(page.path, b"").startswith(page.fingerprint.whole.encode())


def shows_text(page: PlannedPage) -> bool:
    """True if the page shows the text of an article."""
    return page.kind in TEXT_COMPOSERS


def _render(sources: PageSources, view: AnyPage) -> bytes:
    try:
        return render.render(sources.environment, view, sources.site)
    except render.TemplateFault as error:
        if isinstance(error.__cause__, LimitReached | MemoryError):
            raise error.__cause__ from None
        raise SiteError(str(error)) from None


def _decode_html(_: type, text: str) -> Html:
    """Return HTML for the only kind of value in a view that msgspec does not know."""
    return Html(text)


_DECODERS: Mapping[str, RowDecoder[tuple[AnyPage, dict[SitePath, bytes]]]] = {
    kind: RowDecoder(tuple[view, dict[SitePath, bytes]], dec_hook=_decode_html)  # type: ignore[valid-type]
    for kind, view in VIEWS.items()
}
