"""Clusters that are one entity by what the articles themselves show: spellings, acronyms, short forms."""

from __future__ import annotations

from collections import Counter, defaultdict

from glossator.stages.resolve import keys
from glossator.stages.resolve.gather import Cluster, Gathered
from glossator.stages.resolve.keys import Family
from glossator.stages.resolve.suggest import Doubt
from glossator.stages.resolve.support import Company
from glossator.stages.resolve.union import Union

CLEAR = 8
"""How many times as many articles must link a short form to one entity as to all others together."""

LONG = 5
"""Letters of a name from which its last one may be the plural's."""

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


def join_numbers(clusters: tuple[Cluster, ...], union: Union) -> None:
    """Join parties and movements called in one and in many: a Republican, the Republicans."""
    numbers = {(cluster.key, cluster.family): number for number, cluster in enumerate(clusters)}
    for number, cluster in enumerate(clusters):
        if cluster.family is Family.THING and len(cluster.key) > LONG and cluster.key.endswith("s"):
            one = numbers.get((cluster.key[:-1], cluster.family))
            if one is not None:
                union.join(number, one)


def join_short_forms(gathered: Gathered, union: Union, company: Company) -> tuple[Doubt, ...]:
    """Join a body or place that goes by a short form to the one that an article calls by both forms.

    Returns those that may as well be a place that the body is named after, and are left to a person.
    """
    clusters = gathered.clusters
    numbers = {(cluster.key, cluster.family): number for number, cluster in enumerate(clusters)}
    links = _links(clusters)
    doubts: list[Doubt] = []
    for short, of in sorted(links, key=lambda one: (one[0], one[1].value)):
        votes: Counter[int] = Counter()
        for number, count in links[short, of].items():
            votes[union.find(number)] += count
        lone = numbers.get((short, of))
        if lone is not None and not _is_full(clusters[lone]):
            votes.pop(union.find(lone), None)
            known_as = clusters[lone].usual
            chief = _clear(votes)
            if chief is None or (is_generic(known_as) and not company.kept(lone, chief)):
                continue
            if of is Family.THING and ((short, Family.PLACE) in numbers or _is_namesake(known_as, clusters[chief])):
                doubts.append((lone, chief, f"“{known_as}” may be short for it."))
            else:
                union.join(lone, chief)
    return tuple(doubts)


def _is_namesake(short: str, cluster: Cluster) -> bool:
    """Whether a body may be named after a place: "Northport Council" says what it is, and "Northport" does not."""
    words = frozenset(keys.words(short))
    return (
        not keys.is_acronym(short)
        and GENERIC.isdisjoint(words)
        and any(words < set(named) and not GENERIC.isdisjoint(named) for named in map(keys.words, cluster.forms))
    )


def join_acronyms(gathered: Gathered, union: Union, company: Company) -> None:
    """Join initials that no article explains to the one name that they are made of, if the two keep company."""
    clusters = gathered.clusters
    bearers: dict[str, set[int]] = defaultdict(set)
    for number, cluster in enumerate(clusters):
        if cluster.family is Family.THING:
            for form in cluster.forms:
                for initials in keys.initials(form):
                    bearers[initials].add(union.find(number))
    for number, cluster in enumerate(clusters):
        form = cluster.usual
        letters = "".join(keys.words(form))
        found = bearers.get(letters, set()) - {union.find(number)}
        if cluster.family is Family.THING and len(letters) > 2 and keys.is_acronym(form) and len(found) == 1:
            (chief,) = found
            if not _explained(cluster) and company.kept(number, chief):
                union.join(number, chief)


def _explained(cluster: Cluster) -> bool:
    """Whether an article calls what goes by initials by a name of several words too."""
    return any(len(keys.words(form)) > 1 for form in (*cluster.forms, *cluster.others))


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
