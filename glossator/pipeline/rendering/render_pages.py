"""The stale pages, rendered here or by workers: pages of articles first, because pages of entities quote articles."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import AbstractContextManager, nullcontext
from dataclasses import replace
from itertools import chain

import msgspec

from glossator import output
from glossator.config import PROCESSES, SiteError
from glossator.content.theme import Theme
from glossator.incremental.memo import no_progress, run_memoised
from glossator.incremental.namespace import Namespace, commit
from glossator.incremental.schema import COMPOSED, COMPOSED_PAGES
from glossator.incremental.workers.batches import Exceeded
from glossator.incremental.workers.executors import Workers
from glossator.model import Analysis, ArticleId, Output, Problem, SitePath
from glossator.pipeline.context import BuildContext
from glossator.pipeline.rendering.compose import (
    EXCERPTS_KEPT,
    PageJob,
    PageSources,
    RenderedPage,
    composed_row,
    is_composed,
    make_article_pages,
    make_page,
    shows_text,
    stored_view,
)
from glossator.pipeline.rendering.page_limits import PagesExceeded
from glossator.pipeline.rendering.plan import SitePlan, settings_of_all
from glossator.pipeline.rendering.render_workers import PAGES_A_BATCH, render_stage, store_worker_inputs
from glossator.pipeline.rendering.stale_pages import StalePages
from glossator.pipeline.rendering.stored_excerpts import FoundArticles, StoredExcerpts
from glossator.pipeline.stage_runs import is_risky
from glossator.pipeline.stage_work import ArticleFile
from glossator.stages import render
from glossator.stages.plan import EXCERPT_COMPOSERS, PlannedPage

PAGES_A_COMMIT = 2000
"""Pages of which views and excerpts are held until they are committed together."""
PAGES_FOR_WORKERS = 200
"""Fewer pages than this are rendered in the building process, because workers take time to start."""


class RenderOrder(msgspec.Struct, frozen=True):
    """Pages to render, and everything that they are rendered from."""

    theme: Theme
    plan: SitePlan
    stale: StalePages
    articles: FoundArticles

    def job(self, page: PlannedPage) -> PageJob:
        """Return a page with the article whose text the page shows, if it shows one."""
        if not shows_text(page):
            return PageJob(page)
        state = self.articles.found.states.get(page.needs[0])
        beside = self.articles.files[page.needs[1]] if len(page.needs) > 1 else None
        return PageJob(page, self.articles.files[page.needs[0]], state.key if state else "", beside)


def render_pages(context: BuildContext, order: RenderOrder) -> Iterator[Output]:
    """Yield the stale pages. Raises SiteError for a fault in a template, PagesExceeded if articles exceed a limit."""
    stored = _StoredViews(context, order)
    pages = order.stale.pages
    texts = [order.job(page) for page in pages if shows_text(page)]
    quoting = [order.job(page) for page in pages if page.kind in EXCERPT_COMPOSERS]
    others = [order.job(page) for page in pages if not shows_text(page) and page.kind not in EXCERPT_COMPOSERS]
    many = len(texts) + len(quoting) >= PAGES_FOR_WORKERS and context.workers.processes > 1
    if many:
        context.workers.end_processes()  # those that found names hold a model, which no page needs
    by_workers = many or any(is_risky(job.file) for job in texts if job.file)
    with _local_workers(context) as workers:
        rendered = chain(
            _within_limits(
                stored, _render_by_workers(workers, stored, texts) if by_workers else _render_texts_here(stored, texts)
            ),
            _render_by_workers(workers, stored, quoting) if many else _render_here(stored, quoting),
            _render_here(stored, others),
        )
        for done, page in enumerate(rendered, start=1):
            if page.content is not None:
                yield Output(page.path, page.content)
            yield from (Output(path, content) for path, content in page.data)
            context.progress("render", done, len(pages))
    stored.commit()


def _local_workers(context: BuildContext) -> AbstractContextManager[Workers]:
    """Return workers that share our disk: the build's, or others beside a cluster's."""
    if context.workers.remote:
        return Workers(replace(context.config.build, executor=PROCESSES))
    return nullcontext(context.workers)


def _within_limits(stored: _StoredViews, pages: Iterator[RenderedPage]) -> Iterator[RenderedPage]:
    """Yield pages of articles; raise PagesExceeded at the end if some exceeded a limit, so that the others are made."""
    exceeded: dict[ArticleId, Exceeded] = {}
    for page in pages:
        if page.exceeded and page.article:
            exceeded[page.article] = page.exceeded
        yield page
    if exceeded:
        stored.commit()
        raise PagesExceeded(exceeded)


def _render_texts_here(stored: _StoredViews, jobs: Sequence[PageJob]) -> Iterator[RenderedPage]:
    for start in range(0, len(jobs), PAGES_A_BATCH):
        batch = jobs[start : start + PAGES_A_BATCH]
        with stored.context.times.step("render"):
            stored.find_missing(batch)
            views = [stored.view_of(job.page) for job in batch]
            pages = make_article_pages(stored.sources, batch, views, stored.context.workers.limits)
            for job, page in zip(batch, pages, strict=True):
                stored.add(job.page, page)
        yield from pages


def _render_here(stored: _StoredViews, jobs: Sequence[PageJob]) -> Iterator[RenderedPage]:
    for job in jobs:
        with stored.context.times.step("render"):
            rendered = make_page(stored.sources, job, stored.view_of(job.page))
            stored.add(job.page, rendered)
        yield rendered


def _render_by_workers(workers: Workers, stored: _StoredViews, jobs: Sequence[PageJob]) -> Iterator[RenderedPage]:
    context, order = stored.context, stored.order
    with context.times.step("render"):
        left = output.manifest(context.paths.site) if order.stale.intact else {}
        jobs = [msgspec.structs.replace(job, left=left.get(job.page.path, "")) for job in stored.complete(jobs)]
        inputs = store_worker_inputs(context, order.plan.catalogue, order.theme.templates)
        results = run_memoised(None, workers, render_stage(inputs), jobs, no_progress)
    while True:
        with context.times.step("render"):
            result = next(results, None)
            if result is None:
                return
            page = jobs[result.index].page
            rendered = result.value
            if isinstance(rendered, Problem):
                if not (result.exceeded and shows_text(page)):
                    raise SiteError(f"{rendered.path} {rendered.message}.", "Build again.")
                rendered = RenderedPage(page.path, None, article=page.needs[0], exceeded=result.exceeded)
            stored.add(page, rendered)
        yield rendered


class _StoredViews:
    """Views and excerpts, of earlier builds and of this one. State: what is not committed yet."""

    def __init__(self, context: BuildContext, order: RenderOrder) -> None:
        self.context, self.order = context, order
        catalogue = order.plan.catalogue
        self._excerpts = StoredExcerpts(context, order.articles, catalogue.content.text_digests)
        self._composed = Namespace(
            context.cache, COMPOSED, site=repr(catalogue.site), plan_settings=settings_of_all(catalogue.settings)
        )
        self._composed.write(COMPOSED_PAGES, dict.fromkeys(order.stale.gone))
        self.sources = PageSources(
            catalogue.site,
            lambda: catalogue,
            render.environment(order.theme.templates, catalogue.site.words),
            self._analysis,
            self._excerpts.read,
        )
        self._waiting = 0

    def view_of(self, page: PlannedPage) -> bytes | None:
        """Return the view of a page that was composed before and shows the same still."""
        return stored_view(page, self._composed.read(COMPOSED_PAGES, [page.path]))

    def add(self, page: PlannedPage, rendered: RenderedPage) -> None:
        """Keep the view of a page, and the excerpt that was taken while an article's page was composed."""
        if rendered.view:
            self._composed.write(COMPOSED_PAGES, {page.path: composed_row(page, rendered.view)})
        if rendered.article is not None and rendered.excerpt:
            self._excerpts.add(rendered.article, rendered.excerpt)
        self._waiting += 1
        if self._waiting >= PAGES_A_COMMIT:
            self.commit()

    def complete(self, jobs: Sequence[PageJob]) -> list[PageJob]:
        """Store what workers will read for the jobs; return the jobs with no more than workers need besides."""
        self.commit()
        composed = self._composed_paths(jobs)
        open_jobs = [job for job in jobs if job.page.path not in composed]
        self.find_missing(open_jobs)
        quoted = {article for job in open_jobs if job.page.kind in EXCERPT_COMPOSERS for article in job.page.needs}
        self._excerpts.complete(quoted)
        self.commit()
        return [PageJob(job.page) if job.page.path in composed else job for job in jobs]

    def find_missing(self, jobs: Sequence[PageJob]) -> None:
        """Find the names of those articles again whose analyses are not stored any more."""
        missing = set(self.context.cache.missing(job.analysis for job in jobs if job.analysis))
        for job in jobs:
            if job.file and job.analysis in missing:
                self._analysis(job.file, job.analysis)

    def commit(self) -> None:
        """Store views and excerpts, for workers and later builds."""
        self._excerpts.record()
        commit(self.context.cache, self._excerpts.namespace, self._composed)
        self._waiting = 0

    def _composed_paths(self, jobs: Sequence[PageJob]) -> set[SitePath]:
        """Return the paths of the pages whose stored view is still right."""
        found: set[SitePath] = set()
        for start in range(0, len(jobs), EXCERPTS_KEPT):
            pages = [job.page for job in jobs[start : start + EXCERPTS_KEPT]]
            rows = self._composed.read(COMPOSED_PAGES, [page.path for page in pages])
            found.update(page.path for page in pages if is_composed(page, rows))
        return found

    def _analysis(self, file: ArticleFile, key: str) -> Analysis:
        return self.order.articles.analysis(self.context, file, key)
