"""A planned page -> its file, in the building process or in a worker."""

from __future__ import annotations

import zlib
from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import chain
from typing import Generic, TypeVar

import msgspec
from jinja2 import Environment

from glossator.config import SiteError
from glossator.files import Unusable
from glossator.incremental.cache import DamagedRow, RowDecoder
from glossator.incremental.schema import ComposedPage
from glossator.incremental.workers.article_limits import LimitReached, Limits, essential, limited
from glossator.incremental.workers.batches import Exceeded
from glossator.model import Analysis, Article, ArticleId, Digest, Html, SitePath
from glossator.pipeline.stage_work import ArticleFile, read_markdown, text_of
from glossator.stages import render
from glossator.stages.plan import (
    TEXT_COMPOSERS,
    VIEWS,
    Catalogue,
    Excerpt,
    OpenedArticle,
    PlannedPage,
    Reads,
    RecordedTable,
    compose,
    data_files,
    excerpt,
)
from glossator.text import digest
from glossator.views import AnyPage, Site

Value = TypeVar("Value")

EXCERPTS_KEPT = 500
"""Excerpts kept decoded from page to page."""


class PageJob(msgspec.Struct, frozen=True):
    """A page to be made."""

    page: PlannedPage
    file: ArticleFile | None = None
    """The article whose text the page shows, if the page shows one."""
    analysis: str = ""
    """Key of the article's analysis; empty for an older version, in which no names are looked for."""
    beside: tuple[tuple[ArticleFile, str], ...] = ()
    """Articles of which the page shows sentences, each with the key of its analysis or an empty one: what the text is
    compared with, and what links to it."""
    compose: bool = True
    """False if the page is rendered from its stored view."""
    shown: str = ""
    """Digest of the view that the site shows: a page that is composed to the same view is not rendered."""
    left: str = ""
    """Digest of the page's file as the last build left it; empty if the site does not have the file any more."""


class RenderedPage(msgspec.Struct, frozen=True):
    """A page, and what is stored of its making."""

    path: SitePath
    content: bytes | None
    """None for a page that the site has already."""
    view: str = ""
    """Digest of the view."""
    composed: ComposedPage | None = None
    """The page as it is to be stored, if it was composed now."""
    article: ArticleId | None = None
    """The article, if its page exceeded a limit."""
    exceeded: Exceeded | None = None
    """Reason why the page of an article could not be made within the limits."""
    data: tuple[tuple[SitePath, bytes], ...] = ()
    """Files with the data of the page."""


class PageSources(msgspec.Struct, frozen=True):
    """All that pages are made from."""

    site: Site
    catalogue: Callable[[], Catalogue]
    """Called if a page has to be composed; the catalogue records what is looked up."""
    environment: Environment
    analysis: Callable[[ArticleFile, str], Analysis]
    """Article, key -> the article's analysis."""
    excerpt: Callable[[ArticleId], Excerpt]
    """Article -> what pages of entities quote from the article."""


def make_article_pages(
    sources: PageSources, jobs: Sequence[PageJob], views: Sequence[ComposedPage | None], limits: Limits
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


def make_page(sources: PageSources, job: PageJob, stored: ComposedPage | None = None) -> RenderedPage:
    """Compose and render a page; a page with a `stored` view is rendered alone.

    Raises SiteError for a fault in a template, or if an article was changed since the build looked at it.
    """
    page = job.page
    if stored is not None:
        view, data = _DECODERS[page.kind].decode(zlib.decompress(stored.content))
        return RenderedPage(page.path, _render(sources, view), stored.view, data=tuple(data.items()))
    catalogue = sources.catalogue()
    reads: Reads = set() if catalogue.reads is None else catalogue.reads
    reads.clear()
    files = {file.head.id: (file, key) for file, key in (*job.beside, (job.file, job.analysis)) if file}
    opened = _OnDemand(lambda article: open_article(sources.analysis, *files[article]))
    texts = RecordedTable("texts", opened, reads)
    view = compose(catalogue, page, texts, _OnDemand(sources.excerpt))
    data = data_files(catalogue, page, view, texts)
    encoded = msgspec.msgpack.encode((view, data), enc_hook=str)
    whole_view = digest(encoded)
    composed = ComposedPage(
        view=whole_view,
        content=zlib.compress(encoded, 1),
        reads=tuple(sorted(f"{table} {key}" for table, key in reads)),
        excerpt=_excerpt(catalogue, opened[ArticleId(page.subject)]) if page.kind == "article" else b"",
    )
    if job.shown == whole_view:
        return RenderedPage(page.path, None, whole_view, composed)
    return RenderedPage(page.path, _render(sources, view), whole_view, composed, data=tuple(data.items()))


class _OnDemand(Mapping[ArticleId, Value], Generic[Value]):
    """Values of articles, made when they are looked up. State: those that were."""

    def __init__(self, make: Callable[[ArticleId], Value]) -> None:
        self._make = make
        self._made: dict[ArticleId, Value] = {}

    def __getitem__(self, article: ArticleId) -> Value:
        if article not in self._made:
            self._made[article] = self._make(article)
        return self._made[article]

    def __iter__(self) -> Iterator[ArticleId]:
        return iter(self._made)

    def __len__(self) -> int:
        return len(self._made)


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


def _excerpt(catalogue: Catalogue, opened: OpenedArticle) -> bytes:
    return msgspec.msgpack.encode(excerpt(opened, catalogue.content.text_digests[opened.article.head.id]))


def stored_excerpt(catalogue: Catalogue, article: ArticleId, composed: ComposedPage) -> Excerpt:
    """Return the excerpt that was taken with an article's page. Raises DamagedRow if it is of another text."""
    found = _EXCERPT.decode(composed.excerpt)
    if found.digest != catalogue.content.text_digests[article]:
        raise DamagedRow(article)
    return found


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


_EXCERPT: RowDecoder[Excerpt] = RowDecoder(Excerpt)
_DECODERS: Mapping[str, RowDecoder[tuple[AnyPage, dict[SitePath, bytes]]]] = {
    kind: RowDecoder(tuple[view, dict[SitePath, bytes]], dec_hook=_decode_html)  # type: ignore[valid-type]
    for kind, view in VIEWS.items()
}
