"""Closure: the components that a change affects, of names that came or went and of names whose context changed.

A component depends on its names, on what people said about them, on its published ids, and on the contexts of its
articles, which change if a name's base is another or has another rarity.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from glossator.model import ArticleId, ArticleNames, EntityId, Name, PrivateNames, PublishedId, RowReader
from glossator.stages.resolve.blocking import Family, OccurrenceTable, name_key, untyped_key
from glossator.stages.resolve.clustering.co_occurrence import ArticleContext, WeightedBase
from glossator.stages.resolve.decisions.statements import DecidedNames, StatementId
from glossator.stages.resolve.small_words import SmallWords
from glossator.stages.resolve.update import blocking_keys
from glossator.stages.resolve.update.article_context import BasePatches, DerivedContexts, patched_contexts
from glossator.stages.resolve.update.batch import Batch, assemble
from glossator.stages.resolve.update.blocking_keys import ID_MARK, WORD_MARK, BlockingKeys
from glossator.stages.resolve.update.resolution import PreparedBatch, Resolution, prepare, resolve_batch
from glossator.stages.resolve.update.stored_rows import CONTEXT_DEPENDENT, Component, KeyIndex, ResolveState


def entities_called(read: RowReader, word: str) -> set[EntityId]:
    """Return entities of the stored archive: at least those that have a word as a form, in whatever case."""
    spellings = {word, word.casefold(), word.upper(), word.title()}
    keys = {name_key(form, family) for form in spellings for family in Family} | {*map(untyped_key, spellings)}
    index = KeyIndex(read)
    index.load(keys)
    components = read(Component, sorted({name for key in keys for name in index.components(key)}))
    return {entity.id for component in components.values() for entity in component.entities}


@dataclass(slots=True)
class Closure:
    """State: the affected components that were loaded so far, what is new in them, and the key index as it was read."""

    read: RowReader
    table: OccurrenceTable
    """The names of the articles that changed."""
    changed: Mapping[ArticleId, int | None]
    """Number of names of each article that is new or differs; None for one that is gone."""
    decided: DecidedNames
    ids: Mapping[EntityId, PublishedId]
    private: PrivateNames
    languages: Mapping[str, int]
    """Number of articles in each language in the archive now."""
    index: KeyIndex
    small: SmallWords
    loaded: dict[str, Component] = field(default_factory=dict)
    statements: set[StatementId] = field(default_factory=set)
    """Statements that no component has yet."""
    published: set[EntityId] = field(default_factory=set)
    """Published ids that no component has yet."""

    def load_affected(self, names: Iterable[Name], state: ResolveState) -> None:
        """Load the components of names, and those about which people said or published something else than before."""
        statements = self.decided.names
        moved = state.statements.keys() ^ statements.keys()
        was, is_now = ([key for key in order if key not in moved] for order in (state.statements, statements))
        moved |= {*was} if was != is_now else set()
        now = {key: (published.name, published.type) for key, published in self.ids.items()}
        renamed = {key for key, _ in state.published.items() ^ now.items()}
        self.statements = moved & statements.keys()
        self.published = renamed & now.keys()
        keys = {state.statements[statement] for statement in moved & state.statements.keys()}
        keys |= {ID_MARK + key.casefold() for key in renamed}
        keys |= {WORD_MARK + word for word in self.small.moved()} if state.languages else set()
        self.index.load(keys)
        affected = {name for key in keys for name in self.index.components(key)}
        affected |= {name for name, about in state.findings.items() if about.unsettled}
        if self.decided.lines != state.lines:
            affected |= {name for name, about in state.findings.items() if about.problems}
        self.load({*affected, *self.components_of(names)})

    def resolve(self) -> tuple[Resolution, dict[ArticleId, ArticleContext | None]]:
        """Resolve the affected components, and what they turn out to affect, until nothing more is affected.

        Returns also the contexts that differ, None for one that is gone.
        """
        while True:
            prepared = prepare(self.batch(), self.decided, self.private, sum(self.languages.values()))
            if self.load(self.connected(prepared.keys())):
                continue
            patches = self.patches(prepared)
            if self.load(self.dependent(patches)):
                continue
            derived = DerivedContexts(prepared.base, prepared.weights)
            look_up = patched_contexts(derived, self.read, self.changed, patches)
            made = resolve_batch(prepared, look_up, self.small)
            if not self.load(self.connected(made.keys())):
                there = (article for article, names in self.changed.items() if names is not None)
                return made, {**dict.fromkeys(self.changed), **look_up((*there, *patches))}

    def batch(self) -> Batch:
        """Return the names of the components that were loaded, and of the articles that changed."""
        loaded = self.loaded.values()
        published = {key for component in loaded for key in component.published} & self.ids.keys() | self.published
        chosen = {statement for component in loaded for statement in component.statements} | self.statements
        statements = tuple(statement for statement in self.decided.names if statement in chosen) if chosen else ()
        ids = tuple(self.ids[key] for key in sorted(published))
        return assemble(loaded, self.table, self.changed, ids, statements)

    def load(self, names: Iterable[str]) -> bool:
        """True if some of the components were not loaded before; they are now."""
        missing = sorted(set(names) - self.loaded.keys())
        self.loaded |= self.read(Component, missing) if missing else {}
        return bool(missing)

    def components_of(self, names: Iterable[Name]) -> set[str]:
        """Return the stored components of names."""
        keys = {untyped_key(name.said or name.form) for name in names}
        self.index.load(keys)
        return {component for key in keys if (component := self.index.indexing(key))}

    def connected(self, members: Iterable[BlockingKeys]) -> set[str]:
        """Return the stored components that are connected to members of the batch."""
        loaded_indexed = {key for component in self.loaded.values() for key in component.indexed}
        loaded_looked_up = {key for component in self.loaded.values() for key in component.looked_up}
        keys = blocking_keys.union(members)
        indexed = keys.indexed - loaded_indexed
        looked_up = keys.looked_up - loaded_indexed - loaded_looked_up
        self.index.load(indexed | looked_up)
        components = {name for key in indexed for name in self.index.components(key)}
        return components | {name for key in looked_up if (name := self.index.indexing(key))}

    def patches(self, prepared: PreparedBatch) -> BasePatches:
        """Return for unchanged articles the names whose base or rarity changed."""
        table, bases = prepared.batch.table, prepared.batch.bases
        first = {name: occurrence for occurrence, name in enumerate(table.name_indices)}
        now = {name: prepared.weighted_base(occurrence) for name, occurrence in first.items()}
        moved = {name for name, weighted in now.items() if bases[name] not in (None, weighted)}
        patches: dict[ArticleId, dict[int, WeightedBase]] = {}
        for occurrence, name in enumerate(table.name_indices) if moved else ():
            article = table.articles[occurrence]
            if name in moved and article not in self.changed:
                patches.setdefault(article, {})[table.indices[occurrence]] = now[name]
        return patches

    def dependent(self, patches: BasePatches) -> set[str]:
        """Return the components that depend on the contexts of patched articles."""
        articles = self.read(ArticleNames, sorted(patches)) if patches else {}
        components = self.components_of(name for article in articles.values() for name in article.names)
        return {component for component in components if component.startswith(CONTEXT_DEPENDENT)}
