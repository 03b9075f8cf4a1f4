"""`build` and `serve`: make a site of the archive."""

from __future__ import annotations

import gc
import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click
import msgspec

from glossator.cli.messages import SOME_FAILED, count, progress, show, show_costs
from glossator.cli.options import ArchiveOptions, Port, adopt_option, archive_options

if TYPE_CHECKING:
    from glossator.model import Problem
    from glossator.pipeline import Report

GENERATION_2_THRESHOLD = 1000
"""Generation-1 collections before a full garbage collection, which takes 0.2 s for a large archive."""


@click.command()
@archive_options
@adopt_option
@click.option("--private", is_flag=True, help="Build a site for yourself, with all that is kept back; needs --site.")
@click.option("--reconvert", is_flag=True, help="Convert every article again that nobody edited.")
@click.option("--profile", is_flag=True, help="Print the time that each stage took.")
@click.option("--quiet", "-q", is_flag=True, help="Print only what went wrong.")
@click.option("--json", "as_json", is_flag=True, help="Print what was done as JSON.")
def build(options: ArchiveOptions, reconvert: bool, profile: bool, quiet: bool, as_json: bool) -> None:
    """Bring the site up to date: convert new files, find the names, write the pages and the search index."""
    from glossator.pipeline import bring_up_to_date

    gc.set_threshold(*gc.get_threshold()[:2], GENERATION_2_THRESHOLD)
    paths = options.paths(options.private)
    with progress(quiet or as_json) as shown:
        report = bring_up_to_date(paths, options.read_config(), shown, reconvert)
    show(tuple(problem for problem in report.news if problem.fatal or not quiet), more="; --json prints them all")
    if profile:
        show_costs(report.costs)
    if as_json:
        click.echo(json.dumps(msgspec.to_builtins(report), ensure_ascii=False, indent=1))
    elif not quiet:
        click.echo(_summary(report, options.site))
    sys.exit(SOME_FAILED if report.failed else 0)


@click.command()
@archive_options
@click.option(
    "--port",
    type=Port(0, 65535),
    default=8000,
    show_default=True,
    help="Port of the preview's address; 0 for any that is free.",
)
@adopt_option
@click.option("--open", "open_browser", is_flag=True, help="Open the site in the browser.")
def serve(options: ArchiveOptions, port: int, open_browser: bool) -> None:
    """Build, serve the site on this machine, and show every change as soon as it is saved."""
    from glossator.serve import Address, serve

    told: set[Problem] = set()

    def show_report(report: Report) -> None:
        show(tuple(problem for problem in report.news if problem.fatal or problem not in told))
        told.update(report.problems)
        click.echo(_summary(report, options.site))

    paths = options.paths()
    serve(paths, options.read_config, show_report, Address(options.config, port, open_browser))


def _summary(report: Report, site: Path) -> str:
    failed = sum(problem.fatal for problem in report.problems)
    parts = [
        f"{count(report.articles, 'article')}, {count(report.entities, 'entity', 'entities')}:",
        f"{count(len(report.rendered), 'page')} rendered, {count(len(report.written), 'file')} written to {site}.",
    ]
    if failed:
        parts.append(f"{count(failed, 'problem')}; see above.")
    return " ".join(parts)
