"""Builds of an archive that is watched: each begins with what the one before it knew."""

from __future__ import annotations

import gc
from collections.abc import Callable, Iterable
from pathlib import Path

from glossator import output
from glossator.config import Config
from glossator.content.theme import read_theme
from glossator.incremental.cache import Cache
from glossator.incremental.executors import Workers
from glossator.incremental.memo import Progress
from glossator.model import SitePath
from glossator.pipeline import stage_runs
from glossator.pipeline.build import check, made
from glossator.pipeline.context import Kit, Overtaken
from glossator.pipeline.places import Places
from glossator.pipeline.preview.provisional_page import Standing, sketch
from glossator.pipeline.report import Report
from glossator.urls import article_path

Early = Callable[[Iterable[SitePath]], None]
"""Told which pages are on disk, before the rest of the build is done."""
MOST = 20
"""Builds in a row that give way to a save; the next one is done, so that whoever never rests sees the lists too."""


class Watched:
    """The builds of one archive, without its search index. State: what the last one knew; how many gave way since.

    As long as nobody else builds the archive, nobody is expected to touch the site: it is not looked at.
    """

    def __init__(self, places: Places) -> None:
        self.places = places
        self._standing: Standing | None = None
        self._given_way = 0

    def build(
        self, config: Config, progress: Progress, changed: frozenset[Path], early: Early, overtaken: Callable[[], bool]
    ) -> Report | None:
        """Bring the site up to date; `changed` are the files that were saved. Raises SiteError for a wrong set-up.

        None for a build that was given up because `overtaken` said, from then on, that more was saved: what it was to
        do is left to the next one.
        """
        check(self.places)
        design = read_theme(self.places.templates)
        with Cache(self.places.cache) as cache, Workers(config.build) as workers:
            output.recover(self.places.site)
            known = self._standing
            ours = known is not None and known.build == cache.build - 1
            patient = overtaken if self._given_way < MOST else lambda: False
            kit = Kit(self.places, config, cache, workers, progress, index=False, intact=ours, overtaken=patient)
            if known and ours and (known.config, known.design) == (config, design) and len(changed) == 1:
                _show_at_once(kit, known, next(iter(changed)), early)
            try:
                report, self._standing = made(kit, design)
            except Overtaken:
                self._given_way += 1
                return None
            self._given_way = 0
            cache.count_build()
        return report

    def read_ahead(self, config: Config, page: SitePath | None) -> None:
        """Let the model read the article of a page, of none the newest: after a save it has to read what differs."""
        known = self._standing
        if known is None or not known.catalogue.heads:
            return
        newest = known.catalogue.stock.heads[0].id
        wanted = next((key for key in known.seen if article_path(key) == page), None) if page else newest
        kept = next((one for one in known.shelf.kept if one.head.id == wanted), None)
        if kept:
            stage_runs.read_ahead(stage_runs.leaf(known.shelf, kept, config.site.language), config.annotate)


def _show_at_once(kit: Kit, standing: Standing, file: Path, early: Early) -> None:
    gc.disable()  # to look through a large archive for rubbish takes a fifth of a second: that can wait
    try:
        page = sketch(kit, standing, file)
        if page is not None:
            kit.cache.forget_pages(str(kit.places.site.resolve()), [page.path])
            early(output.change(kit.places.site, [page]).changed)
    finally:
        gc.enable()
