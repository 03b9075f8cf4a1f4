"""Delta: what differs in the archive after an update, and the rows that the next update needs."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Container, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import chain
from typing import TypeVar

import msgspec

from glossator.model import (
    ArchiveUpdate,
    ArticleId,
    Entity,
    EntityId,
    Name,
    Problem,
    PublishedId,
    RowReader,
    Suggestion,
)
from glossator.stages.resolve.clustering.co_occurrence import ArticleContext, WeightedBase
from glossator.stages.resolve.clustering.suggestions import suggest
from glossator.stages.resolve.update import stored_rows
from glossator.stages.resolve.update.article_context import patch
from glossator.stages.resolve.update.components import connect
from glossator.stages.resolve.update.results import BatchResult
from glossator.stages.resolve.update.stored_rows import (
    CONTEXT_DEPENDENT,
    CONTEXT_INDEPENDENT,
    STATE_KEY,
    Component,
    KeyEntries,
    KeyIndex,
    Resolved,
    ResolveState,
    StoredEntity,
    StoredId,
    StoredName,
    StoredProblem,
    StoredSuggestion,
)

Key = TypeVar("Key")
Value = TypeVar("Value")


class PreviousState(msgspec.Struct, frozen=True):
    """Archive before the update, and what was read of it."""

    state: ResolveState
    """State of the archive before, but with the number of articles now."""
    published: tuple[PublishedId, ...]
    changed: Mapping[ArticleId, int | None]
    """Number of names of each article that is new or differs; None for one that is gone."""
    loaded: Mapping[str, Component]
    """The components that were resolved anew; empty if all are new."""
    index: KeyIndex
    read: RowReader


@dataclass(slots=True)
class ComponentMembers:
    """Members of a component, by their indices in the result. Filled by `_components` and read-only from then on."""

    clusters: list[int] = field(default_factory=list)
    entries: list[int] = field(default_factory=list)
    drafts: list[int] = field(default_factory=list)
    ids: list[int] = field(default_factory=list)
    indexed: set[str] = field(default_factory=set)
    looked_up: set[str] = field(default_factory=set)


def compose_update(result: BatchResult, previous: PreviousState, *, full: bool) -> ArchiveUpdate:
    """Return what differs, and the rows. Enters the new components in the key index.

    `full` says whether the whole archive was resolved.
    """
    owners = _owners(result)
    members = {_component_name(found, result): found for found in _components(result)}
    components = {name: _stored_component(found, result, owners) for name, found in members.items()}
    previous.index.replace(previous.loaded, components)
    before = {entity.id: entity.digest for component in previous.loaded.values() for entity in component.entities}
    now = {entity.id: entity for entity in result.entities}
    entities: dict[EntityId, Entity | None] = {entity_id: None for entity_id in before if entity_id not in now}
    entities |= {entity.id: entity for entity in result.entities if before.get(entity.id) != entity.digest}
    resolved = _resolved(result, previous, owners)
    published = _published(result, previous)
    state = _state(result, previous, members, published)
    suggestions = sorted(chain.from_iterable(state.suggestions.values()))
    return ArchiveUpdate(
        writes={
            ArticleContext: _contexts(result, previous),
            Resolved: resolved,
            Component: {**dict.fromkeys(previous.loaded), **components},
            KeyEntries: previous.index.writes(),
            Entity: entities,
            ResolveState: {STATE_KEY: state},
        },
        entities=entities,
        resolved=resolved,
        suggestions=tuple(Suggestion(*suggestion) for suggestion in suggestions),
        redirects=tuple(sorted(state.redirects.items())),
        problems=_sorted_problems(state),
        published=published,
        full=full,
    )


def _components(result: BatchResult) -> list[ComponentMembers]:
    keys = list(result.keys())
    roots = connect(keys, _joined(result))
    found: dict[int, ComponentMembers] = defaultdict(ComponentMembers)
    for member, root in zip(keys, roots, strict=True):
        found[root].indexed |= member.indexed
        found[root].looked_up |= member.looked_up
    start = 0
    before = result.prepared.keys
    sizes = {
        "clusters": len(before.clusters),
        "entries": len(before.entries),
        "drafts": len(result.drafts),
        "ids": len(result.ids),
    }
    for kind, size in sizes.items():
        for index in range(size):
            getattr(found[roots[start + index]], kind).append(index)
        start += size
    return list(found.values())


def _joined(result: BatchResult) -> Iterator[tuple[int, int]]:
    """Yield each draft with the clusters of its occurrences."""
    start = len(result.prepared.keys.clusters) + len(result.prepared.keys.entries)
    cluster_of = result.prepared.base.exact.cluster_of
    for member, draft in enumerate(result.rules.drafts, start):
        clusters = {cluster_of[occurrence] for occurrence in draft.occurrences}
        yield from ((cluster, member) for cluster in clusters)


def _component_name(members: ComponentMembers, result: BatchResult) -> str:
    """Return a name that is unique because no other component indexes one of its keys."""
    dependent = not result.rules.context_dependent.isdisjoint(members.clusters)
    return (CONTEXT_DEPENDENT if dependent else CONTEXT_INDEPENDENT) + min(members.indexed)


def _stored_component(members: ComponentMembers, result: BatchResult, owners: list[EntityId | None]) -> Component:
    """Return a component as it is stored; `owners` has the entity of each occurrence."""
    table, exact = result.prepared.batch.table, result.prepared.base.exact
    occurrences = sorted(
        occurrence for cluster in members.clusters for occurrence in exact.clusters[cluster].occurrences
    )
    new_indices: dict[int, int] = {}
    name_indices = [
        new_indices.setdefault(table.name_indices[occurrence], len(new_indices)) for occurrence in occurrences
    ]
    clusters = dict(zip(name_indices, (exact.cluster_of[occurrence] for occurrence in occurrences), strict=True))
    names = ((table.names[former], clusters[index]) for former, index in new_indices.items())
    entities = [result.entities[index] for index in members.drafts]
    entity_index: dict[EntityId | None, int] = {entity.id: index for index, entity in enumerate(entities)}
    entity_index[None] = -1
    published = [result.published[index] for index in members.ids]
    statements = result.prepared.keys.statements
    return Component(
        names=[_stored_name(name, result.prepared.weighted_base(cluster)) for name, cluster in names],
        articles=[table.articles[occurrence] for occurrence in occurrences],
        indices=[table.indices[occurrence] for occurrence in occurrences],
        name_indices=name_indices,
        saliences=[table.saliences[occurrence] for occurrence in occurrences],
        descriptors={
            index: table.descriptors[occurrence]
            for index, occurrence in enumerate(occurrences)
            if occurrence in table.descriptors
        },
        owners=[entity_index[owners[occurrence]] for occurrence in occurrences],
        entities=[StoredEntity(entity.id, entity.digest) for entity in entities],
        published=[StoredId(published_id.id, published_id.name, published_id.type) for published_id in published],
        statements=[statements[index] for index in members.entries if index < len(statements)],
        indexed=sorted(members.indexed),
        looked_up=sorted(members.looked_up - members.indexed),
    )


def _stored_name(name: Name, weighted: WeightedBase) -> StoredName:
    return StoredName(name.form, name.type, name.forms, name.said, name.must_exist, name.chances, *weighted)


def _owners(result: BatchResult) -> list[EntityId | None]:
    """Return for each occurrence the entity to which it belongs."""
    owners: list[EntityId | None] = [None] * len(result.prepared.batch.table)
    for draft, entity in zip(result.rules.drafts, result.entities, strict=True):
        for occurrence in draft.occurrences:
            owners[occurrence] = entity.id
    return owners


def _resolved(
    result: BatchResult, previous: PreviousState, owners: list[EntityId | None]
) -> dict[ArticleId, Resolved | None]:
    """Return the entity of each name for the articles in which one differs; `owners` has that of each occurrence."""
    batch, changed = result.prepared.batch, previous.changed
    moved: dict[ArticleId, dict[int, EntityId | None]] = defaultdict(dict)
    for occurrence, (owner, before) in enumerate(zip(owners, batch.owners, strict=True)):
        if owner != before:
            moved[batch.table.articles[occurrence]][batch.table.indices[occurrence]] = owner
    resolved: dict[ArticleId, Resolved] = {
        article: (None,) * names for article, names in changed.items() if names is not None
    }
    resolved |= previous.read(Resolved, sorted(moved.keys() - changed.keys()))
    for article, ids in moved.items():
        resolved[article] = tuple(ids.get(index, entity_id) for index, entity_id in enumerate(resolved[article]))
    return {**dict.fromkeys(changed), **resolved}


def _contexts(result: BatchResult, previous: PreviousState) -> dict[ArticleId, ArticleContext | None]:
    """Return the rows of contexts that differ."""
    patches = result.prepared.patches
    stored = previous.read(ArticleContext, sorted(patches)) if patches else {}
    new = result.prepared.derived(article for article, names in previous.changed.items() if names is not None)
    new |= {article: patch(stored[article], bases) for article, bases in patches.items()}
    return {**dict.fromkeys(previous.changed), **new}


def _published(result: BatchResult, previous: PreviousState) -> tuple[PublishedId, ...]:
    """Return all ids that are given out from now on."""
    if result.published == result.prepared.batch.published:
        return previous.published
    ids = {published_id.id: published_id for published_id in (*previous.published, *result.published)}
    return tuple(ids[entity_id] for entity_id in sorted(ids))


def _state(
    result: BatchResult,
    previous: PreviousState,
    members: Mapping[str, ComponentMembers],
    published: tuple[PublishedId, ...],
) -> ResolveState:
    """Return the state of the archive now; `members` are those of each new component, `published` all ids."""
    state = previous.state
    resolved_again = {published_id.id for published_id in result.prepared.batch.published}
    unsettled = (
        name for name, found in members.items() if not result.unsettled.isdisjoint(_ids_and_entries(result, found))
    )
    return ResolveState(
        decided=state.decided,
        published=state.published if published == previous.published else stored_rows.digest_of(published),
        articles=state.articles,
        suggestions=_without(state.suggestions, previous.loaded) | _suggestions(result, members),
        problems=_without(state.problems, previous.loaded) | _problems(result, members),
        redirects=_without(state.redirects, resolved_again) | dict(result.redirects),
        unmatched_prefixes=[*state.unmatched_prefixes, *result.prepared.base.decided.unmatched_prefixes],
        unsettled=list(unsettled),
    )


def _without(values: Mapping[Key, Value], gone: Container[Key]) -> dict[Key, Value]:
    return {key: value for key, value in values.items() if key not in gone}


def _suggestions(result: BatchResult, members: Mapping[str, ComponentMembers]) -> dict[str, list[StoredSuggestion]]:
    """Return the suggestions by component."""
    component_of = {result.entities[index].id: name for name, found in members.items() for index in found.drafts}
    ids = {draft.root: entity.id for draft, entity in zip(result.rules.drafts, result.entities, strict=True)}
    base = result.prepared.base
    suggestions: dict[str, list[StoredSuggestion]] = defaultdict(list)
    for suggestion in suggest(base.exact.clusters, base.sets, result.rules.possible_links, ids):
        stored = suggestion.first, suggestion.second, suggestion.reason
        suggestions[component_of[suggestion.first]].append(stored)
    return suggestions


def _problems(result: BatchResult, members: Mapping[str, ComponentMembers]) -> dict[str, list[StoredProblem]]:
    """Return the problems by component."""
    groups = result.prepared.keys.entry_groups
    component_of = {
        entry: name for name, found in members.items() for index in found.entries for entry in groups[index]
    }
    problems: dict[str, list[StoredProblem]] = defaultdict(list)
    for entry, problem in result.prepared.base.decided.problems:
        problems[component_of[entry]].append(StoredProblem(problem.path, problem.message, problem.line))
    return problems


def _ids_and_entries(result: BatchResult, members: ComponentMembers) -> Iterator[str]:
    """Yield the ids and the entries of decisions in a component."""
    yield from (result.entities[index].id for index in members.drafts)
    yield from (result.published[index].id for index in members.ids)
    groups = result.prepared.keys.entry_groups
    yield from (entry for index in members.entries for entry in groups[index])


def _sorted_problems(state: ResolveState) -> tuple[Problem, ...]:
    found = {
        Problem("resolve", stored.path, stored.message, stored.line, fatal=False)
        for stored in chain.from_iterable(state.problems.values())
    }
    return tuple(sorted(found, key=lambda problem: (problem.path, problem.line or 0, problem.message)))
