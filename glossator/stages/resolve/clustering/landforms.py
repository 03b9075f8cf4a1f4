"""Seas, rivers and mountains with and without what they are: the Corva River, the Corva.

The functions named `..._keys` declare the blocking keys that a rule indexes or looks up; `update.components` uses them
too.
"""

from __future__ import annotations

from collections.abc import Sequence

from glossator.naming import countries
from glossator.naming.disjoint_sets import DisjointSets
from glossator.naming.lexicon import DIRECTIONS, LANDFORMS
from glossator.stages.resolve.blocking.keys import COUNTRY_PREFIX, Family, untyped_key
from glossator.stages.resolve.clustering.equal_names import Cluster, by_key


def join_landforms(clusters: Sequence[Cluster], sets: DisjointSets) -> None:
    """Join seas, rivers and mountains named with and without what they are: the Corva River, the Corva."""
    indices = by_key(clusters)
    for index, cluster in enumerate(clusters):
        for key in sorted(landform_keys(cluster)):
            if (key, Family.PLACE) in indices:
                sets.join(index, indices[key, Family.PLACE])


def landform_keys(cluster: Cluster) -> set[str]:
    """Return the keys that a place has if its name does not say what kind of place it is."""
    if cluster.family is not Family.PLACE or cluster.key.startswith(COUNTRY_PREFIX):
        return set()
    split = (form.rpartition(" ") for form in cluster.forms)
    names = {name for name, _, kind in split if kind.lower() in LANDFORMS and name.lower() not in DIRECTIONS}
    return {untyped_key(name) for name in names if name and not countries.may_name_land(name)}
