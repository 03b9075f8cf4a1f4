"""The stale pages, made here or by workers: first those of articles, for the others quote them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass, replace
from itertools import chain

import msgspec

from glossator import output
from glossator.config import PROCESSES, SiteError
from glossator.content.theme import Theme
from glossator.digest import digest
from glossator.incremental import templates
from glossator.incremental.executors import Workers
from glossator.incremental.memo import run_memoised
from glossator.incremental.namespace import Namespace, commit
from glossator.incremental.versions import code_digest
from glossator.model import Analysis, ArticleId, Output, Problem, SitePath
from glossator.pipeline.compose import (
    EXCERPTS,
    KEPT,
    VALUES,
    PageJob,
    PageSources,
    RenderedPage,
    composed,
    holds,
    kept,
    make,
    opened,
    taken,
)
from glossator.pipeline.context import BuildContext, Decided, annotated, recall
from glossator.pipeline.find_entities import FoundEntities
from glossator.pipeline.plan import PLAN_CODE, SitePlan
from glossator.pipeline.render_workers import hand_over, stage
from glossator.pipeline.stage_runs import ArticleFile
from glossator.pipeline.stale import StalePages
from glossator.stages.plan import OPEN, QUOTING, Excerpt, PlannedPage

STAMPS = "stamps"
"""What is kept whole in the namespace of excerpts: of what each was taken."""
WAITING = 2000
"""Pages of which this is kept at a time, until it is left to the memory."""
MANY = 200
"""Pages from which workers are called."""
_ANALYSIS = msgspec.msgpack.Decoder(Analysis)
_EXCERPT = msgspec.msgpack.Decoder(Excerpt)


@dataclass(frozen=True, slots=True)
class RenderOrder:
    """What is to be rendered, and from what."""

    design: Theme
    layout: SitePlan
    stale: StalePages
    files: Mapping[ArticleId, ArticleFile]
    """Older versions too."""
    renewed: FoundEntities
    decided: Decided

    def job(self, sheet: PlannedPage) -> PageJob:
        if sheet.kind not in OPEN:
            return PageJob(sheet)
        seen = self.renewed.seen.get(sheet.needs[0])
        return PageJob(sheet, self.files[sheet.needs[0]], seen.key if seen else "")


def render_pages(context: BuildContext, order: RenderOrder) -> Iterator[Output]:
    """The stale pages. Raises SiteError for a fault in a template."""
    store = _Shelf(context, order)
    sheets = order.stale.sheets
    open_ones = [order.job(sheet) for sheet in sheets if sheet.kind in OPEN]
    quoting = [order.job(sheet) for sheet in sheets if sheet.kind in QUOTING]
    others = [order.job(sheet) for sheet in sheets if sheet.kind not in OPEN and sheet.kind not in QUOTING]
    called = len(open_ones) + len(quoting) >= MANY and context.workers.processes > 1
    with _near(context) as workers:
        every = chain(
            _by_workers(workers, order, store, open_ones) if called else _here(store, open_ones),
            _by_workers(workers, order, store, quoting) if called else _here(store, quoting),
            _here(store, others),
        )
        for done, made in enumerate(every, start=1):
            if made.content is not None:
                yield Output(made.path, made.content)
            context.progress("render", done, len(sheets))
    store.commit()
    templates.keep(context.cache, order.design.templates, store.desk.environment)


def _near(context: BuildContext) -> AbstractContextManager[Workers]:
    """Workers that share our disk: those that the build has, or others beside those of its cluster."""
    if context.workers.remote:
        return Workers(replace(context.config.build, executor=PROCESSES))
    return nullcontext(context.workers)


def _here(store: _Shelf, jobs: Sequence[PageJob]) -> Iterator[RenderedPage]:
    for job in jobs:
        with store.context.profile.step("render"):
            made = make(store.desk, job, store.composed(job.sheet))
            store.keep(job.sheet, made)
        yield made


def _by_workers(workers: Workers, order: RenderOrder, store: _Shelf, jobs: Sequence[PageJob]) -> Iterator[RenderedPage]:
    context = store.context
    with context.profile.step("render"):
        templates.prepare(context.cache, order.design.templates, store.desk.environment)
        left = output.manifest(context.paths.site) if order.stale.intact else {}
        jobs = [replace(job, left=left.get(job.sheet.path, "")) for job in store.complete(jobs)]
        handover = hand_over(context, order.layout.catalogue, order.design.templates)
        made_by_them = run_memoised(None, workers, stage(handover), jobs, _untold)
    while True:
        with context.profile.step("render"):
            made = next(made_by_them, None)
            if made is None:
                return
            if isinstance(made.value, Problem):
                raise SiteError(f"{made.value.path} {made.value.message}.", "Build again.")
            store.keep(jobs[made.index].sheet, made.value)
        yield made.value


class _Shelf:
    """What pages are made from, looked up in the memory. State: the excerpts so far, and those asked for last."""

    def __init__(self, context: BuildContext, order: RenderOrder) -> None:
        self.context, self._order = context, order
        self.namespace = Namespace(context.cache, EXCERPTS, code_digest(PLAN_CODE, ()))
        self._stamps = self.namespace.whole(STAMPS, dict[ArticleId, str], {})
        environment = templates.environment(context.cache, order.design.templates)
        catalogue = order.layout.catalogue
        self.desk = PageSources(catalogue.site, lambda: catalogue, environment, self.analysis, self.excerpt)
        basis = digest(code_digest(PLAN_CODE, ()), repr(catalogue.site), repr(catalogue.settings))
        self.values = Namespace(context.cache, VALUES, basis)
        self.values.write({VALUES: dict.fromkeys(order.stale.gone)})
        self._waiting = 0
        self._known: dict[ArticleId, Excerpt] = {}

    def keep(self, sheet: PlannedPage, made: RenderedPage) -> None:
        """Keep what a page was composed of, and the excerpt that was taken while an article's page was made."""
        if made.value:
            self.values.write({VALUES: {sheet.path: kept(sheet, made.value)}})
        if made.article is not None:
            self._keep(made.article, made.excerpt)
        self._waiting += 1
        if self._waiting >= WAITING:
            self.commit()

    def composed(self, sheet: PlannedPage) -> bytes | None:
        return composed(sheet, self.values.read(VALUES, [sheet.path]))

    def _keep(self, article: ArticleId, row: bytes) -> None:
        self._stamps[article] = self._order.layout.catalogue.content.text_digests[article]
        self.namespace.write({EXCERPTS: {article: row}})

    def excerpt(self, article: ArticleId) -> Excerpt:
        if article not in self._known:
            if len(self._known) >= KEPT:
                self._known.clear()
            self._known[article] = _EXCERPT.decode(self._row(article))
        return self._known[article]

    def _row(self, article: ArticleId) -> bytes:
        if self._stamps.get(article) == self._order.layout.catalogue.content.text_digests[article]:
            row = self.namespace.read(EXCERPTS, [article]).get(article)
            if row:
                return row
        row = taken(opened(self.desk, self._order.files[article], self._order.renewed.seen[article].key))
        self._keep(article, row)
        return row

    def analysis(self, file: ArticleFile, found: str) -> Analysis:
        """What was found in an article: remembered under the key, else found again."""
        row = self.context.cache.result(found)
        if row is not None:
            return _ANALYSIS.decode(row)
        theirs = self._order.renewed.borrowed([file.head.id])
        return recall(self.context, [file], annotated(self.context, [file]), self._order.decided, theirs)[file.head.id][
            0
        ]

    def complete(self, every: Sequence[PageJob]) -> list[PageJob]:
        """See that the memory has what workers will look up in it; the jobs, with no more than they need besides."""
        self.commit()
        held = self._held(every)
        jobs = [job for job in every if job.sheet.path not in held]
        lacking = set(self.context.cache.lacking(job.found for job in jobs if job.found))
        for job in jobs:
            if job.file and job.found in lacking:
                self.analysis(job.file, job.found)
        digests = self._order.layout.catalogue.content.text_digests
        quoted = {article for job in jobs if job.sheet.kind in QUOTING for article in job.sheet.needs}
        for article in sorted(quoted):
            if self._stamps.get(article) != digests[article]:
                self._row(article)
        self.commit()
        return [PageJob(job.sheet) if job.sheet.path in held else job for job in every]

    def _held(self, jobs: Sequence[PageJob]) -> set[SitePath]:
        """The pages of which what was composed before holds."""
        found: set[SitePath] = set()
        for start in range(0, len(jobs), KEPT):
            some = jobs[start : start + KEPT]
            rows = self.values.read(VALUES, [job.sheet.path for job in some])
            found.update(job.sheet.path for job in some if holds(job.sheet, rows))
        return found

    def commit(self) -> None:
        """Let the memory, and with it workers and later builds, have the excerpts."""
        if self.namespace.changed:
            self.namespace.write_whole({STAMPS: self._stamps})
        commit(self.context.cache, self.namespace, self.values)
        self._waiting = 0


def _untold(stage: str, done: int, total: int) -> None:
    """Progress is told page by page, by the whole."""
