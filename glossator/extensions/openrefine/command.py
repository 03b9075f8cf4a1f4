"""`entity reconciled`: decisions from a table that came back from OpenRefine."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from glossator.cli.entity_decisions import DecisionWriter, decision_options
from glossator.cli.examples import epilog
from glossator.config import SiteError
from glossator.extension_points.commands import Command
from glossator.extensions.openrefine.table import decisions
from glossator.files import Unusable, read_text
from glossator.model import Decision

if TYPE_CHECKING:
    from glossator.pipeline.review.survey import Survey


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
