"""Which names may have to do with each other: those that a rule would look up by one and the same key.

Names, decisions and published ids have ties. Two are neighbours if one holds a key that the other holds or asks for;
to ask for a key that nobody holds joins nobody. What neighbours, and theirs, come to be depends on nothing outside of
their neighbourhood but the company in which their names stand.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from glossator.model import EntityType, PublishedId
from glossator.naming.disjoint_sets import Union
from glossator.stages.resolve.blocking import keys
from glossator.stages.resolve.blocking.keys import Family
from glossator.stages.resolve.clustering.exact import Cluster
from glossator.stages.resolve.clustering.organisations import LONG, after_places, explained_initials, without_kind
from glossator.stages.resolve.entities.build import Draft

SURNAME, SOUND, INITIALS, EXPLAINED, CALLED, ID = "~", "#", "*", "=", "@", "/"
"""Marks of keys that are no name's own."""

FAMILIES = (Family.PERSON, Family.GROUP, Family.THING)
"""Those that make keys in different ways; a place is keyed as a thing is."""

_ODD = re.compile(r"[^\x00-\x7f]|'|[A-Z]\.?[A-Z]")
"""In names that may have another key in lower case."""


@dataclass(frozen=True, slots=True)
class Ties:
    holds: set[str]
    asks: set[str]


def of_cluster(cluster: Cluster) -> Ties:
    of = cluster.family
    holds, asks = {cluster.key}, set()
    for form in cluster.forms:
        holds |= {keys.key(form, of), *_by_name(form)}
        if not form.isascii() or cluster.key.startswith("country "):
            asks.add(keys.plain_key(form, of))
        if of is Family.THING:
            asks.update(INITIALS + one for one in keys.initials(form))
            letters = "".join(keys.words(form))
            if len(letters) > 1 and keys.is_acronym(form):
                holds.add(INITIALS + letters)
    holds.update(EXPLAINED + one for one in explained_initials(cluster))
    asks |= {CALLED + place for place in after_places(cluster)} | without_kind(cluster)
    if of is Family.THING:
        holds.add(CALLED + cluster.key)
    for form in cluster.others:
        asks |= {keys.general(form), keys.key(form, of)}
    if of is Family.PERSON and " " in cluster.key:
        surname = cluster.key.rpartition(" ")[2]
        holds |= {SURNAME + surname, SOUND + keys.skeleton(cluster.key)}
        asks.add(surname)
    if of is Family.THING and len(cluster.key) > LONG and cluster.key.endswith("s"):
        asks.add(cluster.key[:-1])
    return Ties(holds, asks)


def of_words(entries: Iterable[str]) -> Ties:
    """Of names or ids that a person wrote in one breath."""
    holds = set()
    for entry in entries:
        stem, _, suffix = entry.rpartition("-")
        for name in (entry, stem) if stem and suffix in set(EntityType) else (entry,):
            holds |= {keys.key(name, Family.PERSON), *_by_name(name)}
        holds.add(ID + entry.casefold())
    return Ties(holds, set())


def of_published(one: PublishedId) -> Ties:
    return Ties({ID + one.id.casefold(), *_by_name(one.name), *(keys.key(one.name, of) for of in FAMILIES)}, set())


def of_draft(draft: Draft) -> Ties:
    bearer = draft.bearer
    of = keys.family(bearer.type)
    forms = (bearer.name, *(form for form, _ in bearer.aliases))
    return Ties({ID + one.casefold() for one in bearer.candidates()}, {keys.key(form, of) for form in forms})


def _by_name(name: str) -> set[str]:
    """Under which a name is found whatever it names, in any case."""
    return {keys.general(name), keys.general(name.casefold())} if _ODD.search(name) else {keys.general(name)}


def partition(ties: Sequence[Ties], joined: Iterable[tuple[int, int]]) -> list[int]:
    """For each of those who have ties the first one of its neighbourhood; those `joined` are together anyway."""
    union = Union(len(ties))
    holders: dict[str, int] = {}
    for number, one in enumerate(ties):
        for key in one.holds:
            holder = holders.setdefault(key, number)
            if holder != number:
                union.join(holder, number)
    for number, one in enumerate(ties):
        for key in one.asks:
            if key in holders:
                union.join(holders[key], number)
    for first, second in joined:
        union.join(first, second)
    return [union.find(number) for number in range(len(ties))]
