"""Organisations and places that are one entity by what the articles show: spellings, acronyms, namesakes.

The functions named `..._keys` declare the blocking keys that a rule indexes or looks up; `update.components` uses them
too.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from glossator.naming import countries
from glossator.naming.acronyms import initials, is_acronym, is_short_form
from glossator.naming.disjoint_sets import DisjointSets
from glossator.naming.generic_names import is_generic
from glossator.naming.lexicon import DIRECTIONS, GENERIC_HEADS, LANDFORMS
from glossator.naming.name_parts import without_version
from glossator.naming.normalise import has_umlaut, words
from glossator.stages.resolve.blocking.keys import COUNTRY_PREFIX, Family, umlautless_key, untyped_key
from glossator.stages.resolve.clustering.co_occurrence import CoOccurrence
from glossator.stages.resolve.clustering.equal_names import Cluster, ExactClusters, by_key
from glossator.stages.resolve.clustering.single_matches import single_matches

PLURAL_EXCEEDS = 5
"""Letters that a key must exceed for its last letter to be taken for the plural's."""

STEM_LENGTH = 5
"""Letters by which a word is recognised in any form: Democrats, Democratic."""

MOST_COMPARED = 8
"""Names compared for one acronym."""


def join_spellings(clusters: Sequence[Cluster], sets: DisjointSets) -> None:
    """Join names written with umlauts to the names written without."""
    indices = by_key(clusters)
    for index, cluster in enumerate(clusters):
        for form in sorted(filter(has_umlaut, cluster.forms)):
            other = indices.get((umlautless_key(form, cluster.family), cluster.family))
            if other is not None:
                sets.join(index, other)


def join_plurals(exact: ExactClusters, sets: DisjointSets) -> None:
    """Join parties and movements named in singular and plural: a Republican, the Republicans.

    If several articles have the one and several others have the other, neither is the other's plural: Canva, Canvas.
    """
    indices = by_key(exact.clusters)
    for index, cluster in enumerate(exact.clusters):
        for key in singular_keys(cluster):
            singular = indices.get((key, cluster.family))
            if singular is not None and not _stand_apart(exact, cluster, exact.clusters[singular]):
                sets.join(index, singular)


def _stand_apart(exact: ExactClusters, first: Cluster, second: Cluster) -> bool:
    """True if each of two names is in several articles, and none has both."""
    one, other = ({exact.table.articles[at] for at in cluster.occurrences} for cluster in (first, second))
    return min(len(one), len(other)) > 1 and one.isdisjoint(other)


def singular_keys(cluster: Cluster) -> set[str]:
    """Return the key that a thing has in the singular if its name may be a plural."""
    key = cluster.key
    return {key[:-1]} if cluster.family is Family.THING and len(key) > PLURAL_EXCEEDS and key.endswith("s") else set()


def join_versions(clusters: Sequence[Cluster], sets: DisjointSets) -> None:
    """Join versions of a program to the program: Python 3.12 to Python."""
    indices = by_key(clusters)
    for index, cluster in enumerate(clusters):
        for key in sorted(unversioned_keys(cluster)):
            if (key, cluster.family) in indices:
                sets.join(index, indices[key, cluster.family])


def unversioned_keys(cluster: Cluster) -> set[str]:
    """Return the keys that a thing has without the version in its name."""
    if cluster.family is not Family.THING:
        return set()
    return {untyped_key(name) for form in cluster.forms if (name := without_version(form)) != form}


def join_shared_acronyms(exact: ExactClusters, sets: DisjointSets, context: CoOccurrence) -> None:
    """Join bodies that articles call by one acronym and by half of the same words, if their contexts support it.

    Translators differ: one article's Social Democrats (SPD) are another's Social Democratic Party (SPD).
    """
    clusters = exact.clusters
    by_acronym: dict[str, list[int]] = defaultdict(list)
    for index, cluster in enumerate(clusters):
        for acronym in sorted(explained_acronym_keys(cluster)):
            by_acronym[acronym].append(index)
    for acronym, indices in sorted(by_acronym.items()):
        indices.sort(key=lambda index: (-len(clusters[index].occurrences), index))
        main = indices[0]
        for index in indices[1 : MOST_COMPARED + 1]:
            forms = clusters[index].usual_form, clusters[main].usual_form
            if _share_words(*forms) and not _contains_other(acronym, *forms) and context.supports(index, main):
                sets.join(index, main)


def explained_acronym_keys(cluster: Cluster) -> set[str]:
    """Return the acronyms by which articles call a body besides its name of several words."""
    if cluster.family is not Family.THING or len(words(cluster.usual_form)) < 2:
        return set()
    return {"".join(words(form)) for form in cluster.other_forms if is_acronym(form)}


def _contains_other(acronym: str, first: str, second: str) -> bool:
    """True if one body's name contains the name of the other body, whose acronym it is."""
    short, long = sorted((first, second), key=len)
    return is_short_form(short, long) and acronym in initials(short)


def _share_words(first: str, second: str) -> bool:
    """True if half of the words of the shorter name, or their stems, are in the longer one too."""
    few, many = sorted((_stems(first), _stems(second)), key=len)
    return 0 < len(few) <= 2 * len(few & many)


def _stems(form: str) -> set[str]:
    return {word[:STEM_LENGTH] for word in words(form) if len(word) > len("and") and word not in GENERIC_HEADS}


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
