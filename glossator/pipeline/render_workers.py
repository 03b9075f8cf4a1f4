"""Pages made by workers of this machine, which look up in the memory what they make them from."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from functools import cache, lru_cache, partial
from pathlib import Path

import msgspec

from glossator import output
from glossator.config import PlanSettings
from glossator.digest import digest
from glossator.incremental.cache import Reader, Torn
from glossator.incremental.memo import Stage
from glossator.incremental.namespace import Namespace, commit
from glossator.incremental.templates import COMPILED, PRESS
from glossator.model import Analysis, ArticleId, Digest
from glossator.pipeline.compose import EXCERPTS, KEPT, VALUES, PageJob, PageSources, RenderedPage, composed, make
from glossator.pipeline.context import BuildContext
from glossator.pipeline.find_entities import ARCHIVE
from glossator.pipeline.stage_runs import ArticleFile
from glossator.pipeline.stored_archive import lazy_archive
from glossator.stages import render
from glossator.stages.plan import Catalogue, Excerpt, SiteContent, open_catalogue
from glossator.views import Site

HANDOVER, GROUND, LOOK = "handover", "ground", "look"
"""The namespace in which workers find what is not in the rows of the archive, and its tables."""
PAGES_A_BATCH = 40
_ANALYSIS = msgspec.msgpack.Decoder(Analysis)
_EXCERPT = msgspec.msgpack.Decoder(Excerpt)


@dataclass(frozen=True, slots=True)
class Handover:
    """Where a worker finds what it makes pages from."""

    path: str
    """Of the memory's file."""
    site: str
    """The folder."""
    token: str
    """Another one for another archive or theme."""


@dataclass(frozen=True, slots=True)
class Ground:
    """What pages are composed from: all but the rows of the archive and of the excerpts."""

    stock: SiteContent
    """Without entities, and without whom the names mean."""
    site: Site
    settings: PlanSettings


@dataclass(frozen=True, slots=True)
class Look:
    """What pages are printed with."""

    site: Site
    templates: Mapping[str, str]


def hand_over(context: BuildContext, catalogue: Catalogue, templates: Mapping[str, str]) -> Handover:
    """Leave in the memory what workers need of a catalogue besides its rows."""
    bare = replace(catalogue.content, entities={}, resolved={})
    ground = msgspec.msgpack.encode(Ground(bare, catalogue.site, catalogue.settings))
    look = msgspec.msgpack.encode(Look(catalogue.site, templates))
    token = digest(ground, look)
    namespace = Namespace(context.cache, HANDOVER, token)
    if namespace.fresh:
        namespace.write({GROUND: {token: ground}, LOOK: {token: look}})
        commit(context.cache, namespace)
    return Handover(str(context.cache.path), str(context.paths.site), token)


def stage(handover: Handover) -> Stage[PageJob, RenderedPage]:
    """The making of pages, as workers are given it."""
    return Stage(
        name="render",
        work=_render,
        result=RenderedPage,
        settings=handover,
        code=lambda _: Digest(""),
        label=lambda job: job.sheet.path,
        input=lambda job: Digest(job.sheet.path),
        batch=PAGES_A_BATCH,
    )


def _render(jobs: Collection[PageJob], handover: Handover) -> tuple[RenderedPage, ...]:
    desk, reader = _desk(handover)
    rows = reader.rows(VALUES, VALUES, [job.sheet.path for job in jobs])
    return tuple(_spared(make(desk, job, composed(job.sheet, rows)), job, handover) for job in jobs)


def _spared(made: RenderedPage, job: PageJob, handover: Handover) -> RenderedPage:
    """A page without its content, if the site has it already: it need not be handed back."""
    content = made.content or b""
    same = job.left and digest(content) == job.left and output.lies(handover.site, made.path, len(content))
    return replace(made, content=None) if same else made


@lru_cache(maxsize=1)
def _desk(handover: Handover) -> tuple[PageSources, Reader]:
    reader = Reader(Path(handover.path))
    look = msgspec.msgpack.decode(reader.rows(HANDOVER, LOOK, [handover.token])[handover.token], type=Look)
    environment = render.environment(look.templates, reader.rows(PRESS, COMPILED, None))

    def analysis(_: ArticleFile, found: str) -> Analysis:
        row = reader.result(found)
        if row is None:
            raise Torn(found)
        return _ANALYSIS.decode(row)

    @lru_cache(maxsize=KEPT)
    def quote(article: ArticleId) -> Excerpt:
        return _EXCERPT.decode(reader.rows(EXCERPTS, EXCERPTS, [article])[article])

    catalogue = cache(partial(_catalogue, reader, handover.token))
    return PageSources(look.site, catalogue, environment, analysis, quote), reader


def _catalogue(reader: Reader, token: str) -> Catalogue:
    ground = msgspec.msgpack.decode(reader.rows(HANDOVER, GROUND, [token])[token], type=Ground)
    articles = {head.id: None for head in ground.stock.heads}
    entities, resolved = lazy_archive(partial(reader.rows, ARCHIVE), ground.stock.spread, articles)
    stock = replace(ground.stock, entities=entities, resolved=resolved)
    return open_catalogue(stock, ground.site, ground.settings)
