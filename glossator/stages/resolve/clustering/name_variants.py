"""Variants of a name: with and without umlauts, in the plural, with a version, with the kind of a landform.

The functions named `..._keys` declare the blocking keys that a rule indexes or looks up;
`update.blocking_keys` uses them too.
"""

from __future__ import annotations

from collections.abc import Callable

from glossator.naming import countries
from glossator.naming.disjoint_sets import DisjointSets
from glossator.naming.lexicon import CALLED_AFTER_TOWNS, DIRECTIONS, LANDFORMS
from glossator.naming.name_parts import without_version
from glossator.naming.normalise import has_umlaut, singular
from glossator.stages.resolve.blocking import COUNTRY_PREFIX, Family, name_key, umlautless_key, untyped_key
from glossator.stages.resolve.clustering.equal_names import Cluster, ExactClusters, by_key

PLURAL_EXCEEDS = 5
"""Letters that a key must exceed for its last letter to be taken for the plural's."""


def join_spellings(exact: ExactClusters, sets: DisjointSets) -> None:
    """Join names written with umlauts to the names written without."""
    indices = by_key(exact.clusters)
    for index, cluster in enumerate(exact.clusters):
        for form in sorted(filter(has_umlaut, cluster.forms)):
            other = indices.get((umlautless_key(form, cluster.family), cluster.family))
            if other is not None:
                sets.join(index, other)


def join_plurals(exact: ExactClusters, sets: DisjointSets) -> None:
    """Join parties, movements and things named in singular and plural: a Republican, the Republicans.

    If several articles have the one and several others have the other, neither is the other's plural: Canva, Canvas.
    Nor is what is called by an article, The Rolling Stones, unless one text has both.
    """
    _join_found(exact, sets, singular_keys, _may_be_plural)


def _may_be_plural(exact: ExactClusters, plural: Cluster, other: Cluster) -> bool:
    if exact.share_article(plural, other):
        return True
    in_several = len(exact.articles(plural)) > 1 and len(exact.articles(other)) > 1
    return not in_several and not plural.usual_form.startswith("The ")


def singular_keys(cluster: Cluster) -> set[str]:
    """Return the key that a thing has in the singular if its name may be a plural: iPhones, no Compass, no 2S."""
    key = cluster.key
    may_be_plural = cluster.family is Family.THING and len(key) > PLURAL_EXCEEDS and cluster.usual_form.endswith("s")
    return {singular(key)} - {key} if may_be_plural else set()


def join_versions(exact: ExactClusters, sets: DisjointSets) -> None:
    """Join versions of a program to the program: Python 3.12 to Python."""
    _join_found(exact, sets, unversioned_keys, lambda *_: True)


def unversioned_keys(cluster: Cluster) -> set[str]:
    """Return the keys that a thing has without the version in its name."""
    if cluster.family is not Family.THING:
        return set()
    return {name_key(name, cluster.family) for form in cluster.forms if (name := without_version(form)) != form}


def join_landforms(exact: ExactClusters, sets: DisjointSets) -> None:
    """Join seas, rivers and mountains named with and without what they are: the Corva River, the Corva.

    Islands, strips and districts are one with a place of their name only if an article has both: the Gaza Strip, but
    Mercer Island, the Las Vegas Strip.
    """
    _join_found(exact, sets, landform_keys, _may_be_landform)


def _may_be_landform(exact: ExactClusters, landform: Cluster, other: Cluster) -> bool:
    beside_town = all(form.rpartition(" ")[2].lower() in CALLED_AFTER_TOWNS for form in landform.forms)
    return not beside_town or exact.share_article(landform, other)


def landform_keys(cluster: Cluster) -> set[str]:
    """Return the keys that a place has if its name does not say what kind of place it is."""
    if cluster.family is not Family.PLACE or cluster.key.startswith(COUNTRY_PREFIX):
        return set()
    split = (form.rpartition(" ") for form in cluster.forms)
    names = {name for name, _, kind in split if kind.lower() in LANDFORMS and name.lower() not in DIRECTIONS}
    return {untyped_key(name) for name in names if name and not countries.may_name_land(name)}


def _join_found(
    exact: ExactClusters,
    sets: DisjointSets,
    keys: Callable[[Cluster], set[str]],
    may_be_one: Callable[[ExactClusters, Cluster, Cluster], bool],
) -> None:
    """Join each cluster to those of its family that have one of its other `keys`, if they may be one."""
    indices = by_key(exact.clusters)
    for index, cluster in enumerate(exact.clusters):
        for key in sorted(keys(cluster)):
            other = indices.get((key, cluster.family))
            if other is not None and may_be_one(exact, cluster, exact.clusters[other]):
                sets.join(index, other)
