"""content/topics.lock.json: the ids of topics that were published, the oldest first."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Annotated

import msgspec

from glossator.config import SiteError
from glossator.content import lock_files
from glossator.files import Unusable, read_text, write_whole
from glossator.model import EntityId

LOCK = lock_files.TOPICS


class _Lock(msgspec.Struct):
    topics: list[Annotated[str, msgspec.Meta(pattern="^[a-z0-9-]+$", max_length=200)]]


def read_topic_ids(content: Path) -> tuple[EntityId, ...]:
    """Read the published ids; none if there is no file.

    Raises SiteError, because without them addresses would move silently.
    """
    path = content / LOCK
    if not path.exists():
        return ()
    try:
        ids = msgspec.json.decode(read_text(path), type=_Lock).topics
    except (Unusable, msgspec.MsgspecError, RecursionError) as error:
        reason = "the brackets are nested too deeply" if isinstance(error, RecursionError) else error
        hint = "Take it back from your version control, or delete it: the addresses of topics may then change."
        raise SiteError(f"{LOCK} cannot be read: {reason}.", hint) from None
    return tuple(map(EntityId, dict.fromkeys(ids)))


def write_topic_ids(content: Path, ids: Sequence[EntityId]) -> None:
    write_whole(content / LOCK, (json.dumps({"topics": list(ids)}, ensure_ascii=False, indent=1) + "\n").encode())
