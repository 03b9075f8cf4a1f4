"""Which pages are not on the site as they ought to be."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from pathlib import Path

import msgspec

from glossator import output, search, site_paths
from glossator.config import SiteError
from glossator.content.theme import Theme
from glossator.incremental.code_versions import RENDER_LIBRARIES, code_digest
from glossator.incremental.namespace import Namespace, commit
from glossator.incremental.schema import PLAN_CODE, TEMPLATE_DIGESTS, TEMPLATES
from glossator.model import Digest, Fingerprint, SitePath
from glossator.pipeline.context import BuildContext, timed
from glossator.pipeline.rendering.plan import SitePlan, settings_of_all
from glossator.stages import render
from glossator.stages.plan import PAGE_KINDS, PlannedPage, data_paths, possible_data_paths
from glossator.text import digest

STATIC_FILES = ("static/", site_paths.picture_path(""), output.PRIVATE)
"""Beginnings of the paths of files that are no pages and may have to go."""
RENDERER_LETTERS = 16
"""Letters of a page's fingerprint that stand for what renders the page; the rest is the digest of its view."""


class Renderer(msgspec.Struct, frozen=True):
    """Program, settings and templates that render the planned pages."""

    code: Digest
    settings: Digest
    templates: Mapping[str, Digest]
    """Digest of each template with all that it can reach, by its name."""

    @property
    def mark(self) -> Digest:
        return digest(self.code, self.settings, repr(sorted(self.templates.items())))

    def fingerprint(self, page: PlannedPage, view: str) -> Fingerprint:
        """Return the fingerprint of a page with a view, given by its digest."""
        template = self.templates.get(render.TEMPLATES.get(PAGE_KINDS[page.kind].view, ""), Digest(""))
        renderer = digest(self.code, self.settings, template)[:RENDERER_LETTERS]
        parts = f"program:{self.code[:8]} settings:{self.settings[:8]} template:{template[:8]} view:{view[:8]}"
        return Fingerprint(Digest(renderer + view), parts)


class StalePages(msgspec.Struct, frozen=True):
    """The pages that may have to be rendered, and the files to be removed."""

    site: str
    """Name of the site in the cache: its absolute path."""
    intact: bool
    """True if nobody touched the site since the last build, so that all other pages are as that build left them."""
    pages: tuple[PlannedPage, ...]
    """Sorted by path."""
    shown: Mapping[SitePath, str]
    """Digest of the view that the site shows of a page to be composed; a page with this view is not rendered again."""
    renderer: Renderer
    gone: frozenset[SitePath]
    wanted: frozenset[SitePath]
    """All files of the site but the search index; empty if the site is intact."""


@timed("plan")
def stale_pages(context: BuildContext, theme: Theme, plan: SitePlan, static_files: frozenset[SitePath]) -> StalePages:
    """Compare the planned pages with the site; `static_files` are the files of the site that are no pages."""
    renderer = Renderer(
        code=code_digest((*PLAN_CODE, "stages/render"), RENDER_LIBRARIES),
        settings=digest(repr(plan.catalogue.site), settings_of_all(context.config.plan)),
        templates=_template_digests(context, theme),
    )
    site = str(context.paths.site.resolve())
    last_pages = {
        SitePath(path): fingerprint for path, fingerprint in context.cache.pages(site).items() if path != search.FOLDER
    }
    intact = context.intact
    # What earlier builds left is known if neither the list of pages nor what rendered them was lost.
    trusted = intact and not plan.namespace.fresh and context.cache.mark(site) == renderer.mark
    broken = {path for path, fingerprint in last_pages.items() if not fingerprint}
    paths = (plan.causes.keys() | broken) & plan.pages.keys() if trusted else plan.pages.keys()
    looked_at = {path: plan.pages[path] for path in paths}
    data = {path: data_paths(plan.catalogue.site, page) for path, page in looked_at.items()}
    ours = output.manifest(context.paths.site)
    shown = {
        path: fingerprint[RENDERER_LETTERS:]
        for path, page in looked_at.items()
        if (fingerprint := last_pages.get(path, "")) == renderer.fingerprint(page, fingerprint[RENDERER_LETTERS:]).whole
        and (intact or _are_there(context.paths.site, (path, *data[path]), ours))
    }
    gone = plan.gone | (last_pages.keys() - plan.pages.keys())
    gone |= _left_data(gone | looked_at.keys(), data) | {path for path in ours if path.startswith(STATIC_FILES)}
    return StalePages(
        site=site,
        intact=intact,
        pages=tuple(looked_at[path] for path in sorted(looked_at) if path in plan.causes or path not in shown),
        shown={path: view for path, view in shown.items() if path in plan.causes},
        renderer=renderer,
        gone=gone - static_files - plan.pages.keys(),
        wanted=frozenset() if intact else static_files.union(plan.pages, *data.values()),
    )


def _template_digests(context: BuildContext, theme: Theme) -> Mapping[str, Digest]:
    """Return the digest of each template with all that it can reach. Raises SiteError if one cannot be parsed."""
    sources = digest(repr(sorted(theme.templates.items())), repr(sorted(theme.own)))
    namespace = Namespace(context.cache, TEMPLATES, templates=sources)
    if not namespace.fresh:
        return namespace.value(TEMPLATE_DIGESTS, {})
    try:
        digests = render.template_digests(theme.templates, theme.own)
    except render.TemplateFault as error:
        raise SiteError(str(error)) from None
    namespace.set_value(TEMPLATE_DIGESTS, digests)
    commit(context.cache, namespace)
    return digests


def _are_there(site: Path, paths: Iterable[SitePath], ours: Mapping[SitePath, str]) -> bool:
    """True if the site has files as the manifest `ours` describes them."""
    return all(output.has_digest(site, path, ours.get(path, "")) for path in paths)


def _left_data(pages: Iterable[SitePath], data: Mapping[SitePath, Collection[SitePath]]) -> set[SitePath]:
    """Return the data that earlier builds may have left beside pages, without that which the pages have now."""
    return {path for page in pages for path in possible_data_paths(page) if path not in data.get(page, ())}
