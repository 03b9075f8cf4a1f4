"""Bodies named after places: Sporting Veldhaven, which reports on sport call Veldhaven.

The functions named `..._keys` declare the blocking keys that a rule indexes or looks up; `update.components` uses them
too.
"""

from __future__ import annotations

from glossator.naming.disjoint_sets import DisjointSets
from glossator.naming.generic_names import is_generic
from glossator.stages.resolve.blocking.keys import Family, untyped_key
from glossator.stages.resolve.clustering.co_occurrence import CoOccurrence
from glossator.stages.resolve.clustering.equal_names import Cluster, ExactClusters
from glossator.stages.resolve.clustering.single_matches import single_matches


def join_bodies_named_after_places(exact: ExactClusters, sets: DisjointSets, context: CoOccurrence) -> None:
    """Join a body called like a place to the one body that is named after the place, if their contexts support it.

    In reports on sport Veldhaven is Sporting Veldhaven.
    """
    places = {cluster.key for cluster in exact.clusters if cluster.family is Family.PLACE}

    def place_keys(cluster: Cluster) -> set[str]:
        return thing_keys(cluster) & places

    for index, main in single_matches(exact.clusters, sets, place_keys, namesake_keys):
        if context.supports(index, main):
            sets.join(index, main)


def thing_keys(cluster: Cluster) -> set[str]:
    """Return the key of a thing, under which a body that is named after a place may be looked up."""
    return {cluster.key} if cluster.family is Family.THING else set()


def namesake_keys(cluster: Cluster) -> set[str]:
    """Return the keys of places that a body of two words, such as a club, may be named after."""
    if cluster.family is not Family.THING:
        return set()
    pairs = (pair for pair in map(str.split, cluster.forms) if len(pair) == len(("Sporting", "Veldhaven")))
    return {untyped_key(pair[1]) for pair in pairs if pair[1][:1].isupper() and not is_generic(pair[1])}
