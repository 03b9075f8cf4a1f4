"""The names of all articles -> clusters of equal key and compatible type, the ground on which the rest is decided."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field

from glossator.model import Analysis, EntityType
from glossator.stages.resolve import keys
from glossator.stages.resolve.keys import Family

Place = tuple[int, int]
"""A name of an article: the article's place in the sequence of analyses, the name's place in the article."""

APART = 0.3
"""Share of a name's mentions from which a second kind of thing is believed in; below, the model has slipped."""

APART_PERSON = 0.2
"""The same where one of the two is a person, for then it is a matter of a person's page."""


@dataclass(slots=True)
class Cluster:
    """Names of one key and family. Private to this stage and filled while the archive is read once."""

    key: str
    family: Family
    forms: Counter[str] = field(default_factory=Counter)
    """Best forms, by articles."""
    others: Counter[str] = field(default_factory=Counter)
    """Forms besides the best one, by articles."""
    places: list[Place] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Gathered:
    clusters: tuple[Cluster, ...]
    """Sorted by key and family."""
    homes: tuple[list[int], ...]
    """For each article the cluster of each of its names."""


def gather(analyses: Sequence[Analysis], apart: frozenset[str]) -> Gathered:
    """Cluster the names of the analyses, which must be sorted by article.

    Forms in `apart`, in lower case, are told from others of the same key.
    """
    settled = _settle(analyses)
    found: dict[tuple[str, Family], Cluster] = {}
    # Most names recur: what a form of a type is is looked up once.
    bearers: dict[tuple[str, EntityType], Cluster] = {}
    for article, analysis in enumerate(analyses):
        for index, name in enumerate(analysis.names):
            cluster = bearers.get((name.form, name.type))
            if cluster is None:
                of = settled[keys.general(name.form)][name.type]
                key = keys.key(name.form, of)
                if apart and name.form.casefold() in apart:
                    key += f" = {name.form.casefold()}"
                cluster = bearers[name.form, name.type] = found.setdefault((key, of), Cluster(key, of))
            cluster.places.append((article, index))
            cluster.forms[name.form] += 1
            for form, _ in name.forms:
                if form != name.form:
                    cluster.others[form] += 1
    clusters = tuple(found[one] for one in sorted(found, key=lambda one: (one[0], one[1].value)))
    homes = tuple([0] * len(analysis.names) for analysis in analyses)
    for number, cluster in enumerate(clusters):
        for article, index in cluster.places:
            homes[article][index] = number
    return Gathered(clusters, homes)


def _settle(analyses: Sequence[Analysis]) -> dict[str, dict[EntityType, Family]]:
    """For each string, whatever it names, the family that the mentions of each type are counted with."""
    mentions: dict[tuple[str, EntityType], int] = defaultdict(int)
    for analysis in analyses:
        for name in analysis.names:
            for _, count in name.forms:
                mentions[name.form, name.type] += count
    votes: dict[str, Counter[EntityType]] = defaultdict(Counter)
    long: set[str] = set()
    for (form, kind), count in mentions.items():
        key = keys.general(form)
        votes[key][kind] += count
        if len(keys.words(form)) > 1:
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
