"""Whole archives as documents for programs: JSON and JSON lines."""

from __future__ import annotations

from collections.abc import Mapping

import msgspec

from glossator.export.data import ArchiveData, ArticleData, EntityData

SCHEMA = "glossator-archive/1"
"""Name and version of the schema, which `data/schemas/archive-1.json` holds."""


def json_file(archive: ArchiveData) -> Mapping[str, bytes]:
    """Return the archive as one JSON document."""
    document = {"schema": SCHEMA, **_fields(archive)}
    return {"": msgspec.json.format(msgspec.json.encode(document), indent=1) + b"\n"}


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
    lines += ({"kind": "article", **_fields(article)} for article in archive.articles)
    lines += ({"kind": "entity", **_fields(entity)} for entity in archive.entities)
    return {"": b"".join(msgspec.json.encode(line) + b"\n" for line in lines)}


def _fields(value: ArchiveData | ArticleData | EntityData) -> dict[str, object]:
    """Return the fields of a value as they are: msgspec encodes values within them without a copy."""
    return msgspec.structs.asdict(value)
