"""People whose full names sound alike, Gadhafi and Gaddafi: one person if their contexts agree and no article has both.

The functions named `..._keys` declare the blocking keys that a rule indexes or looks up; `update.components` uses them
too.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence

from glossator.naming.likeness import skeleton, sounds_like
from glossator.stages.resolve.blocking.keys import Family
from glossator.stages.resolve.clustering.equal_names import Cluster


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
