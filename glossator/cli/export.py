"""`export`: the archive as data for other programs."""

from __future__ import annotations

import re
import sys
from pathlib import Path
from typing import Any

import click

from glossator.cli.messages import count, progress
from glossator.cli.options import ArchiveOptions, archive_options
from glossator.config import SiteError

FORMATS = ("json", "jsonl", "csv", "sqlite", "jsonld", "csl", "ris", "bibtex", "epub", "vault", "okf", "spacy")
DAY = re.compile(r"\d{4}(-\d\d(-\d\d)?)?")


@click.command()
@archive_options
@click.argument("form", type=click.Choice(FORMATS), metavar="FORMAT")
@click.option("--to", required=True, type=click.Path(path_type=Path), help="File to write, or folder: csv, vault, okf.")
@click.option("--tag", help="Only articles with this tag.")
@click.option("--entity", help="Only articles that mention this entity, by name or id.")
@click.option("--since", metavar="DAY", help="Only articles from this day on, such as 2024-05-01.")
@click.option("--until", metavar="DAY", help="Only articles up to this day.")
def export(options: ArchiveOptions, form: str, to: Path, **chosen: Any) -> None:
    """Write the published part of the archive for other programs.

    FORMAT is json, jsonl, csv, sqlite, jsonld, csl, ris, bibtex, epub, vault, okf or spacy.
    """
    from glossator.export import FORMATS as WRITERS
    from glossator.export import Selection, selected
    from glossator.export.gather import archive_data
    from glossator.export.write import write_export
    from glossator.pipeline import ArchivePaths
    from glossator.pipeline.review.survey import open_survey

    for name in ("since", "until"):
        if chosen[name] and not DAY.fullmatch(chosen[name]):
            raise SiteError(f'--{name} "{chosen[name]}" is no day.', "Write it as 2024-05-01.")
    if chosen["until"]:
        chosen["until"] = chosen["until"].ljust(10, "9")  # a year or a month ends with its last day
    paths = ArchivePaths(options.content, options.site)
    with progress(quiet=not sys.stderr.isatty()) as shown, open_survey(paths, options.read_config(), shown) as survey:
        archive = selected(archive_data(survey), Selection(**chosen))
    written = write_export(WRITERS[form](archive), to, paths.cache.parent)
    articles, entities = count(len(archive.articles), "article"), count(len(archive.entities), "entity", "entities")
    click.echo(f"{articles}, {entities}: {count(len(written), 'file')} written to {to}.")
