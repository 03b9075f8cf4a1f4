"""All names of all articles, resolved at once, newest articles first; `update/` finds the same by parts."""

from __future__ import annotations

from collections.abc import Sequence

from glossator.model import (
    Analysis,
    Archive,
    ArticleHead,
    ArticleId,
    ArticleNames,
    Decisions,
    Entity,
    EntityId,
    EntityType,
    Note,
    Problem,
    PublishedId,
)
from glossator.naming.private_names import private_names
from glossator.stages.resolve.blocking import tabulate
from glossator.stages.resolve.clustering.suggestions import suggest
from glossator.stages.resolve.decisions.apply import unknown_articles
from glossator.stages.resolve.decisions.state import DecisionInput
from glossator.stages.resolve.entities.build import build_entities
from glossator.stages.resolve.entities.earns_page import saliences
from glossator.stages.resolve.entities.published_ids_and_redirects import assign_ids
from glossator.stages.resolve.rules import cluster_with_context, cluster_without_context
from glossator.stages.resolve.update.article_context import DerivedContexts, rarities


def resolve(
    heads: Sequence[ArticleHead],
    analyses: Sequence[Analysis],
    decisions: Decisions,
    notes: Sequence[Note],
    published: Sequence[PublishedId],
) -> tuple[Archive, tuple[Problem, ...]]:
    """Resolve each name of each article to an entity, whatever the order of the arguments' elements.

    An analysis without a head is left out; a head without an analysis has no entities. `published` are the ids that
    were given out before. The problems are decisions and notes that fit nothing, fit several entities or contradict
    each other; none is fatal.
    """
    by_id = {head.id: head for head in heads}
    articles = [article_names(by_id[analysis.article], analysis) for analysis in analyses if analysis.article in by_id]
    table = tabulate(sorted(articles, key=lambda names: names.article))
    private = private_names(decisions.private, published)
    base = cluster_without_context(table, DecisionInput(decisions, tuple(notes), tuple(published), private=private))
    result = cluster_with_context(base, DerivedContexts(base, rarities(base, len(articles))))
    ids, redirects = assign_ids([draft.identity for draft in result.drafts], published)
    id_by_root = dict(zip([draft.root for draft in result.drafts], ids, strict=True))
    entities = build_entities(base.exact.table, result.drafts, ids, published)
    archive = Archive(
        heads=_newest_first(heads),
        entities=tuple(sorted(entities, key=lambda entity: entity.id)),
        resolved=_resolved(sorted(by_id), articles, entities),
        suggestions=suggest(base.exact.clusters, base.sets, result.possible_links, id_by_root),
        redirects=redirects,
    )
    problems = {*(problem for _, problem in base.decided.problems), *unknown_articles(decisions, by_id)}
    return archive, tuple(sorted(problems, key=lambda problem: (problem.path, problem.line or 0, problem.message)))


def article_names(head: ArticleHead, analysis: Analysis) -> ArticleNames:
    """Return what resolve sees of an article."""
    weights = saliences(head, analysis)
    return ArticleNames(analysis.article, head.published, analysis.names, analysis.descriptors, weights)


def confirmed_names(decisions: Decisions, notes: Sequence[Note]) -> tuple[tuple[str, EntityType], ...]:
    """Return the names whose type a person has stated, by a decision or a note, each with that type; sorted."""
    known = dict(decisions.types)
    for note in notes:
        if note.type is not None:
            known |= {form: note.type for form in (note.name, *note.aliases) if form}
    for survivor, merged in decisions.merge:
        if survivor in known:
            known |= {form: known[survivor] for form in merged if form not in known}
    refused = {form.casefold() for form in (*decisions.ignore, *decisions.private)}
    return tuple(sorted((form, kind) for form, kind in known.items() if form.casefold() not in refused))


def _newest_first(heads: Sequence[ArticleHead]) -> tuple[ArticleHead, ...]:
    by_id = sorted(heads, key=lambda head: head.id)
    return tuple(sorted(by_id, key=lambda head: head.date or "", reverse=True))


def _resolved(
    ids: Sequence[ArticleId], articles: Sequence[ArticleNames], entities: Sequence[Entity]
) -> dict[ArticleId, tuple[EntityId | None, ...]]:
    """Return for each of the article ids the entity of each of its names."""
    found: dict[ArticleId, list[EntityId | None]] = {article: [] for article in ids}
    found |= {names.article: [None] * len(names.names) for names in articles}
    for entity in entities:
        for appearance in entity.appearances:
            for index in appearance.names:
                found[appearance.article][index] = entity.id
    return {article: tuple(owners) for article, owners in found.items()}
