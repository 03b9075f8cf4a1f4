"""Index that ArchiveBox writes beside a snapshot -> metadata of the snapshot."""

from __future__ import annotations

from glossator.model import LinkListEntry
from glossator.stages.extract.opened_file import Unreadable
from glossator.stages.extract.openers.exported_metadata import Record, parsed

ORIGIN = "archivebox index"


def about(data: bytes) -> LinkListEntry:
    """Read an `index.json`, or the line for the snapshot in an `index.jsonl`; empty if the index is damaged."""
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
            record = Record.of(parsed(line))
        except Unreadable:
            continue
        if record.address("url") and record.raw("type") in ("", "Snapshot"):
            return record
    return Record({})
