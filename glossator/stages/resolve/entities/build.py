"""Groups of clusters -> entities."""

from __future__ import annotations

import hashlib
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

import msgspec

from glossator.model import Appearance, ArticleId, Digest, Entity, EntityId, EntityType, Note, Origin
from glossator.naming.disjoint_sets import Union
from glossator.stages.resolve.blocking.columns import Names, Place
from glossator.stages.resolve.clustering.exact import Gathered
from glossator.stages.resolve.decisions.outcome import Verdicts
from glossator.stages.resolve.entities.canonical_name import best_name, vote
from glossator.stages.resolve.entities.descriptor import introduction
from glossator.stages.resolve.entities.ids import Bearer


@dataclass(frozen=True, slots=True)
class Draft:
    """An entity before it has an id."""

    root: int
    """The cluster that stands for the group."""
    bearer: Bearer
    places: tuple[Place, ...]
    """In the order of the articles."""
    origin: Origin
    note: Note | None


def draft(
    gathered: Gathered, union: Union, moved: Sequence[tuple[Place, int]], verdicts: Verdicts
) -> tuple[Draft, ...]:
    """The entities of the names without those that a person does not want to see."""
    homes = gathered.homes.copy()
    for place, cluster in moved:
        homes[place] = cluster
    places: dict[int, list[Place]] = defaultdict(list)
    for place, cluster in enumerate(homes):
        places[union.find(cluster)].append(place)
    said: dict[int, list[int]] = defaultdict(list)
    for cluster in sorted(verdicts.settled | verdicts.listed.keys()):
        said[union.find(cluster)].append(cluster)
    drafts = []
    for root in sorted(places):
        spoken = said.get(root, [])
        if verdicts.private.isdisjoint(spoken):
            one = _draft(gathered.names, root, places[root], spoken, verdicts)
            ignored = verdicts.ignored.intersection(spoken)
            if ignored:
                left = _left(one, gathered, homes, ignored)
                drafts.extend([_draft(gathered.names, root, left, spoken, verdicts)] if left else [])
            else:
                drafts.append(one)
    return tuple(drafts)


def _left(one: Draft, gathered: Gathered, homes: Sequence[int], ignored: set[int]) -> list[Place]:
    """What is left of an entity: nothing if its own name is ignored, else what goes by another one."""
    if any(one.bearer.name in gathered.clusters[cluster].forms for cluster in ignored):
        return []
    return [place for place in one.places if homes[place] not in ignored]


def _draft(names: Names, root: int, places: Sequence[Place], spoken: Sequence[int], verdicts: Verdicts) -> Draft:
    # Not counters, which are slow at what they have not met before.
    votes: dict[str, int] = defaultdict(int)
    mentions: dict[str, int] = defaultdict(int)
    types: dict[EntityType, int] = defaultdict(int)
    for number, times in Counter(names.numbers[place] for place in places).items():
        mentioned = names.known[number]
        votes[mentioned.form] += times
        for form, count in mentioned.forms:
            mentions[form] += times * count
            types[mentioned.type] += times * count
    note = next((verdicts.notes[cluster] for cluster in spoken if cluster in verdicts.notes), None)
    given = next((verdicts.names[cluster] for cluster in spoken if cluster in verdicts.names), None)
    decided = next((verdicts.types[cluster] for cluster in spoken if cluster in verdicts.types), None)
    listed = next((verdicts.listed[cluster] for cluster in spoken if cluster in verdicts.listed), None)
    kind = decided or (note.type if note else None) or (listed.type if listed else None) or vote(types)
    name = (note.name if note else None) or given or (listed.name if listed else None) or best_name(votes, kind)
    aliases = sorted(
        ((form, count) for form, count in mentions.items() if form != name), key=lambda one: (-one[1], one[0])
    )
    bearer = Bearer(
        name=name,
        type=kind,
        aliases=tuple(aliases),
        renamed=note is not None or given is not None or listed is not None,
        mentions=sum(mentions.values()),
        first=names.articles[places[0]],
    )
    origin: Origin = "list" if spoken else "machine"
    origin = origin if verdicts.settled.isdisjoint(spoken) else "person"
    return Draft(root, bearer, tuple(places), origin, note or listed)


def finish(names: Names, drafts: Sequence[Draft], ids: Sequence[EntityId]) -> tuple[Entity, ...]:
    """The entities, in the order of the drafts."""
    counts = [sum(count for _, count in name.forms) for name in names.known]
    entities = []
    for one, identity in zip(drafts, ids, strict=True):
        bearer = one.bearer
        fields = (
            identity,
            bearer.name,
            bearer.type,
            bearer.aliases,
            _appearances(names, one.places, counts),
            one.origin,
            introduction(names, one.places, bearer.type),
            one.note,
        )
        entities.append(Entity(*fields, digest=_digest(fields)))
    return tuple(entities)


def _appearances(names: Names, places: Sequence[Place], counts: Sequence[int]) -> tuple[Appearance, ...]:
    found: dict[ArticleId, list[Place]] = {}
    for place in places:
        found.setdefault(names.articles[place], []).append(place)
    return tuple(
        Appearance(
            article,
            tuple([names.indices[place] for place in own]),
            sum([counts[names.numbers[place]] for place in own]),
        )
        for article, own in found.items()
    )


def _digest(fields: tuple[object, ...]) -> Digest:
    return Digest(hashlib.blake2b(msgspec.msgpack.encode(fields), digest_size=16).hexdigest())
