"""The stale pages, made one after the other: first those of articles, for the others quote them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import msgspec

from glossator.content.theme import Theme
from glossator.model import Analysis, ArticleId, Output
from glossator.pipeline.archive import Decided, Kit, annotated, recall
from glossator.pipeline.code import code_digest
from glossator.pipeline.desk import Desk, Job, make, opened, taken
from glossator.pipeline.layout import PLAN_CODE, Layout
from glossator.pipeline.pages import Stale
from glossator.pipeline.renew import Renewed
from glossator.pipeline.room import Room, leave
from glossator.pipeline.work import Leaf
from glossator.stages import render
from glossator.stages.plan import OPEN, Excerpt, Sheet

EXCERPTS = "excerpts"
"""The room, and its only table, of what pages of entities show of an article."""
KEPT = 200
"""Excerpts that are kept from page to page, in a room of a few megabytes."""
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


def render_pages(kit: Kit, order: Order) -> Iterator[Output]:
    """The stale pages. Raises SiteError for a fault in a template."""
    shelf = _Shelf(kit, order)
    total = len(order.stale.sheets)
    sheets = sorted(order.stale.sheets, key=lambda sheet: (sheet.kind not in OPEN, sheet.path))
    for done, sheet in enumerate(sheets, start=1):
        with kit.profile.step("render"):
            made = make(shelf.desk, shelf.job(sheet))
            if made.excerpt:
                shelf.keep(sheet.needs[0], made.excerpt)
        yield Output(made.path, made.content)
        kit.progress("render", done, total)
    leave(kit.cache, shelf.room)


class _Shelf:
    """What pages are made from, looked up in the memory. State: the excerpts that were asked for last."""

    def __init__(self, kit: Kit, order: Order) -> None:
        self._kit, self._order = kit, order
        self.room = Room(kit.cache, EXCERPTS, code_digest(PLAN_CODE, ()))
        environment = render.environment(order.design.templates)
        self.desk = Desk(order.layout.catalogue, environment, self.analysis, self.excerpt)
        self._known: dict[ArticleId, Excerpt] = {}

    def job(self, sheet: Sheet) -> Job:
        if sheet.kind not in OPEN:
            return Job(sheet)
        seen = self._order.renewed.seen.get(sheet.needs[0])
        return Job(sheet, self._order.leaves[sheet.needs[0]], seen.key if seen else "")

    def keep(self, article: ArticleId, row: bytes) -> None:
        stamp = self._order.layout.catalogue.stock.digests[article].encode()
        self.room.write({EXCERPTS: {article: stamp + b"\n" + row}})

    def excerpt(self, article: ArticleId) -> Excerpt:
        if article not in self._known:
            if len(self._known) >= KEPT:
                self._known.clear()
            stamp, _, row = self.room.read(EXCERPTS, [article]).get(article, b"").partition(b"\n")
            if stamp.decode() != self._order.layout.catalogue.stock.digests[article]:
                leaf, found = self._order.leaves[article], self._order.renewed.seen[article].key
                row = taken(opened(self.desk, leaf, found))
                self.keep(article, row)
            self._known[article] = _EXCERPT.decode(row)
        return self._known[article]

    def analysis(self, leaf: Leaf, found: str) -> Analysis:
        """What was found in an article: remembered under the key, else found again."""
        row = self._kit.cache.result(found)
        if row is not None:
            return _ANALYSIS.decode(row)
        theirs = self._order.renewed.borrowed([leaf.head.id])
        return recall(self._kit, [leaf], annotated(self._kit, [leaf]), self._order.decided, theirs)[leaf.head.id][0]
