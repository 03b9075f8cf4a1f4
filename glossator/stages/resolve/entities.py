"""Groups of clusters -> entities."""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from glossator.model import (
    Analysis,
    Appearance,
    ArticleId,
    Descriptor,
    Digest,
    Entity,
    EntityId,
    EntityType,
    Head,
    Note,
    Origin,
)
from glossator.stages.resolve.describe import best_name, vote
from glossator.stages.resolve.gather import Gathered, Place
from glossator.stages.resolve.ids import Bearer
from glossator.stages.resolve.introduce import introduction
from glossator.stages.resolve.union import Union
from glossator.stages.resolve.verdicts import Verdicts


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
    analyses: Sequence[Analysis],
    gathered: Gathered,
    union: Union,
    moved: Sequence[tuple[Place, int]],
    verdicts: Verdicts,
) -> tuple[Draft, ...]:
    """The entities of an archive without those that a person does not want to see."""
    homes = [list(home) for home in gathered.homes]
    for (article, index), cluster in moved:
        homes[article][index] = cluster
    places: dict[int, list[Place]] = defaultdict(list)
    for article, home in enumerate(homes):
        for index, cluster in enumerate(home):
            places[union.find(cluster)].append((article, index))
    said: dict[int, list[int]] = defaultdict(list)
    for cluster in sorted(verdicts.settled | verdicts.listed.keys()):
        said[union.find(cluster)].append(cluster)
    drafts = []
    for root in sorted(places):
        spoken = said.get(root, [])
        if verdicts.private.isdisjoint(spoken):
            one = _draft(analyses, root, places[root], spoken, verdicts)
            ignored = verdicts.ignored.intersection(spoken)
            if ignored:
                left = _left(one, gathered, homes, ignored)
                drafts.extend([_draft(analyses, root, left, spoken, verdicts)] if left else [])
            else:
                drafts.append(one)
    return tuple(drafts)


def _left(one: Draft, gathered: Gathered, homes: Sequence[Sequence[int]], ignored: set[int]) -> list[Place]:
    """What is left of an entity: nothing if its own name is ignored, else what goes by another one."""
    if any(one.bearer.name in gathered.clusters[cluster].forms for cluster in ignored):
        return []
    return [(article, index) for article, index in one.places if homes[article][index] not in ignored]


def _draft(
    analyses: Sequence[Analysis], root: int, places: Sequence[Place], spoken: Sequence[int], verdicts: Verdicts
) -> Draft:
    # Not counters, which are slow at what they have not met before.
    votes: dict[str, int] = defaultdict(int)
    mentions: dict[str, int] = defaultdict(int)
    types: dict[EntityType, int] = defaultdict(int)
    for article, index in places:
        mentioned = analyses[article].names[index]
        votes[mentioned.form] += 1
        for form, count in mentioned.forms:
            mentions[form] += count
            types[mentioned.type] += count
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
        first=analyses[places[0][0]].article,
    )
    origin: Origin = "list" if spoken else "machine"
    origin = origin if verdicts.settled.isdisjoint(spoken) else "person"
    return Draft(root, bearer, tuple(places), origin, note or listed)


def finish(
    heads: Mapping[ArticleId, Head], analyses: Sequence[Analysis], drafts: Sequence[Draft], ids: Sequence[EntityId]
) -> tuple[tuple[Entity, ...], dict[ArticleId, tuple[EntityId | None, ...]]]:
    """The entities, sorted by id, and for each article the entity of each of its names."""
    described = [_by_name(analysis.descriptors) for analysis in analyses]
    resolved: list[list[EntityId | None]] = [[None] * len(analysis.names) for analysis in analyses]
    entities = []
    for one, identity in zip(drafts, ids, strict=True):
        for article, index in one.places:
            resolved[article][index] = identity
        found = (
            (analyses[article].article, descriptor)
            for article, index in one.places
            for descriptor in described[article].get(index, ())
        )
        bearer = one.bearer
        fields = (
            identity,
            bearer.name,
            bearer.type,
            bearer.aliases,
            _appearances(analyses, one.places),
            one.origin,
            introduction(found, heads, bearer.type),
            one.note,
        )
        entities.append(Entity(*fields, digest=_digest(fields)))
    by_article = {analysis.article: tuple(ids) for analysis, ids in zip(analyses, resolved, strict=True)}
    return tuple(sorted(entities, key=lambda entity: entity.id)), by_article


def _by_name(descriptors: Sequence[Descriptor]) -> dict[int, list[Descriptor]]:
    found: dict[int, list[Descriptor]] = defaultdict(list)
    for descriptor in descriptors:
        found[descriptor.name].append(descriptor)
    return found


def _appearances(analyses: Sequence[Analysis], places: Sequence[Place]) -> tuple[Appearance, ...]:
    found: dict[int, list[int]] = defaultdict(list)
    for article, index in places:
        found[article].append(index)
    return tuple(
        Appearance(
            analyses[article].article,
            tuple(indices),
            sum(count for index in indices for _, count in analyses[article].names[index].forms),
        )
        for article, indices in found.items()
    )


def _digest(fields: tuple[object, ...]) -> Digest:
    # The values are frozen and plain, so that equal ones print equally.
    return Digest(hashlib.blake2b(repr(fields).encode("utf-8", "surrogatepass"), digest_size=16).hexdigest())
