"""Profile of an entity on the pages of articles, which holds nothing that grows with the archive."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from operator import itemgetter
from typing import NamedTuple

import msgspec

from glossator.collation import is_foreign
from glossator.inverse_frequency import step as frequency_step
from glossator.model import ArticleId, ChosenDescriptor, Entity, EntityId, EntityType, Note, Origin
from glossator.naming.known_names import KnownName, known_as, product_known_by_part
from glossator.stages.plan.catalogue.lists import EXACT, EntityListRow
from glossator.stages.plan.catalogue.locations import known_place_of
from glossator.stages.plan.catalogue.reads import OnDemand
from glossator.stages.plan.catalogue.whole_archive import newest_year
from glossator.well_known import KnownPlace

CARD_ALIASES = 4
_WORD = re.compile(r"[^\W_]+")
_GLUED = re.compile(r"\w*[a-zà-ÿ]{4}[A-ZÀ-Þ][a-zà-ÿ]{3}\w*")
COMMON = 200
"""Articles of an entity beyond which it says nothing about which two belong together."""


class Profile(msgspec.Struct, frozen=True):
    """Values that the pages of articles show of an entity: nothing that grows with the archive."""

    id: EntityId
    name: str
    type: str
    """Type, or UNTYPED if it is a guess."""
    origin: Origin
    aliases: tuple[str, ...]
    """The most frequent forms other than the name, as many as a card shows."""
    introduction: ChosenDescriptor | None
    sentences: tuple[ChosenDescriptor, ...]
    note: Note | None
    page: bool
    article: ArticleId | None
    """The article in whose glossary the entity stands, if the entity has no page."""
    is_certain: bool
    """True if it is surely a name, so that it may be marked without a page."""
    bearers: tuple[EntityId, ...]
    """People whose surname it is, if the articles leave open whose."""
    listed: KnownPlace | KnownName | None
    """Entry of a list about the name; None if no list has it, and if there are words about it."""
    counted: bool
    """True if nothing says what the entity is, so that its card says with whom it appears."""
    reason: int | None
    """The step of the number of its articles, by which the entity is weighed as a reason why two are related; None for
    one in a single article or in very many."""


def profile_of(entity: Entity) -> Profile:
    """Return what the pages of articles show of an entity."""
    spread = len(entity.appearances)
    return Profile(
        id=entity.id,
        name=entity.name,
        type=entity.stated_type,
        origin=entity.origin,
        aliases=other_names(entity)[:CARD_ALIASES],
        introduction=_without_offsets(entity.introduction) if entity.introduction else None,
        sentences=tuple(map(_without_offsets, entity.sentences)),
        note=entity.note,
        page=entity.page,
        article=None if entity.page or not spread else entity.appearances[0].article,
        is_certain=entity.is_certain,
        bearers=entity.bearers,
        listed=None if entity.introduction or entity.note else _known_by_name(entity),
        counted=spread > 1 and not (entity.introduction or entity.note or is_defined(entity.sentences)),
        reason=frequency_step(spread) if 1 < spread <= COMMON else None,
    )


def is_defined(sentences: Iterable[ChosenDescriptor]) -> bool:
    """True if one of the sentences about an entity says what it is."""
    return any(sentence.kind == "definition" for sentence in sentences)


def _known_by_name(entity: Entity) -> KnownPlace | KnownName | None:
    """Return what everybody knows by the name of an entity, if the articles make it one of that type.

    A sentence that says who somebody is may be about a namesake.
    """
    if entity.type == EntityType.PLACE:
        return known_place_of(entity) if entity.is_certain else None
    if entity.type == EntityType.PERSON and is_defined(entity.sentences):
        return None
    if entry := known_as(entity.name, entity.type, is_clear=entity.is_certain):
        return entry
    return product_known_by_part(entity.name) if entity.type == EntityType.PRODUCT and entity.is_certain else None


def _without_offsets(words: ChosenDescriptor) -> ChosenDescriptor:
    """Return words without their place in the text, which may move although no page shows anything else."""
    return msgspec.structs.replace(words, start=0, end=0)


def other_names(entity: Entity) -> tuple[str, ...]:
    """Return the aliases of an entity as its page shows them."""
    return tuple(form for form, _ in spellings(entity)) if entity.aliases else ()


def listed_names(entity: Entity, language: str) -> tuple[str, ...]:
    """Return the aliases of an entity that a list of names in a language shows, those in another script last.

    Of forms that the archive has once, and no note gives, none in another script, and none that only adds to the name.
    """
    name, kept = _words(entity.name), entity.note.aliases if entity.note else ()
    forms = [(is_foreign(language, form), form, times) for form, times in spellings(entity)]
    shown = [each for each in forms if each[2] > 1 or each[1] in kept or not (each[0] or name <= _words(each[1]))]
    return tuple(form for _, form, _ in sorted(shown, key=itemgetter(0)))


def spellings(entity: Entity) -> tuple[tuple[str, int], ...]:
    """Return the aliases of an entity, each with its number of mentions.

    Of those that differ in case only there is one; of parts of the name that no note gives, of signs without a letter,
    and of forms that hold the name and two words without a space between them, none.
    """
    name, counted = _words(entity.name), dict[str, tuple[str, int]]()
    noted = entity.note.aliases if entity.note else ()
    for form, times in entity.aliases:
        if form in noted or not (_words(form) <= name or _has_glued_words(form, name)):
            shown, mentions = counted.get(form.casefold(), (form, 0))
            counted[form.casefold()] = shown, mentions + times
    return tuple(counted.values())


def _has_glued_words(form: str, name: frozenset[str]) -> bool:
    """True if a form holds all words of a name and one that is glued together: two elements of a page met there."""
    return name <= _words(form) and any(word.casefold() not in name for word in _GLUED.findall(form))


def _words(form: str) -> frozenset[str]:
    return frozenset(_WORD.findall(form.casefold()))


class Extent(NamedTuple):
    """The articles in which an entity appears, as its card tells of them."""

    articles: int
    """Number of articles, rounded down if there are many; 0 for a single one."""
    over: bool
    """True if there are more."""
    first: str
    """Year, or empty."""
    last: str
    """Year, or empty."""
    company: tuple[EntityId, ...]
    """Entities that appear most closely with the entity, if its card has no words to say."""


def extent_of(row: EntityListRow) -> Extent:
    """Return the extent of an entity by its row in the lists of names."""
    rounded = row.articles
    if rounded > EXACT:
        tens = 10 ** (len(str(rounded)) - 1)
        rounded = max(step * tens for step in (1, 2, 5) if step * tens <= row.articles)
    years = newest_year(row.first), newest_year(row.last)
    return Extent(rounded if rounded > 1 else 0, rounded < row.articles, *years, row.company)


def extents_of(rows: Mapping[EntityId, EntityListRow]) -> Mapping[EntityId, Extent]:
    """Return the extents of the entities that have pages, by their rows in the lists of names."""
    return OnDemand(lambda key: extent_of(rows[key]), rows)


class Later(NamedTuple):
    """The articles after a day in which an entity appears."""

    articles: int
    last: str
    """ISO day of the last one; empty if there are more than the number says, so that the next changes nothing."""


def later_than(day: str, row: EntityListRow | None) -> Later:
    """Return the articles after an ISO day in which an entity appears, by its row in the lists of names."""
    later = [other for other in row.latest if other > day] if row else []
    return Later(EXACT, "") if len(later) > EXACT else Later(len(later), max(later, default=""))


def later_key(entity: EntityId, day: str) -> str:
    """Return the key of the articles after a day in which an entity appears."""
    return f"{entity} {day}"


def laters_of(rows: Mapping[EntityId, EntityListRow]) -> Mapping[str, Later]:
    """Return the later articles of entities that have pages, by entity and day: see `later_key`."""

    def later(key: str) -> Later:
        entity, _, day = key.rpartition(" ")
        return later_than(day, rows.get(EntityId(entity)))

    return OnDemand(later, ())


def profiles_of(entities: Mapping[EntityId, Entity]) -> Mapping[EntityId, Profile]:
    """Return the profiles of entities."""
    return OnDemand(lambda key: profile_of(entities[key]), entities)
