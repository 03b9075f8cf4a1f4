"""A batch of names -> its entities, and the connected components of which it consists now."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import accumulate, chain, pairwise
from typing import TypeVar

import msgspec

from glossator.model import Entity, EntityId, PrivateNames, PublishedId
from glossator.stages.resolve.blocking import Occurrence
from glossator.stages.resolve.clustering.co_occurrence import ContextLookup, WeightedBase
from glossator.stages.resolve.clustering.suggestions import suggest
from glossator.stages.resolve.decisions.state import DecisionInput
from glossator.stages.resolve.decisions.statements import DecidedNames, target_of
from glossator.stages.resolve.entities.build import build_entities
from glossator.stages.resolve.entities.published_ids_and_redirects import assign_ids, given_out
from glossator.stages.resolve.rules import BaseClusters, RuleResult, cluster_with_context, cluster_without_context
from glossator.stages.resolve.small_words import SmallWords
from glossator.stages.resolve.update import blocking_keys
from glossator.stages.resolve.update.article_context import rarities
from glossator.stages.resolve.update.batch import Batch
from glossator.stages.resolve.update.blocking_keys import BlockingKeys
from glossator.stages.resolve.update.stored_rows import (
    CONTEXT_DEPENDENT,
    CONTEXT_INDEPENDENT,
    Component,
    Findings,
    StoredEntity,
    StoredName,
    StoredOccurrence,
    StoredProblem,
)

Value = TypeVar("Value")


class PreparedBatch(msgspec.Struct, frozen=True):
    """A batch before context is considered, with the blocking keys of everything that may be connected."""

    batch: Batch
    base: BaseClusters
    weights: tuple[float, ...]
    """Rarity of the base of each cluster."""
    entry_groups: tuple[tuple[str, ...], ...]
    """Names and ids that belong together: those of each statement, then those of each overridden name."""
    clusters: tuple[BlockingKeys, ...]
    entries: tuple[BlockingKeys, ...]
    """Blocking keys by entry group."""
    published: tuple[BlockingKeys, ...]

    def keys(self) -> Iterator[BlockingKeys]:
        return chain(self.clusters, self.entries, self.published)

    def weighted_base(self, occurrence: Occurrence) -> WeightedBase:
        cluster = self.base.exact.cluster_of[occurrence]
        return self.base.bases[cluster], self.weights[cluster]


def prepare(batch: Batch, decided: DecidedNames, private: PrivateNames, articles: int) -> PreparedBatch:
    """Cluster the names of a batch by spelling and decisions, in an archive with this number of articles."""
    given = DecisionInput(
        *decided.select(batch.statements), batch.published, private=private, language=decided.language
    )
    base = cluster_without_context(batch.table, given)
    ids = {str(published_id.id): published_id for published_id in batch.published}
    overridden = {(target_of(name, ids), name.said, name.form) for name in batch.table.names if name.said}
    groups = (*(decided.names[statement] for statement in batch.statements), *sorted(overridden))
    return PreparedBatch(
        batch,
        base,
        rarities(base, articles),
        groups,
        tuple(map(blocking_keys.keys_of_cluster, base.exact.clusters)),
        tuple(map(blocking_keys.keys_of_entries, groups)),
        tuple(map(blocking_keys.keys_of_published, batch.published)),
    )


class Resolution(msgspec.Struct, frozen=True):
    """The entities of a batch."""

    prepared: PreparedBatch
    rules: RuleResult
    entities: tuple[Entity, ...]
    """Entities in the order of the drafts."""
    redirects: tuple[tuple[EntityId, EntityId], ...]
    published: tuple[PublishedId, ...]
    """Ids of the batch that are given out, including those of the entities; sorted."""
    unsettled: frozenset[str]
    """Ids, and names in decisions, that may be resolved otherwise now that other ids are published."""
    owners: tuple[EntityId | None, ...]
    """Entity of each occurrence."""
    drafts: tuple[BlockingKeys, ...]
    """Blocking keys by draft."""
    ids: tuple[BlockingKeys, ...]
    """Blocking keys by published id."""

    def keys(self) -> Iterator[BlockingKeys]:
        """Yield the blocking keys of all members in the order of clusters, entries, drafts and ids."""
        return chain(self.prepared.clusters, self.prepared.entries, self.drafts, self.ids)


def resolve_batch(prepared: PreparedBatch, look_up: ContextLookup, small: SmallWords) -> Resolution:
    """Apply the rules that consider context, and assign ids. Changes the sets of the prepared batch.

    `look_up` says what each article is about, `small` which words the archive writes in small letters.
    """
    rules = cluster_with_context(prepared.base, look_up)
    earlier = prepared.batch.published
    identities = [draft.identity for draft in rules.drafts]
    ids, redirects = assign_ids(identities, earlier)
    entities = build_entities(prepared.base.exact.table, rules.drafts, ids, earlier, small)
    now = given_out(earlier, entities)
    published = tuple(now[entity_id] for entity_id in sorted(now))
    unsettled: set[str] = set()
    if published != earlier:
        next_ids, next_redirects = assign_ids(identities, published)
        unsettled.update(entity_id for entity_id, next_id in zip(ids, next_ids, strict=True) if entity_id != next_id)
        unsettled.update(entity_id for entity_id, _ in set(redirects) ^ set(next_redirects))
        # An entry of a decision is read anew if it is an id now and was none before.
        new = {str(published_id.id) for published_id in {*published} - {*earlier}}
        unsettled.update(entry for entries in prepared.entry_groups for entry in entries if entry in new)
    owners: list[EntityId | None] = [None] * len(prepared.batch.table)
    for draft, entity in zip(rules.drafts, entities, strict=True):
        for occurrence in draft.occurrences if entity.is_shown else ():
            owners[occurrence] = entity.id
    return Resolution(
        prepared,
        rules,
        entities,
        redirects,
        published,
        frozenset(unsettled),
        tuple(owners),
        tuple(map(blocking_keys.keys_of_draft, rules.drafts)),
        tuple(map(blocking_keys.keys_of_published, published)),
    )


class Members(msgspec.Struct, frozen=True):
    """Members of a component, by their indices in the resolution, and their blocking keys."""

    clusters: Sequence[int]
    entries: Sequence[int]
    drafts: Sequence[int]
    ids: Sequence[int]
    keys: BlockingKeys


def components_of(made: Resolution) -> dict[str, tuple[Component, Findings]]:
    """Return the components of a resolution by their names, each with what was found about it."""
    members = _connected(made)
    findings = _findings(made, members)
    return {
        _component_name(made, of_component): (_component(made, of_component), about)
        for of_component, about in zip(members, findings, strict=True)
    }


def _connected(made: Resolution) -> list[Members]:
    keys, prepared = list(made.keys()), made.prepared
    sizes = len(prepared.clusters), len(prepared.entries), len(made.drafts), len(made.ids)
    bounds = [*accumulate(sizes, initial=0)]
    cluster_of = prepared.base.exact.cluster_of
    of_draft = (
        (cluster_of[occurrence], member)
        for member, draft in enumerate(made.rules.drafts, bounds[2])
        for occurrence in draft.occurrences
    )
    roots = blocking_keys.connect(keys, dict.fromkeys(of_draft))
    clusters, entries, drafts, ids = (_grouped(roots[start:end]) for start, end in pairwise(bounds))
    return [
        Members(
            clusters.get(root, []),
            entries.get(root, []),
            drafts.get(root, []),
            ids.get(root, []),
            blocking_keys.union(keys[index] for index in indices),
        )
        for root, indices in _grouped(roots).items()
    ]


def _grouped(roots: Iterable[int]) -> dict[int, list[int]]:
    grouped: dict[int, list[int]] = defaultdict(list)
    for index, root in enumerate(roots):
        grouped[root].append(index)
    return grouped


def _component_name(made: Resolution, members: Members) -> str:
    """Return a name that is unique because no other component indexes one of its keys."""
    dependent = not made.rules.context_dependent.isdisjoint(members.clusters)
    return (CONTEXT_DEPENDENT if dependent else CONTEXT_INDEPENDENT) + min(members.keys.indexed)


def _component(made: Resolution, members: Members) -> Component:
    """Return a component as it is stored."""
    prepared, batch = made.prepared, made.prepared.batch
    table, clusters = batch.table, prepared.base.exact.clusters
    occurrences = sorted(occurrence for index in members.clusters for occurrence in clusters[index].occurrences)
    first: dict[int, Occurrence] = {}
    for occurrence in occurrences:
        first.setdefault(table.name_indices[occurrence], occurrence)
    numbers = {name: number for number, name in enumerate(first)}
    names = [StoredName(table.names[name], prepared.weighted_base(at)) for name, at in first.items()]
    entities = [made.entities[index] for index in members.drafts]
    unconnected = blocking_keys.spelling_keys(names) | blocking_keys.word_keys(entities)
    return Component(
        names=names,
        occurrences=[
            StoredOccurrence(
                table.articles[at],
                table.indices[at],
                numbers[table.name_indices[at]],
                table.saliences[at],
                table.descriptors.get(at),
                made.owners[at],
            )
            for at in occurrences
        ],
        entities=[StoredEntity(entity.id, entity.digest) for entity in entities],
        published=[made.published[index].id for index in members.ids],
        statements=[batch.statements[index] for index in members.entries if index < len(batch.statements)],
        indexed=sorted(members.keys.indexed),
        looked_up=sorted((members.keys.looked_up | unconnected) - members.keys.indexed),
    )


def _findings(made: Resolution, members: Sequence[Members]) -> Iterator[Findings]:
    """Yield the findings about each component."""
    base, groups = made.prepared.base, made.prepared.entry_groups
    places: dict[str, int] = {}
    for place, of_component in enumerate(members):
        places |= {made.entities[index].id: place for index in of_component.drafts}
        places |= {made.published[index].id: place for index in of_component.ids}
        places |= {entry: place for index in of_component.entries for entry in groups[index]}

    def by_place(pairs: Iterable[tuple[str, Value]]) -> Mapping[int, list[Value]]:
        """Return values by the component of the id, or of the entry of a decision, that precedes each."""
        grouped: dict[int, list[Value]] = defaultdict(list)
        for word, value in pairs:
            grouped[places[word]].append(value)
        return grouped

    ids = {draft.root: entity.id for draft, entity in zip(made.rules.drafts, made.entities, strict=True)}
    pairs = suggest(base.exact.clusters, base.sets, made.rules.possible_links, ids)
    suggestions = by_place((pair.first, (pair.first, pair.second, pair.reason)) for pair in pairs)
    problems = by_place(
        (entry, StoredProblem(problem.path, problem.message, problem.line, unmatched))
        for entry, problem, unmatched in base.decided.problems
    )
    redirects = by_place((former, (former, now)) for former, now in made.redirects)
    unsettled = by_place((word, word) for word in made.unsettled)
    for place in range(len(members)):
        moved = dict(redirects.get(place, ()))
        yield Findings(suggestions.get(place, []), problems.get(place, []), moved, place in unsettled)
