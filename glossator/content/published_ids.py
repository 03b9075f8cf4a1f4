"""content/entities.lock.json: the ids of entities that were published, sorted; written only if something differs."""

from __future__ import annotations

import json
from pathlib import Path

from glossator.config import SiteError
from glossator.content import lock_files
from glossator.files import Unusable, read_text, write_whole
from glossator.model import (
    EntityId,
    EntityType,
    PublishedId,
)

LOCK = lock_files.ENTITIES


def read_lock(content: Path) -> tuple[PublishedId, ...]:
    """Read the published ids, sorted. Raises SiteError, because without them addresses would change silently."""
    path = content / LOCK
    if not path.exists():
        return ()
    try:
        entries = json.loads(read_text(path))["entities"]
        ids = [PublishedId(EntityId(key), str(row["name"]), EntityType(row["type"])) for key, row in entries.items()]
        "".join(text for published in ids for text in (published.id, published.name)).encode()
    except (Unusable, ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        reason = {RecursionError: "the brackets are nested too deeply", UnicodeEncodeError: "a name is no text"}
        hint = "Take it back from your version control, or delete it: the addresses of entities may then change."
        raise SiteError(f"{LOCK} cannot be read: {reason.get(type(error), error)}.", hint) from None
    return tuple(sorted(ids, key=lambda published: published.id))


def write_lock(content: Path, ids: tuple[PublishedId, ...]) -> None:
    entities = {
        published.id: {"name": published.name, "type": published.type}
        for published in sorted(ids, key=lambda published: published.id)
    }
    text = json.dumps({"entities": entities}, ensure_ascii=False, indent=1) + "\n"
    path = content / LOCK
    if not path.exists() or path.read_bytes() != text.encode():
        write_whole(path, text.encode())
