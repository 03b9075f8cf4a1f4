"""Suggestions: pairs of entities that may be one, for a person to decide.

The functions named `..._keys` declare the blocking keys that a rule indexes or looks up;
`update.blocking_keys` uses them too.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence

from glossator.model import EntityId, Suggestion
from glossator.naming.acronyms import initials, is_acronym, is_general
from glossator.naming.disjoint_sets import DisjointSets
from glossator.naming.likeness import skeleton, sounds_like
from glossator.naming.name_parts import is_national_body
from glossator.naming.normalise import words
from glossator.stages.resolve.blocking import Family
from glossator.stages.resolve.clustering.equal_names import Cluster, ExactClusters, PossibleLink
from glossator.stages.resolve.clustering.short_forms_and_acronyms import is_unambiguous_acronym

MOST_PER_CLUSTER = 5
"""Suggestions for one surname: it is of no use to name every Smith."""


def suggest(
    clusters: Sequence[Cluster],
    sets: DisjointSets,
    possible_links: Sequence[PossibleLink],
    ids: Mapping[int, EntityId],
) -> tuple[Suggestion, ...]:
    """Return the pairs of entities that a rule compared and did not join, each once, sorted.

    `ids` has the id of each entity by the root of its clusters.
    """
    reasons: dict[tuple[EntityId, EntityId], str] = {}
    sounding_alike = [PossibleLink(*pair, "The names sound alike.") for pair in pairs_sounding_alike(clusters)]
    for first, second, reason in [*_first_few(possible_links), *_first_few(sounding_alike)]:
        if not sets.are_separated(first, second):
            pair = ids.get(sets.find(first)), ids.get(sets.find(second))
            if pair[0] and pair[1] and pair[0] != pair[1] and (pair[1], pair[0]) not in reasons:
                reasons.setdefault((pair[0], pair[1]), reason)
    return tuple(Suggestion(*pair, reason) for pair, reason in sorted(reasons.items()))


def _first_few(links: Sequence[PossibleLink]) -> list[PossibleLink]:
    counts: dict[int, int] = defaultdict(int)
    few = []
    for link in links:
        counts[link.first] += 1
        if counts[link.first] <= MOST_PER_CLUSTER:
            few.append(link)
    return few


def pairs_sounding_alike(clusters: Sequence[Cluster]) -> Iterator[tuple[int, int]]:
    """Yield pairs of people whose full names may be one, Gadhafi and Gaddafi: the most frequent with each other one."""
    by_sound: dict[str, list[int]] = defaultdict(list)
    for index, cluster in enumerate(clusters):
        for key in sound_keys(cluster):
            by_sound[key].append(index)
    for _, alike in sorted(by_sound.items()):
        alike.sort(key=lambda index: (-len(clusters[index].occurrences), index))
        for index in alike[1:]:
            if sounds_like(clusters[alike[0]].key, clusters[index].key):
                yield alike[0], index


def sound_keys(cluster: Cluster) -> set[str]:
    """Return the blocking key by which full names of people that sound alike are compared."""
    return {skeleton(cluster.key)} if cluster.family is Family.PERSON and " " in cluster.key else set()


def possible_acronyms(exact: ExactClusters, sets: DisjointSets) -> tuple[PossibleLink, ...]:
    """Return the acronyms that no article explains, each with the one name that has these initials."""
    return tuple(
        PossibleLink(acronym, main, f"“{form}” are its initials.")
        for acronym, main in single_matches(exact.clusters, sets, acronym_keys, initials_keys)
        if is_unambiguous_acronym(form := exact.clusters[acronym].usual_form)
    )


def acronym_keys(cluster: Cluster) -> set[str]:
    """Return the letters of a name that is an acronym and that no article explains."""
    if cluster.family is not Family.THING:
        return set()
    form = cluster.usual_form
    letters = "".join(words(form))
    unexplained = len(letters) > 1 and is_acronym(form) and not is_general(form) and not _is_explained(cluster)
    return {letters} if unexplained else set()


def initials_keys(cluster: Cluster) -> set[str]:
    """Return the acronyms that a name of several words may have."""
    if cluster.family is not Family.THING:
        return set()
    return {letters for form in cluster.forms if not is_national_body(form) for letters in initials(form)}


def _is_explained(cluster: Cluster) -> bool:
    """True if an article has a name of several words too for what is called by an acronym."""
    return any(len(words(form)) > 1 for form in (*cluster.forms, *cluster.other_forms))


def single_matches(
    clusters: Sequence[Cluster],
    sets: DisjointSets,
    looked_up: Callable[[Cluster], set[str]],
    indexed: Callable[[Cluster], set[str]],
) -> Iterator[tuple[int, int]]:
    """Yield each cluster that finds one other entity by its keys, with the root of that entity.

    `looked_up` and `indexed` return the keys that a cluster looks up, and under which it is found.
    """
    by_key: dict[str, set[int]] = defaultdict(set)
    for index, cluster in enumerate(clusters):
        for key in indexed(cluster):
            by_key[key].add(index)
    for index, cluster in enumerate(clusters):
        for key in looked_up(cluster):
            roots = {sets.find(other) for other in by_key.get(key, ())}
            if len(roots) == 1 and sets.find(index) not in roots:
                yield index, roots.pop()
