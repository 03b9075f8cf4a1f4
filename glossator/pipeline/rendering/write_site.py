"""The planned site -> the folder of the site: pages are rendered while they are written, and put in place together."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import AbstractContextManager
from functools import partial
from itertools import chain

import msgspec

from glossator import output, search
from glossator.config import MEGABYTE
from glossator.model import Fingerprint
from glossator.pipeline.context import BuildContext
from glossator.pipeline.rendering import index_search
from glossator.pipeline.rendering.render_pages import RenderOrder, SiteRendering
from glossator.pipeline.rendering.site_wide import StaticFiles
from glossator.pipeline.rendering.stale_pages import StalePages
from glossator.pipeline.review.disclosure import loses_a_name


class Written(msgspec.Struct, frozen=True):
    """The site as it is on disk."""

    rendered: Mapping[str, Fingerprint]
    """Fingerprints of the pages that were rendered."""
    files: output.WriteResult


def write_site(context: BuildContext, order: RenderOrder, statics: StaticFiles) -> Written:
    """Render the stale pages, and put what differs in place. Raises PagesExceeded if articles exceed a limit."""
    rendering = SiteRendering(context, order)
    with context.times.step("write"), _open_site(context, order.stale) as staged:
        staged.add(chain(statics.outputs, rendering.pages()))  # pages are rendered while they are written
        context.workers.end_processes()  # they do not index, and each may hold hundreds of megabytes
        indexed = index_search.stage_index(context, staged)
        files = staged.put_in_place()
    _record_pages(context, order, rendering)
    if indexed:
        index_search.record_index(context, files.files)
    context.cache.evict(context.config.build.cache_limit * MEGABYTE)
    return Written(rendering.rendered, files)


def _open_site(context: BuildContext, stale: StalePages) -> AbstractContextManager[output.StagedSite]:
    """Open the site to replace stale files and remove those that are gone; the index goes if none is wanted."""
    site, wanted = context.paths.site, context.config.build.search
    urgency = output.Urgency(f"{search.FOLDER}/", partial(loses_a_name, context.config.plan.private_names))
    if stale.intact:
        return output.stage_change(site, stale.gone.union(() if wanted else index_search.index_files(site)), urgency)
    return output.stage_all(site, stale.wanted.union(index_search.index_files(site) if wanted else ()), urgency)


def _record_pages(context: BuildContext, order: RenderOrder, rendering: SiteRendering) -> None:
    """Remember what the pages of the site show now, and which rows made them others."""
    stale, causes = order.stale, order.plan.causes
    index = () if context.config.build.search else (search.FOLDER,)
    context.cache.set_pages(
        stale.site, rendering.rendered, stale.gone.union(index), {str(path): rows for path, rows in causes.items()}
    )
    context.cache.keep_pages(stale.site, rendering.unchanged)
    context.cache.set_mark(stale.site, stale.renderer.mark)
