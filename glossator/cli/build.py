"""`build` and `serve`: the archive as a site."""

from __future__ import annotations

import gc
import json
import sys
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

import click

from glossator.cli.messages import SOME_FAILED, count, progress, show, show_costs
from glossator.cli.options import Order, archive

if TYPE_CHECKING:
    from glossator.pipeline import Report

SELDOM = 1000
"""So many times Python looks for rubbish in what is new and survived, until it looks through all."""


@click.command()
@archive
@click.option("--reconvert", is_flag=True, help="Convert anew every article that nobody edited.")
@click.option("--profile", is_flag=True, help="Say what each stage took.")
@click.option("--quiet", "-q", is_flag=True, help="Say only what went wrong.")
@click.option("--json", "as_json", is_flag=True, help="Print what was done as JSON.")
def build(order: Order, reconvert: bool, profile: bool, quiet: bool, as_json: bool) -> None:
    """Bring the site up to date: convert what is new, find the names, write the pages and the search index."""
    from glossator.pipeline import ArchivePaths, build

    # To look through all that is known of a large archive for rubbish takes a fifth of a second, and a build ends soon.
    gc.set_threshold(*gc.get_threshold()[:2], SELDOM)
    paths = ArchivePaths(order.content, order.site)
    report = build(paths, order.settings(), progress(quiet or as_json), reconvert)
    show(report.problems, more="; --json prints them all")
    if profile:
        show_costs(report.costs)
    if as_json:
        click.echo(json.dumps(asdict(report), ensure_ascii=False, indent=1))
    elif not quiet:
        click.echo(_summary(report, order.site))
    sys.exit(SOME_FAILED if report.failed else 0)


@click.command()
@archive
@click.option(
    "--port",
    type=click.IntRange(1, 65535),
    default=8000,
    show_default=True,
    help="Of the address to open in the browser.",
)
@click.option("--open", "open_browser", is_flag=True, help="Open the site in the browser.")
def serve(order: Order, port: int, open_browser: bool) -> None:
    """Build, show the site on this machine, and show every change as soon as it is saved."""
    from glossator.pipeline import ArchivePaths
    from glossator.serve import Address, serve

    def shown(report: Report) -> None:
        show(report.problems)
        click.echo(_summary(report, order.site))

    serve(ArchivePaths(order.content, order.site), order.settings, shown, Address(order.config, port, open_browser))


def _summary(report: Report, site: Path) -> str:
    failed = sum(problem.fatal for problem in report.problems)
    parts = [
        f"{count(report.articles, 'article')}, {count(report.entities, 'entity', 'entities')}:",
        f"{count(len(report.rendered), 'page')} rendered, {count(len(report.written), 'file')} written to {site}.",
    ]
    if failed:
        parts.append(f"{count(failed, 'problem')}; see above.")
    return " ".join(parts)
