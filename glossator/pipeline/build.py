"""`build`: the site as the archive is now; made only where anything changed."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import msgspec

from glossator import output
from glossator.config import Config, SiteError
from glossator.content.theme import Theme, read_theme
from glossator.incremental.cache import Cache, Torn
from glossator.pipeline import up_to_date
from glossator.pipeline.places import ArchivePaths
from glossator.pipeline.report import Report

if TYPE_CHECKING:
    from glossator.incremental.memo import Progress
    from glossator.pipeline.context import BuildContext
    from glossator.pipeline.preview.provisional_page import LastBuild


def build(
    paths: ArchivePaths, config: Config, progress: Progress, reconvert: bool = False, index: bool = True
) -> Report:
    """Bring the site up to date with the archive; without `index`, all but the search index, which stays as it is.

    Raises SiteError where the set-up is wrong.
    """
    check(paths)
    design = read_theme(paths.templates)
    with Cache(paths.cache) as cache:
        output.recover(paths.site)
        set_up = up_to_date.set_up(config, design, index)
        seen = up_to_date.look(cache, paths, set_up)
        report = None if reconvert else seen.report
        if report is None:
            # Here, for the stages load half a second of libraries, and where nothing changed none is needed.
            from glossator.incremental.executors import Workers  # noqa: PLC0415
            from glossator.pipeline.context import BuildContext  # noqa: PLC0415

            with Workers(config.build) as workers:
                context = BuildContext(paths, config, cache, workers, progress, index, seen.intact, seen.indexed)
                report, standing = made(context, design, reconvert)
            if report.converted:
                seen = up_to_date.with_articles(paths, seen, standing.articles)
            up_to_date.keep(cache, paths, set_up, seen, report)
        cache.count_build()
    return report


def check(paths: ArchivePaths) -> None:
    """Raises SiteError where there is no archive."""
    if not paths.content.is_dir():
        hint = "Make it, with a folder saved/ in it for saved articles."
        raise SiteError(f"There is no folder {paths.content}.", hint)


def made(context: BuildContext, design: Theme, reconvert: bool = False) -> tuple[Report, LastBuild]:
    """Every stage; all from the beginning where what is remembered does not hold together."""
    from glossator.pipeline.make import make  # noqa: PLC0415 -- see above

    try:
        return make(context, design, reconvert)
    except (Torn, msgspec.DecodeError):
        context.cache.begin_anew()
        return make(replace(context, problems=[], passing=[], intact=False, indexed=False), design, reconvert)
