"""Builds of an archive that is watched: each begins with what the one before it knew."""

from __future__ import annotations

import gc
from collections.abc import Callable, Iterable
from pathlib import Path

from glossator import output
from glossator.cache import Cache
from glossator.config import Config
from glossator.content.theme import read_theme
from glossator.executors import Workers
from glossator.model import SitePath
from glossator.pipeline.archive import Kit
from glossator.pipeline.build import check, made
from glossator.pipeline.places import Places
from glossator.pipeline.remember import Progress
from glossator.pipeline.report import Report
from glossator.pipeline.sketch import Standing, sketch

Early = Callable[[Iterable[SitePath]], None]
"""Told which pages are on disk, before the rest of the build is done."""


class Watched:
    """The builds of one archive, without its search index. State: what the last one knew.

    As long as nobody else builds the archive, nobody is expected to touch the site: it is not looked at.
    """

    def __init__(self, places: Places) -> None:
        self.places = places
        self._standing: Standing | None = None

    def build(self, config: Config, progress: Progress, changed: frozenset[Path], early: Early) -> Report:
        """Bring the site up to date; `changed` are the files that were saved. Raises SiteError for a wrong set-up."""
        check(self.places)
        design = read_theme(self.places.templates)
        with Cache(self.places.cache) as cache, Workers(config.build) as workers:
            output.recover(self.places.site)
            known = self._standing
            ours = known is not None and known.build == cache.build - 1
            kit = Kit(self.places, config, cache, workers, progress, index=False, intact=ours)
            if known and ours and (known.config, known.design) == (config, design) and len(changed) == 1:
                _show_at_once(kit, known, next(iter(changed)), early)
            report, self._standing = made(kit, design)
            cache.count_build()
        return report


def _show_at_once(kit: Kit, standing: Standing, file: Path, early: Early) -> None:
    gc.disable()  # to look through a large archive for rubbish takes a fifth of a second: that can wait
    try:
        page = sketch(kit, standing, file)
        if page is not None:
            kit.cache.forget_pages(str(kit.places.site.resolve()), [page.path])
            early(output.change(kit.places.site, [page]).changed)
    finally:
        gc.enable()
