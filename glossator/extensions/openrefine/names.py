"""The table of entities for OpenRefine, in which a person finds the item of Wikidata that each is."""

from __future__ import annotations

from collections.abc import Mapping

from glossator.export.tables import entity_columns, table
from glossator.extension_points.exports import ArchiveData, Export


def names(archive: ArchiveData) -> Mapping[str, bytes]:
    """Return the table of entities with an empty column `wikidata`, which `reconciled` reads."""
    return {"": table({**entity_columns(), "wikidata": lambda _: None}, archive.entities)}


OPENREFINE = Export(contract=1, help="A table of the names to reconcile with Wikidata", of_archive=names)
