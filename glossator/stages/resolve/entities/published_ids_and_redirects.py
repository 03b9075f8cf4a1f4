"""Entities without an id -> ids that stay as they were published, and redirects from ids that are no longer in use."""

from __future__ import annotations

import itertools
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from functools import lru_cache

import msgspec

from glossator import slugs
from glossator.model import Entity, EntityId, EntityType, PublishedId
from glossator.naming.normalise import CACHED_NAMES
from glossator.stages.resolve.blocking import Family, family_of, name_key

CHOICES = 4
"""Ids that an entity may have: of its name, with its type, with its distinction, with a digest."""

Key = tuple[str, Family]
"""Blocking key of a name, and the family for which it was made."""


class Identity(msgspec.Struct, frozen=True):
    """Properties of an entity on which its id depends."""

    name: str
    type: EntityType
    aliases: tuple[tuple[str, int], ...]
    renamed: bool
    """True if a person gave the entity its name.

    An id that was published for another name then redirects to the entity. The entity keeps it only if the new name
    makes it too, as with an accent put right.
    """
    mentions: int
    first_article: str
    """Smallest id of the entity's articles: it tells the entity from another one of equal name and type."""
    distinction: str = ""
    """Country or state that tells the entity from others of its name; empty if there are no others."""

    @property
    def forms(self) -> tuple[str, ...]:
        """The name and the aliases."""
        return (self.name, *(form for form, _ in self.aliases))

    def candidates(self) -> tuple[EntityId, ...]:
        """Return ids from the shortest to the one that no other entity can have."""
        return _candidates(self.name, self.type, self.first_article, self.distinction)


@lru_cache(maxsize=CACHED_NAMES)
def _candidates(name: str, kind: EntityType, first_article: str, distinction: str) -> tuple[EntityId, ...]:
    slug = slugs.slug(name)
    distinct = (f"{slug}-{slugs.slug(distinction)}",) if distinction else ()
    digest = slugs.short_digest(f"{name}\n{kind}\n{first_article}")
    return tuple(EntityId(text) for text in (slug, f"{slug}-{kind}", *distinct, f"{slug}-{digest}"))


def assign_ids(
    identities: Sequence[Identity], published: Sequence[PublishedId]
) -> tuple[tuple[EntityId, ...], tuple[tuple[EntityId, EntityId], ...]]:
    """Return an id for each identity, and the redirects from published ids.

    Ids are unique without regard to case, and independent of the order of identities and published ids.
    """
    claims = _claims(identities, published)
    ids = {index: published_id.id for index, published_id in _kept_ids(identities, claims).items()}
    taken = {published_id.id.casefold() for published_id in published}
    left = (index for index in range(len(identities)) if index not in ids)
    waiting = sorted(left, key=lambda index: _rank(identities[index]))
    equal_names = Counter((identity.candidates()[0], identity.type) for identity in identities)
    for choice in range(CHOICES):
        for index in waiting:
            candidates = identities[index].candidates()
            ambiguous = choice == 1 and equal_names[candidates[0], identities[index].type] > 1
            if index not in ids and not ambiguous and choice < len(candidates):
                candidate = candidates[choice]
                if candidate.casefold() not in taken:
                    ids[index] = candidate
                    taken.add(candidate.casefold())
    for index in waiting:
        identity = identities[index]
        last_resort = f"{identity.candidates()[-1]}-{slugs.short_digest(_all_fields(identity))}"
        if index not in ids:
            ids[index] = _free(EntityId(last_resort), taken)
            taken.add(ids[index].casefold())
    claimed = sorted(claims, key=lambda published_id: published_id.id)
    redirects = ((published_id.id, ids[claims[published_id][0]]) for published_id in claimed)
    return tuple(ids[index] for index in range(len(identities))), tuple(
        pair for pair in redirects if pair[0] != pair[1]
    )


def given_out(published: Iterable[PublishedId], entities: Iterable[Entity]) -> dict[EntityId, PublishedId]:
    """Return the ids that are published from now on: all earlier ones, and those of the entities that have a page.

    An id in use has the name and type that its entity has now. An entity without a page has no address to keep.
    """
    ids = {published_id.id: published_id for published_id in published}
    kept = (entity for entity in entities if entity.page or entity.id in ids)
    return ids | {entity.id: PublishedId(entity.id, entity.name, entity.type) for entity in kept}


def _free(candidate: EntityId, taken: Collection[str]) -> EntityId:
    """Return the id, numbered if identities that are equal in everything have it already."""
    numbered = (EntityId(f"{candidate}-{number}") for number in itertools.count(2))
    return next(free for free in itertools.chain([candidate], numbered) if free.casefold() not in taken)


def _all_fields(identity: Identity) -> str:
    """Return a text that differs for any two identities. Published ids depend on its wording."""
    return (
        f"Bearer(name={identity.name!r}, type={identity.type!r}, aliases={identity.aliases!r}, "
        f"renamed={identity.renamed!r}, mentions={identity.mentions!r}, first={identity.first_article!r}, "
        f"telling={identity.distinction!r})"
    )


def _kept_ids(identities: Sequence[Identity], claims: Mapping[PublishedId, tuple[int, bool]]) -> dict[int, PublishedId]:
    """Return the published id that each identity keeps, if it keeps one."""
    kept: dict[int, PublishedId] = {}
    for published_id in sorted(claims, key=lambda published_id: published_id.id):
        index, by_name = claims[published_id]
        identity = identities[index]
        if by_name or not identity.renamed or published_id.id == identity.candidates()[0]:
            earlier = kept.get(index, published_id)
            kept[index] = min(earlier, published_id, key=lambda choice: _preference(choice, identity))
    return kept


def _claims(identities: Sequence[Identity], published: Sequence[PublishedId]) -> dict[PublishedId, tuple[int, bool]]:
    """Return for each published id the identity that has its name now, if there is one, and True if as its name."""
    names, aliases = _by_key(identities)
    claims: dict[PublishedId, tuple[int, bool]] = {}
    own = _own_ids(identities, published)
    for published_id in sorted(published, key=lambda published_id: published_id.id):
        family = family_of(published_id.type)
        key = name_key(published_id.name, family), family
        bearers = [own[published_id]] if published_id in own else names.get(key)
        called = aliases.get(key)
        if bearers:
            claims[published_id] = (min(bearers, key=lambda index: _fit(published_id, identities[index])), True)
        elif called:
            best = min(called, key=lambda index: (-called[index], _fit(published_id, identities[index])))
            claims[published_id] = (best, False)
        else:  # no entity of its family has the name any more: it got another type, or was merged into one that has
            keys = [(name_key(published_id.name, other), other) for other in Family if other is not family]
            by_name = {index for key in keys for index in names.get(key, ())}
            by_alias = {index for key in keys for index in aliases.get(key, ())}
            for claimants, exact in ((by_name, True), (by_alias, False)):
                if len(claimants) == 1 and published_id not in claims:
                    claims[published_id] = (min(claimants), exact)
    return claims


def _by_key(identities: Sequence[Identity]) -> tuple[dict[Key, list[int]], dict[Key, dict[int, int]]]:
    """Return the identities by the keys of their names, and by those of their aliases with the mentions."""
    names: dict[Key, list[int]] = defaultdict(list)
    aliases: dict[Key, dict[int, int]] = defaultdict(dict)
    for index, identity in enumerate(identities):
        family = family_of(identity.type)
        names[name_key(identity.name, family), family].append(index)
        for form, count in identity.aliases:
            mentions = aliases[name_key(form, family), family]
            mentions[index] = mentions.get(index, 0) + count
    return names, aliases


def _own_ids(identities: Sequence[Identity], published: Sequence[PublishedId]) -> dict[PublishedId, int]:
    """Return the published ids, one for each identity, that it would be given now under its name.

    First come the ids with a digest, each of which only one entity can have; then, the heaviest entity first, the
    shortest id that is left.
    """
    left = {(published_id.id, published_id.name, published_id.type): published_id for published_id in published}
    kept: dict[int, PublishedId] = {}
    waiting = sorted(range(len(identities)), key=lambda index: _rank(identities[index]))
    for digest_only in (True, False):
        for index in (index for index in waiting if index not in kept):
            identity = identities[index]
            for candidate in identity.candidates()[-1:] if digest_only else identity.candidates():
                if published_id := left.pop((candidate, identity.name, identity.type), None):
                    kept[index] = published_id
                    break
    return {published_id: index for index, published_id in kept.items()}


def _fit(published_id: PublishedId, identity: Identity) -> tuple[bool, int, tuple[int, str, EntityType, str]]:
    """Return how well an entity fits a published id of its name: by type, by the id it would have, by weight."""
    candidates = identity.candidates()
    index = candidates.index(published_id.id) if published_id.id in candidates else -1  # the longer, the more it says
    return (published_id.type != identity.type, -index, _rank(identity))


def _preference(published_id: PublishedId, identity: Identity) -> tuple[bool, bool, str]:
    """Return the rank of a published id among those of one entity.

    The id published under the entity's name comes first, then the id that its name makes.
    """
    family = family_of(identity.type)
    return (
        name_key(published_id.name, family) != name_key(identity.name, family),
        published_id.id not in identity.candidates(),
        published_id.id,
    )


def _rank(identity: Identity) -> tuple[int, str, EntityType, str]:
    return (-identity.mentions, identity.name, identity.type, identity.first_article)
