"""The names of all articles -> clusters of equal key and compatible type, the ground on which the rest is decided."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field

from glossator.model import EntityType
from glossator.stages.resolve.blocking import keys
from glossator.stages.resolve.blocking.columns import Names, Place
from glossator.stages.resolve.blocking.keys import Family

APART = 0.3
"""Share of a name's mentions from which a second kind of thing is believed in; below, the model has slipped."""

APART_PERSON = 0.2
"""The same where one of the two is a person, for then it is a matter of a person's page."""


@dataclass(slots=True)
class Cluster:
    """Names of one key and family. Private to this stage and filled while the names are read once."""

    key: str
    family: Family
    forms: Counter[str] = field(default_factory=Counter)
    """Best forms, by articles."""
    others: Counter[str] = field(default_factory=Counter)
    """Forms besides the best one, by articles."""
    places: list[Place] = field(default_factory=list)

    @property
    def usual(self) -> str:
        """The best form of most articles."""
        return min(self.forms, key=lambda form: (-self.forms[form], form))


@dataclass(frozen=True, slots=True)
class Gathered:
    names: Names
    clusters: tuple[Cluster, ...]
    """Sorted by key and family."""
    homes: list[int]
    """For each place its cluster."""


def gather(names: Names, apart: frozenset[str]) -> Gathered:
    """Cluster names. Forms in `apart`, in lower case, are told from others of the same key."""
    counts = Counter(names.numbers)
    settled = _settle(names, counts)
    found: dict[tuple[str, Family], Cluster] = {}
    bearers: dict[int, Cluster] = {}
    for number, count in counts.items():
        name = names.known[number]
        of = settled[keys.general(name.form)][name.type]
        key = keys.key(name.form, of)
        if apart and name.form.casefold() in apart:
            key += f" = {name.form.casefold()}"
        cluster = bearers[number] = found.setdefault((key, of), Cluster(key, of))
        cluster.forms[name.form] += count
        for form, _ in name.forms:
            if form != name.form:
                cluster.others[form] += count
    for place, number in enumerate(names.numbers):
        bearers[number].places.append(place)
    clusters = tuple(found[one] for one in sorted(found, key=lambda one: (one[0], one[1].value)))
    homes = [0] * len(names)
    for number, cluster in enumerate(clusters):
        for place in cluster.places:
            homes[place] = number
    return Gathered(names, clusters, homes)


def _settle(names: Names, counts: Mapping[int, int]) -> dict[str, dict[EntityType, Family]]:
    """For each string, whatever it names, the family that the mentions of each type are counted with."""
    votes: dict[str, Counter[EntityType]] = defaultdict(Counter)
    long: set[str] = set()
    for number, times in counts.items():
        name = names.known[number]
        key = keys.general(name.form)
        votes[key][name.type] += times * sum(count for _, count in name.forms)
        if len(keys.words(name.form)) > 1:
            long.add(key)
    return {key: _families(types, key in long) for key, types in votes.items()}


def _families(votes: Counter[EntityType], long: bool) -> dict[EntityType, Family]:
    families: Counter[Family] = Counter()
    for kind, count in votes.items():
        families[keys.family(kind)] += count
    order = list(Family)
    chief = min(families, key=lambda one: (-families[one], order.index(one)))
    return {kind: of if _apart(of := keys.family(kind), chief, families, long) else chief for kind in votes}


def _apart(of: Family, chief: Family, families: Counter[Family], long: bool) -> bool:
    """Whether a name is believed to be of a second family too."""
    if Family.PERSON in (of, chief):
        # First and last name together are no place's and no firm's.
        return not long and families[of] >= APART_PERSON * families.total()
    return families[of] >= APART * families.total()
