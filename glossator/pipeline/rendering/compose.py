"""A planned page -> its file, in the building process or in a worker."""

from __future__ import annotations

import zlib
from collections.abc import Callable, Sequence
from functools import cache
from itertools import chain

import msgspec
from jinja2 import Environment
from msgspec.structs import replace

from glossator.config import SiteError
from glossator.files import Unusable
from glossator.incremental.cache import DamagedRow, RowDecoder
from glossator.incremental.namespace import RowSource, read_stored
from glossator.incremental.schema import COMPOSED_PAGES, ComposedPage
from glossator.incremental.workers.article_limits import LimitReached, Limits, essential, limited
from glossator.incremental.workers.batches import Exceeded
from glossator.model import Analysis, Article, ArticleId, Digest, Html, SitePath
from glossator.pipeline.stage_work import ArticleFile, read_markdown, text_of
from glossator.stages import render
from glossator.stages.plan import (
    PAGE_KINDS,
    Catalogue,
    Excerpt,
    LinkedText,
    OnDemand,
    OpenedArticle,
    PlannedPage,
    Reads,
    RecordedTable,
    Targets,
    WovenText,
    compose,
    data_files,
    excerpt,
    text_of_page,
)
from glossator.text import digest
from glossator.views import AnyPage, ArticlePage, Site

PageData = dict[SitePath, bytes]
"""Files with the data of a page, by path."""
EXCERPTS_KEPT = 2000
"""Excerpts kept decoded from page to page."""
_EXCERPT: RowDecoder[Excerpt] = RowDecoder(Excerpt)
_WOVEN: RowDecoder[WovenText] = RowDecoder(WovenText, dec_hook=lambda _, text: Html(text))


@cache
def _decoder(view: type[AnyPage]) -> RowDecoder[tuple[AnyPage, PageData, Targets]]:
    """Return the decoder of composed pages of a class."""
    return RowDecoder(tuple[view, dict[SitePath, bytes], Targets], dec_hook=lambda _, text: Html(text))  # type: ignore[valid-type]


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


def stored_pages(source: RowSource, jobs: Sequence[PageJob]) -> list[ComposedPage | None]:
    """Return each page as it was composed last, if anything of that is needed. Raises DamagedRow for a lost one."""
    needed = {job.page.path for job in jobs if not job.compose}
    texts = {job.page.path for job in jobs if shows_text(job.page)}
    rows = read_stored(source, COMPOSED_PAGES, sorted(needed | texts))
    if lost := needed - rows.keys():
        raise DamagedRow(min(lost))
    return [rows.get(job.page.path) for job in jobs]


def make_pages(
    sources: PageSources, jobs: Sequence[PageJob], stored: Sequence[ComposedPage | None], limits: Limits
) -> tuple[RenderedPage, ...]:
    """Make pages that all show the text of an article, within the limits, or that all show none."""
    if jobs and shows_text(jobs[0].page):
        return make_article_pages(sources, jobs, stored, limits)
    return tuple(make_page(sources, job, last) for job, last in zip(jobs, stored, strict=True))


def make_article_pages(
    sources: PageSources, jobs: Sequence[PageJob], stored: Sequence[ComposedPage | None], limits: Limits
) -> tuple[RenderedPage, ...]:
    """Make pages of articles, together within the limits; if they exceed them, each alone.

    `stored` are the pages as they were composed last. A page that exceeds the limits has no content and the reason.
    """
    if any(job.compose for job in jobs):
        sources.catalogue()  # opening the catalogue is not the work on an article
    try:
        with limited(limits):
            return tuple(make_page(sources, job, last) for job, last in zip(jobs, stored, strict=True))
    except (LimitReached, MemoryError) as error:
        if len(jobs) > 1:
            pairs = zip(jobs, stored, strict=True)
            return tuple(chain.from_iterable(make_article_pages(sources, [job], [last], limits) for job, last in pairs))
        reached = error if isinstance(error, LimitReached) else LimitReached(memory=True)
        exceeded = Exceeded(limits.reason(reached.memory), reached.essential)
        return (RenderedPage(jobs[0].page.path, None, article=ArticleId(jobs[0].page.subject), exceeded=exceeded),)


def make_page(sources: PageSources, job: PageJob, stored: ComposedPage | None = None) -> RenderedPage:
    """Compose and render a page, given as it was composed last; a page that is not to be composed is rendered alone.

    Raises SiteError for a fault in a template, or if an article was changed since the build looked at it.
    """
    if stored is not None and not job.compose:
        view, data = _stored_view(job.page, stored)
        return RenderedPage(job.page.path, _render(sources, view), stored.view, data=tuple(data.items()))
    view, data, composed = _compose(sources, job, stored)
    if job.shown == composed.view:
        return RenderedPage(job.page.path, None, composed.view, composed)
    return RenderedPage(job.page.path, _render(sources, view), composed.view, composed, data=tuple(data.items()))


def _compose(sources: PageSources, job: PageJob, stored: ComposedPage | None) -> tuple[AnyPage, PageData, ComposedPage]:
    """Return the view of a page, its data, and the page as it is to be stored."""
    page, catalogue = job.page, sources.catalogue()
    reads: Reads = set() if catalogue.reads is None else catalogue.reads
    reads.clear()
    files = {file.head.id: (file, key) for file, key in (*job.beside, (job.file, job.analysis)) if file}
    opened: OnDemand[ArticleId, OpenedArticle]
    opened = OnDemand(lambda article: open_article(sources.analysis, *files[article]), files)
    texts = RecordedTable("texts", opened, reads)
    former = _WOVEN.decode(zlib.decompress(stored.text)) if stored and stored.text else None
    text = text_of_page(catalogue, page, texts, former) if shows_text(page) else None
    view = compose(catalogue, page, texts, OnDemand(sources.excerpt, catalogue.heads), text)
    data = data_files(catalogue, page, view, texts)
    bare = replace(view, body=Html("")) if isinstance(view, ArticlePage) else view
    composed = ComposedPage(
        view=digest(_encoded((view, data))),
        content=zlib.compress(_encoded((bare, data, text.targets if text else ())), 1),
        reads=tuple(sorted(f"{table} {key}" for table, key in reads)),
    )
    if stored and text and text.woven is former:
        composed = replace(composed, text=stored.text, excerpt=stored.excerpt)
    elif text:
        excerpted = _excerpt(catalogue, opened[ArticleId(page.subject)]) if page.kind == "article" else b""
        composed = replace(composed, text=zlib.compress(_encoded(text.woven), 1), excerpt=excerpted)
    return view, data, composed


def _stored_view(page: PlannedPage, stored: ComposedPage) -> tuple[AnyPage, PageData]:
    view, data, targets = _decoder(PAGE_KINDS[page.kind].view).decode(zlib.decompress(stored.content))
    if isinstance(view, ArticlePage):
        view = replace(view, body=LinkedText(_WOVEN.decode(zlib.decompress(stored.text)), targets).body)
    return view, data


def _encoded(value: object) -> bytes:
    return msgspec.msgpack.encode(value, enc_hook=str)  # HTML is the only kind of value that msgspec does not know


def open_article(read: Callable[[ArticleFile, str], Analysis], file: ArticleFile, key: str) -> OpenedArticle:
    """Return an article with its analysis, which `read` returns by its key. Raises SiteError if the article changed."""
    analysis = read(file, key) if key else Analysis(file.head.id, (), (), (), (), (), Digest(""))
    try:
        markdown = read_markdown(file)
    except Unusable as error:
        raise SiteError(f"{file.label} {error}.") from None
    with essential():
        text = text_of(file, markdown)
    return OpenedArticle(Article(file.head, markdown, file.text), text, analysis)


def _excerpt(catalogue: Catalogue, opened: OpenedArticle) -> bytes:
    return msgspec.msgpack.encode(excerpt(opened, catalogue.content.text_digests[opened.article.head.id]))


def stored_excerpt(catalogue: Catalogue, article: ArticleId, composed: ComposedPage) -> Excerpt:
    """Return the excerpt that was taken with an article's page. Raises DamagedRow if it is of another text."""
    quoted = _EXCERPT.decode(composed.excerpt)
    if quoted.digest != catalogue.content.text_digests[article]:
        raise DamagedRow(article)
    return quoted


def shows_text(page: PlannedPage) -> bool:
    """True if the page shows the text of an article."""
    return PAGE_KINDS[page.kind].reads == "text"


def _render(sources: PageSources, view: AnyPage) -> bytes:
    try:
        return render.render(sources.environment, view, sources.site)
    except render.TemplateFault as error:
        if isinstance(error.__cause__, LimitReached | MemoryError):
            raise error.__cause__ from None
        raise SiteError(str(error)) from None
