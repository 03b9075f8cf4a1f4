"""Closure: the components that a change affects, of names that came or went and of names whose context changed.

A component may depend on the context of its articles, which changes if a name's base is another or has another rarity.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from glossator.model import ArticleId, ArticleNames, Name, PublishedId, RowReader
from glossator.naming.private_names import private_names
from glossator.stages.resolve.blocking import untyped_key
from glossator.stages.resolve.clustering.co_occurrence import WeightedBase
from glossator.stages.resolve.decisions.state import MOST_HINTS, PREFIX_LENGTH, DecisionInput
from glossator.stages.resolve.decisions.statements import select, target_of
from glossator.stages.resolve.rules import BaseClusters, cluster_without_context
from glossator.stages.resolve.update.article_context import BasePatches, DerivedContexts, patched_contexts, rarities
from glossator.stages.resolve.update.batch import Batch, ChangedNames, assemble
from glossator.stages.resolve.update.components import BlockingKeys
from glossator.stages.resolve.update.results import (
    BatchResult,
    Decided,
    PreparedBatch,
    collect_keys,
    resolve_batch,
)
from glossator.stages.resolve.update.stored_rows import CONTEXT_DEPENDENT, Component, KeyIndex

WHOLE_ARCHIVE = ""
"""Name of the component from which the whole archive is resolved anew."""


@dataclass(slots=True)
class Closure:
    """State: the affected components that were loaded so far, and the part of the key index that was read."""

    read: RowReader
    changed: ChangedNames
    decided: Decided
    ids: Mapping[str, PublishedId]
    articles: int
    """Number of articles in the archive now."""
    loaded: dict[str, Component] = field(default_factory=dict)
    index: KeyIndex = field(init=False)

    def __post_init__(self) -> None:
        self.index = KeyIndex(self.read)

    def resolve(self) -> BatchResult:
        """Resolve the affected components, and what they turn out to affect, until nothing more is affected."""
        private = private_names(self.decided[0].private, self.ids.values())
        while True:
            batch = assemble(self.loaded.values(), self.changed)
            given = DecisionInput(*select(*self.decided, batch.statements), batch.published, private=private)
            base = cluster_without_context(batch.table, given)
            keys = collect_keys(batch, base, self.decided)
            if self.load(self.connected(keys)):
                continue
            weights = rarities(base, self.articles)
            patches = self.patches(batch, base, weights)
            if self.load(self.dependent(patches)):
                continue
            prepared = PreparedBatch(batch, base, keys, weights, DerivedContexts(base, weights), patches)
            look_up = patched_contexts(prepared.derived, self.read, self.changed.counts, patches)
            result = resolve_batch(prepared, look_up)
            if not self.load(self.connected(result.keys())):
                return result

    def load(self, names: Iterable[str]) -> bool:
        """True if some of the components were not loaded before; they are now."""
        missing = sorted(set(names) - self.loaded.keys())
        self.loaded |= self.read(Component, missing) if missing else {}
        return bool(missing)

    def components_of(self, names: Iterable[Name]) -> set[str]:
        """Return the stored components of names."""
        keys = {untyped_key(target_of(name, self.ids)) for name in names}
        self.index.load(keys)
        return {component for key in keys if (component := self.index.indexing(key))}

    def connected(self, members: Iterable[BlockingKeys]) -> set[str]:
        """Return the stored components that are connected to members of the batch."""
        if WHOLE_ARCHIVE in self.loaded:
            return set()  # all are loaded
        loaded_indexed = {key for component in self.loaded.values() for key in component.indexed}
        loaded_looked_up = {key for component in self.loaded.values() for key in component.looked_up}
        keys = list(members)
        indexed = {key for member in keys for key in member.indexed} - loaded_indexed
        looked_up = {key for member in keys for key in member.looked_up} - loaded_indexed - loaded_looked_up
        self.index.load(indexed | looked_up)
        found = {name for key in indexed for name in self.index.components(key)}
        return found | {name for key in looked_up if (name := self.index.indexing(key))}

    def patches(self, batch: Batch, base: BaseClusters, weights: Sequence[float]) -> BasePatches:
        """Return for unchanged articles the names whose base or rarity changed.

        `weights` has the rarity of the base of each cluster.
        """
        table, cluster_of = batch.table, base.exact.cluster_of
        by_name = dict(zip(table.name_indices, cluster_of, strict=True))
        now = {name: (base.bases[cluster], weights[cluster]) for name, cluster in by_name.items()}
        moved = {name for name, weighted in now.items() if batch.bases[name] not in (None, weighted)}
        found: dict[ArticleId, dict[int, WeightedBase]] = {}
        for occurrence, name in enumerate(table.name_indices) if moved else ():
            article = table.articles[occurrence]
            if name in moved and article not in self.changed.counts:
                found.setdefault(article, {})[table.indices[occurrence]] = now[name]
        return found

    def dependent(self, patches: BasePatches) -> set[str]:
        """Return the components that depend on the contexts of patched articles."""
        articles = self.read(ArticleNames, sorted(patches)) if patches else {}
        found = self.components_of(name for article in articles.values() for name in article.names)
        return {component for component in found if component.startswith(CONTEXT_DEPENDENT)}

    def may_change_hints(self, prefixes: Collection[str], prepared: PreparedBatch) -> bool:
        """True if a name with one of the prefixes came or went, or may be affected by a decision.

        `prefixes` are those of decision entries that matched no name.
        """
        if not prefixes:
            return False
        table, cluster_of = prepared.batch.table, prepared.base.exact.cluster_of
        clusters = zip(table.name_indices, cluster_of, strict=True)
        bases = {name: prepared.base.bases[cluster] for name, cluster in clusters}
        now = {(table.names[name].form, base) for name, base in bases.items()}
        stored = [name for component in self.loaded.values() for name in component.names]
        before = {(name.form, name.base) for name in stored}
        entries = {entry for group in prepared.keys.entry_groups for entry in group}
        forms = {form for form, _ in (now | before if entries else now ^ before)} | entries
        overridden = any(name.said for name in stored)
        too_many = len(prefixes) > MOST_HINTS
        return overridden or too_many or any(form.casefold()[:PREFIX_LENGTH] in prefixes for form in forms)
