"""Entities without an id -> ids that stay as they were published, and redirects from those that are no more."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from glossator import urls
from glossator.model import EntityId, EntityType, PublishedId
from glossator.stages.resolve.blocking import keys
from glossator.stages.resolve.blocking.keys import Family

CHOICES = 4
"""Ids that an entity may have: its name's, that with its type, with what tells it apart, with a digest."""


@dataclass(frozen=True, slots=True)
class Bearer:
    """What an entity's id depends on."""

    name: str
    type: EntityType
    aliases: tuple[tuple[str, int], ...]
    renamed: bool
    """Whether a person gave it a name: then an id that was published for another one leads here, and is kept only where
    it is the one that the new name makes, as with an accent put right."""
    mentions: int
    first: str
    """The first of its articles, by id: what tells it from another of the same name and type."""

    telling: str = ""
    """What tells it from others of its name: what it is, where it is; set where there are others."""

    def candidates(self) -> tuple[EntityId, ...]:
        """Ids from the shortest on; the last one nobody else wants."""
        return _candidates(self.name, self.type, self.first, self.telling)


@lru_cache(maxsize=1 << 18)
def _candidates(name: str, kind: EntityType, first: str, telling: str) -> tuple[EntityId, ...]:
    plain = urls.slug(name)
    told = (f"{plain}-{urls.slug(telling)}",) if telling else ()
    digest = urls.short_digest(f"{name}\n{kind}\n{first}")
    return tuple(EntityId(text) for text in (plain, f"{plain}-{kind}", *told, f"{plain}-{digest}"))


def assign(
    bearers: Sequence[Bearer], published: Sequence[PublishedId]
) -> tuple[tuple[EntityId, ...], tuple[tuple[EntityId, EntityId], ...]]:
    """An id for each bearer, and the redirects. Unique without regard to case; the same for any order of either."""
    claims = _claims(bearers, published)
    kept: dict[int, PublishedId] = {}
    for one in sorted(claims, key=lambda one: one.id):
        number, exact = claims[one]
        bearer = bearers[number]
        if exact or not bearer.renamed or one.id == bearer.candidates()[0]:
            kept[number] = min(kept.get(number, one), one, key=lambda one: _preference(one, bearer))
    ids = {number: one.id for number, one in kept.items()}
    taken = {one.id.casefold() for one in published}
    waiting = sorted(set(range(len(bearers))) - set(ids), key=lambda number: _rank(bearers[number]))
    twins = Counter((bearer.candidates()[0], bearer.type) for bearer in bearers)
    for choice in range(CHOICES):
        for number in waiting:
            candidates = bearers[number].candidates()
            twin = choice == 1 and twins[candidates[0], bearers[number].type] > 1
            if number not in ids and not twin and choice < len(candidates):
                candidate = candidates[choice]
                if candidate.casefold() not in taken:
                    ids[number] = candidate
                    taken.add(candidate.casefold())
    for number in waiting:
        bearer = bearers[number]
        ids.setdefault(number, EntityId(f"{bearer.candidates()[-1]}-{urls.short_digest(repr(bearer))}"))
    redirects = tuple((one.id, ids[claims[one][0]]) for one in sorted(claims, key=lambda one: one.id))
    return tuple(ids[number] for number in range(len(bearers))), tuple(pair for pair in redirects if pair[0] != pair[1])


def _claims(bearers: Sequence[Bearer], published: Sequence[PublishedId]) -> dict[PublishedId, tuple[int, bool]]:
    """For each published id the bearer that has its name now, and whether as its name; or nothing."""
    names: dict[tuple[str, Family], list[int]] = defaultdict(list)
    aliases: dict[tuple[str, Family], dict[int, int]] = defaultdict(dict)
    for number, bearer in enumerate(bearers):
        of = keys.family(bearer.type)
        names[keys.key(bearer.name, of), of].append(number)
        for form, count in bearer.aliases:
            known = aliases[keys.key(form, of), of]
            known[number] = known.get(number, 0) + count
    claims: dict[PublishedId, tuple[int, bool]] = {}
    own = _own(bearers, published)
    for one in sorted(published, key=lambda one: one.id):
        of = keys.family(one.type)
        same = [own[one]] if one in own else names.get((keys.key(one.name, of), of))
        called = aliases.get((keys.key(one.name, of), of))
        if same:
            claims[one] = (min(same, key=lambda number: _fit(one, bearers[number])), True)
        elif called:
            claims[one] = (min(called, key=lambda number: (-called[number], _fit(one, bearers[number]))), False)
        else:  # nobody of its kind has the name any more: it was given another type, or merged into what has one
            strangers = [other for other in Family if other is not of]
            now = {number for other in strangers for number in names.get((keys.key(one.name, other), other), ())}
            once = {number for other in strangers for number in aliases.get((keys.key(one.name, other), other), ())}
            for found, exact in ((now, True), (once, False)):
                if len(found) == 1 and one not in claims:
                    claims[one] = (min(found), exact)
    return claims


def _own(bearers: Sequence[Bearer], published: Sequence[PublishedId]) -> dict[PublishedId, int]:
    """The published ids, one for each entity, that it would be given now under its name.

    First the ids with a digest, each one entity's alone; then, the heaviest entity first, the shortest that is left.
    """
    left = {(one.id, one.name, one.type): one for one in published}
    found: dict[int, PublishedId] = {}
    waiting = sorted(range(len(bearers)), key=lambda number: _rank(bearers[number]))
    for digest in (True, False):
        for number in (number for number in waiting if number not in found):
            bearer = bearers[number]
            for candidate in bearer.candidates()[-1:] if digest else bearer.candidates():
                if one := left.pop((candidate, bearer.name, bearer.type), None):
                    found[number] = one
                    break
    return {one: number for number, one in found.items()}


def _fit(one: PublishedId, bearer: Bearer) -> tuple[bool, int, tuple[int, str, EntityType, str]]:
    """How well an entity fits a published id of its name: by type, then by the id it would have, then by weight."""
    candidates = bearer.candidates()
    place = candidates.index(one.id) if one.id in candidates else -1  # the longer, the more it says
    return (one.type != bearer.type, -place, _rank(bearer))


def _preference(one: PublishedId, bearer: Bearer) -> tuple[bool, bool, str]:
    """Of several ids that are now one entity's: the one published under its name, then the one that its name makes."""
    of = keys.family(bearer.type)
    return (
        keys.key(one.name, of) != keys.key(bearer.name, of),
        one.id not in bearer.candidates(),
        one.id,
    )


def _rank(bearer: Bearer) -> tuple[int, str, EntityType, str]:
    return (-bearer.mentions, bearer.name, bearer.type, bearer.first)
