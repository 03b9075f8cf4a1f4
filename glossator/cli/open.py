"""`open`: shows saved pages as a site, and leaves nothing behind."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

import click

from glossator.cli.messages import count, show
from glossator.cli.options import Port, SavedPath
from glossator.config import SETTINGS_FILE, BuildSettings, Config, SiteError
from glossator.model import Problem

if TYPE_CHECKING:
    from glossator.pipeline import Report


@click.command(name="open")
@click.argument("paths", nargs=-1, required=True, type=SavedPath(exists=True, path_type=Path), metavar="PATH...")
@click.option("--port", type=Port(0, 65535), default=0, help="Port of the site's address.  [default: any that is free]")
@click.option("--no-browser", is_flag=True, help="Only print the address.")
def open_paths(paths: tuple[Path, ...], port: int, no_browser: bool) -> None:
    """Show saved pages, or a folder of them, as a site in the browser until Ctrl-C. Nothing is kept."""
    from glossator.pipeline import ArchivePaths
    from glossator.pipeline.ingest.copy_to_saved import add_files
    from glossator.serve import Address, serve

    reports: list[Report] = []
    told: set[Problem] = set()

    def show_report(report: Report) -> None:
        show(tuple(problem for problem in report.problems if problem not in told))
        told.update(report.problems)
        reports.append(report)

    with tempfile.TemporaryDirectory(prefix="glossator-open-") as folder:
        archive = ArchivePaths(Path(folder, "content"), Path(folder, "site"))
        added, problems = add_files(paths, archive.saved, BuildSettings())
        show(problems, below="")
        refused = [file for file in added if not file.what.read]
        for file in refused:
            click.echo(f"{file.path}: {file.what.noun}; no article is made of it.", err=True)
        if len(refused) == len(added):
            raise SiteError("There is nothing to show.", "Give saved pages, clippings or exports, or a folder of them.")
        serve(archive, Config, show_report, Address(Path(folder, SETTINGS_FILE), port, not no_browser))
    doubtful = {problem.where() for problem in told if problem.is_of_saved_file}
    _conclude(reports[-1], len(doubtful) + len(refused) + len(problems), paths)


def _conclude(report: Report, doubtful: int, paths: tuple[Path, ...]) -> None:
    """Print in three lines what was found, how many files are doubtful, and how to keep it."""
    given = " ".join(f'"{path}"' if " " in str(path) else str(path) for path in paths)
    click.echo(f"Found: {count(report.articles, 'article')}, {count(report.entities, 'entity', 'entities')}.")
    click.echo(f"Doubtful: {count(doubtful, 'file')}; see above." if doubtful else "Nothing was doubtful.")
    click.echo(f"To keep it: glossator init DIR && glossator add --content DIR/content {given}")
