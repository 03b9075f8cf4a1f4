"""content/*.lock.json: the ids of entities and topics that were published, which keep their addresses."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Annotated

import msgspec

from glossator.atomic_files import write_whole
from glossator.content.lock_files import ENTITIES_LOCK, TOPICS_LOCK, read_lock_file
from glossator.model import ArticleId, EntityId, EntityType, PublishedId, TopicId


class _Entity(msgspec.Struct):
    name: str
    type: EntityType


class _EntitiesLock(msgspec.Struct):
    entities: dict[EntityId, _Entity]


def read_lock(content: Path) -> tuple[PublishedId, ...]:
    """Read the published ids, sorted. Raises SiteError, because without them addresses would change silently."""
    at_stake = "the addresses of entities may then change"
    lock = read_lock_file(content, ENTITIES_LOCK, _EntitiesLock, at_stake)
    return tuple(PublishedId(key, row.name, row.type) for key, row in sorted(lock.entities.items())) if lock else ()


def write_lock(content: Path, ids: tuple[PublishedId, ...]) -> None:
    entities = {
        published.id: {"name": published.name, "type": published.type}
        for published in sorted(ids, key=lambda published: published.id)
    }
    text = json.dumps({"entities": entities}, ensure_ascii=False, indent=1) + "\n"
    path = content / ENTITIES_LOCK
    if not path.exists() or path.read_bytes() != text.encode():
        write_whole(path, text.encode())


_Id = Annotated[str, msgspec.Meta(pattern="^[a-z0-9-]+$", max_length=200)]


class _TopicsLock(msgspec.Struct):
    topics: dict[_Id, list[str]] | list[_Id]
    """Ids with articles; without them while topics were called after entities."""


def read_topic_ids(content: Path) -> dict[TopicId, tuple[ArticleId, ...]]:
    """Read the published ids, each with the articles that its topic had then; none if there is no file.

    Raises SiteError, because without them addresses would move silently.
    """
    lock = read_lock_file(content, TOPICS_LOCK, _TopicsLock, "the addresses of topics may then change")
    ids = lock.topics if lock else {}
    with_articles = ids if isinstance(ids, dict) else {key: [] for key in ids}
    return {TopicId(key): tuple(map(ArticleId, articles)) for key, articles in with_articles.items()}


def write_topic_ids(content: Path, ids: Mapping[TopicId, Sequence[ArticleId]]) -> None:
    write_whole(content / TOPICS_LOCK, (json.dumps({"topics": ids}, ensure_ascii=False, indent=1) + "\n").encode())
