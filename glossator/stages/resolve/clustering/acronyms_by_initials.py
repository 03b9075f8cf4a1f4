"""Acronyms that no article explains, each with the one name that has these initials: a person decides.

The functions named `..._keys` declare the blocking keys; `update.components` uses them too.
"""

from __future__ import annotations

from glossator.naming.acronyms import initials, is_acronym, is_general
from glossator.naming.disjoint_sets import DisjointSets
from glossator.naming.generic_names import is_national_body
from glossator.naming.normalise import words
from glossator.stages.resolve.blocking.keys import Family
from glossator.stages.resolve.clustering.equal_names import Cluster, ExactClusters
from glossator.stages.resolve.clustering.short_forms_and_acronyms import is_unambiguous_acronym
from glossator.stages.resolve.clustering.single_matches import single_matches
from glossator.stages.resolve.clustering.suggestions import PossibleLink


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
