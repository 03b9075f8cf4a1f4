"""The table of entities to and from OpenRefine: a person finds the item of Wikidata that each is, and corrects it."""

from __future__ import annotations

import csv
import io
import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from glossator.cli.entity_decisions import DecisionWriter, decision_options
from glossator.cli.examples import epilog
from glossator.config import SiteError
from glossator.export.tables import entity_columns, table
from glossator.extension_points.commands import Command
from glossator.extension_points.exports import ArchiveData, Export
from glossator.files import Unusable, read_text
from glossator.model import UNTYPED, Decision, EntityType
from glossator.text import one_line

if TYPE_CHECKING:
    from glossator.pipeline.review.survey import Survey

NEEDED = ("id", "name", "type")
WIKIDATA = re.compile(r"(?:https?://(?:www\.)?wikidata\.org/(?:wiki|entity)/)?(Q[1-9]\d*)")
"""An item of Wikidata, by its number or its address."""
LONGEST_NAME = 300
"""Characters of a name."""
TYPES = frozenset(map(str, EntityType))


def names(archive: ArchiveData) -> Mapping[str, bytes]:
    """Return the table of entities with an empty column `wikidata`, which `decisions` reads."""
    return {"": table({**entity_columns(), "wikidata": lambda _: None}, archive.entities)}


OPENREFINE = Export(contract=2, help="A table of the names to reconcile with Wikidata", of_archive=names)


def decisions(text: str, entities: Mapping[str, tuple[str, str]]) -> tuple[Decision, ...]:
    """Return the decisions in a table of entities; `entities` are their names and types by id.

    Rows that have one item of Wikidata are one entity, under the name of the first. Raises SiteError for a table
    without the columns, with an unknown id or an unknown type.
    """
    rows = _rows(text)
    if not rows or not set(NEEDED) <= rows[0].keys():
        raise SiteError(
            f"The table lacks one of the columns {', '.join(NEEDED)}.", "Begin with `export openrefine`, and keep them."
        )
    return (*_merges(rows, entities), *_changes(rows, entities))


def _rows(text: str) -> list[Mapping[str, str]]:
    """Return the rows of a table, a cell that a row lacks as empty. Raises SiteError if it cannot be read."""
    csv.field_size_limit(max(len(text), csv.field_size_limit()))  # the limit is the process’s
    reader = csv.DictReader(io.StringIO(text, newline=""), restval="")
    try:
        return list(reader)
    except csv.Error as error:
        hint = "Begin with `export openrefine`, and save the table as CSV."
        raise SiteError(f"Line {reader.line_num + 1}: the table cannot be read: {error}.", hint) from None


def _merges(rows: Sequence[Mapping[str, str]], entities: Mapping[str, tuple[str, str]]) -> Iterator[Decision]:
    by_item: dict[str, list[str]] = defaultdict(list)
    for row in rows:
        item = WIKIDATA.fullmatch((row.get("wikidata") or "").strip())
        if item and row["id"] in entities:
            by_item[item[1]].append(row["id"])
    for ids in by_item.values():
        if len(ids) > 1:
            yield Decision("merge", tuple(ids))


def _changes(rows: Sequence[Mapping[str, str]], entities: Mapping[str, tuple[str, str]]) -> Iterator[Decision]:
    for line, row in enumerate(rows, 2):
        key, name, kind = (one_line(row[column]) for column in NEEDED)
        if key not in entities:
            raise SiteError(f"Line {line}: no entity has the id “{key[:LONGEST_NAME]}”.", "Export the table anew.")
        if kind not in {*TYPES, UNTYPED}:
            hint = f"Known are: {', '.join(sorted(TYPES))}."
            raise SiteError(f"Line {line}: “{kind[:LONGEST_NAME]}” is no type.", hint)
        if len(name) > LONGEST_NAME:
            raise SiteError(f"Line {line}: the name has more than {LONGEST_NAME} characters.", "Shorten it.")
        old_name, old_kind = entities[key]
        plain = name.removeprefix("'") if name[1:2] in ("=", "+", "-", "@") else name
        if plain and plain != old_name:
            yield Decision("rename", (key,), plain)
        if kind not in (old_kind, UNTYPED):
            yield Decision("type", (key,), kind)


@click.command(epilog=epilog("entity reconciled names.csv", "entity reconciled names.csv --dry-run"))
@decision_options
@click.argument("table", type=click.Path(exists=True, dir_okay=False, path_type=Path))
def reconciled(writer: DecisionWriter, table: Path) -> None:
    """Read a table that `export openrefine` wrote and a person reconciled: names, types, and entities that are one.

    Rows with the same item in the column `wikidata` are one entity, under the name of the first.
    """
    try:
        text = read_text(table)
    except Unusable as error:
        raise SiteError(f"{table} {error}.") from None

    def in_table(survey: Survey) -> tuple[Decision, ...]:
        entities = (*survey.archive.entities, *(survey.site.archive.entities if survey.site else ()))
        decided = decisions(text, {str(entity.id): (entity.name, str(entity.stated_type)) for entity in entities})
        if not decided:
            raise SiteError("The table decides nothing: names and types are those of the archive.")
        return decided

    writer.decide_by(in_table)


RECONCILED = Command(contract=2, command=reconciled)
