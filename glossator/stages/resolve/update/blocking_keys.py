"""Connected components: names that may have to do with each other because a rule looks them up by one blocking key.

Names, decisions and published ids have blocking keys. Two of them are connected if one indexes a key that the other
indexes or looks up; to look up a key that nothing indexes connects nothing. A connected component can be resolved by
itself. Its only outside input is the context of its articles.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from typing import NamedTuple

import msgspec

from glossator.model import Entity, EntityType, PublishedId
from glossator.naming.disjoint_sets import DisjointSets
from glossator.naming.normalise import without_elided_article
from glossator.stages.resolve.blocking import (
    COUNTRY_PREFIX,
    Family,
    family_of,
    name_key,
    umlautless_key,
    untyped_key,
)
from glossator.stages.resolve.clustering.ambiguous_names import surname_keys
from glossator.stages.resolve.clustering.equal_names import Cluster
from glossator.stages.resolve.clustering.name_variants import (
    capital_keys,
    known_keys,
    landform_keys,
    romanised_keys,
    singular_keys,
    unversioned_keys,
)
from glossator.stages.resolve.clustering.short_forms_and_acronyms import alias_keys
from glossator.stages.resolve.clustering.suggestions import acronym_keys, initials_keys, sound_keys
from glossator.stages.resolve.entities.drafts import EntityDraft
from glossator.stages.resolve.small_words import small_word
from glossator.stages.resolve.update.stored_rows import StoredName

KeysOf = Callable[[Cluster], set[str]]


class KeySpace(NamedTuple):
    """Blocking keys that some rules share, apart from those of all other rules."""

    mark: str
    """Beginning of the keys; empty for the keys of whole names."""
    indexed: tuple[KeysOf, ...]
    """Functions that return the keys under which a cluster is found."""
    looked_up: tuple[KeysOf, ...]
    """Functions that return the keys that a cluster looks up."""


KEY_SPACES = (
    KeySpace(
        "", (romanised_keys,), (alias_keys, singular_keys, unversioned_keys, landform_keys, capital_keys, surname_keys)
    ),
    KeySpace("~", (surname_keys,), ()),
    KeySpace("#", (sound_keys,), ()),
    KeySpace("*", (acronym_keys,), (initials_keys,)),
    KeySpace("&", (known_keys,), ()),
)
"""The keys that the rules declare, each with the functions that the rule itself uses."""

ID_MARK = "/"
"""Beginning of keys that are ids."""

SPELLING_MARK = "?"
"""Beginning of keys that are prefixes of names."""

WORD_MARK = "="
"""Beginning of keys that are names of one word in small letters."""

PREFIX_LENGTH = 2

_CASE_SENSITIVE = re.compile(r"[^\x00-\x7f]|'|[A-Z]\.?[A-Z]")
"""Pattern in names that may have another key in lower case."""


class BlockingKeys(msgspec.Struct, frozen=True):
    indexed: set[str]
    looked_up: set[str]


def keys_of_cluster(cluster: Cluster) -> BlockingKeys:
    indexed, looked_up = {cluster.key}, set()
    for form in cluster.forms:
        indexed |= {name_key(form, cluster.family), *_untyped_keys(form)}
        if not form.isascii() or cluster.key.startswith(COUNTRY_PREFIX):
            looked_up.add(umlautless_key(form, cluster.family))
    looked_up.update(map(untyped_key, cluster.other_forms))
    for mark, indexed_by, looked_up_by in KEY_SPACES:
        for keys_of in indexed_by:
            indexed.update([mark + key for key in keys_of(cluster)])
        for keys_of in looked_up_by:
            looked_up.update([mark + key for key in keys_of(cluster)])
    return BlockingKeys(indexed, looked_up)


def keys_of_entries(entries: Iterable[str]) -> BlockingKeys:
    """Return the keys of the names and ids of one statement."""
    indexed = set()
    for entry in entries:
        stem, _, suffix = entry.rpartition("-")
        for name in (entry, stem) if stem and suffix in set(EntityType) else (entry,):
            indexed |= {name_key(name, Family.PERSON), *_untyped_keys(name)}
        indexed.add(ID_MARK + entry.casefold())
    return BlockingKeys(indexed, set())


def keys_of_published(published_id: PublishedId) -> BlockingKeys:
    name = published_id.name
    by_family = {name_key(name, family) for family in Family}
    return BlockingKeys({ID_MARK + published_id.id.casefold(), *_untyped_keys(name), *by_family}, set())


def keys_of_draft(draft: EntityDraft) -> BlockingKeys:
    identity = draft.identity
    family = family_of(identity.type)
    forms = (identity.name, *(form for form, _ in identity.aliases))
    ids = {ID_MARK + entity_id.casefold() for entity_id in identity.candidates()}
    return BlockingKeys(ids, {name_key(form, family) for form in forms})


def spelling_keys(names: Iterable[StoredName]) -> set[str]:
    """Return the keys that tell which components have names of a prefix; nothing is connected by them."""
    return {SPELLING_MARK + prefix(name.spelling) for name in names}


def word_keys(entities: Iterable[Entity]) -> set[str]:
    """Return the keys that tell which components depend on how often a word is written small; nothing is connected."""
    return {WORD_MARK + word for entity in entities if (word := small_word(entity.name))}


def prefix(name: str) -> str:
    """Return the letters that a name has in common with one for which it may be a misspelling."""
    return name.casefold()[:PREFIX_LENGTH]


def union(keys: Iterable[BlockingKeys]) -> BlockingKeys:
    members = list(keys)
    return BlockingKeys(
        set().union(*(member.indexed for member in members)), set().union(*(member.looked_up for member in members))
    )


def _untyped_keys(name: str) -> set[str]:
    """Return the keys under which a name is found whatever its type, in any case, with an elided article or without."""
    spellings = {name, without_elided_article(name)} if "’" in name or "'" in name else {name}
    if _CASE_SENSITIVE.search(name):
        spellings |= {spelling.casefold() for spelling in spellings}
    return {untyped_key(spelling) for spelling in spellings}


def connect(members: Sequence[BlockingKeys], joined: Iterable[tuple[int, int]]) -> list[int]:
    """Return for each member the first one of its component.

    `joined` are pairs of members that are in one component in any case.
    """
    sets = DisjointSets(len(members))
    first_indexing: dict[str, int] = {}
    for index, member in enumerate(members):
        for key in member.indexed:
            first = first_indexing.setdefault(key, index)
            if first != index:
                sets.join(first, index)
    for index, member in enumerate(members):
        for key in member.looked_up:
            if key in first_indexing:
                sets.join(first_indexing[key], index)
    for first, second in joined:
        sets.join(first, second)
    return [sets.find(index) for index in range(len(members))]
