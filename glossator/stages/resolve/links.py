"""Clusters that are one entity by what the articles themselves show: spellings, acronyms, short forms."""

from __future__ import annotations

from collections import Counter, defaultdict

from glossator.stages.resolve import keys
from glossator.stages.resolve.gather import Cluster, Gathered
from glossator.stages.resolve.keys import Family
from glossator.stages.resolve.support import Company
from glossator.stages.resolve.union import Union

CLEAR = 8
"""How many times as many articles must link a short form to one entity as to all others together."""

GENERIC = frozenset(
    "academy administration agency alliance army assembly association authority bank board cabinet church club "
    "coalition college commission committee community company conference congress convention council court "
    "department embassy federation force forces foundation front fund government group house institute justice "
    "league military ministry movement navy office opposition organisation organization parliament party police "
    "senate society state states team treasury tribunal union united university".split()
)
"""Kinds of body: a name made of these alone is borne by many."""


def is_generic(form: str) -> bool:
    return all(word in GENERIC for word in keys.words(form))


def join_spellings(clusters: tuple[Cluster, ...], union: Union) -> None:
    """Join names written with umlauts to the same names written without."""
    numbers = {(cluster.key, cluster.family): number for number, cluster in enumerate(clusters)}
    for number, cluster in enumerate(clusters):
        for form in sorted(filter(keys.has_umlaut, cluster.forms)):
            plain = numbers.get((keys.plain_key(form, cluster.family), cluster.family))
            if plain is not None:
                union.join(number, plain)


def join_short_forms(gathered: Gathered, union: Union) -> None:
    """Join a body or place that goes by a short form to the one that an article calls by both forms."""
    clusters = gathered.clusters
    numbers = {(cluster.key, cluster.family): number for number, cluster in enumerate(clusters)}
    links = _links(clusters)
    company = Company(gathered, union)
    for short, of in sorted(links, key=lambda one: (one[0], one[1].value)):
        votes: Counter[int] = Counter()
        for number, count in links[short, of].items():
            votes[union.find(number)] += count
        lone = numbers.get((short, of))
        if lone is not None and not _is_full(clusters[lone]):
            votes.pop(union.find(lone), None)
            known_as = next(iter(clusters[lone].forms))
            chief = _clear(votes)
            if chief is not None and (not is_generic(known_as) or company.kept(lone, chief)):
                union.join(lone, chief)


def _links(clusters: tuple[Cluster, ...]) -> dict[tuple[str, Family], Counter[int]]:
    """For each short form the clusters that some article calls so, with the number of articles."""
    links: dict[tuple[str, Family], Counter[int]] = defaultdict(Counter)
    for number, cluster in enumerate(clusters):
        if cluster.family is Family.PERSON:
            continue
        full = max(cluster.forms, key=lambda form: (len(form), form))
        for form, articles in cluster.others.items():
            short = keys.key(form, cluster.family)
            # One article alone is believed where the form itself shows that it shortens the name.
            if short != cluster.key and (articles > 1 or keys.abbreviates(form, full) or keys.is_part(form, full)):
                links[short, cluster.family][number] += articles
    return links


def _is_full(cluster: Cluster) -> bool:
    """Whether a name has initials of its own, and so is not short for another."""
    return any(keys.abbreviates(other, form) for other in cluster.others for form in cluster.forms)


def _clear(votes: Counter[int]) -> int | None:
    """The one that has nearly all votes."""
    if not votes:
        return None
    chief = min(votes, key=lambda number: (-votes[number], number))
    return chief if votes[chief] >= CLEAR * (votes.total() - votes[chief]) else None
