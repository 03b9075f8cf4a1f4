"""Documents for programs: whole archives as JSON and JSON lines."""

from __future__ import annotations

from collections.abc import Mapping

import msgspec
from msgspec.structs import asdict  # values within the fields are encoded without a copy

from glossator.export.data import ArchiveData

SCHEMA = "glossator-archive/1"
"""Name and version of the schema, which `data/schemas/archive-1.json` holds."""


def json_file(archive: ArchiveData) -> Mapping[str, bytes]:
    """Return the archive as one JSON document."""
    return {
        "": json_document(
            {"schema": SCHEMA, **{name: value for name, value in asdict(archive).items() if name != "shared"}}
        )
    }


def json_document(value: object) -> bytes:
    """Return a value as JSON that people can read, too."""
    return msgspec.json.format(msgspec.json.encode(value), indent=1) + b"\n"


def json_lines(archive: ArchiveData) -> Mapping[str, bytes]:
    """Return a line of JSON for the archive, for each article and for each entity; `kind` tells which it is."""
    lines: list[dict[str, object]] = [
        {
            "kind": "archive",
            "schema": SCHEMA,
            "title": archive.title,
            "address": archive.address,
            "private": archive.private,
        }
    ]
    lines += ({"kind": "article", **asdict(article)} for article in archive.articles)
    lines += ({"kind": "entity", **asdict(entity)} for entity in archive.entities)
    return {"": b"".join(msgspec.json.encode(line) + b"\n" for line in lines)}
