"""`build` and `serve`: a site of the archive."""

from __future__ import annotations

import gc
import sys
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, TextIO

import click
from click.core import ParameterSource

from glossator.cli.json_output import json_option, print_json
from glossator.cli.messages import SOME_FAILED, count, progress, show, show_costs, with_runnable
from glossator.cli.options import ArchiveOptions, Port, adopt_option, archive_options, quiet_option

if TYPE_CHECKING:
    from glossator.config import Config
    from glossator.model import Problem
    from glossator.pipeline import ArchivePaths, Report

GENERATION_2_THRESHOLD = 1000
"""Generation-1 collections before a full garbage collection, which takes 0.2 s for a large archive."""


@click.command()
@archive_options
@adopt_option
@click.option("--private", is_flag=True, help="Build a site for yourself, with all that is kept back; needs --site.")
@click.option("--reconvert", is_flag=True, help="Convert every article again that nobody edited.")
@click.option("--profile", is_flag=True, help="Print the time that each stage took.")
@click.option("--summary", type=click.File("a", "utf-8"), help="Append the addresses of new public articles to a file.")
@quiet_option
@json_option
def build(options: ArchiveOptions, reconvert: bool, profile: bool, summary: TextIO | None, **how: bool) -> None:
    """Bring the site up to date: convert new files, find the names, write the pages and the search index."""
    from glossator.pipeline import bring_up_to_date

    gc.set_threshold(*gc.get_threshold()[:2], GENERATION_2_THRESHOLD)
    quiet, as_json = how["quiet"], how["as_json"]
    paths = options.paths(options.private)
    with progress(quiet or as_json) as shown:
        report = bring_up_to_date(paths, options.read_config(), shown, reconvert)
    show(tuple(problem for problem in report.news if problem.fatal or not quiet), more="; --json prints them all")
    if profile:
        show_costs(report.costs)
    if summary:
        summary.write(_news(paths, options.read_config()))
    if as_json:
        print_json(with_runnable(report))
    elif not quiet:
        click.echo(_summary(report, options.site, options.private))
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
@click.option("--private", "everything", is_flag=True, help="Show what is kept back, too, to you alone.")
@click.option("--inbox", is_flag=True, help="Take pages that your browser sends; shows what is kept back, too.")
@click.option("--print-token", is_flag=True, help="Only print the token with which pages are sent.")
def serve(options: ArchiveOptions, port: int, open_browser: bool, inbox: bool, **how: bool) -> None:
    """Build, serve the site on this machine, and show every change as soon as it is saved."""
    from glossator.content.archive_paths import check_archive
    from glossator.serve import Address, Intake, serve
    from glossator.serve.user_record import read_record
    from glossator.serve.watched_folders import WatchedArchive, asked_folders

    check_archive(options.content)
    archive = options.content.parent
    if how["print_token"]:
        click.echo(read_record(archive).token)
        return
    private = inbox or how["everything"]
    if private:
        if click.get_current_context().get_parameter_source("site") is not ParameterSource.DEFAULT:
            raise click.UsageError(
                "--private and --inbox show a private copy of the site, which has a folder of its own: no --site."
            )
        options = options.private_preview()
    config = options.read_config()
    folders = asked_folders(archive, config.inbox.watch, _ask)
    watched = WatchedArchive(archive, options.content / "saved", folders, config) if folders else None
    intake = Intake(read_record(archive).token if inbox else "", watched)
    shown_problems: set[Problem] = set()

    def show_report(report: Report) -> None:
        show(tuple(problem for problem in report.news if problem.fatal or problem not in shown_problems))
        shown_problems.update(report.problems)
        click.echo(_summary(report, options.site, options.private))

    def read_config() -> Config:
        """Read the settings anew. Extensions stay: Python imports a package once, whatever is installed meanwhile."""
        return replace(options.read_config(), extensions=config.extensions)

    address = Address(options.config, port, open_browser, intake)
    serve(options.paths(private), read_config, show_report, address, partial(progress, quiet=False))


def _ask(question: str) -> bool | None:
    return click.confirm(question) if sys.stdin.isatty() else None


def _news(paths: ArchivePaths, config: Config) -> str:
    from glossator.content.article_store import read_article_store
    from glossator.pipeline.context import rights_policy
    from glossator.publish.news import newly_announced, summary

    kept = read_article_store(paths.articles, policy=rights_policy(config)).kept
    public = (stored.head for stored in kept if stored.head.rights != "private")
    return summary(newly_announced(paths.cache.parent, public), config.site.url)


def _summary(report: Report, site: Path, private: bool) -> str:
    failed = sum(problem.fatal for problem in report.problems)
    parts = [
        f"{count(report.articles, 'article')}, {count(report.named, 'entity', 'entities')} named,",
        f"{report.entities:,} with a page:",
        f"{count(len(report.rendered), 'page')} rendered, {count(len(report.written), 'file')} written to {site}.",
    ]
    if failed:
        parts.append(f"{count(failed, 'problem')}; see above.")
    if any(problem.fatal and problem.is_of_saved_file for problem in report.problems):
        parts.append(
            "\nA saved file that you cannot mend: `glossator convert --set-aside FILE` keeps it and leaves it out."
        )
    cut = sum(text.file.startswith("articles/") for text in report.disclosure.kept_back)
    if not cut or private:
        return " ".join(parts)
    held = f"{count(cut, 'article')} kept back in part or whole: `glossator serve --private` shows them to you."
    return f"{' '.join(parts)}\n{held}"
