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
from glossator.pipeline.context import BuildContext, Overtaken
from glossator.pipeline.places import ArchivePaths
from glossator.pipeline.preview.provisional_page import LastBuild, provisional_page
from glossator.pipeline.report import Report
from glossator.urls import article_path

Early = Callable[[Iterable[SitePath]], None]
"""Told which pages are on disk, before the rest of the build is done."""
MOST = 20
"""Builds in a row that give way to a save; the next one is done, so that whoever never rests sees the lists too."""


class PreviewSession:
    """The builds of one archive, without its search index. State: what the last one knew; how many gave way since.

    As long as nobody else builds the archive, nobody is expected to touch the site: it is not looked at.
    """

    def __init__(self, paths: ArchivePaths) -> None:
        self.paths = paths
        self._standing: LastBuild | None = None
        self._given_way = 0

    def build(
        self, config: Config, progress: Progress, changed: frozenset[Path], early: Early, overtaken: Callable[[], bool]
    ) -> Report | None:
        """Bring the site up to date; `changed` are the files that were saved. Raises SiteError for a wrong set-up.

        None for a build that was given up because `overtaken` said, from then on, that more was saved: what it was to
        do is left to the next one.
        """
        check(self.paths)
        design = read_theme(self.paths.templates)
        with Cache(self.paths.cache) as cache, Workers(config.build) as workers:
            output.recover(self.paths.site)
            known = self._standing
            ours = known is not None and known.build == cache.build - 1
            patient = overtaken if self._given_way < MOST else lambda: False
            context = BuildContext(
                self.paths, config, cache, workers, progress, index=False, intact=ours, overtaken=patient
            )
            if known and ours and (known.config, known.design) == (config, design) and len(changed) == 1:
                _show_at_once(context, known, next(iter(changed)), early)
            try:
                report, self._standing = made(context, design)
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
        newest = known.catalogue.content.heads[0].id
        wanted = next((key for key in known.seen if article_path(key) == page), None) if page else newest
        kept = next((one for one in known.store.kept if one.head.id == wanted), None)
        if kept:
            stage_runs.read_ahead(stage_runs.article_file(known.store, kept, config.site.language), config.annotate)


def _show_at_once(context: BuildContext, standing: LastBuild, file: Path, early: Early) -> None:
    gc.disable()  # to look through a large archive for rubbish takes a fifth of a second: that can wait
    try:
        page = provisional_page(context, standing, file)
        if page is not None:
            context.cache.forget_pages(str(context.paths.site.resolve()), [page.path])
            early(output.change(context.paths.site, [page]).changed)
    finally:
        gc.enable()
