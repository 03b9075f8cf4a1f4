"""The names of all articles -> clusters of equal key and compatible type, from which all other rules start."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

import msgspec

from glossator.model import ArticleId, EntityType, Name
from glossator.naming import countries
from glossator.naming.normalise import without_firm_words, words
from glossator.stages.resolve.blocking import Family, Occurrence, OccurrenceTable, family_of, name_key, untyped_key
from glossator.stages.resolve.type_evidence import TypeEvidence

SECOND_FAMILY_SHARE = 0.3
"""Share of a name's mentions from which it belongs to a second family; below, the model has mistaken the type."""

SECOND_FAMILY_SHARE_PERSON = 0.2
"""Share of a name's mentions from which it belongs to a second family if one of the two is that of persons.

It is lower because a person's page depends on it.
"""
FEWEST_ARTICLES = 2
"""Articles that must be certain of the second type of a name: one alone is rather mistaken."""
CLEAR = 6
"""Tenths of probability from which on an article clearly says whether a name is a place or a thing."""
SURE = 10
"""Tenths of probability from which on articles give a name a second type, however few of its mentions they have."""
CERTAIN = 8
"""Tenths from which on an article is certain of a type, and tells a firm from its product if that has none."""
RULED_OUT = 1
"""Tenths up to which an article that clearly gives a name one type rules out another: a place, a thing. If articles on
both sides do, the names are two, although few have the one: Java and its coffee."""


_ORDER = {kind: number for number, kind in enumerate(EntityType)}


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


class PossibleLink(NamedTuple):
    """Two clusters that may be one, and why."""

    first: int
    second: int
    reason: str


class ExactClusters(msgspec.Struct, frozen=True):
    """The table of occurrences, and its clusters of equal key."""

    table: OccurrenceTable
    clusters: tuple[Cluster, ...]
    """Sorted by key and family."""
    cluster_of: list[int]
    """Cluster by occurrence."""

    def names(self, cluster: Cluster) -> list[Name]:
        """Return the names of a cluster, by occurrence."""
        return [self.table.name(occurrence) for occurrence in cluster.occurrences]

    def articles(self, cluster: Cluster) -> set[ArticleId]:
        """Return the articles that have a name of a cluster."""
        return {self.table.articles[occurrence] for occurrence in cluster.occurrences}

    def share_article(self, first: Cluster, second: Cluster) -> bool:
        """True if an article has a name of each of two clusters."""
        return not self.articles(first).isdisjoint(self.articles(second))

    def are_apart(self, first: Cluster, second: Cluster) -> bool:
        """True if every article of each of two things rules out what they are in the articles of the other."""
        given, other_given = given_types(self.names(first)), given_types(self.names(second))
        return all(rules_out(given_type, other) for given_type in given for other in other_given)


class GivenType(NamedTuple):
    """The type that articles give a name."""

    type: EntityType
    chances: tuple[int, ...]
    """Probabilities of the types, in tenths; empty if something else than a model gives the type."""


def given_types(names: Iterable[Name]) -> set[GivenType]:
    """Return the types that articles give names, each once: thousands of articles may give one equally."""
    return {GivenType(name.type, name.chances) for name in names}


def rules_out(first: GivenType, second: GivenType) -> bool:
    """True if two articles are certain of different types of thing, and each gives that of the other no chance."""
    one, other = first.chances, second.chances
    if not one or not other or {family_of(first.type), family_of(second.type)} != {Family.THING}:
        return False
    first_type, second_type = _ORDER[first.type], _ORDER[second.type]
    is_certain = one[first_type] >= CERTAIN and other[second_type] >= CERTAIN
    return is_certain and not one[second_type] and not other[first_type]


def by_key(clusters: Sequence[Cluster]) -> dict[tuple[str, Family], int]:
    """Return the index of each cluster by its key and family."""
    return {(cluster.key, cluster.family): index for index, cluster in enumerate(clusters)}


def cluster_equal_names(table: OccurrenceTable, separated: frozenset[str]) -> ExactClusters:
    """Cluster names of equal key and family.

    `separated` are forms, in lower case, that get clusters of their own although other forms have the same key.
    """
    counts = Counter(table.name_indices)
    families = _families_by_key(table, counts)
    clusters_by_key: dict[tuple[str, Family], Cluster] = {}
    by_name: dict[int, Cluster] = {}
    for name_index, count in counts.items():
        name = table.names[name_index]
        family = families[_vote_key(name.form)][name.type]
        key = name_key(name.form, family)
        if separated and name.form.casefold() in separated:
            key += f" = {name.form.casefold()}"
        cluster = by_name[name_index] = clusters_by_key.setdefault((key, family), Cluster(key, family))
        cluster.forms[name.form] += count
        for form, _ in name.forms:
            if form != name.form:
                cluster.other_forms[form] += count
    for occurrence, name_index in enumerate(table.name_indices):
        by_name[name_index].occurrences.append(occurrence)
    clusters = tuple(clusters_by_key[key] for key in sorted(clusters_by_key, key=lambda key: (key[0], key[1].value)))
    cluster_of = [0] * len(table)
    for index, cluster in enumerate(clusters):
        for occurrence in cluster.occurrences:
            cluster_of[occurrence] = index
    return ExactClusters(table, clusters, cluster_of)


class _Votes(msgspec.Struct, frozen=True):
    """Evidence on the types of names of one key, and articles by the type that they give."""

    evidence: TypeEvidence = msgspec.field(default_factory=TypeEvidence)
    articles: Counter[EntityType] = msgspec.field(default_factory=Counter)
    chances: Counter[tuple[int, ...]] = msgspec.field(default_factory=Counter)
    """Articles by the probabilities of the types, in tenths, that they give."""
    decided: set[Family] = msgspec.field(default_factory=set)
    """Families that something else than a model gives."""

    def is_sure(self, family: Family, main: Family) -> bool:
        """True if several articles are sure of a family; of a place and a thing, if others are as sure of the other."""
        if {family, main} == {Family.PLACE, Family.THING}:
            return self._rule_out(family, main) and (main in self.decided or self._rule_out(main, family))
        return self._are_several(lambda chances: max(_of_family(chances, family)) >= SURE)

    def _rule_out(self, family: Family, other: Family) -> bool:
        return self._are_several(
            lambda chances: sum(_of_family(chances, family)) >= CLEAR and sum(_of_family(chances, other)) <= RULED_OUT
        )

    def _are_several(self, fits: Callable[[tuple[int, ...]], bool]) -> bool:
        return sum(articles for chances, articles in self.chances.items() if fits(chances)) >= FEWEST_ARTICLES


def _of_family(chances: Sequence[int], family: Family) -> list[int]:
    """Return the probabilities of the types of a family."""
    return [tenths for kind, tenths in zip(EntityType, chances, strict=True) if family_of(kind) is family]


def _vote_key(form: str) -> str:
    """Return the key under which names are counted together: Palisades is counted apart from the Palisades Group."""
    parts = words(form)
    return f"{untyped_key(form)} {len(parts) - len(without_firm_words(parts))}"


def _families_by_key(table: OccurrenceTable, counts: Mapping[int, int]) -> dict[str, dict[EntityType, Family]]:
    """Return for each vote key, whatever it names, the family with which the mentions of each type are counted."""
    votes: dict[str, _Votes] = defaultdict(_Votes)
    keys = {name_index: _vote_key(table.names[name_index].form) for name_index in counts}
    for name_index, articles in counts.items():
        name, key = table.names[name_index], keys[name_index]
        votes[key].evidence.add(name, articles)
        if not name.chances or max(name.chances) >= CERTAIN:
            votes[key].articles[name.type] += articles
        if name.chances and not (family_of(name.type) is Family.THING and name.form in countries.written_forms()):
            votes[key].chances[name.chances] += articles
        elif not name.chances:
            votes[key].decided.add(family_of(name.type))
    full = {keys[name_index] for name_index in counts if len(words(table.names[name_index].form)) > 1}
    families = {key: _families(votes[key], several_words=True) for key in full}
    people = (
        name_key(table.names[name_index].form, Family.PERSON)
        for name_index in counts
        if keys[name_index] in full and families[keys[name_index]][table.names[name_index].type] is Family.PERSON
    )
    surnames = {key.rpartition(" ")[2] for key in people}
    return families | {
        key: _families(key_votes, surname=key.rpartition(" ")[0] in surnames)
        for key, key_votes in votes.items()
        if key not in families
    }


def _families(votes: _Votes, *, several_words: bool = False, surname: bool = False) -> dict[EntityType, Family]:
    """Return the family with which each type is counted: that of the likeliest type, and a second well supported one.

    A full name elsewhere (`surname`) supports a person.
    """
    mentions: Counter[Family] = Counter()
    articles: Counter[Family] = Counter()
    for kind, count in votes.evidence.mentions.items():
        mentions[family_of(kind)] += count
        articles[family_of(kind)] += votes.articles[kind]
    main = family_of(votes.evidence.likeliest())

    def is_second(family: Family) -> bool:
        if votes.is_sure(family, main) and not (several_words and Family.PERSON in (family, main)):
            return True
        if articles[family] < FEWEST_ARTICLES and not (surname and family is Family.PERSON):
            return False
        if Family.PERSON in (family, main):
            # First and last name together are no place's and no firm's.
            return not several_words and mentions[family] >= SECOND_FAMILY_SHARE_PERSON * mentions.total()
        return mentions[family] >= SECOND_FAMILY_SHARE * mentions.total()

    families = {kind: family_of(kind) for kind in votes.evidence.mentions}
    second = {family for family in set(families.values()) - {main} if is_second(family)}
    return {kind: family if family in second else main for kind, family in families.items()}
