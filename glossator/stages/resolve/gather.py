"""The names of all articles -> clusters of equal key and compatible type, the ground on which the rest is decided."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field

from glossator.model import Analysis, EntityType, Name
from glossator.stages.resolve import keys
from glossator.stages.resolve.keys import Family

Place = tuple[int, int]
"""A name of an article: the article's place in the sequence of analyses, the name's place in the article."""

APART = 0.2
"""Share of a name's mentions from which a second kind of thing is believed in; below, the model has slipped."""


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
    votes: dict[str, Counter[EntityType]] = defaultdict(Counter)
    for analysis in analyses:
        for name in analysis.names:
            votes[keys.general(name.form)][name.type] += sum(count for _, count in name.forms)
    settled = {key: _settle(types) for key, types in votes.items()}
    found: dict[tuple[str, Family], Cluster] = {}
    for article, analysis in enumerate(analyses):
        for index, name in enumerate(analysis.names):
            of = settled[keys.general(name.form)][name.type]
            key = keys.key(name.form, of)
            if apart and name.form.casefold() in apart:
                key += f" = {name.form.casefold()}"
            cluster = found.get((key, of))
            if cluster is None:
                cluster = found[key, of] = Cluster(key, of)
            _add(cluster, name, (article, index))
    clusters = tuple(found[one] for one in sorted(found, key=lambda one: (one[0], one[1].value)))
    homes = tuple([0] * len(analysis.names) for analysis in analyses)
    for number, cluster in enumerate(clusters):
        for article, index in cluster.places:
            homes[article][index] = number
    return Gathered(clusters, homes)


def _add(cluster: Cluster, name: Name, place: Place) -> None:
    cluster.places.append(place)
    cluster.forms[name.form] += 1
    cluster.others.update(form for form, _ in name.forms if form != name.form)


def _settle(votes: Counter[EntityType]) -> dict[EntityType, Family]:
    """The family that each type's mentions of one string are counted with."""
    families: Counter[Family] = Counter()
    for kind, count in votes.items():
        families[keys.family(kind)] += count
    order = list(Family)
    chief = min(families, key=lambda one: (-families[one], order.index(one)))
    enough = APART * families.total()
    return {kind: of if families[of := keys.family(kind)] >= enough else chief for kind in votes}
