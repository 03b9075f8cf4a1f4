"""Every analysis, and what people said about entities -> the archive, in which each name is an entity's or nobody's.

The order of work: names of equal key are clusters (`gather`); decisions and notes join and part them (`decide`); what
articles show joins more (`links`, `people`); each group of clusters is an entity with a name (`describe`), an
introduction (`introduce`) and an id (`ids`); `rules` has it all in order. Nothing compares all with all: the work grows
with the number of names. Where little changed, `resolve_changes` finds the same by resolving what the change reaches.
"""

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
from glossator.stages.resolve.blocking.columns import spread
from glossator.stages.resolve.clustering.suggestions import suggestions
from glossator.stages.resolve.decisions.outcome import Words
from glossator.stages.resolve.decisions.overrides import unknown_articles
from glossator.stages.resolve.entities.build import finish
from glossator.stages.resolve.entities.ids import assign
from glossator.stages.resolve.rules import judge, prepare
from glossator.stages.resolve.shared_names import OfferedNames, names_from_others, offered_names, share_names
from glossator.stages.resolve.update.article_context import Within, rarities
from glossator.stages.resolve.update.rows import read_entities, read_resolved
from glossator.stages.resolve.update.update import resolve_all, resolve_changes

__all__ = [
    "OfferedNames",
    "article_names",
    "confirmed_names",
    "lock",
    "names_from_others",
    "offered_names",
    "read_entities",
    "read_resolved",
    "resolve",
    "resolve_all",
    "resolve_changes",
    "share_names",
    "unknown_articles",
]


def resolve(
    heads: Sequence[ArticleHead],
    analyses: Sequence[Analysis],
    decisions: Decisions,
    notes: Sequence[Note],
    published: Sequence[PublishedId],
) -> tuple[Archive, tuple[Problem, ...]]:
    """Say which entity each name of each article is. The same for any order of what comes in.

    An analysis without a head is left out; a head without an analysis has no entities. The problems are decisions and
    notes that fit nothing, fit several or contradict each other; none stops anything.
    """
    by_id = {head.id: head for head in heads}
    gists = [article_names(by_id[one.article], one) for one in analyses if one.article in by_id]
    names = spread(sorted(gists, key=lambda one: one.article))
    ground = prepare(names, Words(decisions, tuple(notes), tuple(published)))
    outcome = judge(ground, Within(ground, rarities(ground, len(gists))))
    ids, redirects = assign([one.bearer for one in outcome.drafts], published)
    roots = [one.root for one in outcome.drafts]
    entities = finish(ground.gathered.names, outcome.drafts, ids)
    archive = Archive(
        heads=_newest_first(heads),
        entities=tuple(sorted(entities, key=lambda entity: entity.id)),
        resolved=_resolved(sorted(by_id), gists, entities),
        suggestions=suggestions(
            ground.gathered.clusters, ground.union, outcome.doubts, dict(zip(roots, ids, strict=True))
        ),
        redirects=redirects,
    )
    problems = {*(problem for _, problem in ground.verdicts.problems), *unknown_articles(decisions, by_id)}
    return archive, tuple(sorted(problems, key=lambda one: (one.path, one.line or 0, one.message)))


def article_names(head: ArticleHead, analysis: Analysis) -> ArticleNames:
    """What resolve sees of an article."""
    return ArticleNames(analysis.article, head.published, analysis.names, analysis.descriptors)


def confirmed_names(decisions: Decisions, notes: Sequence[Note]) -> tuple[tuple[str, EntityType], ...]:
    """The names whose type a person has stated, by a decision or a note, each with that type; sorted."""
    known = dict(decisions.types)
    for note in notes:
        if note.type is not None:
            known |= {form: note.type for form in (note.name, *note.aliases) if form}
    for survivor, merged in decisions.merge:
        if survivor in known:
            known |= {form: known[survivor] for form in merged if form not in known}
    refused = {form.casefold() for form in (*decisions.ignore, *decisions.private)}
    return tuple(sorted((form, kind) for form, kind in known.items() if form.casefold() not in refused))


def lock(archive: Archive, published: Sequence[PublishedId]) -> tuple[PublishedId, ...]:
    """The ids that are given out after this build: all earlier ones and the new ones, sorted by id.

    An id that is in use stands with the name and type that its entity has now.
    """
    ids = {one.id: one for one in published}
    ids.update({one.id: PublishedId(one.id, one.name, one.type) for one in archive.entities})
    return tuple(ids[one] for one in sorted(ids))


def _newest_first(heads: Sequence[ArticleHead]) -> tuple[ArticleHead, ...]:
    by_id = sorted(heads, key=lambda head: head.id)
    return tuple(sorted(by_id, key=lambda head: head.date or "", reverse=True))


def _resolved(
    articles: Sequence[ArticleId], gists: Sequence[ArticleNames], entities: Sequence[Entity]
) -> dict[ArticleId, tuple[EntityId | None, ...]]:
    """For each article the entity of each of its names."""
    found: dict[ArticleId, list[EntityId | None]] = {article: [] for article in articles}
    found |= {one.article: [None] * len(one.names) for one in gists}
    for entity in entities:
        for appearance in entity.appearances:
            for index in appearance.names:
                found[appearance.article][index] = entity.id
    return {article: tuple(ids) for article, ids in found.items()}
