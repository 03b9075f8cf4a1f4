"""Articles -> the entities of the archive: annotate, share names, re-match, resolve.

One composition for builds, the preview, review and the single verbs: each reads and resolves what changed since the
rows in the namespace were stored, and a build commits them. Callers that need the names of one article at once stop
after `find_names`.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, NamedTuple, TypeVar

import msgspec

from glossator.config import SiteError
from glossator.incremental.cache import RowDecoder
from glossator.incremental.cache.rows import NamespaceSchema
from glossator.incremental.code_versions import annotate_code
from glossator.incremental.increments import changes, record
from glossator.incremental.namespace import Namespace
from glossator.incremental.schema import (
    ARCHIVE,
    ARTICLE_NAMES,
    ARTICLE_STATES,
    ENTITIES,
    FORM_USES,
    OFFERED_NAMES,
    RESOLVED,
    ArticleState,
    BookEntry,
)
from glossator.model import (
    Analysis,
    ArchiveUpdate,
    ArticleId,
    ArticleNames,
    Decisions,
    Digest,
    Entity,
    EntityId,
    EntityType,
    Problem,
    PublishedId,
    Suggestion,
)
from glossator.pipeline import stage_runs
from glossator.pipeline.analysis.find_names import (
    Decided,
    NameResults,
    annotate,
    annotate_changed,
    check_splits,
    find_names,
    located,
    needs_rematch,
    rematch,
)
from glossator.pipeline.analysis.near_names import ArchiveNames, archive_names, find_near_names
from glossator.pipeline.context import BuildContext, Problems, timed
from glossator.pipeline.stage_work import ArticleFile
from glossator.stages.resolve import (
    confirmed_names,
    resolve_changes,
    share_names,
)
from glossator.stages.resolve.update.stored_rows import Resolved
from glossator.text import digest

if TYPE_CHECKING:
    from glossator.stages.annotate import TypedNames

MANY_ARTICLES = 1_000
"""Articles read by one build after which the models are freed, because no name needs them any more; and articles whose
analyses are held together."""

Key = TypeVar("Key")
Value = TypeVar("Value")


class ArchiveChange(msgspec.Struct, frozen=True):
    """Differences of the archive since the last build: value before and value now, None if absent."""

    entities: Mapping[EntityId, tuple[Entity | None, Entity | None]]
    resolved: Mapping[ArticleId, tuple[Resolved | None, Resolved | None]]


class FoundEntities(msgspec.Struct, frozen=True):
    """The archive after `find_entities`. Its rows are in the namespace, not committed yet."""

    namespace: Namespace
    states: Mapping[ArticleId, ArticleState]
    """Every article in which names were looked for."""
    decisions: Decisions
    """The decisions by which the archive was resolved, with all names that count as private."""
    change: ArchiveChange
    annotated: int
    """Number of articles that the model read anew."""
    article_counts: Mapping[EntityId, int]
    """Number of articles in which each entity appears."""
    redirects: Mapping[EntityId, EntityId]
    published: tuple[PublishedId, ...]
    """The ids that are given out from now on."""
    suggestions: tuple[Suggestion, ...]
    touched: frozenset[EntityId]
    """The entities that are not as in the rows that the namespace held before."""
    unmatched: Mapping[Problem, str]
    """The problems of decisions and notes that are about a name which no article has, each with the name."""

    @property
    def renamed(self) -> bool:
        """True if any entity is new, gone, or has another name or type, or if everything was resolved anew."""
        pairs = self.change.entities.values()
        return self.namespace.fresh or any(_label(before) != _label(now) for before, now in pairs)

    def names_in(self, articles: Iterable[ArticleId]) -> dict[ArticleId, list[str]]:
        """Return the surface forms of the names in each of the articles."""
        rows = self.namespace.read(ARTICLE_NAMES, sorted(articles))
        return {key: [form for name in row.names for form, _ in name.forms] for key, row in rows.items()}

    def shared(self, articles: Iterable[ArticleId]) -> dict[ArticleId, TypedNames]:
        """Return the names of other articles that each of the articles is searched for."""
        return {key: row.shared for key, row in self.namespace.read(OFFERED_NAMES, articles).items() if row.shared}


_ANALYSIS: RowDecoder[Analysis] = RowDecoder(Analysis)


class FoundArticles(msgspec.Struct, frozen=True):
    """The articles of a build, and what was found in them."""

    files: Mapping[ArticleId, ArticleFile]
    """Articles that are shown, and their older versions."""
    found: FoundEntities
    decided: Decided

    def analysis(self, context: BuildContext, file: ArticleFile, key: str) -> Analysis:
        """Return the analysis of an article: memoised under the key, else made again."""
        row = context.cache.result(key)
        if row is not None:
            return _ANALYSIS.decode(row)
        shared = self.found.shared([file.head.id])
        analyses, problems = find_names(context, [file], self.decided, shared)
        if file.head.id not in analyses:
            raise SiteError(f"{problems[0].path} {problems[0].message}.", "Build again.")
        return analyses[file.head.id].analysis


def open_archive(context: BuildContext, decided: Decided, schema: NamespaceSchema = ARCHIVE) -> Namespace:
    """Open the archive as the last build left it; empty if names were looked for by other code or decisions."""
    settings = context.config.annotate
    return Namespace(
        context.cache,
        schema,
        annotate_code=annotate_code(settings),
        annotate_settings=repr(settings),
        confirmed_names_and_splits=names_said(decided),
        site_language=context.config.site.language,
    )


def names_said(decided: Decided) -> str:
    """Return what people said that changes the names in articles, and so more than to whom they belong."""
    splits = [msgspec.structs.replace(split, line=None) for split in decided.decisions.splits]
    return repr((confirmed_names(*decided), splits))


def find_entities(
    context: BuildContext,
    files: Mapping[ArticleId, ArticleFile],
    decided: Decided,
    published: tuple[PublishedId, ...],
    namespace: Namespace | None = None,
) -> tuple[FoundEntities, Problems]:
    """Bring the archive up to date with its articles: annotate, share names, re-match, resolve.

    `files` are all articles that are shown, `published` the ids given out so far. Changes are written to the namespace,
    which is the stored archive if none is given, and not committed.
    """
    if namespace is None:
        namespace = open_archive(context, decided)
    before, inputs = namespace.value(ARTICLE_STATES, {}), {key: _input(file) for key, file in files.items()}
    _, kept = changes(namespace, inputs)
    results = annotate_changed(context, [file for key, file in files.items() if key not in kept])
    results.gone = before.keys() - (files.keys() - results.failed)
    _rematch(context, files, decided, _share_names(context, namespace, files, decided, results), results)
    if results.annotated >= MANY_ARTICLES:
        context.workers.end_processes()
        stage_runs.forget_models()
    states = {key: state for key, state in before.items() if key not in results.gone} | results.states()
    unsure = dict.fromkeys(results.unmatched, Digest(""))
    record(namespace, {key: BookEntry(unsure.get(key, inputs[key])) for key in states})

    def names_now() -> ArchiveNames:
        return archive_names(namespace.read_all(FORM_USES), (file.head for file in files.values()))

    near = find_near_names(context, namespace, decided, published, names_now)
    given = near.added(decided.decisions)
    for key in results.gone - results.names.keys():
        results.names.put(key, None)
    update = _resolve(context, namespace, results.names, decided._replace(decisions=given), published)
    misplaced = check_splits(context, files.values(), decided)
    names_of_splits = {split.line: split.name for split in decided.decisions.splits}
    unmatched = {problem: names_of_splits[problem.line] for problem in misplaced if problem.line in names_of_splits}
    update = msgspec.structs.replace(update, unmatched={**update.unmatched, **unmatched})
    explained = located(tuple(near.problems(update.problems, decided.decisions)), files)
    problems = (*results.problems, *explained, *misplaced)
    return _store(namespace, states, given, update, results.annotated), problems


class _Rematches(NamedTuple):
    """The articles to search again, and the names to search each of them for."""

    articles: Sequence[ArticleId]
    shared: Mapping[ArticleId, TypedNames]


@timed("rematch")
def _share_names(
    _: BuildContext,
    namespace: Namespace,
    files: Mapping[ArticleId, ArticleFile],
    decided: Decided,
    results: NameResults,
) -> _Rematches:
    """Offer the names of the articles that changed to all others; the articles to re-match because of any change."""
    sharing = share_names(namespace.read_kind, {**dict.fromkeys(results.gone), **results.offered})
    namespace.write_kinds(sharing.writes)
    again = [
        key
        for key in sorted({*results.offered, *sharing.moved} & files.keys())
        if key not in results.offered or needs_rematch(files[key], decided, sharing.names_from_others[key])
    ]
    results.offered.clear()  # those of a whole archive take room while it is resolved
    return _Rematches(again, sharing.names_from_others)


def _rematch(
    context: BuildContext,
    files: Mapping[ArticleId, ArticleFile],
    decided: Decided,
    again: _Rematches,
    results: NameResults,
) -> None:
    """Match articles again and record the results."""
    for start in range(0, len(again.articles), MANY_ARTICLES):
        some = [files[key] for key in again.articles[start : start + MANY_ARTICLES]]
        annotated, problems = annotate(context, some)
        rematched, more = rematch(context, some, annotated, decided, again.shared)
        results.problems += (*problems, *more)
        at_limit = {problem.path for problem in more}
        for key, memoised in rematched.items():
            results.add(files[key], memoised)
            kept = memoised is annotated[key] or files[key].label in at_limit
            if kept and needs_rematch(files[key], decided, again.shared[key]):
                results.unmatched.add(key)


@timed("resolve")
def _resolve(
    context: BuildContext,
    namespace: Namespace,
    names: Mapping[ArticleId, ArticleNames | None],
    decided: Decided,
    published: tuple[PublishedId, ...],
) -> ArchiveUpdate:
    """Store the names that changed, and resolve what they and decisions affect; None is an article that is gone."""
    update = resolve_changes(namespace.read_kind, names, decided, published, context.config.site.language)
    namespace.write(ARTICLE_NAMES, names)
    return update


def _store(
    namespace: Namespace,
    states: Mapping[ArticleId, ArticleState],
    given: Decisions,
    update: ArchiveUpdate,
    annotated: int,
) -> FoundEntities:
    """Write an update to the namespace, beside what it changes there."""
    change = _change(namespace, update)
    namespace.write_kinds(update.writes)
    namespace.set_value(ARTICLE_STATES, dict(states))
    return FoundEntities(
        namespace=namespace,
        states=states,
        decisions=given,
        change=change,
        annotated=annotated,
        article_counts=update.spread,
        redirects=dict(update.redirects),
        published=update.published,
        suggestions=update.suggestions,
        touched=frozenset(update.entities),
        unmatched=update.unmatched,
    )


def _change(namespace: Namespace, update: ArchiveUpdate) -> ArchiveChange:
    """Compare an update with the rows before it, on whatever basis; equal values are left out."""
    entities = namespace.previous(ENTITIES, None if namespace.fresh else update.entities)
    resolved = namespace.previous(RESOLVED, None if namespace.fresh else update.resolved)
    return ArchiveChange(_pairs(entities, update.entities), _pairs(resolved, update.resolved))


def _pairs(
    before: Mapping[Key, Value], now: Mapping[Key, Value | None]
) -> dict[Key, tuple[Value | None, Value | None]]:
    pairs = {key: (before.get(key), now.get(key)) for key in [*before, *(key for key in now if key not in before)]}
    return {key: pair for key, pair in pairs.items() if pair[0] != pair[1]}


def _input(file: ArticleFile) -> Digest:
    """Return a digest of all that the names of an article depend on, besides what other articles and people say."""
    return digest(file.text, file.language, file.head.title, file.head.published or "", file.head.source or "")


def _label(entity: Entity | None) -> tuple[str, EntityType] | None:
    return (entity.name, entity.type) if entity else None
