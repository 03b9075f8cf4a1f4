"""The index that ArchiveBox writes beside a snapshot -> what it says about it."""

from __future__ import annotations

from glossator.model import LinkListEntry
from glossator.stages.extract.openers.records import Record, parsed
from glossator.stages.extract.unreadable import Unreadable

ORIGIN = "archivebox index"


def about(data: bytes) -> LinkListEntry:
    """What an `index.json` says, or an `index.jsonl` in its line for the snapshot; nothing where it is damaged."""
    snapshot = _snapshot(data)
    return LinkListEntry(
        ORIGIN,
        source=snapshot.address("url"),
        title=snapshot.text("title"),
        saved=snapshot.moment("bookmarkedat", "timestamp", "bookmarkeddate", "createdat"),
        tags=snapshot.words("tags", apart=","),
    )


def _snapshot(data: bytes) -> Record:
    for line in (data, *data.splitlines()):
        try:
            found = Record.of(parsed(line))
        except Unreadable:
            continue
        if found.address("url") and found.raw("type") in ("", "Snapshot"):
            return found
    return Record({})
