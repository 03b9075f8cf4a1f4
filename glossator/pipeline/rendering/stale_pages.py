"""Which pages are not on the site as they ought to be."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from pathlib import Path

import msgspec

from glossator import output, search, site_paths
from glossator.config import SiteError
from glossator.content.theme import Theme
from glossator.incremental.code_versions import RENDER_LIBRARIES, code_digest
from glossator.incremental.schema import PLAN_CODE, STATIC_FILES
from glossator.model import Digest, Fingerprint, SitePath
from glossator.pipeline.context import BuildContext, timed
from glossator.pipeline.rendering.plan import SitePlan, fingerprint, settings_of_all
from glossator.stages import render
from glossator.stages.plan import VIEWS, PlannedPage, data_paths, possible_data_paths
from glossator.text import digest

STATIC_FOLDERS = ("static/", site_paths.picture_path(""))
"""Folders of the site whose files are no pages."""


class StalePages(msgspec.Struct, frozen=True):
    """The pages to be rendered, and the files to be removed."""

    site: str
    """Name of the site in the cache: its absolute path."""
    intact: bool
    """True if nobody touched the site since the last build, so that all other pages are as that build left them."""
    pages: tuple[PlannedPage, ...]
    """Sorted by path."""
    fingerprints: Mapping[str, Fingerprint]
    """Fingerprint of each of these pages once it is rendered."""
    gone: frozenset[SitePath]
    wanted: frozenset[SitePath]
    """All files of the site but the search index; empty if the site is intact."""
    mark: Digest
    """Digest of all that renders planned pages: program, settings, templates."""


@timed("plan")
def stale_pages(context: BuildContext, theme: Theme, plan: SitePlan, static_files: frozenset[SitePath]) -> StalePages:
    """Compare the planned pages with the site; `static_files` are the files of the site that are no pages."""
    reachable = _template_digests(theme)
    code = code_digest((*PLAN_CODE, "stages/render"), RENDER_LIBRARIES)
    settings = digest(repr(plan.catalogue.site), settings_of_all(context.config.plan))
    mark = digest(code, settings, repr(sorted(reachable.items())))
    site = str(context.paths.site.resolve())
    known = {SitePath(path): found for path, found in context.cache.pages(site).items() if path != search.FOLDER}
    broken = {path for path, found in known.items() if not found}
    intact = context.intact
    # What earlier builds planned, and left, is known if neither their lists nor what rendered the pages was lost.
    trusted = intact and not plan.namespace.fresh and context.cache.mark(site) == mark
    planned = plan.planned(broken) | {page.path: page for page in plan.changed} if trusted else plan.all_planned()
    fingerprints: dict[SitePath, Fingerprint] = {
        path: fingerprint(page, code, settings, reachable.get(render.TEMPLATES.get(VIEWS[page.kind], ""), Digest("")))
        for path, page in planned.items()
    }
    data = {path: data_paths(plan.catalogue.site, page) for path, page in planned.items()}
    ours = {} if intact else output.manifest(context.paths.site)
    stale = [
        path
        for path, found in fingerprints.items()
        if known.get(path) != found.whole or not (intact or _are_there(context.paths.site, (path, *data[path]), ours))
    ]
    static_before: list[SitePath] = plan.namespace.value(STATIC_FILES, [])
    gone = plan.gone | (broken - planned.keys()) | (set() if trusted else known.keys() - planned.keys())
    gone |= _left_data(gone | planned.keys(), data) | set(static_before)
    if not trusted:  # the list may be lost, too
        gone |= {path for path in output.manifest(context.paths.site) if path.startswith(STATIC_FOLDERS)}
    plan.namespace.set_value(STATIC_FILES, sorted(static_files))
    return StalePages(
        site=site,
        intact=intact,
        pages=tuple(planned[path] for path in sorted(stale)),
        fingerprints={str(path): fingerprints[path] for path in stale},
        gone=frozenset(gone) - static_files - fingerprints.keys(),
        wanted=frozenset() if intact else static_files.union(planned, *data.values()),
        mark=mark,
    )


def _template_digests(theme: Theme) -> Mapping[str, Digest]:
    """Return the digest of each template with all that it can reach. Raises SiteError if one cannot be parsed."""
    try:
        return render.template_digests(theme.templates)
    except render.TemplateFault as error:
        raise SiteError(str(error)) from None


def _are_there(site: Path, paths: Iterable[SitePath], ours: Mapping[SitePath, str]) -> bool:
    """True if the site has files as the manifest `ours` describes them."""
    return all(output.has_digest(site, path, ours.get(path, "")) for path in paths)


def _left_data(pages: Iterable[SitePath], data: Mapping[SitePath, Collection[SitePath]]) -> set[SitePath]:
    """Return the data that earlier builds may have left beside pages, without that which the pages have now."""
    return {path for page in pages for path in possible_data_paths(page) if path not in data.get(page, ())}
