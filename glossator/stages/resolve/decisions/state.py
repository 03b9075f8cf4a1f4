"""State that decisions work on: the clusters that names in them mean, the conflicts among them, and their outcome."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple, TypeVar

import msgspec

from glossator.model import Decisions, EntityType, Note, Origin, PrivateNames, Problem, PublishedId
from glossator.naming import countries
from glossator.naming.disjoint_sets import DisjointSets
from glossator.naming.languages import ENGLISH
from glossator.naming.normalise import person_words, without_elided_article
from glossator.naming.private_names import is_part_of
from glossator.stages.resolve.blocking import Family, family_of, umlautless_key, untyped_key
from glossator.stages.resolve.clustering.equal_names import Cluster
from glossator.stages.resolve.decisions.statements import NO_TARGETS, OverrideTargets


class DecisionInput(msgspec.Struct, frozen=True):
    """Everything that people decided."""

    decisions: Decisions
    notes: tuple[Note, ...]
    """Notes, and the entries of lists of names."""
    published: tuple[PublishedId, ...]
    targets: OverrideTargets = NO_TARGETS
    private: PrivateNames = PrivateNames()
    """Private names of the whole archive, of which the decisions may be a part."""
    language: str = ENGLISH
    """Language in which the site names countries."""


@dataclass(slots=True)
class DecisionOutcome:
    """Outcome of all decisions, by cluster. Filled by `apply_decisions` and read-only from then on."""

    names: dict[int, str] = field(default_factory=dict)
    types: dict[int, EntityType] = field(default_factory=dict)
    notes: dict[int, Note] = field(default_factory=dict)
    listed: dict[int, Note] = field(default_factory=dict)
    """Entries of lists of names."""
    ignored: set[int] = field(default_factory=set)
    private: set[int] = field(default_factory=set)
    private_names: PrivateNames = field(default_factory=PrivateNames)
    settled: set[int] = field(default_factory=set)
    """Clusters that a person decided about as a whole, so that none of their occurrences is assigned elsewhere."""
    problems: list[EntryProblem] = field(default_factory=list)


PATH = "entities.toml"
"""File of the decisions, below `content/`."""

Value = TypeVar("Value")


class DecisionRef(NamedTuple):
    """A decision: its kind, and the names that tell it from others of its kind."""

    kind: str
    names: tuple[str, ...]

    @property
    def subject(self) -> str:
        """The name that the decision is about."""
        return self.names[-1]


SIMILAR_NAME = "\0"
"""Stands in a message for the name that was probably meant, which may be any of the archive's."""


class Unmatched(NamedTuple):
    """A name that no article has, and what a message says if there is a similar one."""

    name: str
    message: str


class EntryProblem(NamedTuple):
    """A problem, and a name of the decision or note that it is about."""

    entry: str
    problem: Problem
    unmatched: Unmatched | None = None


def decision_ref(kind: str, *names: str) -> DecisionRef:
    return DecisionRef(kind, names)


class ConflictLog(msgspec.Struct, frozen=True):
    """State: the first decision of each kind on each cluster, and the problems so far."""

    lines: Mapping[tuple[str, ...], int]
    """Line of the file by kind and names of the decision."""
    first: dict[tuple[str, int], DecisionRef] = msgspec.field(default_factory=dict)
    """First decision by its kind and by cluster."""
    problems: list[EntryProblem] = msgspec.field(default_factory=list)

    def record(self, clusters: Iterable[int], decision: DecisionRef) -> None:
        for cluster in clusters:
            self.first.setdefault((decision.kind, cluster), decision)

    def earlier(self, kind: str, clusters: Iterable[int]) -> DecisionRef | None:
        """Return the decision of a kind that was recorded for the first cluster that has one."""
        return next((self.first[kind, cluster] for cluster in clusters if (kind, cluster) in self.first), None)

    def in_file_order(self, kind: str, entries: Sequence[tuple[str, Value]]) -> list[tuple[str, Value]]:
        """Return the entries of a kind of decision in the order of their lines."""
        return sorted(entries, key=lambda entry: (self.lines.get((kind, entry[0]), 0), entry[0], str(entry[1])))

    def report(self, message: str, decision: DecisionRef, unmatched: Unmatched | None = None) -> None:
        problem = Problem("resolve", PATH, f"{decision.kind}: {message}", self.line(decision), fatal=False)
        self.problems.append(EntryProblem(decision.subject, problem, unmatched))

    def report_note(self, message: str, path: str, note: Note, unmatched: Unmatched | None = None) -> None:
        """Report a problem of a note or an entry of a list in the file at `path`."""
        problem = Problem("resolve", path, message, note.line, fatal=False)
        self.problems.append(EntryProblem(note.name, problem, unmatched))

    def report_conflict(self, decision: DecisionRef, other: DecisionRef, applied: DecisionRef) -> None:
        """Report that a decision contradicts another one; `applied` is the one of the two that is carried out."""
        conflict = f"“{decision.subject}” contradicts {self.describe(other)}; {self.describe(applied)} stands."
        self.report(f"{conflict} Remove one of the two.", decision)

    def describe(self, decision: DecisionRef) -> str:
        """Return a decision as a message names it: `rename “SDU” in line 18`."""
        line = self.line(decision)
        return f"{decision.kind} “{decision.subject}”{f' in line {line}' if line else ''}"

    def line(self, decision: DecisionRef) -> int | None:
        """Return the line of a decision, or of the entry of several names of which it is a part."""
        key = (decision.kind, *decision.names)
        return self.lines.get(key) or self.lines.get(key[:2])


class ClusterLookup:
    """Finds clusters by name, id or alias. State: the indexes, and the names that a person gave."""

    def __init__(self, clusters: Sequence[Cluster], published: Sequence[PublishedId], language: str) -> None:
        self._language = language
        self._clusters = clusters
        self._published = {str(published_id.id): published_id for published_id in published}
        self._exact: dict[str, set[int]] = defaultdict(set)
        self._names: dict[str, set[int]] = defaultdict(set)
        self._aliases: dict[str, set[int]] = defaultdict(set)
        for index, cluster in enumerate(clusters):
            self._names[cluster.key].add(index)
            for form in cluster.forms:
                self._exact[form.casefold()].add(index)
                self._names[untyped_key(form)].add(index)
                self._names[untyped_key(without_elided_article(form))].add(index)
                self._names[umlautless_key(form, cluster.family)].add(index)
            for form in cluster.other_forms:
                self._aliases[untyped_key(form)].add(index)

    def add_name(self, name: str, clusters: Iterable[int]) -> None:
        """Let clusters be found by a name that a person gave them."""
        for cluster in clusters:
            self._exact[name.casefold()].add(cluster)
            self._names[untyped_key(name)].add(cluster)

    def by_name(self, entry: str) -> list[int]:
        """Return the clusters whose id or name an entry is, sorted."""
        published = self._published.get(entry)
        if published is not None:
            clusters = self._of_family(self._by_name(published.name), family_of(published.type))
            if clusters:
                return clusters
        clusters = sorted(self._by_name(entry))
        stem, _, suffix = entry.rpartition("-")
        if not clusters and stem and suffix in set(EntityType):
            clusters = self._of_family(self._by_name(stem), family_of(EntityType(suffix)))
        return clusters

    def find(self, entry: str) -> list[int]:
        """Return the clusters whose id, name or else alias an entry is, sorted."""
        return self.by_name(entry) or self.by_alias(entry)

    def by_alias(self, entry: str) -> list[int]:
        """Return the clusters of which an entry is a form, but in no article the best one, sorted."""
        return sorted(self._aliases.get(untyped_key(entry), ()))

    def families(self, clusters: Iterable[int]) -> set[Family]:
        return {self._clusters[cluster].family for cluster in clusters}

    def _by_name(self, name: str) -> set[int]:
        exact = self._exact.get(name.casefold(), set())
        english = countries.in_english(name, self._language)
        bare = without_elided_article(name)
        keys = (untyped_key(name), " ".join(person_words(name)), untyped_key(english), untyped_key(bare))
        return exact or next((self._names[key] for key in keys if key in self._names), set())

    def _of_family(self, clusters: Iterable[int], family: Family) -> list[int]:
        return sorted(cluster for cluster in clusters if self._clusters[cluster].family is family)


class DecisionState(msgspec.Struct, frozen=True):
    """Clusters to which decisions are applied. State: the joins, the outcome and the conflicts so far."""

    clusters: Sequence[Cluster]
    sets: DisjointSets
    lookup: ClusterLookup
    input: DecisionInput
    log: ConflictLog
    outcome: DecisionOutcome
    cannot_links: list[tuple[frozenset[int], DecisionRef]] = msgspec.field(default_factory=list)
    """The clusters of each not-the-same, and the decision."""

    def find(self, decision: DecisionRef, entry: str = "") -> list[int]:
        """Return the clusters that a decision's subject, or its given `entry`, means; report if there are none."""
        entry = entry or decision.subject
        clusters = self.lookup.find(entry)
        if not clusters:
            fact, remedy = f"“{entry}” is not a name in any article.", " Correct or remove it."
            if decision.kind == "private":  # nobody is advised to take a protection away
                fact, remedy = f"“{entry}” is in no article; it stays private.", ""
            unmatched = Unmatched(entry, f"{decision.kind}: {fact} Did you mean “{SIMILAR_NAME}”?")
            self.log.report(f"{fact}{remedy}", decision, unmatched)
        return clusters

    def settle(self, clusters: Sequence[int], decision: DecisionRef) -> None:
        """Record that a person decided about clusters as a whole."""
        self.outcome.settled.update(clusters)
        self.log.record(clusters, decision)

    def family_names(self, clusters: Sequence[int]) -> str:
        """Return the families of clusters as a message lists them."""
        return ", ".join(sorted(family.value for family in self.lookup.families(clusters)))


def each_pair(apply: Callable[[int, int], bool], pairs: Iterable[tuple[int, int]]) -> bool:
    """True if something could be done with every pair. It is done with all pairs with which it can be done."""
    failed = [pair for pair in pairs if not apply(*pair)]
    return not failed


def tells_of_private(form: str, origin: Origin, private: PrivateNames) -> bool:
    """True if a form of an entity that nobody confirmed is a private name or a part of one.

    An article that calls a firm and a person by one surname may mean the person.
    """
    return origin != "person" and is_part_of(form, private)
