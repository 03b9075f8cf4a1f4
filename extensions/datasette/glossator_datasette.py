"""The archive for Datasette: the database of `export sqlite`, and what Datasette shows of it."""

from __future__ import annotations

from collections.abc import Mapping

import msgspec

from glossator.extension_points.exports import ArchiveData, Export
from glossator.extensions.exports.databases import database


def datasette(archive: ArchiveData) -> Mapping[str, bytes]:
    """Return the database with the metadata by which Datasette names its tables, and offers facets and search."""
    tables = {
        "articles": {
            "label_column": "title",
            "facets": ["site", "language"],
            "fts_table": "articles_search",
            "fts_pk": "rowid",
        },
        "entities": {"label_column": "name", "facets": ["type", "origin"]},
        "mentions": {"facets": ["entity"]},
        "quotes": {"facets": ["entity"]},
        "articles_search": {"hidden": True},
    }
    metadata = {"title": archive.title, "source_url": archive.address, "databases": {"archive": {"tables": tables}}}
    if not archive.address:
        del metadata["source_url"]
    text = msgspec.json.format(msgspec.json.encode(metadata), indent=1) + b"\n"
    return {"archive.db": database(archive)[""], "metadata.json": text}


DATASETTE = Export(contract=2, help="The database, and what Datasette shows of it", of_archive=datasette)
