"""Equal names of two things: places in two regions, and what is certainly a firm here and a program there.

An article says where a place is by the region behind its name. One that does not means the most populous of those that
others tell of, or a place that is much more populous than these: Dublin in Ohio, and Dublin.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence

import msgspec

from glossator.model import EntityType
from glossator.naming import countries, geonames
from glossator.naming.disjoint_sets import DisjointSets
from glossator.naming.regions import Region, cities_by_name, key_of
from glossator.stages.resolve.blocking import COUNTRY_PREFIX, Family, Occurrence, OccurrenceTable
from glossator.stages.resolve.clustering.equal_names import (
    FEWEST_ARTICLES,
    Assignment,
    Cluster,
    ExactClusters,
    given_types,
    rules_out,
)
from glossator.stages.resolve.type_evidence import TypeEvidence
from glossator.well_known import LARGEST_BY, region_told


class PlacesByRegion(msgspec.Struct, frozen=True):
    assignments: tuple[Assignment, ...]
    regions: Mapping[int, str]
    """Region by root of each cluster that has articles of one region only."""


def split_things(exact: ExactClusters, sets: DisjointSets, settled: frozenset[int]) -> tuple[Assignment, ...]:
    """Give the things of each type but the likeliest of which two articles are certain a new cluster in `sets`.

    Clusters that a person decided about (`settled`) stay whole.
    """
    assignments: list[Assignment] = []
    for index, cluster in enumerate(exact.clusters):
        if cluster.family is not Family.THING or len(cluster.occurrences) < 2 or index in settled:
            continue
        names = exact.names(cluster)
        if len({name.type for name in names}) == 1:
            continue
        evidence = TypeEvidence()
        for name in names:
            evidence.add(name, 1)
        likeliest = evidence.likeliest()
        given = given_types(names)
        main = [kind for kind in given if kind.type is likeliest]
        apart = {kind for kind in given.difference(main) if any(rules_out(kind, other) for other in main)}
        others: dict[EntityType, list[Occurrence]] = defaultdict(list)
        for occurrence, name in zip(cluster.occurrences, names, strict=True):
            if (name.type, name.chances) in apart:
                others[name.type].append(occurrence)
        for occurrences in others.values():
            if len(occurrences) >= FEWEST_ARTICLES:
                target = sets.add()
                assignments.extend(Assignment(occurrence, target) for occurrence in occurrences)
    return tuple(assignments)


def split_places(exact: ExactClusters, sets: DisjointSets, settled: frozenset[int]) -> PlacesByRegion:
    """Give the places of each region but the one of most articles a new cluster in `sets`.

    Clusters that a person decided about (`settled`) stay whole.
    """
    assignments: list[Assignment] = []
    names: dict[int, str] = {}
    for index, cluster in enumerate(exact.clusters):
        if cluster.family is not Family.PLACE or len(cluster.occurrences) < 2 or index in settled:
            continue
        groups = _groups(exact.table, cluster)
        for region in groups if len(groups) > 1 else ():
            target = index if region == next(iter(groups)) else sets.add()
            names[sets.find(target)] = _distinction(region, cluster)
            assignments.extend(Assignment(occurrence, target) for occurrence in groups[region] if target != index)
    return PlacesByRegion(tuple(assignments), names)


def _groups(table: OccurrenceTable, cluster: Cluster) -> dict[Region, list[Occurrence]]:
    """Return the occurrences of a place by its region, that of most articles first; none if no article tells one."""
    regions_behind = ((occurrence, _regions(table, occurrence, "region")) for occurrence in cluster.occurrences)
    named = {occurrence: regions[0] for occurrence, regions in regions_behind if regions}
    if not named:
        return {}
    # A country alone is that of the states in it which other articles name.
    regions = set(named.values())
    stated = sorted(region for region in regions if not any(_is_in(other, region) for other in regions - {region}))
    usual = _usual_region(cluster, stated)
    groups: dict[Region, list[Occurrence]] = defaultdict(list)
    for occurrence in cluster.occurrences:
        behind = named.get(occurrence)
        beside = () if behind else _regions(table, occurrence, "setting")
        near = [region for region in stated if region in beside or (behind and _is_in(region, behind))]
        groups[near[0] if near else usual].append(occurrence)
    return {region: groups[region] for region in sorted(groups, key=lambda region: (-len(groups[region]), region))}


def _regions(table: OccurrenceTable, occurrence: Occurrence, kind: str) -> Sequence[Region]:
    """Return the regions that an article names behind a place (`region`), or elsewhere (`setting`)."""
    spans = table.descriptors[occurrence].spans if occurrence in table.descriptors else ()
    return [region for span in spans if span.kind == kind and (region := region_told(span.text))]


def _usual_region(cluster: Cluster, stated: Collection[Region]) -> Region:
    """Return the region of the place that an article means without telling; `stated` are those that others tell."""
    if cluster.key.startswith(COUNTRY_PREFIX):
        return Region(cluster.key.removeprefix(COUNTRY_PREFIX))
    people: Counter[Region] = Counter()
    states = geonames.states()
    for form in sorted(cluster.forms):
        for city in cities_by_name().get(key_of(form), ()):
            state = Region(city.country, city.region if city.country == "US" and city.region in states else "")
            region = state if state in stated else Region(city.country) if Region(city.country) in stated else state
            people[region] = max(people[region], city.population)
    largest_stated = _largest(stated, people)
    largest = _largest({*stated, *people}, people)
    return largest if people[largest] >= LARGEST_BY * people[largest_stated] else largest_stated


def _largest(regions: Iterable[Region], people: Mapping[Region, int]) -> Region:
    return min(regions, key=lambda region: (-people.get(region, 0), region))


def _is_in(region: Region, other: Region) -> bool:
    return region == other or other == Region(region.country)


def _distinction(region: Region, cluster: Cluster) -> str:
    """Return what tells a place from others of its name: its region, of a state its country, of a country nothing."""
    name = geonames.states()[region.state].name if region.state else countries.name(region.country)
    if name not in cluster.forms:
        return name
    return countries.name(region.country) if region.state else ""
