"""Result of a batch: entities, the ids that are given out, and the blocking keys of all members."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import chain

import msgspec

from glossator.model import Decisions, Entity, EntityId, Note, PublishedId
from glossator.stages.resolve.clustering.co_occurrence import ContextLookup, WeightedBase
from glossator.stages.resolve.decisions.statements import Statement, statements, target_of
from glossator.stages.resolve.entities.build import build_entities
from glossator.stages.resolve.entities.published_ids_and_redirects import assign_ids, given_out
from glossator.stages.resolve.rules import BaseClusters, RuleResult, cluster_with_context
from glossator.stages.resolve.update import components
from glossator.stages.resolve.update.article_context import BasePatches, DerivedContexts
from glossator.stages.resolve.update.batch import Batch
from glossator.stages.resolve.update.components import BlockingKeys

Decided = tuple[Decisions, Sequence[Note]]


class BatchKeys(msgspec.Struct, frozen=True):
    """Blocking keys of everything that may be connected before context is considered."""

    clusters: tuple[BlockingKeys, ...]
    statements: tuple[Statement, ...]
    entry_groups: tuple[tuple[str, ...], ...]
    """Names and ids that belong together: those of each statement, then those of each overridden name."""
    entries: tuple[BlockingKeys, ...]
    """Blocking keys by entry group."""
    published: tuple[BlockingKeys, ...]

    def __iter__(self) -> Iterator[BlockingKeys]:
        return chain(self.clusters, self.entries, self.published)


class PreparedBatch(msgspec.Struct, frozen=True):
    """A batch before context is considered."""

    batch: Batch
    base: BaseClusters
    keys: BatchKeys
    weights: tuple[float, ...]
    """Rarity of the base of each cluster."""
    derived: DerivedContexts
    patches: BasePatches

    def weighted_base(self, cluster: int) -> WeightedBase:
        return self.base.bases[cluster], self.weights[cluster]


class BatchResult(msgspec.Struct, frozen=True):
    prepared: PreparedBatch
    rules: RuleResult
    entities: tuple[Entity, ...]
    """Entities in the order of the drafts."""
    redirects: tuple[tuple[EntityId, EntityId], ...]
    published: tuple[PublishedId, ...]
    """Ids of the batch that are given out, including those of the entities; sorted."""
    unsettled: frozenset[str]
    """Ids, and names in decisions, that may be resolved otherwise now that other ids are published."""
    drafts: tuple[BlockingKeys, ...]
    """Blocking keys by draft."""
    ids: tuple[BlockingKeys, ...]
    """Blocking keys by published id."""

    def keys(self) -> Iterator[BlockingKeys]:
        """Yield the blocking keys of all members in the order of clusters, entries, drafts and ids."""
        return chain(self.prepared.keys.clusters, self.prepared.keys.entries, self.drafts, self.ids)


def collect_keys(batch: Batch, base: BaseClusters, decided: Decided) -> BatchKeys:
    """Return the blocking keys of a batch's clusters (`base`), of the statements about it, and of published ids."""
    chosen = set(batch.statements)
    selected = [found for found in statements(*decided) if found[0] in chosen] if chosen else []
    ids = {str(published_id.id): published_id for published_id in batch.published}
    overridden = {(target_of(name, ids), name.said, name.form) for name in batch.table.names if name.said}
    groups = [*(names for _, names in selected), *sorted(overridden)]
    return BatchKeys(
        tuple(map(components.keys_of_cluster, base.exact.clusters)),
        tuple(statement for statement, _ in selected),
        tuple(groups),
        tuple(map(components.keys_of_entries, groups)),
        tuple(map(components.keys_of_published, batch.published)),
    )


def resolve_batch(prepared: PreparedBatch, look_up: ContextLookup) -> BatchResult:
    """Apply the rules that consider context, and assign ids. Changes the sets of the prepared batch.

    `look_up` says what each article is about.
    """
    rules = cluster_with_context(prepared.base, look_up)
    earlier = prepared.batch.published
    identities = [draft.identity for draft in rules.drafts]
    ids, redirects = assign_ids(identities, earlier)
    entities = build_entities(prepared.base.exact.table, rules.drafts, ids, earlier)
    known = {published_id.id: published_id for published_id in earlier}
    now = given_out(earlier, entities)
    published = tuple(now[entity_id] for entity_id in sorted(now))
    unsettled: set[str] = set()
    if published != earlier:
        next_ids, next_redirects = assign_ids(identities, published)
        unsettled.update(entity_id for entity_id, next_id in zip(ids, next_ids, strict=True) if entity_id != next_id)
        unsettled.update(entity_id for entity_id, _ in set(redirects) ^ set(next_redirects))
        # An entry of a decision is read anew if it is an id now and was none before.
        new = {str(entity_id) for entity_id in now if now[entity_id] != known.get(entity_id)}
        unsettled.update(entry for entries in prepared.keys.entry_groups for entry in entries if entry in new)
    return BatchResult(
        prepared,
        rules,
        entities,
        redirects,
        published,
        frozenset(unsettled),
        tuple(map(components.keys_of_draft, rules.drafts)),
        tuple(map(components.keys_of_published, published)),
    )
