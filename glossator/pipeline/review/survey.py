"""The archive as a person looks at it to correct it: resolved from its articles as they are, with no build."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import Executor
from contextlib import contextmanager

import msgspec

from glossator.config import Config, SiteError
from glossator.content import decisions, published_ids
from glossator.content.archive_paths import ArchivePaths, check_archive
from glossator.files import Unusable, read_text
from glossator.incremental.cache import Cache, DamagedRow
from glossator.incremental.memo import Progress
from glossator.incremental.workers.executors import Workers
from glossator.model import (
    Analysis,
    Archive,
    ArticleId,
    Decision,
    Decisions,
    Problem,
    PublishedId,
)
from glossator.naming.private_names import private_names
from glossator.pipeline.analysis.find_entities import find_all_entities
from glossator.pipeline.analysis.find_names import Analyses, read_decided, without_private
from glossator.pipeline.context import BuildContext
from glossator.pipeline.ingest import duplicates_and_versions
from glossator.pipeline.ingest.convert import read_articles
from glossator.pipeline.review.disclosure import private_remains
from glossator.pipeline.stage_runs import article_file
from glossator.pipeline.stage_work import ArticleFile


class Survey(msgspec.Struct, frozen=True):
    """The resolved archive, and what it was resolved from."""

    context: BuildContext
    public: tuple[ArticleFile, ...]
    annotated: Analyses
    """Analyses as the model made them, before re-matching."""
    analyses: Mapping[ArticleId, Analysis]
    published: tuple[PublishedId, ...]
    text: str
    """Text of `entities.toml`."""
    decisions: Decisions
    archive: Archive
    problems: tuple[Problem, ...]


@contextmanager
def open_survey(
    paths: ArchivePaths, config: Config, progress: Progress, kept: Executor | None = None
) -> Iterator[Survey]:
    """Resolve the articles of the archive, without converting saved files; for a private site, also the private ones.

    `kept` is a process that reads articles if they are few. Raises SiteError for a wrong set-up.
    """
    check_archive(paths.content)
    with Cache(paths.cache) as cache, Workers(config.build, kept, config.extensions.cluster) as workers:
        context = BuildContext(paths, config, cache, workers, progress)
        try:
            survey = _first_survey(context)
        except DamagedRow:
            cache.begin_anew()
            survey = _first_survey(context)
        yield survey


def _first_survey(context: BuildContext) -> Survey:
    """Resolve the public articles as they are. Raises DamagedRow."""
    store, paths = read_articles(context), context.paths
    articles = (article for article in store.kept if article.head.rights != "private")
    public = duplicates_and_versions.split_versions(articles).newest
    files = tuple(article_file(store, article, context.config.site.language) for article in public)
    return _survey(context, files, published_ids.read_lock(paths.content), decisions_text(paths))


def _survey(
    context: BuildContext,
    public: tuple[ArticleFile, ...],
    published: tuple[PublishedId, ...],
    text: str,
    annotated: Analyses | None = None,
) -> Survey:
    """Resolve the public articles with a text of `entities.toml`.

    `published` are the ids that are given out; `annotated` are the analyses that the model made, if they are known.
    """
    decided, decision_problems = read_decided(context, text)
    if context.config.private:
        decided = without_private(decided)
    found, entity_problems = find_all_entities(context, public, decided, published, annotated)
    private = private_names(decided.decisions.private, published)
    return Survey(
        context=context,
        public=public,
        annotated=found.annotated,
        analyses=found.analyses,
        published=published,
        text=text,
        decisions=decided.decisions,
        archive=found.archive,
        problems=(*decision_problems, *entity_problems, *private_remains(found.archive.entities, private)),
    )


def with_text(survey: Survey, text: str, added: Sequence[Decision]) -> Survey:
    """Resolve again with another text of `entities.toml`, which has the added decisions."""
    return _survey(survey.context, survey.public, _published(survey, added), text, survey.annotated)


def _published(survey: Survey, added: Sequence[Decision]) -> tuple[PublishedId, ...]:
    """Return the ids that are given out once decisions are written: an id that one of them has is among them."""
    ids = {published_id.id: published_id for published_id in survey.published}
    said = {word for decision in added for word in (*decision.names, decision.value)}
    named = [entity for entity in survey.archive.entities if entity.id in said]
    ids |= {entity.id: PublishedId(entity.id, entity.name, entity.type) for entity in named if entity.id not in ids}
    return tuple(ids[entity_id] for entity_id in sorted(ids))


def decisions_text(paths: ArchivePaths) -> str:
    """Return the text of `entities.toml`; empty if there is none. Raises SiteError if it cannot be read."""
    path = paths.content / decisions.FILE
    try:
        return read_text(path) if path.exists() else ""
    except Unusable as error:
        raise SiteError(f"{decisions.FILE} {error}.") from None
