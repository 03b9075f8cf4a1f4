"""Bodies that every country has one of, the Foreign Ministry: told apart by the country that an article names most."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping

import msgspec

from glossator.naming import countries
from glossator.naming.disjoint_sets import DisjointSets
from glossator.naming.name_parts import is_national_body
from glossator.stages.resolve.blocking.keys import Family
from glossator.stages.resolve.blocking.occurrences import Occurrence
from glossator.stages.resolve.clustering.co_occurrence import ContextLookup
from glossator.stages.resolve.clustering.equal_names import Assignment, ExactClusters


class NationalBodies(msgspec.Struct, frozen=True):
    assignments: tuple[Assignment, ...]
    countries: Mapping[int, str]
    """Country by root of each cluster that has articles of one country only."""


def split_national_bodies(
    exact: ExactClusters, sets: DisjointSets, settled: frozenset[int], look_up: ContextLookup
) -> NationalBodies:
    """Give the bodies of each country but the most frequent one a new cluster in `sets`.

    Clusters that a person decided about (`settled`) stay whole; `look_up` says what each article is about.
    """
    assignments: list[Assignment] = []
    country_by_root: dict[int, str] = {}
    articles = exact.table.articles
    for index, cluster in enumerate(exact.clusters):
        if cluster.family is not Family.THING or len(cluster.occurrences) < 2 or index in settled:
            continue
        if not all(map(is_national_body, cluster.forms)):
            continue
        by_country: dict[str, list[Occurrence]] = defaultdict(list)
        contexts = look_up(sorted({articles[occurrence] for occurrence in cluster.occurrences}))
        for occurrence in cluster.occurrences:
            by_country[contexts[articles[occurrence]].country].append(occurrence)
        ordered = sorted(by_country, key=lambda code: (not code, -len(by_country[code]), code))
        if len(ordered) > 1 and not ordered[-1]:
            # An article that names no country means the body of which the archive has most.
            by_country[ordered[0]] += by_country.pop(ordered.pop())
        for code in ordered:
            target = index if code == ordered[0] else sets.add()
            country_by_root[sets.find(target)] = countries.name(code) if code else ""
            assignments.extend(Assignment(occurrence, target) for occurrence in by_country[code] if target != index)
    return NationalBodies(tuple(assignments), country_by_root)
