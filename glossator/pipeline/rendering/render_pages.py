"""The stale pages, rendered here or by workers: pages of articles first, because pages of entities quote articles."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import lru_cache

import msgspec

from glossator import site_paths
from glossator.config import SiteError
from glossator.content.theme import Theme
from glossator.incremental.memo import no_progress, run_memoised
from glossator.incremental.namespace import commit, read_needed
from glossator.incremental.schema import COMPOSED_PAGES, READERS, UNCOMPOSED, ComposedPage
from glossator.incremental.workers.batches import Exceeded
from glossator.incremental.workers.executors import Workers
from glossator.model import Analysis, ArticleId, Fingerprint, Output, Problem, SitePath
from glossator.pipeline.analysis.find_entities import FoundArticles
from glossator.pipeline.context import BuildContext
from glossator.pipeline.rendering.compose import (
    EXCERPTS_KEPT,
    PageJob,
    PageSources,
    RenderedPage,
    make_pages,
    shows_text,
    stored_excerpt,
    stored_pages,
)
from glossator.pipeline.rendering.page_limits import PagesExceeded
from glossator.pipeline.rendering.plan import SitePlan, store_composed
from glossator.pipeline.rendering.render_workers import PAGES_A_BATCH, render_stage, store_worker_inputs
from glossator.pipeline.rendering.stale_pages import StalePages
from glossator.pipeline.stage_runs import is_risky
from glossator.pipeline.stage_work import ArticleFile
from glossator.stages import render
from glossator.stages.plan import PAGE_KINDS, Excerpt, PlannedPage, opened_with, record_reads

PAGES_A_COMMIT = 2000
"""Composed pages that are held until they are committed together."""
PAGES_FOR_WORKERS = 200
"""Fewer pages than this are rendered in the building process, because workers take time to start."""


class RenderOrder(msgspec.Struct, frozen=True):
    """Pages to render, and everything that they are rendered from."""

    theme: Theme
    plan: SitePlan
    stale: StalePages
    articles: FoundArticles

    def job(self, page: PlannedPage) -> PageJob:
        """Return a page with the article whose text the page shows, if it shows one and is to be composed."""
        if page.path not in self.plan.causes:
            return PageJob(page, compose=False)
        shown = self.stale.shown.get(page.path, "")
        if not shows_text(page):
            return PageJob(page, shown=shown)
        article, files = ArticleId(page.subject), self.articles.files
        states = self.articles.found.states
        state = states.get(article)
        newest = self.plan.catalogue.newest.get(article)
        citing = opened_with(self.plan.catalogue, article)
        # A page does not depend on whether another article, which may be very long, keeps within the limits.
        quoted = tuple((files[other], states[other].key) for other in citing if not is_risky(files[other]))
        beside = ((files[newest], ""),) if newest else quoted
        return PageJob(page, files[article], state.key if state else "", beside, shown=shown)


class SiteRendering:
    """The stale pages as they are rendered. State: the fingerprints of those that are done."""

    def __init__(self, context: BuildContext, order: RenderOrder) -> None:
        self._context, self._order = context, order
        self.rendered: dict[str, Fingerprint] = {}
        """Fingerprints of the pages that are other files now, or may be."""
        self.unchanged: dict[str, Fingerprint] = {}
        """Fingerprints of the pages that were composed to the view that the site shows."""

    def pages(self) -> Iterator[Output]:
        """Yield the pages. Raises SiteError for a fault in a template, PagesExceeded if articles exceed a limit."""
        stale = self._order.stale
        for done, page in enumerate(_rendered(self._context, self._order), start=1):
            if not page.exceeded:
                kept = stale.shown.get(page.path) == page.view
                fingerprint = stale.renderer.fingerprint(self._order.plan.pages[page.path], page.view)
                (self.unchanged if kept else self.rendered)[page.path] = fingerprint
            if page.content is not None:
                yield Output(page.path, page.content)
            yield from (Output(path, content) for path, content in page.data)
            self._context.progress("render", done, len(stale.pages))


def _rendered(context: BuildContext, order: RenderOrder) -> Iterator[RenderedPage]:
    stored = _StoredViews(context, order)
    jobs = [order.job(page) for page in order.stale.pages]
    texts = [job for job in jobs if shows_text(job.page)]
    quoting = [job for job in jobs if PAGE_KINDS[job.page.kind].reads == "excerpts"]
    others = [job for job in jobs if not PAGE_KINDS[job.page.kind].reads]
    many = len(texts) + len(quoting) >= PAGES_FOR_WORKERS and context.workers.processes > 1
    if many:
        context.workers.end_processes()  # those that found names hold a model, which no page needs
    by_workers = many or any(is_risky(job.file) for job in texts if job.file)
    with context.workers.local() as workers:
        yield from _within_limits(
            stored, _render_by_workers(workers, stored, texts) if by_workers else _render_here(stored, texts)
        )
        yield from _render_by_workers(workers, stored, quoting) if many else _render_here(stored, quoting)
        yield from _render_here(stored, others)
    stored.commit()


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


def _render_here(stored: _StoredViews, jobs: Sequence[PageJob]) -> Iterator[RenderedPage]:
    for start in range(0, len(jobs), PAGES_A_BATCH):
        batch = jobs[start : start + PAGES_A_BATCH]
        with stored.context.times.step("render"):
            stored.find_missing(batch)
            last = stored_pages(stored.context.cache, batch)
            pages = make_pages(stored.sources, batch, last, stored.context.workers.limits)
            for job, page in zip(batch, pages, strict=True):
                stored.add(job.page, page)
        yield from pages


def _render_by_workers(workers: Workers, stored: _StoredViews, jobs: Sequence[PageJob]) -> Iterator[RenderedPage]:
    context, order = stored.context, stored.order
    with context.times.step("render"):
        stored.find_missing(jobs)
        stored.commit()
        inputs = store_worker_inputs(context, order.plan, order.theme.templates)
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
                rendered = RenderedPage(page.path, None, article=ArticleId(page.subject), exceeded=result.exceeded)
            stored.add(page, rendered)
        yield rendered


class _StoredViews:
    """Composed pages, of earlier builds and of this one. State: what is not committed yet."""

    def __init__(self, context: BuildContext, order: RenderOrder) -> None:
        self.context, self.order = context, order
        catalogue = order.plan.catalogue
        self._namespace = order.plan.namespace
        self._uncomposed = set(order.plan.causes)
        self._composed: dict[SitePath, ComposedPage] = {}
        recording = record_reads(catalogue)
        self.sources = PageSources(
            catalogue.site,
            lambda: recording,
            render.environment(order.theme.templates, catalogue.site.words),
            self._analysis,
            lru_cache(maxsize=EXCERPTS_KEPT)(self._excerpt),
        )

    def add(self, page: PlannedPage, rendered: RenderedPage) -> None:
        """Keep a page that was composed."""
        if rendered.composed:
            self._composed[page.path] = rendered.composed
            self._uncomposed.discard(page.path)
        if len(self._composed) >= PAGES_A_COMMIT:
            self.commit()

    def find_missing(self, jobs: Sequence[PageJob]) -> None:
        """Find the names of those articles again whose analyses are not stored any more."""
        needed = [(file, key) for job in jobs for file, key in ((job.file, job.analysis), *job.beside) if file and key]
        missing = set(self.context.cache.missing(key for _, key in needed))
        for file, key in needed:
            if key in missing:
                self._analysis(file, key)
                missing.remove(key)

    def commit(self) -> None:
        """Store the composed pages, for workers and later builds."""
        if self._composed:
            store_composed(self._namespace, self._composed)
            self._namespace.write(READERS, {UNCOMPOSED: tuple(sorted(self._uncomposed)) or None})
            self._composed = {}
            commit(self.context.cache, self._namespace)

    def _excerpt(self, article: ArticleId) -> Excerpt:
        path = site_paths.article_path(article)
        composed = self._composed.get(path) or read_needed(self.context.cache, COMPOSED_PAGES, [path])[path]
        return stored_excerpt(self.order.plan.catalogue, article, composed)

    def _analysis(self, file: ArticleFile, key: str) -> Analysis:
        return self.order.articles.analysis(self.context, file, key)
