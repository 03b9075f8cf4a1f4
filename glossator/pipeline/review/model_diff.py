"""The entities of the archive before its language model changed, and how the entities of now differ from them.

The rules of the annotate stage count as part of the model. The entities are stored beside the cache; deleting the file
loses the comparison and nothing else.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from pathlib import Path
from typing import NamedTuple

import msgspec

from glossator.atomic_files import write_whole
from glossator.config import Config
from glossator.files import Unusable, read_text
from glossator.model import Archive, EntityId, Problem, PublishedId
from glossator.pipeline import stage_runs
from glossator.pipeline.analysis.find_entities import FoundEntities
from glossator.text import digest

FOUND_ANEW = "Names that were found anew"
"""Subject of the notice, where others name a file."""


class RecordedEntity(NamedTuple):
    id: str
    name: str
    type: str


class RetypedEntity(NamedTuple):
    id: str
    name: str
    old_type: str
    type: str


class _Snapshot(msgspec.Struct, frozen=True):
    """The entities as a model left them, and as the model before it did."""

    model: str
    """Key of the model."""
    entities: dict[EntityId, tuple[str, str]]
    """Name and type by id."""
    before: _Snapshot | None = None


class ModelChanges(msgspec.Struct, frozen=True):
    """Entities that differ after a change of model, sorted by id."""

    new: tuple[RecordedEntity, ...]
    gone: tuple[RecordedEntity, ...]
    retyped: tuple[RetypedEntity, ...]


def model_key(config: Config) -> str:
    """Return a digest that is equal for equal models, settings and rules."""
    stage = stage_runs.annotate_stage(config.annotate)
    return digest(stage.code(stage.settings), repr(stage.settings))


def record_entities(path: Path, key: str, entities: Iterable[PublishedId]) -> None:
    """Write the entities of the archive to the file at the path.

    `key` is the key of the model. Entities of an earlier model stay as they were last recorded.
    """
    old = _read(path)
    earlier = old.before if old and old.model == key else old
    rows = {entity.id: (entity.name, str(entity.type)) for entity in entities}
    now = _Snapshot(key, rows, earlier and msgspec.structs.replace(earlier, before=None))
    if old != now and not path.is_dir():  # a comparison is not worth a failed build
        write_whole(path, msgspec.json.encode(now), durable=False)


def told(path: Path, key: str, archive: FoundEntities, redirected: Collection[EntityId]) -> tuple[Problem, ...]:
    """Return a notice of what another model or other rules changed; none if nothing, or if they are those of before.

    `path` is the file that `record_entities` wrote, `key` is the key of the model of now; `redirected` are the ids that
    lead to another entity.
    """
    stored = _read(path)
    if not stored or stored.model == key:
        return ()
    now = {entity.id: entity.type for entity in archive.published if entity.id in archive.article_counts}
    old = stored.entities
    gone = sum(entity not in now and entity not in redirected for entity in old)
    retyped = sum(entity in now and now[EntityId(entity)] != kind for entity, (_, kind) in old.items())
    if not (gone or retyped):
        return ()
    are_gone = f"{gone:,} of {len(old):,} entities {'is' if gone == 1 else 'are'} gone"
    have_type = f"{retyped:,} {'has' if retyped == 1 else 'have'} another type"
    return (Problem("memory", FOUND_ANEW, f"{are_gone}, {have_type}: `entity review --since` lists them", fatal=False),)


def changes(path: Path, key: str, archive: Archive) -> ModelChanges | None:
    """Return the differences from the last build with another model; None if there was no such build.

    `path` is the file that `record_entities` wrote; `key` is the key of the model of now.
    """
    stored = _read(path)
    earlier = stored.before if stored and stored.model == key else stored
    if not earlier:
        return None
    old = {entity: RecordedEntity(entity, name, kind) for entity, (name, kind) in earlier.entities.items()}
    published = (entity for entity in archive.entities if entity.page or entity.had_page)
    new = {entity.id: RecordedEntity(entity.id, entity.name, entity.type) for entity in published}
    redirected = {old_id for old_id, _ in archive.redirects}
    return ModelChanges(
        new=tuple(new[entity] for entity in sorted(new.keys() - old.keys())),
        gone=tuple(old[entity] for entity in sorted(old.keys() - new.keys() - redirected)),
        retyped=tuple(
            RetypedEntity(*old[entity], new[entity].type)
            for entity in sorted(old.keys() & new.keys())
            if old[entity].type != new[entity].type
        ),
    )


def _read(path: Path) -> _Snapshot | None:
    """Return the recorded entities; None if there is no such file, or if it cannot be used."""
    try:
        return msgspec.json.decode(read_text(path), type=_Snapshot) if path.exists() else None
    except (Unusable, msgspec.MsgspecError, RecursionError):
        return None
