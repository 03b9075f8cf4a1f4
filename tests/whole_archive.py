"""An archive resolved from nothing, as tests look at it: what builds do with stored rows, without any."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from glossator.model import (
    Analysis,
    Archive,
    ArticleHead,
    ArticleId,
    Decisions,
    EntityType,
    Name,
    Note,
    Problem,
    PublishedId,
    read_nothing,
)
from glossator.stages.resolve import article_names, offered_names, resolve_changes, share_names, unknown_articles


def resolve(
    heads: Sequence[ArticleHead],
    analyses: Sequence[Analysis],
    decisions: Decisions,
    notes: Sequence[Note],
    published: Sequence[PublishedId],
    *,
    site_language: str = "en",
) -> tuple[Archive, tuple[Problem, ...]]:
    by_id = {head.id: head for head in heads}
    names = {one.article: article_names(by_id[one.article], one) for one in analyses if one.article in by_id}
    update = resolve_changes(read_nothing, names, (decisions, notes), published, site_language)
    archive = Archive(
        heads=tuple(sorted(sorted(heads, key=lambda head: head.id), key=lambda head: head.date or "", reverse=True)),
        entities=tuple(sorted((entity for entity in update.entities.values() if entity), key=lambda one: one.id)),
        resolved={article: update.resolved.get(article) or () for article in sorted(by_id)},
        suggestions=update.suggestions,
        redirects=update.redirects,
    )
    problems = {*update.problems, *unknown_articles(decisions, by_id)}
    return archive, tuple(sorted(problems, key=lambda problem: (problem.path, problem.line or 0, problem.message)))


def names_from_others(analyses: Sequence[Analysis]) -> Mapping[ArticleId, tuple[tuple[str, EntityType], ...]]:
    """Return for each article the names of others among the words that it overlooked, if there are any."""
    shared = share_names(read_nothing, {analysis.article: offered_names(analysis) for analysis in analyses})
    return {article: names for article, names in shared.names_from_others.items() if names}


def names_by_article(analyses: Mapping[ArticleId, Analysis]) -> dict[ArticleId, tuple[Name, ...]]:
    return {article: analysis.names for article, analysis in analyses.items()}
