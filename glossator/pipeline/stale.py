"""Which pages are not on the site as they ought to be."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from glossator import output, search
from glossator.content.theme import Theme
from glossator.digest import digest
from glossator.incremental import templates
from glossator.incremental.versions import RENDER_USES, code_digest
from glossator.model import Digest, Fingerprint, SitePath
from glossator.pipeline.context import BuildContext, timed
from glossator.pipeline.plan import PLAN_CODE, SitePlan, fingerprint
from glossator.stages import render
from glossator.stages.plan import KINDS, PlannedPage

BESIDE = "beside"
"""What is kept whole in the namespace of the plan: the files of the site that are no pages."""


@dataclass(frozen=True, slots=True)
class StalePages:
    """The pages to be made, and the files to be removed."""

    site: str
    """How the memory knows the site."""
    intact: bool
    """Whether nobody touched the site since the last build, and that is true of all other pages."""
    sheets: tuple[PlannedPage, ...]
    """Sorted by path."""
    fingerprints: Mapping[str, Fingerprint]
    """Of these pages once they are made."""
    gone: frozenset[SitePath]
    wanted: frozenset[SitePath]
    """All files of the site but the search index; none are named of a site that is intact."""
    mark: Digest
    """Of all that makes pages out of sheets."""


@timed("plan")
def stale_pages(context: BuildContext, design: Theme, layout: SitePlan, beside: frozenset[SitePath]) -> StalePages:
    """What is not on the site as it ought to be; `beside` are the files that are no pages."""
    reach = templates.reach(context.cache, design.templates)
    code = code_digest((*PLAN_CODE, "stages/render"), RENDER_USES)
    settings = digest(repr(layout.catalogue.site), repr(context.config.plan))
    mark = digest(code, settings, repr(sorted(reach.items())))
    site = str(context.paths.site.resolve())
    known = {SitePath(path): found for path, found in context.cache.pages(site).items() if path != search.FOLDER}
    broken = {path for path, found in known.items() if not found}
    intact = context.intact
    trusted = intact and context.cache.mark(site) == mark
    sheets = layout.sheets(broken) | {one.path: one for one in layout.changed} if trusted else layout.all_sheets()
    made = {
        path: fingerprint(sheet, code, settings, reach[render.TEMPLATES[KINDS[sheet.kind]]])
        for path, sheet in sheets.items()
    }
    ours = {} if intact else output.manifest(context.paths.site)
    stale = [
        path
        for path, found in made.items()
        if known.get(path) != found.whole or not (intact or output.stands(context.paths.site, path, ours.get(path, "")))
    ]
    files = frozenset(layout.namespace.whole(BESIDE, list[SitePath], []))
    layout.namespace.write_whole({BESIDE: sorted(beside)})
    gone = layout.gone | (broken - sheets.keys()) | files
    return StalePages(
        site=site,
        intact=intact,
        sheets=tuple(sheets[path] for path in sorted(stale)),
        fingerprints={path: made[path] for path in stale},
        gone=frozenset(gone if trusted else gone | (known.keys() - sheets.keys())) - beside - made.keys(),
        wanted=frozenset() if intact else beside | sheets.keys(),
        mark=mark,
    )
