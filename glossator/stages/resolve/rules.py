"""Names, and what people said of them -> entities: every rule, in order. Nothing compares all with all."""

from __future__ import annotations

from dataclasses import dataclass, replace

from glossator.naming.disjoint_sets import Union
from glossator.stages.resolve.blocking.columns import Names
from glossator.stages.resolve.clustering.context import Company, Surroundings
from glossator.stages.resolve.clustering.exact import Gathered, gather
from glossator.stages.resolve.clustering.national_bodies import split_bodies
from glossator.stages.resolve.clustering.organisations import (
    join_acronyms,
    join_kinds_of_place,
    join_namesakes_of_places,
    join_numbers,
    join_sharing_initials,
    join_short_forms,
    join_spellings,
)
from glossator.stages.resolve.clustering.people import join_middle_names, join_soundalikes, place_short_names
from glossator.stages.resolve.clustering.suggestions import Doubt
from glossator.stages.resolve.decisions.apply import decide, shared_keys
from glossator.stages.resolve.decisions.outcome import Verdicts, Words
from glossator.stages.resolve.decisions.overrides import retarget
from glossator.stages.resolve.entities.build import Draft, draft
from glossator.stages.resolve.entities.disambiguate import tell_apart


@dataclass(frozen=True, slots=True)
class Ground:
    """Names as they stand before anyone asks in what company: by what people said, and by spelling."""

    gathered: Gathered
    union: Union
    verdicts: Verdicts
    bases: tuple[str, ...]
    """For each cluster the name of the group that it belongs to so far."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What the rules make of names."""

    drafts: tuple[Draft, ...]
    doubts: tuple[Doubt, ...]
    asked: frozenset[int]
    """Clusters that depend on the company they keep."""


def prepare(names: Names, words: Words) -> Ground:
    """Join what people and spellings make one."""
    names, targets = retarget(names, words.decisions, words.published)
    gathered = gather(names, shared_keys(words.decisions))
    union = Union(len(gathered.clusters))
    verdicts = decide(gathered.clusters, union, replace(words, targets=targets))
    join_spellings(gathered.clusters, union)
    join_numbers(gathered.clusters, union)
    join_kinds_of_place(gathered.clusters, union)
    roots = (gathered.clusters[union.find(number)] for number in range(len(gathered.clusters)))
    return Ground(gathered, union, verdicts, tuple(f"{one.family.value} {one.key}" for one in roots))


def judge(ground: Ground, surroundings: Surroundings) -> Outcome:
    """Join and part what the articles show to be one or several. Changes the ground's union."""
    gathered, union, verdicts = ground.gathered, ground.union, ground.verdicts
    company = Company(gathered, union, ground.bases, surroundings)
    join_sharing_initials(gathered, union, company)
    namesakes = join_short_forms(gathered, union, company)
    initials = join_acronyms(gathered, union, company)
    join_namesakes_of_places(gathered, union, company)
    join_soundalikes(gathered, union, company)
    join_middle_names(gathered, union, company)
    settled = frozenset(verdicts.settled | verdicts.listed.keys())
    moves = place_short_names(gathered, union, company, settled)
    bodies = split_bodies(gathered, union, settled, surroundings)
    drafts = draft(gathered, union, (*bodies.homes, *moves.homes), verdicts)
    drafts = tell_apart(drafts, gathered.names, bodies.countries)
    return Outcome(drafts, (*namesakes, *initials, *moves.doubts), frozenset(company.asked))
