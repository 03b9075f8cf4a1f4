"""The table of entities for OpenRefine, in which a person finds the item of Wikidata that each is."""

from __future__ import annotations

from collections.abc import Mapping

from glossator.export.data import ArchiveData
from glossator.export.tables import entity_columns, table


def names(archive: ArchiveData) -> Mapping[str, bytes]:
    """Return the table of entities with an empty column `wikidata`, which `reconciled` reads."""
    return {"": table({**entity_columns(), "wikidata": lambda _: None}, archive.entities)}
