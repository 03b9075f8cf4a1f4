"""`add`: saved files into the archive."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import click

from glossator.cli.messages import SOME_FAILED, count, show


@click.command()
@click.argument("paths", nargs=-1, required=True, type=click.Path(exists=True, path_type=Path), metavar="PATH...")
@click.option("--content", default="content", type=click.Path(path_type=Path), show_default=True, help="Archive.")
@click.option("--quiet", "-q", is_flag=True, help="Say only what went wrong.")
@click.option("--json", "as_json", is_flag=True, help="Print what was done as JSON.")
def add(paths: tuple[Path, ...], content: Path, quiet: bool, as_json: bool) -> None:
    """Copy saved pages, clippings and exports into the archive, and say what each was recognised as.

    A folder stands for every file in it. What is given stays where it is; `build` then makes articles of the copies.
    """
    from glossator.pipeline.ingest.add import add_files

    added, problems = add_files(paths, content / "saved")
    show(problems, below="")
    refused = [one for one in added if not one.what.read]
    if as_json:
        done = [{"path": str(one.path), "format": one.what.format, "saved": one.name, "new": one.new} for one in added]
        click.echo(json.dumps(done, ensure_ascii=False, indent=1))
    else:
        for one in added:
            if not one.what.read:
                click.echo(f"{one.path}: {one.what.noun}; no article can be made of it, so it was not added.", err=True)
            elif not quiet:
                place = f"saved/{one.name}" if one.new else f"already there as saved/{one.name}"
                click.echo(f"{one.path}: {one.what.noun} -> {place}")
        if not quiet:
            click.echo(f"{count(sum(one.new for one in added), 'file')} added; `build` makes articles of them.")
    sys.exit(SOME_FAILED if refused or problems else 0)
