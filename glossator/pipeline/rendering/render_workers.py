"""Pages made by workers of this machine, which read in the cache what pages are made from."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache, lru_cache, partial
from pathlib import Path

import msgspec

from glossator import site_paths
from glossator.config import PlanSettings
from glossator.incremental.cache import DamagedRow, Reader, RowDecoder
from glossator.incremental.namespace import commit, read_needed, read_stored, read_value
from glossator.incremental.schema import (
    COMPOSED_PAGES,
    DATED,
    ENTITIES,
    LISTING_COLOURS,
    RELATED,
    RESOLVED,
    SHARED_PASSAGES,
    SITE_STATE,
    StoredInputs,
)
from glossator.incremental.stage import Stage
from glossator.incremental.workers.article_limits import Limits
from glossator.model import Analysis, ArticleId, Digest, EntityId, SharedPassages, SitePath
from glossator.pipeline.analysis.stored_archive import stored_table
from glossator.pipeline.context import BuildContext
from glossator.pipeline.rendering.compose import (
    EXCERPTS_KEPT,
    PageJob,
    PageSources,
    RenderedPage,
    make_pages,
    stored_excerpt,
    stored_pages,
)
from glossator.pipeline.rendering.plan import SitePlan
from glossator.pipeline.stage_runs import is_risky
from glossator.pipeline.stage_work import ArticleFile
from glossator.stages import render
from glossator.stages.plan import Catalogue, Excerpt, SiteContent, open_catalogue, record_reads, with_lists
from glossator.stages.plan.catalogue.lists import EntityListRow
from glossator.text import digest

PAGES_A_BATCH = 40
_ANALYSIS: RowDecoder[Analysis] = RowDecoder(Analysis)


class WorkerInputs(msgspec.Struct, frozen=True):
    """Location and version of the stored inputs of a worker."""

    cache: str
    """Path of the cache's file."""
    file: int
    """Number of the file, so that no worker goes on with one that was set aside."""
    token: str
    """Digest that differs for another archive or theme."""
    limits: Limits
    """Limits for the page of one article."""


class ComposeInputs(msgspec.Struct, frozen=True):
    """Values that pages are composed from, without the rows of the archive and of the excerpts."""

    content: SiteContent
    """Content of the site, without entities, the entities of names, related articles, dated sentences and colours."""
    listed: tuple[SitePath, ...]
    settings: PlanSettings


_COMPOSE_INPUTS: RowDecoder[ComposeInputs] = RowDecoder(ComposeInputs)


def store_worker_inputs(context: BuildContext, plan: SitePlan, templates: Mapping[str, str]) -> WorkerInputs:
    """Store what workers need of a plan and a theme besides the archive's rows, with all that is not stored yet."""
    catalogue = plan.catalogue
    bare = msgspec.structs.replace(catalogue.content, entities={}, resolved={}, related={}, dated={})
    shared = {article: SharedPassages(0, ()) for article in bare.shared}
    bare = msgspec.structs.replace(bare, listings={key: {} for key in bare.listings}, shared=shared)
    composing = msgspec.msgpack.encode(ComposeInputs(bare, catalogue.listed, catalogue.settings))
    stored = StoredInputs(composing, catalogue.site, templates)
    plan.namespace.set_value(SITE_STATE, msgspec.structs.replace(plan.state, inputs=stored))
    commit(context.cache, plan.namespace)
    token = str(digest(msgspec.msgpack.encode(stored)))
    path = context.cache.path
    return WorkerInputs(str(path), path.stat().st_ino, token, context.workers.limits)


def render_stage(inputs: WorkerInputs) -> Stage[PageJob, RenderedPage]:
    return Stage(
        name="render",
        work=_make_pages,
        result=RenderedPage,
        settings=inputs,
        code=lambda _: Digest(""),
        label=lambda job: job.page.path,
        input=lambda job: Digest(job.page.path),
        batch_size=PAGES_A_BATCH,
        risky=lambda job: job.file is not None and is_risky(job.file),
        limited=False,  # the limits hold for pages of articles only: see `make_article_pages`
    )


def _make_pages(jobs: Sequence[PageJob], inputs: WorkerInputs) -> tuple[RenderedPage, ...]:
    sources, reader = _open_sources(inputs)
    return make_pages(sources, jobs, stored_pages(reader, jobs), inputs.limits)


@lru_cache(maxsize=1)
def _open_sources(inputs: WorkerInputs) -> tuple[PageSources, Reader]:
    reader = Reader(Path(inputs.cache))
    state = read_value(reader, SITE_STATE)
    stored = state.inputs
    if stored is None:
        raise DamagedRow(inputs.token)
    environment = render.environment(stored.templates, stored.site.words)

    def analysis(_: ArticleFile, key: str) -> Analysis:
        row = reader.result(key)
        if row is None:
            raise DamagedRow(key)
        return _ANALYSIS.decode(row)

    catalogue = cache(partial(_open_catalogue, reader, stored, state.rows.rows))

    @lru_cache(maxsize=EXCERPTS_KEPT)
    def quote(article: ArticleId) -> Excerpt:
        path = site_paths.article_path(article)
        return stored_excerpt(catalogue(), article, read_needed(reader, COMPOSED_PAGES, [path])[path])

    return PageSources(stored.site, catalogue, environment, analysis, quote), reader


def _open_catalogue(reader: Reader, stored: StoredInputs, rows: Mapping[EntityId, EntityListRow]) -> Catalogue:
    composing = _COMPOSE_INPUTS.decode(stored.composing)
    articles = {head.id: None for head in composing.content.heads}
    read = partial(read_stored, reader)
    content = msgspec.structs.replace(
        composing.content,
        entities=stored_table(read, ENTITIES, composing.content.spread),
        resolved=stored_table(read, RESOLVED, articles),
        related=stored_table(read, RELATED, articles),
        dated=stored_table(read, DATED, composing.content.dated_digests),
        listings=stored_table(read, LISTING_COLOURS, composing.content.listings),
        shared=stored_table(read, SHARED_PASSAGES, composing.content.shared),
    )
    catalogue = with_lists(open_catalogue(content, stored.site, composing.settings), rows)
    return record_reads(msgspec.structs.replace(catalogue, listed=composing.listed))
