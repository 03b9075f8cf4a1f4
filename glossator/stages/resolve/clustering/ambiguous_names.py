"""Names that several bear: surnames, given names and initials, and bodies that every country has one of.

The article itself shows who or what is meant, or else the archive does if nearly all of it means one bearer. Two people
with full names are never joined silently.

The functions named `..._keys` declare the blocking keys that a rule indexes or looks up;
`update.blocking_keys` uses them too.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from math import fsum

import msgspec

from glossator.model import EntityType, PrivateNames
from glossator.naming import countries
from glossator.naming.acronyms import are_in_order
from glossator.naming.disjoint_sets import DisjointSets
from glossator.naming.name_parts import is_national_body
from glossator.stages.resolve.blocking import Family, Occurrence, name_key
from glossator.stages.resolve.clustering.co_occurrence import ContextLookup, CoOccurrence, is_support
from glossator.stages.resolve.clustering.equal_names import Assignment, Cluster, ExactClusters, PossibleLink
from glossator.stages.resolve.clustering.likely_bearers import LikelyBearers, is_full_name

MOST_BEARERS = 10
"""People whom a surname that is left open lists, at most."""


class ShortNames(msgspec.Struct, frozen=True):
    """Assignments and possible links of names that are short for a fuller one."""

    assignments: tuple[Assignment, ...]
    possible_links: tuple[PossibleLink, ...]
    bearers: Mapping[int, tuple[int, ...]]
    """Roots of the people who may be meant, likeliest first, by the root of each surname that is left open."""


def join_full_names(
    exact: ExactClusters, sets: DisjointSets, context: CoOccurrence, settled: frozenset[int], private: PrivateNames
) -> tuple[PossibleLink, ...]:
    """Join each full name to the only fuller one for which it is short: Donald Trump, Donald J. Trump.

    Equal full names are one person, so that all articles have the one or none has. Returns the pairs that stay open.
    """
    context.regroup(sets)
    bearers = LikelyBearers(exact, sets, context, private)
    possible_links: list[PossibleLink] = []
    joined: list[tuple[int, int]] = []
    for index, candidates in fuller_names(exact.clusters, sets):
        cluster = exact.clusters[index]
        if index in settled or not is_full_name(cluster.key):
            continue
        context.load(index)
        bearer = bearers.of_full_name(index, candidates)
        if bearer is None:
            first = (*bearers.namesakes(index, candidates), *candidates)[0]
            possible_links.append(_may_be_short(cluster, index, first, len(candidates)))
        else:
            joined.append((index, bearer))
    for index, bearer in joined:
        sets.join(index, bearer)
    return tuple(possible_links)


def assign_short_names(
    exact: ExactClusters, sets: DisjointSets, context: CoOccurrence, settled: frozenset[int], private: PrivateNames
) -> ShortNames:
    """Assign each surname or initial to the person for whom it stands; what stays open is one entity of the surname.

    A name alone that nobody bears in full is one person for each context. Clusters that a person decided about
    (`settled`) stay whole. A surname that is part of a `private` name means nobody else without a sign.
    """
    context.regroup(sets)
    bearers = LikelyBearers(exact, sets, context, private)
    assignments: list[Assignment] = []
    possible_links: list[PossibleLink] = []
    open_names: dict[int, tuple[int, ...]] = {}
    fuller = dict(fuller_names(exact.clusters, sets))
    for index in sorted(fuller.keys() | _shared_single_names(exact.clusters)):
        cluster, candidates = exact.clusters[index], fuller.get(index, [])
        if index in settled or is_full_name(cluster.key):
            continue
        if candidates or len(cluster.occurrences) > 1:
            context.load(index)
        meant = {occurrence: bearers.meant(occurrence, index, candidates) for occurrence in cluster.occurrences}
        assignments.extend(Assignment(occurrence, root) for occurrence, root in meant.items() if root is not None)
        left = [occurrence for occurrence, root in meant.items() if root is None]
        namesakes = bearers.namesakes(index, candidates)
        if left and candidates:
            possible_links.append(_may_be_short(cluster, index, (*namesakes, *candidates)[0], len(candidates)))
        strangers: list[list[Occurrence]] = []
        if left and len(namesakes) > 1:
            open_names[sets.find(index)] = namesakes[:MOST_BEARERS]
            strangers = _things(exact, left)
        elif len(left) > 1 and " " not in cluster.key:
            # Each article may mean another bearer of a given name. If nobody in the archive bears it in full, only an
            # article whose other names could tell may mean another one.
            comparable = [occurrence for occurrence in left if candidates or context.can_tell(occurrence, index)]
            strangers = _group_by_context(comparable, context, index)[1:]
        for group in strangers:
            stranger = sets.add()
            assignments.extend(Assignment(occurrence, stranger) for occurrence in group)
            possible_links.append(PossibleLink(index, stranger, f"“{cluster.usual_form}” stands in other company."))
    return ShortNames(tuple(assignments), tuple(possible_links), open_names)


def _may_be_short(cluster: Cluster, index: int, candidate: int, candidates: int) -> PossibleLink:
    """Return the link of a name to one of the candidates for whose name it may be short; the last is their number."""
    others = f", or for {candidates - 1} other names" if candidates > 1 else ""
    return PossibleLink(index, candidate, f"“{cluster.usual_form}” may be short for it{others}.")


def _things(exact: ExactClusters, occurrences: Sequence[Occurrence]) -> list[list[Occurrence]]:
    """Return the occurrences that their articles take for a place or a thing, as one group, unless all are such."""
    things = [occurrence for occurrence in occurrences if exact.table.name(occurrence).type is not EntityType.PERSON]
    return [things] if 0 < len(things) < len(occurrences) else []


def _shared_single_names(clusters: Sequence[Cluster]) -> set[int]:
    """Return the people of whom several articles have one name only."""
    return {
        index
        for index, cluster in enumerate(clusters)
        if cluster.family is Family.PERSON and len(cluster.occurrences) > 1 and " " not in cluster.key
    }


def _group_by_context(occurrences: Sequence[Occurrence], context: CoOccurrence, cluster: int) -> list[list[Occurrence]]:
    """Return the occurrences of a cluster in groups that share co-occurring names, the largest group first.

    Shared names support a link only if they weigh enough among the names of both sides.
    """
    groups: list[list[Occurrence]] = []
    totals: list[float] = []
    groups_with: dict[str, Counter[int]] = defaultdict(Counter)
    for occurrence in occurrences:
        shared: dict[int, float] = defaultdict(float)
        weights = context.weights(occurrence, cluster)
        for base, weight in weights.items():
            for group in groups_with[base]:
                shared[group] += weight
        best = max(shared, key=lambda group: (shared[group], -group), default=-1)
        total = fsum(weights.values())
        if best < 0 or not is_support(shared[best], max(total, totals[best])):
            best = len(groups)
            groups.append([])
            totals.append(total)
        groups[best].append(occurrence)
        totals[best] = min(totals[best], total)
        for base in weights:
            groups_with[base][best] += 1
    return sorted(groups, key=lambda group: (-len(group), group))


def fuller_names(clusters: Sequence[Cluster], sets: DisjointSets) -> list[tuple[int, list[int]]]:
    """Return each cluster of people that has fuller names, with the roots of those that may be the same person."""
    by_surname: dict[tuple[str, str], set[int]] = defaultdict(set)
    people = [(index, cluster) for index, cluster in enumerate(clusters) if cluster.family is Family.PERSON]
    for index, cluster in people:
        *given, surname = cluster.key.split()
        if given:
            for initial in ("", *(name[0] for name in given)):
                by_surname[surname, initial].add(index)
            for form in cluster.other_forms:
                by_surname[name_key(form, Family.PERSON), ""].add(index)
    names = []
    for index, cluster in people:
        *given, surname = parts = cluster.key.split()
        fuller = by_surname.get((surname, given[0][0] if given else ""), set())
        matching = {other for other in fuller if not given or _fits(parts, clusters[other].key.split())}
        allowed = {sets.find(other) for other in matching if not sets.are_separated(index, other)}
        roots = sorted(allowed - {sets.find(index)})
        if roots:
            names.append((index, roots))
    return names


def surname_keys(cluster: Cluster) -> set[str]:
    """Return the surname of a person with given names."""
    is_full = cluster.family is Family.PERSON and " " in cluster.key
    return {cluster.key.rpartition(" ")[2]} if is_full else set()


def _fits(short: list[str], long: list[str]) -> bool:
    """True if each given name of `short` is, in order, a given name of `long` or the initial of one."""
    return short != long and len(short) <= len(long) and are_in_order(short[:-1], long[:-1])


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
