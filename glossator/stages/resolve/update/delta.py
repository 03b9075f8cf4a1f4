"""What names came to be -> what differs from before, and the rows that the next update needs."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Container, Iterator, Mapping
from dataclasses import dataclass
from itertools import chain
from typing import TypeVar

from glossator.model import (
    ArchiveUpdate,
    ArticleId,
    ArticleNames,
    Entity,
    EntityId,
    Problem,
    PublishedId,
    ReadTable,
    Suggestion,
)
from glossator.stages.resolve.clustering.suggestions import suggestions
from glossator.stages.resolve.update import parts, rows
from glossator.stages.resolve.update.article_context import patch
from glossator.stages.resolve.update.parts import Part
from glossator.stages.resolve.update.results import Results
from glossator.stages.resolve.update.rows import Links, Neighbourhood, State, encode

Key = TypeVar("Key")
Value = TypeVar("Value")
Resolved = tuple[EntityId | None, ...]


@dataclass(frozen=True, slots=True)
class Earlier:
    """What was before."""

    state: State
    """Of the archive as it was, but for the number of articles."""
    published: tuple[PublishedId, ...]
    changed: Mapping[ArticleId, ArticleNames | None]
    loaded: Mapping[str, Neighbourhood]
    """The neighbourhoods that were resolved anew; none if all are new."""
    links: Links
    read: ReadTable


def write(found: Results, earlier: Earlier, *, full: bool) -> ArchiveUpdate:
    """The difference, and the rows. Enters the neighbourhoods in the links."""
    owners = _owners(found)
    made = {parts.name_of(part, found): part for part in parts.parts(found)}
    neighbourhoods = {name: parts.remembered(part, found, owners) for name, part in made.items()}
    earlier.links.replace(earlier.loaded, neighbourhoods)
    before = {identity: digest for one in earlier.loaded.values() for identity, digest in one.entities}
    now = {one.id: one for one in found.entities}
    entities: dict[EntityId, Entity | None] = {one: None for one in before if one not in now}
    entities |= {one.id: one for one in found.entities if before.get(one.id) != one.digest}
    resolved = _resolved(found, earlier, owners)
    published = _published(found, earlier)
    state = _state(found, earlier, made, published)
    return ArchiveUpdate(
        writes={
            rows.GISTS: _encoded(earlier.changed),
            rows.AROUND: _around(found, earlier),
            rows.RESOLVED: _encoded(resolved),
            rows.NEIGHBOURS: _encoded({**dict.fromkeys(earlier.loaded), **neighbourhoods}),
            rows.LINKS: earlier.links.writes(),
            rows.ENTITIES: _encoded(entities),
            rows.STATE: {rows.STATE: encode(state)},
        },
        entities=entities,
        resolved=resolved,
        suggestions=tuple(Suggestion(*one) for one in sorted(chain.from_iterable(state.suggestions.values()))),
        redirects=tuple(sorted(state.redirects.items())),
        problems=_told(state),
        published=published,
        full=full,
    )


def _encoded(values: Mapping[Key, object]) -> dict[str, bytes | None]:
    """Rows of values; None stays what it is."""
    return {str(key): None if value is None else encode(value) for key, value in values.items()}


def _owners(found: Results) -> list[EntityId | None]:
    """For each place the entity that it is."""
    owners: list[EntityId | None] = [None] * len(found.setting.batch.names)
    for draft, entity in zip(found.outcome.drafts, found.entities, strict=True):
        for place in draft.places:
            owners[place] = entity.id
    return owners


def _resolved(found: Results, earlier: Earlier, owners: list[EntityId | None]) -> dict[ArticleId, Resolved | None]:
    """For the articles in which it differs the entity of each name."""
    names, changed = found.setting.batch.names, earlier.changed
    moved: dict[ArticleId, dict[int, EntityId | None]] = defaultdict(dict)
    for place, (owner, before) in enumerate(zip(owners, found.setting.batch.owners, strict=True)):
        if owner != before:
            moved[names.articles[place]][names.indices[place]] = owner
    resolved: dict[ArticleId, Resolved] = {
        article: (None,) * len(gist.names) for article, gist in changed.items() if gist
    }
    resolved |= rows.read_resolved(earlier.read, sorted(moved.keys() - changed.keys()))
    for article, ids in moved.items():
        resolved[article] = tuple(ids.get(at, one) for at, one in enumerate(resolved[article]))
    return {**dict.fromkeys(changed), **resolved}


def _around(found: Results, earlier: Earlier) -> dict[str, bytes | None]:
    """What articles are about, where it differs."""
    known = rows.read_around(earlier.read, sorted(found.setting.patches)) if found.setting.patches else {}
    new = found.setting.within(article for article, gist in earlier.changed.items() if gist)
    new |= {article: patch(known[article], names) for article, names in found.setting.patches.items()}
    return _encoded({**dict.fromkeys(earlier.changed), **new})


def _published(found: Results, earlier: Earlier) -> tuple[PublishedId, ...]:
    """The ids that are given out from now on."""
    if found.published == found.setting.batch.published:
        return earlier.published
    ids = {one.id: one for one in earlier.published} | {one.id: one for one in found.published}
    return tuple(ids[one] for one in sorted(ids))


def _state(found: Results, earlier: Earlier, made: Mapping[str, Part], published: tuple[PublishedId, ...]) -> State:
    """The archive as a whole, now."""
    state, again = earlier.state, {one.id for one in found.setting.batch.published}
    return State(
        state.decided,
        state.published if published == earlier.published else rows.digest_of(published),
        state.articles,
        _but(state.suggestions, earlier.loaded) | _suggestions(found, made),
        _but(state.problems, earlier.loaded) | _problems(found, made),
        _but(state.redirects, again) | dict(found.redirects),
        [*state.guessed, *found.setting.ground.verdicts.guessed],
        [name for name, part in made.items() if not found.unsettled.isdisjoint(_spoken(found, part))],
    )


def _but(known: Mapping[Key, Value], gone: Container[Key]) -> dict[Key, Value]:
    return {key: value for key, value in known.items() if key not in gone}


def _suggestions(found: Results, made: Mapping[str, Part]) -> dict[str, list[tuple[EntityId, EntityId, str]]]:
    homes = {found.entities[number].id: name for name, part in made.items() for number in part.drafts}
    ids = {draft.root: one.id for draft, one in zip(found.outcome.drafts, found.entities, strict=True)}
    suggested: dict[str, list[tuple[EntityId, EntityId, str]]] = defaultdict(list)
    for one in suggestions(
        found.setting.ground.gathered.clusters, found.setting.ground.union, found.outcome.doubts, ids
    ):
        suggested[homes[one.first]].append((one.first, one.second, one.reason))
    return suggested


def _problems(found: Results, made: Mapping[str, Part]) -> dict[str, list[tuple[str, str, int | None]]]:
    homes = {
        entry: name
        for name, part in made.items()
        for number in part.words
        for entry in found.setting.members.entries[number]
    }
    told: dict[str, list[tuple[str, str, int | None]]] = defaultdict(list)
    for entry, problem in found.setting.ground.verdicts.problems:
        told[homes[entry]].append((problem.path, problem.message, problem.line))
    return told


def _spoken(found: Results, part: Part) -> Iterator[str]:
    """Ids and entries of a neighbourhood."""
    yield from (found.entities[number].id for number in part.drafts)
    yield from (found.published[number].id for number in part.ids)
    yield from (entry for number in part.words for entry in found.setting.members.entries[number])


def _told(state: State) -> tuple[Problem, ...]:
    found = {
        Problem("resolve", path, message, line, fatal=False)
        for path, message, line in chain.from_iterable(state.problems.values())
    }
    return tuple(sorted(found, key=lambda one: (one.path, one.line or 0, one.message)))
