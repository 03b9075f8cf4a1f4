"""Surnames and initials -> the one person whom the article itself shows to be meant, or nobody.

Two people are never joined silently: a surname alone is not enough, whatever the odds.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from glossator.naming.disjoint_sets import Union
from glossator.stages.resolve.blocking import keys
from glossator.stages.resolve.blocking.columns import Place
from glossator.stages.resolve.blocking.keys import Family
from glossator.stages.resolve.clustering.context import ENOUGH, Company, Descriptions
from glossator.stages.resolve.clustering.exact import Cluster, Gathered
from glossator.stages.resolve.clustering.suggestions import Doubt, soundalikes

CLEAR = 8
"""How many times as many articles the frequent one must have."""


@dataclass(frozen=True, slots=True)
class Moves:
    """What is to be done with names that fit a fuller one."""

    homes: tuple[tuple[Place, int], ...]
    """A name of an article, and the cluster it belongs to."""
    doubts: tuple[Doubt, ...]


def join_middle_names(gathered: Gathered, union: Union, company: Company) -> None:
    """Join "George Bush" to "George W. Bush" where there is no other George Bush and the two keep company."""
    for number, candidates in _fuller(gathered.clusters, union):
        short = gathered.clusters[number].key.split()
        if len(short) < 2 or len(short[0]) < 2 or len(candidates) != 1:
            continue
        (candidate,) = candidates
        if gathered.clusters[candidate].key.split()[0] == short[0] and company.kept(number, candidate):
            union.join(number, candidate)


def join_soundalikes(gathered: Gathered, union: Union, company: Company) -> None:
    """Join full names that are spellings of one, Gadhafi and Gaddafi, where the two keep company and never meet."""
    articles, clusters = gathered.names.articles, gathered.clusters
    for chief, number in soundalikes(clusters):
        if company.kept(number, chief) or company.kept(chief, number):
            met = {articles[place] for place in clusters[chief].places}
            if not any(articles[place] in met for place in clusters[number].places):
                union.join(chief, number)


def place_short_names(gathered: Gathered, union: Union, company: Company, settled: frozenset[int]) -> Moves:
    """Say whom each surname or initial stands for. What a person decided about (`settled`) stays where it is."""
    company.regroup(union)
    descriptions = Descriptions(gathered, union)
    moves: list[tuple[Place, int]] = []
    doubts: list[Doubt] = []
    best = _best(gathered.clusters, union)
    for number, candidates in _fuller(gathered.clusters, union):
        cluster = gathered.clusters[number]
        if number in settled:
            continue
        chief = _chief(candidates, best)
        left: list[Place] = []
        if chief is not None or (len(cluster.places) > 1 and " " not in cluster.key):
            company.look(number)
        for place in cluster.places:
            if chief is not None and (
                company.weight(place, chief, number) >= ENOUGH or descriptions.agree(place, chief)
            ):
                moves.append((place, chief))
            else:
                left.append(place)
        if left:
            form = cluster.usual
            doubts.extend((number, one, f"“{form}” may be short for it.") for one in candidates)
        if len(left) > 1 and " " not in cluster.key:
            # Of a surname that someone is known by, each article may mean another bearer.
            for group in _companies(left, company, number)[1:]:
                stranger = union.add()
                moves.extend((place, stranger) for place in group)
                doubts.append((number, stranger, f"“{form}” stands in other company."))
    return Moves(tuple(moves), tuple(doubts))


def _companies(places: Sequence[Place], company: Company, number: int) -> list[list[Place]]:
    """The articles that name someone, each with those whose company it shares; largest group first."""
    groups: list[list[Place]] = []
    met: dict[str, Counter[int]] = defaultdict(Counter)
    for place in places:
        shared: dict[int, float] = defaultdict(float)
        around = company.weights(place, number)
        for base, weight in around.items():
            for group in met[base]:
                shared[group] += weight
        at = max(shared, key=lambda group: (shared[group], -group), default=-1)
        if at < 0 or shared[at] < ENOUGH:
            at = len(groups)
            groups.append([])
        groups[at].append(place)
        for base in around:
            met[base][at] += 1
    return sorted(groups, key=lambda group: (-len(group), group))


def _best(clusters: Sequence[Cluster], union: Union) -> dict[int, Cluster]:
    """For each group of clusters the one that most articles have."""
    best: dict[int, Cluster] = {}
    for number, cluster in enumerate(clusters):
        root = union.find(number)
        if root not in best or len(cluster.places) > len(best[root].places):
            best[root] = cluster
    return best


def _chief(candidates: Sequence[int], best: Mapping[int, Cluster]) -> int | None:
    """The only candidate, or the one of which all others are rare misspellings."""
    chief = min(candidates, key=lambda number: (-len(best[number].places), number))
    given = best[chief].key.rpartition(" ")
    for number in candidates:
        other = best[number].key.rpartition(" ")
        rare = len(best[number].places) * CLEAR <= len(best[chief].places)
        likeness = SequenceMatcher(None, given[0], other[0], autojunk=False).ratio()
        alike = other[2] == given[2] and likeness >= keys.MISSPELT
        if number != chief and not (rare and alike):
            return None
    return chief


def _fuller(clusters: Sequence[Cluster], union: Union) -> list[tuple[int, list[int]]]:
    """Each cluster of people with the roots of those whose names are fuller and may be the same, if there are any."""
    fuller_names: dict[tuple[str, str], set[int]] = defaultdict(set)
    people = [(number, cluster) for number, cluster in enumerate(clusters) if cluster.family is Family.PERSON]
    for number, cluster in people:
        *given, surname = cluster.key.split()
        if given:
            for initial in ("", *(one[0] for one in given)):
                fuller_names[surname, initial].add(number)
            for form in cluster.others:
                fuller_names[keys.key(form, Family.PERSON), ""].add(number)
    found = []
    for number, cluster in people:
        *given, surname = parts = cluster.key.split()
        fuller = fuller_names.get((surname, given[0][0] if given else ""), set())
        fits = {one for one in fuller if not given or _fits(parts, clusters[one].key.split())}
        roots = sorted({union.find(one) for one in fits if not union.apart(number, one)} - {union.find(number)})
        if roots:
            found.append((number, roots))
    return found


def _fits(short: list[str], long: list[str]) -> bool:
    """Whether each given name of the short one is, in order, a name or the initial of one in the long one."""
    if short == long or len(short) > len(long):
        return False
    rest = iter(long[:-1])
    return all(any(_is_or_begins(given, one) for one in rest) for given in short[:-1])


def _is_or_begins(given: str, name: str) -> bool:
    return given == name or (len(given) == 1 and name.startswith(given))
