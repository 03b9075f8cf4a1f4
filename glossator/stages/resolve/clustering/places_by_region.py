"""Places of one name in several regions: Dublin in Ohio and the capital are two.

An article says where a place is by the region behind its name. One that does not means the most populous of those that
others tell of, or a place that is much more populous than these.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence

import msgspec

from glossator.naming import countries, geonames
from glossator.naming.disjoint_sets import DisjointSets
from glossator.naming.regions import Region, cities_by_name, key_of, region_named
from glossator.stages.resolve.blocking import COUNTRY_PREFIX, Family, Occurrence, OccurrenceTable
from glossator.stages.resolve.clustering.equal_names import Assignment, Cluster, ExactClusters

LARGEST_BY = 10
"""Times that a place of which no article tells where it is is as populous as those of which some do, at least."""


class PlacesByRegion(msgspec.Struct, frozen=True):
    assignments: tuple[Assignment, ...]
    regions: Mapping[int, str]
    """Region by root of each cluster that has articles of one region only."""


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
            names[sets.find(target)] = _name(region)
            assignments.extend(Assignment(occurrence, target) for occurrence in groups[region] if target != index)
    return PlacesByRegion(tuple(assignments), names)


def _groups(table: OccurrenceTable, cluster: Cluster) -> dict[Region, list[Occurrence]]:
    """Return the occurrences of a place by its region, that of most articles first; none if no article tells one."""
    told = {one: regions[0] for one in cluster.occurrences if (regions := _regions(table, one, "region"))}
    if not told:
        return {}
    # An article that tells the country means the only state that others tell.
    states = {region.country: region for region in told.values() if region.state}
    told = {one: states.get(region.country, region) if not region.state else region for one, region in told.items()}
    usual = _usual_region(cluster, set(told.values()))
    groups: dict[Region, list[Occurrence]] = defaultdict(list)
    for one in cluster.occurrences:
        beside = [region for region in _regions(table, one, "setting") if region in told.values()]
        groups[told.get(one) or (beside[0] if beside else usual)].append(one)
    return {region: groups[region] for region in sorted(groups, key=lambda region: (-len(groups[region]), region))}


def _regions(table: OccurrenceTable, occurrence: Occurrence, kind: str) -> Sequence[Region]:
    """Return the regions that an article names behind a place (`region`), or elsewhere (`setting`)."""
    spans = table.descriptors[occurrence].spans if occurrence in table.descriptors else ()
    return [region for span in spans if span.kind == kind and (region := region_named(span.text))]


def _usual_region(cluster: Cluster, told: set[Region]) -> Region:
    """Return the region of the place that an article means which tells none; `told` are those that others tell."""
    if cluster.key.startswith(COUNTRY_PREFIX):
        return Region(cluster.key.removeprefix(COUNTRY_PREFIX))
    people: Counter[Region] = Counter()
    for form in sorted(cluster.forms):
        for city in cities_by_name().get(key_of(form), ()):
            state = Region(city.country, city.region if city.country == "US" else "")
            region = state if state in told else Region(city.country) if Region(city.country) in told else state
            people[region] = max(people[region], city.population)
    known = _largest(told, people)
    largest = _largest(people, people)
    return largest if people[largest] >= LARGEST_BY * people[known] else known


def _largest(regions: Iterable[Region], people: Mapping[Region, int]) -> Region:
    return min(regions, key=lambda region: (-people.get(region, 0), region))


def _name(region: Region) -> str:
    return geonames.states()[region.state].name if region.state else countries.name(region.country)
