"""Bodies that every country has one of, the Foreign Ministry: told apart by the country that an article speaks of."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass

from glossator.naming import countries
from glossator.naming.disjoint_sets import Union
from glossator.stages.resolve.blocking import keys
from glossator.stages.resolve.blocking.columns import Place
from glossator.stages.resolve.blocking.keys import Family
from glossator.stages.resolve.clustering.context import Surroundings
from glossator.stages.resolve.clustering.exact import Gathered

NATIONAL = frozenset(
    "administrative agriculture army assembly cabinet chamber congress constitutional council court culture defence "
    "defense economics economy education energy environment federal finance foreign general government health high "
    "house interior internal affairs justice labor labour lower ministry minister national navy office of parliament "
    "police president prosecutor prosecutors security senate state supreme supervisory trade transport treasury upper "
    "and the for air force military attorney central bank representatives embassy ombudsman".split()
)
"""Words of which the names of such bodies are made."""


@dataclass(frozen=True, slots=True)
class Bodies:
    homes: tuple[tuple[Place, int], ...]
    """A name of an article, and the cluster it belongs to."""
    countries: Mapping[int, str]
    """The country of each cluster that holds one country's alone."""


def is_national(form: str) -> bool:
    return all(word in NATIONAL for word in keys.words(form))


def split_bodies(gathered: Gathered, union: Union, settled: frozenset[int], surroundings: Surroundings) -> Bodies:
    """Give those of each country but the most frequent one a cluster of their own in `union`."""
    moves: list[tuple[Place, int]] = []
    told: dict[int, str] = {}
    articles = gathered.names.articles
    for number, cluster in enumerate(gathered.clusters):
        if cluster.family is not Family.THING or len(cluster.places) < 2 or number in settled:
            continue
        if not all(map(is_national, cluster.forms)):
            continue
        groups: dict[str, list[Place]] = defaultdict(list)
        around = surroundings(sorted({articles[place] for place in cluster.places}))
        for place in cluster.places:
            groups[around[articles[place]].country].append(place)
        ordered = sorted(groups, key=lambda code: (-len(groups[code]), code))
        for code in ordered:
            home = number if code == ordered[0] else union.add()
            told[union.find(home)] = countries.name(code) if code else ""
            moves.extend((place, home) for place in groups[code] if home != number)
    return Bodies(tuple(moves), told)
