"""Variants of a name: without umlauts, romanised, in the plural, with a version, landform or district, and known.

The functions named `..._keys` declare the blocking keys that a rule indexes or looks up;
`update.blocking_keys` uses them too.
"""

from __future__ import annotations

from collections import Counter, defaultdict

from glossator.naming import countries
from glossator.naming.disjoint_sets import DisjointSets
from glossator.naming.known_names import KnownName, known_name
from glossator.naming.lexicon import CALLED_AFTER_TOWNS, DIRECTIONS, LANDFORMS
from glossator.naming.name_parts import without_version
from glossator.naming.normalise import has_umlaut, person_words, singular
from glossator.naming.regions import AMBIGUOUS, CAPITAL_DISTRICT
from glossator.naming.romanisation import HACEKS, romanised
from glossator.stages.resolve.blocking import (
    COUNTRY_PREFIX,
    Family,
    family_of,
    name_key,
    umlautless_key,
    untyped_key,
)
from glossator.stages.resolve.clustering.equal_names import Cluster, ExactClusters, by_key
from glossator.stages.resolve.type_evidence import TypeEvidence

PLURAL_EXCEEDS = 5
"""Letters that a key must exceed for its last letter to be taken for the plural's."""


def without_umlauts(cluster: Cluster) -> set[str]:
    """Return the keys of the forms with umlauts as a writer without umlauts at hand spells them."""
    return {umlautless_key(form, cluster.family) for form in filter(has_umlaut, cluster.forms)}


def singular_keys(cluster: Cluster) -> set[str]:
    """Return the key that a thing has in the singular if its name may be a plural: iPhones, no Compass, no 2S."""
    key = cluster.key
    may_be_plural = cluster.family is Family.THING and len(key) > PLURAL_EXCEEDS and cluster.usual_form.endswith("s")
    return {singular(key)} - {key} if may_be_plural else set()


def _may_be_plural(exact: ExactClusters, plural: Cluster, other: Cluster) -> bool:
    """True if a name may be the plural of another one: a Republican, the Republicans.

    If several articles have the one and several others have the other, neither is the other's plural: Canva, Canvas.
    Nor is what is called by an article, The Rolling Stones, unless one text has both.
    """
    if exact.share_article(plural, other):
        return True
    in_several = len(exact.articles(plural)) > 1 and len(exact.articles(other)) > 1
    return not in_several and not plural.usual_form.startswith("The ")


def unversioned_keys(cluster: Cluster) -> set[str]:
    """Return the keys that a thing has without the version in its name: Python 3.12 is Python."""
    if cluster.family is not Family.THING:
        return set()
    return {name_key(name, cluster.family) for form in cluster.forms if (name := without_version(form)) != form}


def landform_keys(cluster: Cluster) -> set[str]:
    """Return the keys of a sea, river or mountain whose name does not say what it is: the Corva River, the Corva."""
    if cluster.family is not Family.PLACE or cluster.key.startswith(COUNTRY_PREFIX):
        return set()
    split = (form.rpartition(" ") for form in cluster.forms)
    names = {name for name, _, kind in split if kind.lower() in LANDFORMS and name.lower() not in DIRECTIONS}
    return {untyped_key(name) for name in names if name and not countries.may_name_land(name)}


def capital_keys(cluster: Cluster) -> set[str]:
    """Return the key of the capital of the United States if a place is called by it and its district: Washington, D.C.

    The state of its name is told apart by the articles, not by the name.
    """
    in_district = cluster.family is Family.PLACE and cluster.key.endswith(CAPITAL_DISTRICT.lower())
    return {cluster.key.removesuffix(CAPITAL_DISTRICT.lower())} & AMBIGUOUS if in_district else set()


def _may_be_landform(exact: ExactClusters, landform: Cluster, other: Cluster) -> bool:
    """True if a landform may be a place that has its name.

    Islands, strips and districts are only if an article has both: the Gaza Strip, but Mercer Island, the Las Vegas
    Strip.
    """
    beside_town = all(form.rpartition(" ")[2].lower() in CALLED_AFTER_TOWNS for form in landform.forms)
    return not beside_town or exact.share_article(landform, other)


def romanised_keys(cluster: Cluster) -> set[str]:
    """Return the keys of a person's full name in the spelling that stands for all romanisations, if it has others."""
    if cluster.family is not Family.PERSON or " " not in cluster.key:
        return set()
    written_out = (person_words(form.translate(HACEKS)) for form in cluster.forms if not form.isascii())
    return {romanised(words) for words in (tuple(cluster.key.split()), *written_out)} - {cluster.key}


def join_romanised(exact: ExactClusters, sets: DisjointSets) -> None:
    """Join two people whose full names are romanisations of one name, unless an article has both."""
    indices: dict[str, list[int]] = defaultdict(list)
    for index, cluster in enumerate(exact.clusters):
        for key in romanised_keys(cluster):
            indices[key].append(index)
    own = by_key(exact.clusters)
    for key, spelt in sorted(indices.items()):
        standard = own.get((key, Family.PERSON))
        first, *others = spelt if standard is None else (standard, *spelt)
        for other in others:
            if not exact.share_article(exact.clusters[first], exact.clusters[other]):
                sets.join(first, other)


def _is_in_any_case(*_: object) -> bool:
    return True


VARIANTS = (
    (without_umlauts, _is_in_any_case),
    (singular_keys, _may_be_plural),
    (unversioned_keys, _is_in_any_case),
    (landform_keys, _may_be_landform),
    (capital_keys, _is_in_any_case),
)
"""Kinds of variants in the order in which they are joined: the other keys of a name, and what else has to hold."""


def join_variants(exact: ExactClusters, sets: DisjointSets) -> None:
    """Join the variants of a name in a family, whatever their articles are about."""
    indices = by_key(exact.clusters)
    landforms = Counter(key for cluster in exact.clusters for key in landform_keys(cluster))
    for keys, may_be_one in VARIANTS:
        for index, cluster in enumerate(exact.clusters):
            for key in sorted(keys(cluster)):
                if keys is landform_keys and landforms[key] > 1:
                    continue  # Arabian may be the sea or the peninsula
                other = indices.get((key, cluster.family))
                if other is not None and may_be_one(exact, cluster, exact.clusters[other]):
                    sets.join(index, other)
    join_romanised(exact, sets)


def known_keys(cluster: Cluster) -> set[str]:
    """Return the names in the list of known names of what the forms of a cluster name there: FBI."""
    return {entry.name for form in cluster.forms if (entry := _entry(form, cluster))}


def join_known_names(exact: ExactClusters, sets: DisjointSets) -> None:
    """Join the names that one thing or person has in the list of known names: FBI, Federal Bureau of Investigation."""
    clusters_by_name: dict[str, list[int]] = defaultdict(list)
    for index, cluster in enumerate(exact.clusters):
        for name in sorted(known_keys(cluster)):
            clusters_by_name[name].append(index)
    for name, several in clusters_by_name.items():
        agreeing = [index for index in several if _agrees(exact, exact.clusters[index], name)] if several[1:] else []
        for index in agreeing[1:]:
            sets.join(agreeing[0], index)


def _entry(form: str, cluster: Cluster) -> KnownName | None:
    """Return what the list of known names has by a form, if it is of the family of a cluster."""
    entry = known_name(form)
    return entry if entry and family_of(entry.type) is cluster.family else None


def _agrees(exact: ExactClusters, cluster: Cluster, name: str) -> bool:
    """True if a cluster is what the list has by a name: an ambiguous form needs articles that make its type clear."""
    meant = [entry for form in cluster.forms if (entry := _entry(form, cluster)) and entry.name == name]
    if not all(entry.is_ambiguous for entry in meant):
        return True
    evidence = TypeEvidence()
    for mentioned in exact.names(cluster):
        evidence.add(mentioned, 1)
    return evidence.is_clear(meant[0].type)
