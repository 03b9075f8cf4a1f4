"""`build`: content/ -> site/, every stage in order. Nothing happens that this function does not name."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import msgspec

from glossator.config import Config
from glossator.content import published_ids
from glossator.content.article_store import ArticleStore
from glossator.content.file_stamps import FileTimes
from glossator.content.lock_files import ENTITIES_LOCK, record_lock
from glossator.content.theme import Theme
from glossator.incremental.cache import DamagedRow
from glossator.incremental.namespace import commit
from glossator.incremental.schema import ArticleState
from glossator.model import ArticleId, EntityType, Problem, PublishedId, SitePath
from glossator.pipeline import build_steps as steps
from glossator.pipeline.analysis.find_entities import FoundArticles, FoundEntities
from glossator.pipeline.analysis.find_names import Decided
from glossator.pipeline.analysis.find_topics import record_topic_ids
from glossator.pipeline.context import BuildContext, Problems, Report, StageCost
from glossator.pipeline.ingest.convert import ConversionResult, convert_saved
from glossator.pipeline.rendering.page_limits import PageLimits, PagesExceeded, add_exceeded, read_page_limits
from glossator.pipeline.rendering.render_pages import RenderOrder
from glossator.pipeline.rendering.write_site import Written, write_site
from glossator.pipeline.review import model_diff
from glossator.pipeline.review.disclosure import disclosure, with_revealing, without_kept_back
from glossator.pipeline.review.own_text_links import link_problems
from glossator.stages.plan import Catalogue


class BuildResult(msgspec.Struct, frozen=True):
    """Report of a build, and the values that the preview can start from."""

    report: Report
    number: int
    """Number of the build."""
    config: Config
    theme: Theme
    decided: Decided
    store: ArticleStore
    states: Mapping[ArticleId, ArticleState]
    catalogue: Catalogue
    """The rows behind the catalogue are those of this build, and cannot be read after it."""
    article_times: Mapping[str, FileTimes] | None
    """Stamps of the files of articles before they were read; None if no article was converted."""


def build(context: BuildContext, theme: Theme, reconvert: bool = False) -> BuildResult:
    """Bring the site up to date with the archive; all from the beginning if what is stored does not hold together.

    Raises SiteError for a wrong set-up, Overtaken if there is something newer to build.
    """
    generation = context.cache.generation
    try:
        return _build(context, theme, reconvert)
    except DamagedRow:
        context.workers.end_processes()  # they may have the damaged file open
        if context.cache.generation == generation:
            context.cache.begin_anew()
        return _build(msgspec.structs.replace(context, intact=False, index_intact=False), theme, reconvert)


def _build(context: BuildContext, theme: Theme, reconvert: bool) -> BuildResult:
    converted = convert_saved(context, reconvert)
    limits = read_page_limits(context, theme, converted.public)
    while True:
        context.give_way()
        try:
            return _build_site(context, theme, converted, limits)
        except PagesExceeded as error:  # each time, an article loses its marks or is left out
            limits = add_exceeded(context, theme, limits, converted.public, error)


def _build_site(context: BuildContext, theme: Theme, converted: ConversionResult, limits: PageLimits) -> BuildResult:
    """Build the site of the public articles. Raises PagesExceeded if pages exceed a limit, of which nobody knew."""
    config = context.config
    ingested = steps.read_sources(context, theme, converted, limits)
    named = steps.name_entities(context, ingested)
    context = steps.with_private_names(context, named.private)
    analysed = steps.analyse_articles(context, ingested, named)
    planned = steps.plan_files(context, theme, ingested, analysed)
    context.give_way()
    unrecorded = _record(context, ingested, planned)
    articles = FoundArticles(ingested.files, named.found, ingested.decided)
    written = write_site(context, RenderOrder(theme, planned.plan, planned.stale, articles), planned.statics)
    problems = (*analysed.problems, *link_problems(context.paths.content, planned.plan.broken), *unrecorded)
    return BuildResult(
        report=_report(context, ingested, planned, written, problems),
        number=context.cache.build,
        config=config,
        theme=theme,
        decided=ingested.decided,
        store=converted.store,
        states=named.found.states,
        catalogue=planned.plan.catalogue,
        article_times=converted.times,
    )


def _record(context: BuildContext, ingested: steps.Ingested, planned: steps.Planned) -> Problems:
    """Write down the ids that are given out, and store what was found. No build gives way once this has begun."""
    analysed, stale = planned.analysed, planned.stale
    found, model = analysed.named.found, model_diff.model_key(context.config)
    unrecorded = (
        *model_diff.told(context.paths.snapshot, model, found, analysed.named.content.redirects),
        *_record_ids(context, found, ingested.published, ingested.converted.store),
        *record_topic_ids(context, analysed.topics),
    )
    context.cache.forget_pages(stale.site, [*(page.path for page in stale.pages), *stale.gone])
    context.cache.forget_elsewhere(stale.site, planned.plan.causes)
    commit(context.cache, *analysed.namespaces, planned.plan.namespace)
    return unrecorded


def _report(
    context: BuildContext, ingested: steps.Ingested, planned: steps.Planned, written: Written, problems: Problems
) -> Report:
    """Return the report; `problems` are those found after the archive was read."""
    converted, archive, pages = ingested.converted, planned.analysed.named.found, planned.plan.catalogue.lists.rows
    passing = {*converted.passing, *context.cache.notices}
    every = {*converted.problems, *ingested.problems, *problems, *written.files.problems, *passing}
    account = disclosure(context.paths.content, converted.store, ingested.decided, archive, ingested.pictures)
    people = sum(row.type == EntityType.PERSON for row in pages.values())
    return Report(
        articles=len(planned.plan.catalogue.content.heads),
        entities=len(pages),
        named=len(archive.article_counts),
        converted=converted.written,
        annotated=archive.annotated,
        rendered=tuple(map(SitePath, sorted(written.rendered))),
        written=tuple(sorted(written.files.changed)),
        removed=tuple(sorted(written.files.removed)),
        problems=_sorted(with_revealing(every, context.config.plan.private_names)),
        suggestions=len(archive.suggestions),
        unsaved=converted.unsaved,
        passing=bool(passing),
        disclosure=msgspec.structs.replace(account, people=people, pictures=planned.statics.pictures),
        costs=_costs(context, len(planned.plan.pages), len(written.rendered)),
    )


def _sorted(problems: Iterable[Problem]) -> Problems:
    return tuple(sorted(problems, key=lambda fault: (fault.path, fault.line or 0, fault.message, fault.stage)))


def _record_ids(
    context: BuildContext, archive: FoundEntities, published: tuple[PublishedId, ...], store: ArticleStore
) -> Problems:
    """Write down the ids that are given out, and the entities, to compare what a later model finds with."""
    if context.config.private:  # ids of what is kept back would be published with the content
        return ()
    content, problems = context.paths.content, Problems()
    now = without_kept_back(archive, store, context.config.plan.private_names)
    if now != published or not (content / ENTITIES_LOCK).exists():
        problems = record_lock(ENTITIES_LOCK, lambda: published_ids.write_lock(content, now))
    if archive.renamed:
        held = [entity for entity in archive.published if entity.id in archive.article_counts]
        model_diff.record_entities(context.paths.snapshot, model_diff.model_key(context.config), held)
    return problems


def _costs(context: BuildContext, pages: int, rendered: int) -> tuple[StageCost, ...]:
    context.times.count("render", pages - rendered, rendered)
    for stage, requests in {"extract": 0, "annotate": 0, "rematch": 0, **context.cache.requests}.items():
        hits = context.cache.hits[stage]
        context.times.count(stage, hits, requests - hits)
    return context.times.costs()
