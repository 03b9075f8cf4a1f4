"""The archive as a person looks at it to correct it: what the last build stored, brought up to date, not committed.

What a decision would change is found out on a branch of the stored rows: only what it affects is resolved again.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from concurrent.futures import Executor
from contextlib import contextmanager
from functools import cached_property

import msgspec

from glossator.config import Config
from glossator.content import decisions, published_ids
from glossator.content.archive_paths import ArchivePaths, check_archive
from glossator.incremental.cache import Cache, DamagedRow
from glossator.incremental.memo import Progress
from glossator.incremental.schema import ARTICLE_NAMES, ENTITIES, RESOLVED
from glossator.incremental.workers.executors import Workers
from glossator.model import (
    Analysis,
    Archive,
    ArticleHead,
    ArticleId,
    Decision,
    Decisions,
    Entity,
    EntityId,
    Name,
    Problem,
    PublishedId,
)
from glossator.naming.private_names import private_names
from glossator.pipeline.analysis.find_entities import FoundArticles, FoundEntities, find_entities, names_said
from glossator.pipeline.analysis.find_names import Decided, read_decided, without_private
from glossator.pipeline.context import BuildContext
from glossator.pipeline.ingest import duplicates_and_versions
from glossator.pipeline.ingest.convert import read_articles
from glossator.pipeline.review.disclosure import private_remains
from glossator.pipeline.stage_runs import article_file
from glossator.pipeline.stage_work import ArticleFile
from glossator.stages.resolve import entities_called


class BuiltArticles(msgspec.Struct, frozen=True):
    """The articles of a build, as long as no other build came after it."""

    number: int
    """Number of the build."""
    public: tuple[ArticleFile, ...]


class Survey(msgspec.Struct, frozen=True, dict=True):
    """The archive with a text of `entities.toml`. What it consists of is read when it is asked for."""

    context: BuildContext
    public: tuple[ArticleFile, ...]
    found: FoundEntities
    decided: Decided
    published: tuple[PublishedId, ...]
    text: str
    """Text of `entities.toml`."""
    problems: tuple[Problem, ...]

    @property
    def decisions(self) -> Decisions:
        """The decisions, with all names that count as private."""
        return self.found.decisions

    @cached_property
    def heads(self) -> tuple[ArticleHead, ...]:
        """Heads of the articles in which names were looked for, newest first, undated ones last, then by id."""
        heads = sorted((file.head for file in self.public if file.head.id in self.found.states), key=lambda one: one.id)
        return tuple(sorted(heads, key=lambda head: head.date or "", reverse=True))

    @cached_property
    def archive(self) -> Archive:
        """The whole archive: seconds of work in a large one."""
        entities = self.found.namespace.read_all(ENTITIES)
        return Archive(
            heads=self.heads,
            entities=tuple(entities[key] for key in sorted(entities)),
            resolved=self.found.namespace.read_all(RESOLVED),
            suggestions=self.found.suggestions,
            redirects=tuple(self.found.redirects.items()),
        )

    def entities(self, ids: Iterable[EntityId]) -> dict[EntityId, Entity]:
        """Return those of the ids that are an entity's, with the entities."""
        return self.found.namespace.read(ENTITIES, sorted(ids))

    def called(self, word: str) -> list[Entity]:
        """Return the entities that have a name or an alias, in whatever case, sorted by id."""
        folded = word.casefold()
        found = self.entities(entities_called(self.found.namespace.read_kind, word))
        forms = {key: (one.name, *(form for form, _ in one.aliases)) for key, one in found.items()}
        return [found[key] for key in sorted(found) if any(form.casefold() == folded for form in forms[key])]

    def names(self, articles: Iterable[ArticleId]) -> dict[ArticleId, Sequence[Name]]:
        """Return the names in each of the articles."""
        rows = self.found.namespace.read(ARTICLE_NAMES, sorted(articles))
        return {key: row.names for key, row in rows.items()}

    def analysis(self, article: ArticleId) -> Analysis:
        """Return the analysis of one of the articles after re-matching."""
        articles = FoundArticles(self._files, self.found, self.decided)
        return articles.analysis(self.context, self._files[article], self.found.states[article].key)

    @cached_property
    def _files(self) -> Mapping[ArticleId, ArticleFile]:
        return {file.head.id: file for file in self.public}


@contextmanager
def open_survey(
    paths: ArchivePaths,
    config: Config,
    progress: Progress,
    kept: Executor | None = None,
    built: BuiltArticles | None = None,
) -> Iterator[Survey]:
    """Yield the archive as it is, without converting saved files; for a private site, with the private articles.

    `kept` is a process that reads articles if they are few; `built` are the articles of a build, which need not be read
    again if it was the last one. Raises SiteError for a wrong set-up.
    """
    check_archive(paths.content)
    with Cache(paths.cache) as cache, Workers(config.build, kept, config.extensions.cluster) as workers:
        context = BuildContext(paths, config, cache, workers, progress)
        cache.trusted = built is not None and built.number == cache.build - 1
        published, text = published_ids.read_lock(paths.content), decisions_text(paths)
        try:
            public = built.public if built and cache.trusted else _public_articles(context)
            survey = _survey(context, public, published, text)
        except DamagedRow:
            cache.begin_anew()
            survey = _survey(context, _public_articles(context), published, text)
        yield survey


def _public_articles(context: BuildContext) -> tuple[ArticleFile, ...]:
    store = read_articles(context)
    articles = (article for article in store.kept if article.head.rights != "private")
    public = duplicates_and_versions.split_versions(articles).newest
    return tuple(article_file(store, article, context.config.site.language) for article in public)


def _survey(
    context: BuildContext,
    public: tuple[ArticleFile, ...],
    published: tuple[PublishedId, ...],
    text: str,
    before: Survey | None = None,
) -> Survey:
    """Return the archive with a text of `entities.toml`, on a branch of another survey if there is one.

    `published` are the ids that are given out. Raises DamagedRow.
    """
    decided, decision_problems = read_decided(context, text)
    if context.config.private:
        decided = without_private(decided)
    branch = before.found.namespace.branch() if before and names_said(before.decided) == names_said(decided) else None
    found, problems = find_entities(context, {file.head.id: file for file in public}, decided, published, branch)
    return Survey(context, public, found, decided, published, text, (*decision_problems, *problems))


def with_text(survey: Survey, text: str, added: Sequence[Decision]) -> Survey:
    """Return the archive with another text of `entities.toml`, which has the added decisions."""
    return _survey(survey.context, survey.public, _published(survey, added), text, survey)


class Effect(msgspec.Struct, frozen=True):
    """The entities in which two surveys of equal articles differ, before and after, and the problems that are new."""

    before: Mapping[EntityId, Entity]
    after: Mapping[EntityId, Entity]
    problems: tuple[Problem, ...]


def effect(before: Survey, after: Survey) -> Effect:
    """Return what another text of `entities.toml` changes."""
    private = [private_names(survey.decisions.private, survey.published) for survey in (before, after)]
    ids: set[EntityId] = {*after.found.touched}
    if private[0] != private[1] or names_said(before.decided) != names_said(after.decided):
        ids |= before.found.article_counts.keys() | after.found.article_counts.keys()
    old, new = before.entities(ids), after.entities(ids)
    stated = [private_names(survey.decided.decisions.private, survey.published) for survey in (before, after)]
    told = {*before.problems, *private_remains(old.values(), stated[0])}
    known = {msgspec.structs.replace(problem, line=None) for problem in told}
    problems = (*after.problems, *private_remains(new.values(), stated[1]))
    return Effect(old, new, tuple(one for one in problems if msgspec.structs.replace(one, line=None) not in known))


def _published(survey: Survey, added: Sequence[Decision]) -> tuple[PublishedId, ...]:
    """Return the ids that are given out once decisions are written: an id that one of them has is among them."""
    ids = {published_id.id: published_id for published_id in survey.published}
    said = {EntityId(word) for decision in added for word in (*decision.names, decision.value)}
    for key, entity in survey.entities(said - ids.keys()).items():
        ids[key] = PublishedId(key, entity.name, entity.type)
    return tuple(ids[entity_id] for entity_id in sorted(ids))


def decisions_text(paths: ArchivePaths) -> str:
    """Return the text of `entities.toml`; empty if there is none. Raises SiteError if it cannot be read."""
    return decisions.decisions_text(paths.content)
