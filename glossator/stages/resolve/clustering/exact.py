"""The names of all articles -> clusters of equal key and compatible type, from which all other rules start."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

from glossator.model import EntityType
from glossator.naming.normalise import words
from glossator.stages.resolve.blocking.keys import Family, family_of, name_key, untyped_key
from glossator.stages.resolve.blocking.occurrences import Occurrence, OccurrenceTable

SECOND_FAMILY_SHARE = 0.3
"""Share of a name's mentions from which it belongs to a second family; below, the model has mistaken the type."""

SECOND_FAMILY_SHARE_PERSON = 0.2
"""Share of a name's mentions from which it belongs to a second family if one of the two is that of persons.

It is lower because a person's page depends on it.
"""


@dataclass(slots=True)
class Cluster:
    """Names of one key and family. Private to this stage and filled while the names are read once."""

    key: str
    family: Family
    forms: Counter[str] = field(default_factory=Counter)
    """Articles by best form."""
    other_forms: Counter[str] = field(default_factory=Counter)
    """Articles by form that is not the best form."""
    occurrences: list[Occurrence] = field(default_factory=list)

    @property
    def usual_form(self) -> str:
        """The best form of most articles."""
        return min(self.forms, key=lambda form: (-self.forms[form], form))


class Assignment(NamedTuple):
    """An occurrence, and the cluster to which it belongs instead of that of its key."""

    occurrence: Occurrence
    cluster: int


@dataclass(frozen=True, slots=True)
class ExactClusters:
    """The table of occurrences, and its clusters of equal key."""

    table: OccurrenceTable
    clusters: tuple[Cluster, ...]
    """Sorted by key and family."""
    cluster_of: list[int]
    """Cluster by occurrence."""


def cluster_equal_keys(table: OccurrenceTable, separated: frozenset[str]) -> ExactClusters:
    """Cluster names of equal key and family.

    `separated` are forms, in lower case, that get clusters of their own although other forms have the same key.
    """
    counts = Counter(table.name_indices)
    families = _families_by_key(table, counts)
    found: dict[tuple[str, Family], Cluster] = {}
    by_name: dict[int, Cluster] = {}
    for name_index, count in counts.items():
        name = table.names[name_index]
        family = families[untyped_key(name.form)][name.type]
        key = name_key(name.form, family)
        if separated and name.form.casefold() in separated:
            key += f" = {name.form.casefold()}"
        cluster = by_name[name_index] = found.setdefault((key, family), Cluster(key, family))
        cluster.forms[name.form] += count
        for form, _ in name.forms:
            if form != name.form:
                cluster.other_forms[form] += count
    for occurrence, name_index in enumerate(table.name_indices):
        by_name[name_index].occurrences.append(occurrence)
    clusters = tuple(found[key] for key in sorted(found, key=lambda key: (key[0], key[1].value)))
    cluster_of = [0] * len(table)
    for index, cluster in enumerate(clusters):
        for occurrence in cluster.occurrences:
            cluster_of[occurrence] = index
    return ExactClusters(table, clusters, cluster_of)


def _families_by_key(table: OccurrenceTable, counts: Mapping[int, int]) -> dict[str, dict[EntityType, Family]]:
    """Return for each key, whatever it names, the family with which the mentions of each type are counted."""
    votes: dict[str, Counter[EntityType]] = defaultdict(Counter)
    of_several_words: set[str] = set()
    for name_index, articles in counts.items():
        name = table.names[name_index]
        key = untyped_key(name.form)
        votes[key][name.type] += articles * sum(count for _, count in name.forms)
        if len(words(name.form)) > 1:
            of_several_words.add(key)
    return {key: _families(types, several_words=key in of_several_words) for key, types in votes.items()}


def _families(votes: Counter[EntityType], *, several_words: bool) -> dict[EntityType, Family]:
    families: Counter[Family] = Counter()
    for kind, count in votes.items():
        families[family_of(kind)] += count
    order = list(Family)
    main = min(families, key=lambda family: (-families[family], order.index(family)))

    def is_second(family: Family) -> bool:
        if Family.PERSON in (family, main):
            # First and last name together are no place's and no firm's.
            return not several_words and families[family] >= SECOND_FAMILY_SHARE_PERSON * families.total()
        return families[family] >= SECOND_FAMILY_SHARE * families.total()

    return {kind: family if is_second(family := family_of(kind)) else main for kind in votes}
