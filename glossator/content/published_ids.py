"""content/*.lock.json: the ids of entities and topics that were published, which keep their addresses."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Annotated

import msgspec

from glossator.config import SiteError
from glossator.content.archive_paths import ENTITIES_LOCK, TOPICS_LOCK
from glossator.files import Unusable, read_optional, write_whole
from glossator.model import ArticleId, EntityId, EntityType, PublishedId, TopicId


def read_lock(content: Path) -> tuple[PublishedId, ...]:
    """Read the published ids, sorted. Raises SiteError, because without them addresses would change silently."""
    try:
        text = read_optional(content / ENTITIES_LOCK)
        if text is None:
            return ()
        entries = json.loads(text)["entities"]
        ids = [PublishedId(EntityId(key), str(row["name"]), EntityType(row["type"])) for key, row in entries.items()]
        "".join(text for published in ids for text in (published.id, published.name)).encode()
    except (Unusable, ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        reason = {RecursionError: "the brackets are nested too deeply", UnicodeEncodeError: "a name is no text"}
        hint = "Take it back from your version control, or delete it: the addresses of entities may then change."
        raise SiteError(f"{ENTITIES_LOCK} cannot be read: {reason.get(type(error), error)}.", hint) from None
    return tuple(sorted(ids, key=lambda published: published.id))


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
    try:
        text = read_optional(content / TOPICS_LOCK)
        if text is None:
            return {}
        ids = msgspec.json.decode(text, type=_TopicsLock).topics
    except (Unusable, msgspec.MsgspecError, RecursionError) as error:
        reason = "the brackets are nested too deeply" if isinstance(error, RecursionError) else error
        hint = "Take it back from your version control, or delete it: the addresses of topics may then change."
        raise SiteError(f"{TOPICS_LOCK} cannot be read: {reason}.", hint) from None
    known = ids if isinstance(ids, dict) else {key: [] for key in ids}
    return {TopicId(key): tuple(map(ArticleId, articles)) for key, articles in known.items()}


def write_topic_ids(content: Path, ids: Mapping[TopicId, Sequence[ArticleId]]) -> None:
    write_whole(content / TOPICS_LOCK, (json.dumps({"topics": ids}, ensure_ascii=False, indent=1) + "\n").encode())
