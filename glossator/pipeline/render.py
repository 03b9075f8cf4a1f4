"""The stale pages, made here or by workers: first those of articles, for the others quote them."""

from __future__ import annotations

import zlib
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import chain
from pathlib import Path

import msgspec

from glossator.cache import Reader, Torn
from glossator.config import PlanSettings, SiteError
from glossator.content.theme import Theme
from glossator.digest import digest
from glossator.model import Analysis, ArticleId, Digest, Output, Problem, Rows
from glossator.pipeline.archive import Decided, Kit, annotated, recall
from glossator.pipeline.code import code_digest
from glossator.pipeline.desk import Desk, Job, Made, make, opened, taken
from glossator.pipeline.layout import PLAN_CODE, Layout
from glossator.pipeline.pages import Stale
from glossator.pipeline.remember import Stage, each
from glossator.pipeline.renew import ARCHIVE, Renewed
from glossator.pipeline.room import Room, leave
from glossator.pipeline.stock import lazy_archive
from glossator.pipeline.work import Leaf
from glossator.stages import render
from glossator.stages.plan import OPEN, QUOTING, Excerpt, Sheet, Stock, open_catalogue
from glossator.views import Site

EXCERPTS, STAMPS = "excerpts", "stamps"
"""The room, and its table, of what pages of entities show of an article; kept whole, what each was taken from."""
VALUES = "values"
"""The room, and its only table, of what templates saw: the digest of what the page shows, a blank, and the page."""
WAITING = 2000
"""Pages of which this is kept at a time, until it is left to the memory."""
HANDOVER = "handover"
"""The room in which workers find what is not in the rows of the archive."""
KEPT = 500
"""Excerpts that are kept from page to page."""
MANY = 200
"""Pages from which workers are called."""
PAGES_A_BATCH = 40
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
    called = len(open_ones) + len(quoting) >= MANY and not kit.workers.remote and kit.workers.processes > 1
    every = chain(
        _by_workers(kit, order, shelf, open_ones) if called else _here(shelf, open_ones),
        _by_workers(kit, order, shelf, quoting) if called else _here(shelf, quoting),
        _here(shelf, others),
    )
    for done, made in enumerate(every, start=1):
        yield Output(made.path, made.content)
        kit.progress("render", done, len(sheets))
    shelf.leave()


def _here(shelf: _Shelf, jobs: Sequence[Job]) -> Iterator[Made]:
    for job in jobs:
        with shelf.kit.profile.step("render"):
            made = make(shelf.desk, job)
            shelf.keep(job.sheet, made)
        yield made


def _by_workers(kit: Kit, order: Order, shelf: _Shelf, jobs: Sequence[Job]) -> Iterator[Made]:
    with kit.profile.step("render"):
        shelf.complete(jobs)
        handover = _hand_over(kit, order)
        made_by_them = each(None, kit.workers, _stage(handover), jobs, _untold)
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
        environment = render.environment(order.design.templates)
        self.desk = Desk(order.layout.catalogue, environment, self.analysis, self.excerpt, self.composed)
        catalogue = order.layout.catalogue
        basis = digest(code_digest(PLAN_CODE, ()), repr(catalogue.site), repr(catalogue.settings))
        self.values = Room(kit.cache, VALUES, basis)
        self.values.write({VALUES: dict.fromkeys(order.stale.gone)})
        self._waiting = 0
        self._known: dict[ArticleId, Excerpt] = {}

    def keep(self, sheet: Sheet, made: Made) -> None:
        """Keep what a page was composed of, and the excerpt that was taken while an article's page was made."""
        if made.value:
            row = sheet.shows.whole.encode() + b" " + zlib.compress(made.value, 1)
            self.values.write({VALUES: {sheet.path: row}})
        if made.article is not None:
            self._keep(made.article, made.excerpt)
        self._waiting += 1
        if self._waiting >= WAITING:
            self.leave()

    def composed(self, sheet: Sheet) -> bytes | None:
        return _composed(sheet, self.values.read(VALUES, [sheet.path]))

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

    def complete(self, jobs: Sequence[Job]) -> None:
        """See that the memory has what workers will look up in it, and leave it to them."""
        self.leave()
        jobs = [job for job in jobs if self.composed(job.sheet) is None]
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

    def leave(self) -> None:
        """Let the memory, and with it workers and later builds, have the excerpts."""
        if self.room.changed:
            self.room.write_whole({STAMPS: self._stamps})
        leave(self.kit.cache, self.room, self.values)
        self._waiting = 0


def _composed(sheet: Sheet, rows: Rows) -> bytes | None:
    """What was composed of a sheet that shows the same."""
    whole, _, row = rows.get(sheet.path, b"").partition(b" ")
    return zlib.decompress(row) if whole == sheet.shows.whole.encode() else None


# ---- workers ---------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Handover:
    """Where a worker finds what it makes pages from."""

    path: str
    """Of the memory's file."""
    token: str
    """Another one for another archive or theme."""


@dataclass(frozen=True, slots=True)
class Handed:
    """What is handed over: all but the rows of the archive and of the excerpts."""

    stock: Stock
    """Without entities, and without whom the names mean."""
    site: Site
    settings: PlanSettings
    templates: Mapping[str, str]


def _hand_over(kit: Kit, order: Order) -> Handover:
    catalogue = order.layout.catalogue
    bare = replace(catalogue.stock, entities={}, resolved={})
    row = msgspec.msgpack.encode(Handed(bare, catalogue.site, catalogue.settings, order.design.templates))
    token = digest(row)
    room = Room(kit.cache, HANDOVER, token)
    if room.fresh:
        room.write({HANDOVER: {token: row}})
        leave(kit.cache, room)
    return Handover(str(kit.cache.path), token)


def _stage(handover: Handover) -> Stage[Job, Made]:
    return Stage(
        name="render",
        work=_render,
        result=Made,
        settings=handover,
        code=lambda _: Digest(""),
        label=lambda job: job.sheet.path,
        input=lambda job: Digest(job.sheet.path),
        batch=PAGES_A_BATCH,
    )


def _render(jobs: Collection[Job], handover: Handover) -> tuple[Made, ...]:
    desk = _desk(handover)
    return tuple(make(desk, job) for job in jobs)


@lru_cache(maxsize=1)
def _desk(handover: Handover) -> Desk:
    reader = Reader(Path(handover.path))
    handed = msgspec.msgpack.decode(reader.rows(HANDOVER, HANDOVER, [handover.token])[handover.token], type=Handed)
    articles = {head.id: None for head in handed.stock.heads}
    entities, resolved = lazy_archive(
        lambda table, keys: reader.rows(ARCHIVE, table, keys), handed.stock.spread, articles
    )
    stock = replace(handed.stock, entities=entities, resolved=resolved)
    catalogue = open_catalogue(stock, handed.site, handed.settings)

    def analysis(_: Leaf, found: str) -> Analysis:
        row = reader.result(found)
        if row is None:
            raise Torn(found)
        return _ANALYSIS.decode(row)

    @lru_cache(maxsize=KEPT)
    def quote(article: ArticleId) -> Excerpt:
        return _EXCERPT.decode(reader.rows(EXCERPTS, EXCERPTS, [article])[article])

    def composed(sheet: Sheet) -> bytes | None:
        return _composed(sheet, reader.rows(VALUES, VALUES, [sheet.path]))

    return Desk(catalogue, render.environment(handed.templates), analysis, quote, composed)


def _untold(stage: str, done: int, total: int) -> None:
    """Progress is told page by page, by the whole."""
