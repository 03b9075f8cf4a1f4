"""The archive as a person looks at it to correct it: what the last build stored, brought up to date, not committed.

What a decision would change is found out on a branch of the stored rows: only what it affects is resolved again.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from concurrent.futures import Executor
from contextlib import contextmanager
from dataclasses import replace
from functools import cached_property

import msgspec

from glossator.config import Config
from glossator.content import published_ids
from glossator.content.archive_paths import ArchivePaths, check_archive
from glossator.content.article_store import ArticleStore, read_article_store
from glossator.content.decisions import decisions_text
from glossator.incremental.cache import Cache, DamagedRow
from glossator.incremental.cache.rows import NamespaceSchema
from glossator.incremental.memo import Progress
from glossator.incremental.namespace import commit
from glossator.incremental.schema import ARCHIVE, ARTICLE_NAMES, ENTITIES, RESOLVED, WHOLE_ARCHIVE
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
    PrivateNames,
    Problem,
    PublishedId,
)
from glossator.naming.private_names import is_part_of, private_names
from glossator.pipeline.analysis.find_entities import (
    FoundArticles,
    FoundEntities,
    find_entities,
    names_said,
    open_archive,
)
from glossator.pipeline.analysis.find_names import Decided, read_decided, without_private
from glossator.pipeline.analysis.stored_archive import newest_first
from glossator.pipeline.context import BuildContext
from glossator.pipeline.ingest import duplicates_and_versions
from glossator.pipeline.ingest.convert import read_articles
from glossator.pipeline.review.disclosure import private_remains, with_revealing
from glossator.pipeline.review.kept_back_names import keeps_back, without_kept_back_names
from glossator.pipeline.stage_runs import article_file
from glossator.pipeline.stage_work import ArticleFile
from glossator.rights import RightsPolicy
from glossator.stages.resolve import entities_called

WHOLE_TEXTS = RightsPolicy(texts=True)


class BuiltArticles(msgspec.Struct, frozen=True):
    """The articles of a build, as long as no other build came after it."""

    number: int
    """Number of the build."""
    store: ArticleStore
    public: tuple[ArticleFile, ...]


class Survey(msgspec.Struct, frozen=True, dict=True):
    """The archive with a text of `entities.toml`. What it consists of is read when it is asked for."""

    context: BuildContext
    store: ArticleStore
    public: tuple[ArticleFile, ...]
    found: FoundEntities
    decided: Decided
    published: tuple[PublishedId, ...]
    text: str
    """Text of `entities.toml`."""
    problems: tuple[Problem, ...]
    site: Survey | None = None
    """Published part of the archive; None unless this is the whole archive of its owner, in which nobody is hidden."""

    @property
    def decisions(self) -> Decisions:
        """The decisions, with all names that count as private on the site."""
        site = self.site or self
        return site.decided.decisions if site.context.config.private else site.found.decisions

    @cached_property
    def private(self) -> PrivateNames:
        return private_names(self.decisions.private, self.published)

    def is_private(self, entity: Entity) -> bool:
        """True if a decision keeps an entity private, by its name or because that is a part of a private name."""
        names = {name.casefold() for name in self.private.whole}
        if not names.isdisjoint(form.casefold() for form in (entity.id, *entity.forms)):
            return True
        return entity.origin != "person" and is_part_of(entity.name, self.private)

    @cached_property
    def heads(self) -> tuple[ArticleHead, ...]:
        """Heads of the articles in which names were looked for, newest first, undated ones last, then by id."""
        return newest_first(file.head for file in self.public if file.head.id in self.found.states)

    @cached_property
    def archive(self) -> Archive:
        """Archive as the survey found it: seconds of work in a large one."""
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
        entities = self.entities(entities_called(self.found.namespace.read_kind, word))
        return [entity for _, entity in sorted(entities.items()) if folded in map(str.casefold, entity.forms)]

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
    with _opened(paths, config, progress, kept) as context:
        is_last = built is not None and built.number == context.cache.build - 1
        yield _read(context, ARCHIVE, built if is_last else None)


@contextmanager
def open_whole_archive(paths: ArchivePaths, config: Config, progress: Progress) -> Iterator[Survey]:
    """Yield the whole archive of its owner, beside what the site publishes; that alone if nothing is kept back.

    What was found is stored, apart from what the builds of the private site left. Raises SiteError for a wrong set-up.
    """
    with open_survey(paths, config, progress) as site:
        if not (keeps_back(site.store) or site.decisions.private):
            yield site
            return
        own = msgspec.structs.replace(paths, private=True)
        with _opened(own, replace(config, private=True), progress) as context:
            context.cache.others = site.context.cache
            whole = _read(context, WHOLE_ARCHIVE)
            store_whole(whole)
            yield msgspec.structs.replace(whole, site=site)


@contextmanager
def open_whole_texts(paths: ArchivePaths, config: Config, progress: Progress) -> Iterator[Survey]:
    """Yield the archive with whole texts, but without what is private by itself. Raises SiteError for a wrong set-up.

    It begins with what was found in the whole archive, and stores nothing.
    """
    with _opened(msgspec.structs.replace(paths, private=True), config, progress) as context:
        store = read_article_store(paths.articles, policy=WHOLE_TEXTS)
        articles = store, _files_of(store, config.site.language)
        yield _survey(
            context, articles, published_ids.read_lock(paths.content), decisions_text(paths.content), WHOLE_ARCHIVE
        )


@contextmanager
def beside_site(survey: Survey, paths: ArchivePaths) -> Iterator[Survey]:
    """Yield the survey of a private site beside what is published; another one as it is.

    `paths` are those of the published archive.
    """
    context = survey.context
    if not context.config.private:
        yield survey
        return
    with open_survey(paths, replace(context.config, private=False), context.progress) as site:
        yield msgspec.structs.replace(survey, site=site)


@contextmanager
def _opened(
    paths: ArchivePaths, config: Config, progress: Progress, kept: Executor | None = None
) -> Iterator[BuildContext]:
    check_archive(paths.content)
    with Cache(paths.cache) as cache, Workers(config.build, kept, config.extensions.cluster) as workers:
        yield BuildContext(paths, config, cache, workers, progress)


def _read(context: BuildContext, schema: NamespaceSchema, built: BuiltArticles | None = None) -> Survey:
    """Return the archive from the rows of a schema, and from the articles of a build if there was one."""
    content = context.paths.content
    published, text = published_ids.read_lock(content), decisions_text(content)
    try:
        articles = (built.store, built.public) if built else _public_articles(context)
        return _survey(context, articles, published, text, schema)
    except DamagedRow:
        context.cache.begin_anew()
        return _survey(context, _public_articles(context), published, text, schema)


def store_whole(whole: Survey) -> None:
    """Store what was found in the whole archive, so that the next command need not find it."""
    archive = whole.found
    if archive.namespace.fresh or archive.touched or archive.change.resolved or archive.annotated:
        commit(whole.context.cache, archive.namespace)


def _public_articles(context: BuildContext) -> tuple[ArticleStore, tuple[ArticleFile, ...]]:
    store = read_articles(context)
    return store, _files_of(store, context.config.site.language)


def _files_of(store: ArticleStore, language: str) -> tuple[ArticleFile, ...]:
    articles = (article for article in store.kept if article.head.rights != "private")
    public = duplicates_and_versions.split_versions(articles).newest
    return tuple(article_file(store, article, language) for article in public)


def _survey(
    context: BuildContext,
    articles: tuple[ArticleStore, tuple[ArticleFile, ...]],
    published: tuple[PublishedId, ...],
    text: str,
    rows: NamespaceSchema | Survey,
) -> Survey:
    """Return the archive with a text of `entities.toml`, from stored `rows` or on a branch of another survey's.

    `published` are the ids that are given out. Raises DamagedRow.
    """
    store, public = articles
    decided, decision_problems = read_decided(context, text)
    applied = without_private(decided) if context.config.private else decided
    if isinstance(rows, Survey) and names_said(rows.decided) == names_said(decided):
        namespace = rows.found.namespace.branch()
    else:
        schema = rows.found.namespace.schema if isinstance(rows, Survey) else rows
        namespace = open_archive(context, decided, schema)
    files = {file.head.id: file for file in public}
    archive, problems = find_entities(context, files, applied, published, namespace)
    problems = without_kept_back_names(context.paths.content, store, archive, decided, problems)
    return Survey(context, store, public, archive, decided, published, text, (*decision_problems, *problems))


def with_text(survey: Survey, text: str, added: Sequence[Decision]) -> Survey:
    """Return the archive with another text of `entities.toml`, which has the added decisions."""
    site = with_text(survey.site, text, added) if survey.site else None
    published = site.published if site else _published(survey, added)
    after = _survey(survey.context, (survey.store, survey.public), published, text, survey)
    return msgspec.structs.replace(after, site=site)


class Effect(msgspec.Struct, frozen=True):
    """The entities in which two surveys of equal articles differ, before and after, and the problems that are new."""

    before: Mapping[EntityId, Entity]
    after: Mapping[EntityId, Entity]
    private: frozenset[EntityId]
    """Entities that are private in one of the surveys, and not in the other."""
    problems: tuple[Problem, ...]


def effect(last: Survey, after: Survey) -> Effect:
    """Return what another text of `entities.toml` changes."""
    private = [last.private, after.private]
    ids: set[EntityId] = {*after.found.touched}
    if private[0] != private[1] or names_said(last.decided) != names_said(after.decided):
        ids |= last.found.article_counts.keys() | after.found.article_counts.keys()
    old, new = last.entities(ids), after.entities(ids)
    hidden = {key for key in old.keys() & new.keys() if last.is_private(old[key]) != after.is_private(new[key])}
    reported, problems = set(last.problems), after.problems
    if not last.context.config.private:  # there, the private entities themselves are among the others
        stated = [private_names(survey.decided.decisions.private, survey.published) for survey in (last, after)]
        reported |= {*private_remains(old.values(), stated[0])}
        problems = (*problems, *private_remains(new.values(), stated[1]))
    before_too = {msgspec.structs.replace(problem, line=None) for problem in reported}
    new_problems = (problem for problem in problems if msgspec.structs.replace(problem, line=None) not in before_too)
    told_problems = tuple(with_revealing(new_problems, after.private))
    return Effect(old, new, frozenset(hidden) if private[0] != private[1] else frozenset(), told_problems)


def _published(survey: Survey, added: Sequence[Decision]) -> tuple[PublishedId, ...]:
    """Return the ids that are given out once decisions are written: an id that one of them has is among them.

    A private site gives out none: the lock is published with the archive.
    """
    if survey.context.config.private:
        return survey.published
    ids = {published_id.id: published_id for published_id in survey.published}
    words = {EntityId(word) for decision in added for word in (*decision.names, decision.value)}
    for key, entity in survey.entities(words - ids.keys()).items():
        ids[key] = PublishedId(key, entity.name, entity.type)
    return tuple(ids[entity_id] for entity_id in sorted(ids))
