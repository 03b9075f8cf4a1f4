"""Names and decisions -> entities: every rule, in order. No rule compares all names with all others."""

from __future__ import annotations

import msgspec

from glossator.naming.disjoint_sets import DisjointSets
from glossator.stages.resolve.blocking import OccurrenceTable
from glossator.stages.resolve.clustering.ambiguous_names import (
    assign_short_names,
    join_full_names,
    split_national_bodies,
)
from glossator.stages.resolve.clustering.co_occurrence import ContextLookup, CoOccurrence
from glossator.stages.resolve.clustering.equal_names import ExactClusters, PossibleLink, cluster_equal_names
from glossator.stages.resolve.clustering.name_variants import join_known_names, join_variants
from glossator.stages.resolve.clustering.namesakes import split_places, split_things
from glossator.stages.resolve.clustering.short_forms_and_acronyms import join_capitals, join_short_forms
from glossator.stages.resolve.clustering.suggestions import possible_acronyms
from glossator.stages.resolve.decisions.apply import apply_decisions, leave_out_unknown
from glossator.stages.resolve.decisions.merge_and_separate import separated_forms
from glossator.stages.resolve.decisions.state import DecisionInput, DecisionOutcome
from glossator.stages.resolve.decisions.statements import apply_overrides
from glossator.stages.resolve.entities.drafts import EntityDraft, disambiguate, draft_entities


class BaseClusters(msgspec.Struct, frozen=True):
    """Names as decisions and spelling group them, before context is considered."""

    exact: ExactClusters
    sets: DisjointSets
    decided: DecisionOutcome
    bases: tuple[str, ...]
    """Name of the group to which each cluster belongs so far."""


class RuleResult(msgspec.Struct, frozen=True):
    """Entities that the rules make of names, and the pairs that they leave open."""

    drafts: tuple[EntityDraft, ...]
    possible_links: tuple[PossibleLink, ...]
    context_dependent: frozenset[int]
    """Clusters that depend on the context of their articles."""


def cluster_without_context(table: OccurrenceTable, given: DecisionInput) -> BaseClusters:
    """Join the names that decisions (`given`) and spellings make one."""
    table, targets = apply_overrides(table, given.decisions, given.notes, given.published)
    exact = cluster_equal_names(table, separated_forms(given.decisions))
    sets = DisjointSets(len(exact.clusters))
    decided = apply_decisions(exact.clusters, sets, msgspec.structs.replace(given, targets=targets))
    leave_out_unknown(exact, decided, targets.unknown)
    join_variants(exact, sets)
    join_known_names(exact, sets)
    roots = (exact.clusters[sets.find(index)] for index in range(len(exact.clusters)))
    return BaseClusters(exact, sets, decided, tuple(f"{root.family.value} {root.key}" for root in roots))


def cluster_with_context(base: BaseClusters, look_up: ContextLookup) -> RuleResult:
    """Join and split what the articles show to be one or several, and draft the entities.

    `look_up` says what each article is about. Changes the sets of `base`.
    """
    exact, sets, decided = base.exact, base.sets, base.decided
    context = CoOccurrence(exact, sets, base.bases, look_up)
    capitals = join_capitals(exact, sets, context)
    short_forms = join_short_forms(exact, sets, context)
    acronyms = possible_acronyms(exact, sets)
    settled = frozenset(decided.settled | decided.listed.keys())
    full_names = join_full_names(exact, sets, context, settled, decided.private_names)
    short_names = assign_short_names(exact, sets, context, settled, decided.private_names)
    bodies = split_national_bodies(exact, sets, settled, look_up)
    places = split_places(exact, sets, settled)
    assignments = (*bodies.assignments, *places.assignments, *split_things(exact, sets, settled))
    drafts = draft_entities(exact, sets, short_names, assignments, decided)
    drafts = disambiguate(drafts, {**bodies.countries, **places.regions})
    possible_links = (*capitals, *short_forms, *acronyms, *full_names, *short_names.possible_links)
    return RuleResult(drafts, possible_links, frozenset(context.context_dependent))
