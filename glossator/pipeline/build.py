"""`build`: content/ -> site/, every stage in order. Nothing happens that this function does not name."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import replace
from functools import partial
from itertools import chain
from typing import NamedTuple

import msgspec

from glossator import output, search
from glossator.config import MEGABYTE, Config
from glossator.content import published_ids
from glossator.content.archive_paths import ENTITIES_LOCK, record_lock
from glossator.content.article_store import ArticleStore, StoredArticle
from glossator.content.file_stamps import FileTimes
from glossator.content.own_texts import OwnPages, read_pages, readable
from glossator.content.theme import Theme
from glossator.incremental.cache import DamagedRow
from glossator.incremental.namespace import commit
from glossator.incremental.schema import ArticleState
from glossator.model import ArticleId, Entity, EntityId, EntityType, Fingerprint, Problem, PublishedId, SitePath
from glossator.naming.private_names import private_names, with_evidence
from glossator.pipeline import stage_runs, stage_work
from glossator.pipeline.analysis.find_colours import find_colours, texts_with_listings
from glossator.pipeline.analysis.find_dates import find_dates
from glossator.pipeline.analysis.find_entities import FoundArticles, FoundEntities, find_entities
from glossator.pipeline.analysis.find_highlights import find_highlights
from glossator.pipeline.analysis.find_names import Decided, read_decided, unread_languages, without_private
from glossator.pipeline.analysis.find_related import find_related
from glossator.pipeline.analysis.find_topics import find_topics, record_topic_ids
from glossator.pipeline.analysis.index_passages import index_passages
from glossator.pipeline.analysis.stored_archive import site_content
from glossator.pipeline.context import BuildContext, Problems, Report, StageCost
from glossator.pipeline.ingest import article_images, duplicates_and_versions
from glossator.pipeline.ingest.convert import ConversionResult, convert_saved
from glossator.pipeline.rendering import index_search
from glossator.pipeline.rendering.page_limits import PageLimits, PagesExceeded, add_exceeded, read_page_limits
from glossator.pipeline.rendering.plan import SitePlan, plan_site
from glossator.pipeline.rendering.render_pages import RenderOrder, SiteRendering
from glossator.pipeline.rendering.site_wide import StaticFiles, site_facts, static_files
from glossator.pipeline.rendering.stale_pages import StalePages, stale_pages
from glossator.pipeline.review import model_diff
from glossator.pipeline.review.disclosure import (
    disclosure,
    loses_a_name,
    private_remains,
    with_revealing,
    without_kept_back,
)
from glossator.pipeline.review.kept_back_names import without_kept_back_names
from glossator.pipeline.review.own_text_links import kept_back, link_problems
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
    public = [article for article in converted.store.kept if article.head.rights != "private"]
    limits = read_page_limits(context, theme, public)
    while True:
        context.give_way()
        try:
            return _build_site(context, theme, converted, (public, limits))
        except PagesExceeded as error:  # each time, an article loses its marks or is left out
            limits = add_exceeded(context, theme, limits, public, error)


def _build_site(
    context: BuildContext,
    theme: Theme,
    converted: ConversionResult,
    articles: tuple[Sequence[StoredArticle], PageLimits],
) -> BuildResult:
    """Build the site of the public articles. Raises PagesExceeded if pages exceed a limit, of which nobody knew.

    It is long because every step of a build stands in it, in order.
    """
    paths, (site, no_words), (public, limits) = context.paths, site_facts(context, theme), articles
    versions = duplicates_and_versions.split_versions(limits.shown(public))
    decided, decision_problems = read_decided(context)
    published = published_ids.read_lock(paths.content)
    config, decided = context.config, without_private(decided) if context.config.private else decided
    files, older = (
        _article_files(converted.store, versions.newest, site.language),
        _article_files(converted.store, chain.from_iterable(versions.others.values()), ""),
    )
    found, entity_problems = find_entities(context, files, decided, published)
    context.give_way()
    own_pages = _own_pages(context)
    pictures = article_images.check_pictures(context)
    content = site_content(found, versions, own_pages.pages, pictures, limits.bare)
    context = _with_private_names(context, content.entities, found, published)
    related = find_related(context, files, content.heads)
    hidden = kept_back(context.config.plan.private_names.whole, converted.store, own_pages)
    topics = find_topics(context, content, found.change, related, converted.renames)
    dates, highlights, listings = (
        find_dates(context, content.heads, found.states),
        find_highlights(context, content.heads, files),
        find_colours(context, texts_with_listings({**files, **older}.values(), own_pages.pages, decided.notes)),
    )
    content = msgspec.structs.replace(
        content,
        chronology=dates.sentences,
        chronology_parts=dates.parts,
        related=related.related,
        topics=topics.topics,
        ties=topics.ties,
        former_topics=topics.redirects,
        renames=converted.renames,
        other_sources=converted.other_sources,
        highlights=highlights.placed,
        listings=listings.colours,
        kept_back=hidden,
    )
    site = msgspec.structs.replace(site, empty=not content.heads, topics=bool(content.topics))
    found_articles = FoundArticles(files, found, decided)
    plan = plan_site(context, content, found, related.changed, site)
    statics = static_files(paths, theme, plan.catalogue, pictures.published)
    context.give_way()
    stale = stale_pages(context, theme, plan, statics.paths)
    unrecorded = (
        *model_diff.told(context.paths.snapshot, model_diff.model_key(context.config), found, content.redirects),
        *_record_ids(context, found, published, converted.store),
        *record_topic_ids(context, topics),
    )
    context.cache.forget_pages(stale.site, [*(page.path for page in stale.pages), *stale.gone])
    commit(
        context.cache,
        *(found.namespace, related.namespace, topics.namespace, plan.namespace),
        *(dates.namespace, highlights.namespace, listings.namespace, index_passages(context, converted.store)),
    )
    files |= older
    rendering = SiteRendering(context, RenderOrder(theme, plan, stale, found_articles))
    with context.times.step("write"), _open_site(context, stale) as staged:
        staged.add(chain(statics.outputs, rendering.pages()))  # pages are rendered while they are written
        context.workers.end_processes()  # they do not index, and each may hold hundreds of megabytes
        indexed = index_search.stage_index(context, staged)
        written = staged.put_in_place()
    _record_pages(context, plan, stale, rendering)
    if indexed:
        index_search.record_index(context, written.files)
    context.cache.evict(context.config.build.cache_limit * MEGABYTE)
    problems = frozenset(
        {
            *decision_problems,
            *without_kept_back_names(paths.content, converted.store, found, decided, entity_problems),
            *private_remains(content.entities.values(), private_names(decided.decisions.private, published)),
            *limits.problems,
            *listings.problems,
            *unread_languages(context.config.annotate, files.values()),
            *own_pages.problems,
            *highlights.problems,
            *no_words,
            *link_problems(paths.content, plan.broken),
            *pictures.problems,
            *written.problems,
            *unrecorded,
        }
    )
    report = _report(
        context, converted, _WrittenSite(decided, found, pictures, plan, rendering.rendered, statics, written, problems)
    )
    return BuildResult(
        report=report,
        number=context.cache.build,
        config=config,
        theme=theme,
        decided=decided,
        store=converted.store,
        states=found.states,
        catalogue=plan.catalogue,
        article_times=converted.times,
    )


class _WrittenSite(NamedTuple):
    """The site that a build wrote, for the report."""

    decided: Decided
    found: FoundEntities
    pictures: article_images.PictureCheck
    plan: SitePlan
    rendered: Mapping[str, Fingerprint]
    statics: StaticFiles
    written: output.WriteResult
    problems: frozenset[Problem]
    """Problems that every build reports until they are mended, besides those of conversions."""


def _report(context: BuildContext, converted: ConversionResult, site: _WrittenSite) -> Report:
    passing = {*converted.passing, *context.cache.notices}
    lists = site.plan.catalogue.lists
    private = context.config.plan.private_names
    people = sum(row.type == EntityType.PERSON for row in lists.rows.values())
    told = disclosure(context.paths.content, converted.store, site.decided, site.found, site.pictures)
    return Report(
        articles=len(site.plan.catalogue.content.heads),
        entities=len(lists.rows),
        named=len(site.found.article_counts),
        converted=converted.written,
        annotated=site.found.annotated,
        rendered=tuple(map(SitePath, sorted(site.rendered))),
        written=tuple(sorted(site.written.changed)),
        removed=tuple(sorted(site.written.removed)),
        problems=_sorted(with_revealing({*converted.problems, *site.problems, *passing}, private)),
        suggestions=len(site.found.suggestions),
        unsaved=converted.unsaved,
        passing=bool(passing),
        disclosure=msgspec.structs.replace(told, people=people, pictures=site.statics.pictures),
        costs=_costs(context, len(site.plan.pages), len(site.rendered)),
    )


def _with_private_names(
    context: BuildContext, entities: Mapping[EntityId, Entity], found: FoundEntities, published: tuple[PublishedId, ...]
) -> BuildContext:
    """Return the context of a site that says nothing of private entities; a decision may name one by its id.

    It knows who else has a private surname, and which articles have a whole name.
    """
    private = with_evidence(private_names(found.decisions.private, published), entities.values(), found.names_in)
    plan = replace(context.config.plan, private_names=private)
    return msgspec.structs.replace(context, config=replace(context.config, plan=plan))


def _sorted(problems: Iterable[Problem]) -> Problems:
    return tuple(sorted(problems, key=lambda found: (found.path, found.line or 0, found.message, found.stage)))


def _article_files(
    store: ArticleStore, articles: Iterable[StoredArticle], language: str
) -> dict[ArticleId, stage_work.ArticleFile]:
    return {article.head.id: stage_runs.article_file(store, article, language) for article in articles}


def _record_ids(
    context: BuildContext, found: FoundEntities, published: tuple[PublishedId, ...], store: ArticleStore
) -> Problems:
    """Write down the ids that are given out, and the entities, to compare what a later model finds with."""
    if context.config.private:  # ids of what is kept back would be published with the content
        return ()
    content, problems = context.paths.content, Problems()
    now = without_kept_back(found, store, context.config.plan.private_names)
    if now != published or not (content / ENTITIES_LOCK).exists():
        problems = record_lock(ENTITIES_LOCK, lambda: published_ids.write_lock(content, now))
    if found.renamed:
        held = [entity for entity in found.published if entity.id in found.article_counts]
        model_diff.record_entities(context.paths.snapshot, model_diff.model_key(context.config), held)
    return problems


def _own_pages(context: BuildContext) -> OwnPages:
    found = read_pages(context.paths.content / "pages", context.config.private)
    kept, unreadable = readable(found.pages, lambda page: (page.file, page.markdown))
    return found._replace(pages=kept, problems=(*found.problems, *unreadable))


def _open_site(context: BuildContext, stale: StalePages) -> AbstractContextManager[output.StagedSite]:
    """Open the site to replace stale files and remove those that are gone; the index goes if none is wanted."""
    site, wanted = context.paths.site, context.config.build.search
    urgency = output.Urgency(f"{search.FOLDER}/", partial(loses_a_name, context.config.plan.private_names))
    if stale.intact:
        return output.stage_change(site, stale.gone.union(() if wanted else index_search.index_files(site)), urgency)
    return output.stage_all(site, stale.wanted.union(index_search.index_files(site) if wanted else ()), urgency)


def _record_pages(context: BuildContext, plan: SitePlan, stale: StalePages, rendering: SiteRendering) -> None:
    """Remember what the pages of the site show now, and which rows made them others."""
    index = () if context.config.build.search else (search.FOLDER,)
    context.cache.set_pages(
        stale.site, rendering.rendered, stale.gone.union(index), {str(path): rows for path, rows in plan.causes.items()}
    )
    context.cache.keep_pages(stale.site, rendering.unchanged)
    context.cache.set_mark(stale.site, stale.renderer.mark)


def _costs(context: BuildContext, pages: int, rendered: int) -> tuple[StageCost, ...]:
    context.times.count("render", pages - rendered, rendered)
    for stage, requests in {"extract": 0, "annotate": 0, "rematch": 0, **context.cache.requests}.items():
        hits = context.cache.hits[stage]
        context.times.count(stage, hits, requests - hits)
    return context.times.costs()
