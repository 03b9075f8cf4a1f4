"""`export` and `mcp`: the archive as data for other programs."""

from __future__ import annotations

import importlib.util
import re
import sys
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from typing import Any

import click

from glossator.cli.messages import count, progress
from glossator.cli.options import ArchiveOptions, archive_options
from glossator.config import SiteError
from glossator.export import FORMATS, Selection, selected

PRIVATE_NOTICE = "This is a private copy: it holds what you keep back from the site. Do not put it anywhere public."
DAY = re.compile(r"\d{4}(-\d\d(-\d\d)?)?")
*_FIRST, _LAST = FORMATS
HELP = f"""Write the published part of the archive for other programs.

FORMAT is {", ".join(_FIRST)} or {_LAST}.
"""


@click.command(help=HELP)
@archive_options
@click.argument("form", type=click.Choice(FORMATS), metavar="FORMAT")
@click.option("--to", required=True, type=click.Path(path_type=Path), help="File to write, or folder: csv, vault, okf.")
@click.option("--tag", help="Only articles with this tag.")
@click.option("--entity", help="Only articles that mention this entity, by name or id.")
@click.option("--since", metavar="DAY", help="Only articles from this day on, such as 2024-05-01.")
@click.option("--until", metavar="DAY", help="Only articles up to this day.")
@click.option("--private", "own_copy", is_flag=True, help="Your own copy, with all that is kept back from the site.")
def export(options: ArchiveOptions, form: str, to: Path, own_copy: bool, **chosen: Any) -> None:
    """Write the published part of the archive, or the owner's own copy, in a format."""
    from glossator.export.gather import archive_data
    from glossator.export.write import check_place, write_export
    from glossator.pipeline.review.survey import open_survey

    for name in ("since", "until"):
        if chosen[name] and not DAY.fullmatch(chosen[name]):
            raise SiteError(f'--{name} "{chosen[name]}" is no day.', "Write it as 2024-05-01.")
    if chosen["until"]:
        chosen["until"] = chosen["until"].ljust(10, "9")  # a year or a month ends with its last day
    if own_copy:
        check_place(to.absolute(), (options.site, options.content, options.content.parent / "templates"))
    paths = options.paths(own_copy)
    config = replace(options.read_config(), private=own_copy)
    with progress(quiet=not sys.stderr.isatty()) as shown, open_survey(paths, config, shown) as survey:
        archive = selected(archive_data(survey), Selection(**chosen))
    written = write_export(FORMATS[form](archive), to, paths.cache.parent, private=own_copy)
    articles, entities = count(len(archive.articles), "article"), count(len(archive.entities), "entity", "entities")
    click.echo(f"{articles}, {entities}: {count(len(written), 'file')} written to {to}.")
    if own_copy:
        click.echo(PRIVATE_NOTICE)


MISSING = "`glossator mcp` needs a library that is not installed: pip install 'glossator[mcp]'"


@click.command("mcp")
@archive_options
def mcp(options: ArchiveOptions) -> None:
    """Serve the published part of the archive to a language model, by the Model Context Protocol.

    It is started by the program that asks, and answers on standard output until its input ends.
    """
    if importlib.util.find_spec("mcp") is None:
        raise SiteError(MISSING)
    from glossator.export.gather import archive_data
    from glossator.export.lookup import Answer, ArchiveLookup, NotInArchive
    from glossator.export.mcp_server import server
    from glossator.model import Problem
    from glossator.pipeline.proof.prove_drafts import Scope, prove_drafts
    from glossator.pipeline.proof.read_drafts import STDIN, given_text
    from glossator.pipeline.review.survey import open_survey
    from glossator.proof_reports import ArticleAddresses, proof_data

    paths = options.paths()

    def prove(text: str) -> Answer:
        config = options.read_config()
        try:
            found = prove_drafts(paths, config, [given_text(text.encode())], Scope(public=True))[STDIN]
        except SiteError as error:
            raise NotInArchive(f"{error.message} {error.hint}".strip()) from None
        if isinstance(found, Problem):
            raise NotInArchive(f"The text {found.message}.")
        return proof_data(found, ArticleAddresses(config.site.url))

    with progress(quiet=True) as shown, open_survey(paths, options.read_config(), shown) as survey:
        archive = archive_data(survey)
    with closing(ArchiveLookup(archive)) as lookup:
        server(archive.title, lookup, prove).run("stdio")
