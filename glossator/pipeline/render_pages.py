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
from glossator.incremental.memo import each
from glossator.incremental.namespace import Room, leave
from glossator.incremental.versions import code_digest
from glossator.model import Analysis, ArticleId, Output, Problem, SitePath
from glossator.pipeline.compose import (
    EXCERPTS,
    KEPT,
    VALUES,
    Desk,
    Job,
    Made,
    composed,
    holds,
    kept,
    make,
    opened,
    taken,
)
from glossator.pipeline.context import Decided, Kit, annotated, recall
from glossator.pipeline.find_entities import Renewed
from glossator.pipeline.plan import PLAN_CODE, Layout
from glossator.pipeline.render_workers import hand_over, stage
from glossator.pipeline.stage_runs import Leaf
from glossator.pipeline.stale import Stale
from glossator.stages.plan import OPEN, QUOTING, Excerpt, Sheet

STAMPS = "stamps"
"""What is kept whole in the room of excerpts: of what each was taken."""
WAITING = 2000
"""Pages of which this is kept at a time, until it is left to the memory."""
MANY = 200
"""Pages from which workers are called."""
_ANALYSIS = msgspec.msgpack.Decoder(Analysis)
_EXCERPT = msgspec.msgpack.Decoder(Excerpt)


@dataclass(frozen=True, slots=True)
class Order:
    """What is to be rendered, and from what."""

    design: Theme
    layout: Layout
    stale: Stale
    leaves: Mapping[ArticleId, Leaf]
    """Older versions too."""
    renewed: Renewed
    decided: Decided

    def job(self, sheet: Sheet) -> Job:
        if sheet.kind not in OPEN:
            return Job(sheet)
        seen = self.renewed.seen.get(sheet.needs[0])
        return Job(sheet, self.leaves[sheet.needs[0]], seen.key if seen else "")


def render_pages(kit: Kit, order: Order) -> Iterator[Output]:
    """The stale pages. Raises SiteError for a fault in a template."""
    shelf = _Shelf(kit, order)
    sheets = order.stale.sheets
    open_ones = [order.job(sheet) for sheet in sheets if sheet.kind in OPEN]
    quoting = [order.job(sheet) for sheet in sheets if sheet.kind in QUOTING]
    others = [order.job(sheet) for sheet in sheets if sheet.kind not in OPEN and sheet.kind not in QUOTING]
    called = len(open_ones) + len(quoting) >= MANY and kit.workers.processes > 1
    with _near(kit) as workers:
        every = chain(
            _by_workers(workers, order, shelf, open_ones) if called else _here(shelf, open_ones),
            _by_workers(workers, order, shelf, quoting) if called else _here(shelf, quoting),
            _here(shelf, others),
        )
        for done, made in enumerate(every, start=1):
            if made.content is not None:
                yield Output(made.path, made.content)
            kit.progress("render", done, len(sheets))
    shelf.leave()
    templates.keep(kit.cache, order.design.templates, shelf.desk.environment)


def _near(kit: Kit) -> AbstractContextManager[Workers]:
    """Workers that share our disk: those that the build has, or others beside those of its cluster."""
    if kit.workers.remote:
        return Workers(replace(kit.config.build, executor=PROCESSES))
    return nullcontext(kit.workers)


def _here(shelf: _Shelf, jobs: Sequence[Job]) -> Iterator[Made]:
    for job in jobs:
        with shelf.kit.profile.step("render"):
            made = make(shelf.desk, job, shelf.composed(job.sheet))
            shelf.keep(job.sheet, made)
        yield made


def _by_workers(workers: Workers, order: Order, shelf: _Shelf, jobs: Sequence[Job]) -> Iterator[Made]:
    kit = shelf.kit
    with kit.profile.step("render"):
        templates.prepare(kit.cache, order.design.templates, shelf.desk.environment)
        left = output.manifest(kit.places.site) if order.stale.intact else {}
        jobs = [replace(job, left=left.get(job.sheet.path, "")) for job in shelf.complete(jobs)]
        handover = hand_over(kit, order.layout.catalogue, order.design.templates)
        made_by_them = each(None, workers, stage(handover), jobs, _untold)
    while True:
        with kit.profile.step("render"):
            made = next(made_by_them, None)
            if made is None:
                return
            if isinstance(made.value, Problem):
                raise SiteError(f"{made.value.path} {made.value.message}.", "Build again.")
            shelf.keep(jobs[made.index].sheet, made.value)
        yield made.value


class _Shelf:
    """What pages are made from, looked up in the memory. State: the excerpts so far, and those asked for last."""

    def __init__(self, kit: Kit, order: Order) -> None:
        self.kit, self._order = kit, order
        self.room = Room(kit.cache, EXCERPTS, code_digest(PLAN_CODE, ()))
        self._stamps = self.room.whole(STAMPS, dict[ArticleId, str], {})
        environment = templates.environment(kit.cache, order.design.templates)
        catalogue = order.layout.catalogue
        self.desk = Desk(catalogue.site, lambda: catalogue, environment, self.analysis, self.excerpt)
        basis = digest(code_digest(PLAN_CODE, ()), repr(catalogue.site), repr(catalogue.settings))
        self.values = Room(kit.cache, VALUES, basis)
        self.values.write({VALUES: dict.fromkeys(order.stale.gone)})
        self._waiting = 0
        self._known: dict[ArticleId, Excerpt] = {}

    def keep(self, sheet: Sheet, made: Made) -> None:
        """Keep what a page was composed of, and the excerpt that was taken while an article's page was made."""
        if made.value:
            self.values.write({VALUES: {sheet.path: kept(sheet, made.value)}})
        if made.article is not None:
            self._keep(made.article, made.excerpt)
        self._waiting += 1
        if self._waiting >= WAITING:
            self.leave()

    def composed(self, sheet: Sheet) -> bytes | None:
        return composed(sheet, self.values.read(VALUES, [sheet.path]))

    def _keep(self, article: ArticleId, row: bytes) -> None:
        self._stamps[article] = self._order.layout.catalogue.stock.digests[article]
        self.room.write({EXCERPTS: {article: row}})

    def excerpt(self, article: ArticleId) -> Excerpt:
        if article not in self._known:
            if len(self._known) >= KEPT:
                self._known.clear()
            self._known[article] = _EXCERPT.decode(self._row(article))
        return self._known[article]

    def _row(self, article: ArticleId) -> bytes:
        if self._stamps.get(article) == self._order.layout.catalogue.stock.digests[article]:
            row = self.room.read(EXCERPTS, [article]).get(article)
            if row:
                return row
        row = taken(opened(self.desk, self._order.leaves[article], self._order.renewed.seen[article].key))
        self._keep(article, row)
        return row

    def analysis(self, leaf: Leaf, found: str) -> Analysis:
        """What was found in an article: remembered under the key, else found again."""
        row = self.kit.cache.result(found)
        if row is not None:
            return _ANALYSIS.decode(row)
        theirs = self._order.renewed.borrowed([leaf.head.id])
        return recall(self.kit, [leaf], annotated(self.kit, [leaf]), self._order.decided, theirs)[leaf.head.id][0]

    def complete(self, every: Sequence[Job]) -> list[Job]:
        """See that the memory has what workers will look up in it; the jobs, with no more than they need besides."""
        self.leave()
        held = self._held(every)
        jobs = [job for job in every if job.sheet.path not in held]
        lacking = set(self.kit.cache.lacking(job.found for job in jobs if job.found))
        for job in jobs:
            if job.leaf and job.found in lacking:
                self.analysis(job.leaf, job.found)
        digests = self._order.layout.catalogue.stock.digests
        quoted = {article for job in jobs if job.sheet.kind in QUOTING for article in job.sheet.needs}
        for article in sorted(quoted):
            if self._stamps.get(article) != digests[article]:
                self._row(article)
        self.leave()
        return [Job(job.sheet) if job.sheet.path in held else job for job in every]

    def _held(self, jobs: Sequence[Job]) -> set[SitePath]:
        """The pages of which what was composed before holds."""
        found: set[SitePath] = set()
        for start in range(0, len(jobs), KEPT):
            some = jobs[start : start + KEPT]
            rows = self.values.read(VALUES, [job.sheet.path for job in some])
            found.update(job.sheet.path for job in some if holds(job.sheet, rows))
        return found

    def leave(self) -> None:
        """Let the memory, and with it workers and later builds, have the excerpts."""
        if self.room.changed:
            self.room.write_whole({STAMPS: self._stamps})
        leave(self.kit.cache, self.room, self.values)
        self._waiting = 0


def _untold(stage: str, done: int, total: int) -> None:
    """Progress is told page by page, by the whole."""
