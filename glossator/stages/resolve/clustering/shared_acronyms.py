"""Bodies that articles call by one acronym: one body if their names share words and their contexts agree.

The functions named `..._keys` declare the blocking keys that a rule indexes or looks up; `update.components` uses them
too.
"""

from __future__ import annotations

from collections import defaultdict

from glossator.naming.acronyms import initials, is_acronym, is_short_form
from glossator.naming.disjoint_sets import DisjointSets
from glossator.naming.lexicon import GENERIC_HEADS
from glossator.naming.normalise import words
from glossator.stages.resolve.blocking.keys import Family
from glossator.stages.resolve.clustering.co_occurrence import CoOccurrence
from glossator.stages.resolve.clustering.equal_names import Cluster, ExactClusters

STEM_LENGTH = 5
"""Letters by which a word is recognised in any form: Democrats, Democratic."""
MOST_COMPARED = 8
"""Names compared for one acronym."""


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
