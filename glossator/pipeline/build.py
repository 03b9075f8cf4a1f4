"""`build`: the site as the archive is now; made only where anything changed."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import msgspec

from glossator import output
from glossator.cache import Cache, Torn
from glossator.config import Config, SiteError
from glossator.content.theme import read_theme
from glossator.pipeline import unchanged
from glossator.pipeline.places import Places
from glossator.pipeline.report import Report

if TYPE_CHECKING:
    from glossator.pipeline.remember import Progress


def build(places: Places, config: Config, progress: Progress, reconvert: bool = False, index: bool = True) -> Report:
    """Bring the site up to date with the archive; without `index`, all but the search index, which stays as it is.

    Raises SiteError where the set-up is wrong.
    """
    if not places.content.is_dir():
        raise SiteError(
            f"There is no folder {places.content}.", "Make it, with a folder saved/ in it for saved articles."
        )
    design = read_theme(places.templates)
    with Cache(places.cache) as cache:
        output.recover(places.site)
        set_up = unchanged.set_up(config, design, index)
        seen = unchanged.look(cache, places, set_up)
        report = None if reconvert else seen.report
        if report is None:
            # Here, for the stages load half a second of libraries, and where nothing changed none is needed.
            from glossator.executors import Workers  # noqa: PLC0415
            from glossator.pipeline.archive import Kit  # noqa: PLC0415
            from glossator.pipeline.make import make  # noqa: PLC0415

            with Workers(config.build) as workers:
                kit = Kit(places, config, cache, workers, progress, index, seen.intact, seen.indexed)
                try:
                    report = make(kit, design, reconvert)
                except (Torn, msgspec.DecodeError):
                    cache.begin_anew()
                    report = make(replace(kit, problems=[], intact=False, indexed=False), design, reconvert)
            unchanged.keep(cache, places, set_up, seen, report)
        cache.count_build()
    return report
