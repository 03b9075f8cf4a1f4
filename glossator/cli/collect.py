"""`add` and `open`: saved files in an archive, and a look at them without one."""

from __future__ import annotations

import shlex
import sys
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import click

from glossator.cli.extensions import extensions, load_extended
from glossator.cli.json_output import json_option, print_json
from glossator.cli.messages import SOME_FAILED, count, progress, show
from glossator.cli.options import Port, SavedPath, content_option, quiet_option
from glossator.config import SETTINGS_FILE, Config, SiteError
from glossator.model import Problem
from glossator.temporary_folders import stopped_by_signals, temporary_folder
from glossator.text import list_first

if TYPE_CHECKING:
    from glossator.pipeline import Report

_AS_TEXT = "Save it as a Word document (.docx), HTML or plain text, and add that."
REMEDIES = {"doc": _AS_TEXT, "gzip": "Unpack it, and add what is in it.", "odt": _AS_TEXT, "rtf": _AS_TEXT}
"""Advice for files that are not read, by their format."""


@click.command()
@click.argument("paths", nargs=-1, required=True, type=SavedPath(path_type=Path), metavar="PATH...")
@content_option
@click.option("--text", "any_text", is_flag=True, help="Add texts whatever their names end in, such as .py or .log.")
@quiet_option
@json_option
def add(paths: tuple[Path, ...], content: Path, any_text: bool, quiet: bool, as_json: bool) -> None:
    """Copy saved pages, clippings and exports into the archive, and say what each was recognised as.

    A folder stands for every file in it. The originals stay where they are; `build` then makes articles of the copies.
    """
    from glossator.content.archive_paths import check_archive
    from glossator.content.conversions import ask_again
    from glossator.pipeline.ingest.copy_to_saved import add_files
    from glossator.stages.extract.format_in_words import UNKNOWN_TEXT

    check_archive(content)
    config = load_extended(content.parent / SETTINGS_FILE)
    added, problems = add_files(paths, content / "saved", config, any_text=any_text)
    again = ask_again(content, ((file.name, file.sha256) for file in added if file.name), copies=False)
    show(problems, below="")
    refused = [file for file in added if not file.what.read]
    unknown = [file.path for file in refused if file.what.format == UNKNOWN_TEXT]
    if as_json:
        data = [
            {"path": str(file.path), "format": file.what.format, "saved": file.name, "new": file.new} for file in added
        ]
        data += [
            {"path": problem.path, "format": "", "saved": "", "new": False, "problem": problem.message}
            for problem in problems
        ]
        print_json(data)
    else:
        if unknown:
            click.echo(_unknown_texts(unknown), err=True)
        for file in (file for file in added if file.what.format != UNKNOWN_TEXT):
            if not file.what.read:
                refusal = f"{file.path}: {file.what.noun}; no article can be made of it, so it was not added."
                click.echo(" ".join(filter(None, (refusal, REMEDIES.get(file.what.format)))), err=True)
            elif not quiet:
                copy = f"saved/{file.name}" if file.new else f"already there as saved/{file.name}"
                click.echo(f"{file.path}: {file.what.noun} -> {copy}")
        if again and not quiet:
            click.echo(f"{count(again, 'article')} that you had deleted will be made again.")
        if not quiet:
            new = sum(file.new for file in added)
            then = "; `glossator serve` makes articles of them and shows them" if new else ""
            click.echo(f"{count(new, 'file')} added{then}.")
    sys.exit(SOME_FAILED if refused or problems else 0)


def _unknown_texts(paths: list[Path]) -> str:
    """Return the sentence about texts whose names do not end as those of texts do."""
    endings = ", ".join(sorted({path.suffix.lower() for path in paths}))
    reason = f"Plain texts by what is in them, whose names end otherwise ({endings}), so not added"
    return f"{reason}: {list_first(list(map(str, paths)))}; if they are articles, add them with --text."


@click.command(name="open")
@click.argument("paths", nargs=-1, required=True, type=SavedPath(path_type=Path), metavar="PATH...")
@click.option("--port", type=Port(0, 65535), default=0, help="Port of the site's address.  [default: any that is free]")
@click.option("--no-browser", is_flag=True, help="Only print the address.")
def open_paths(paths: tuple[Path, ...], port: int, no_browser: bool) -> None:
    """Show saved pages, or a folder of them, as a site in the browser until Ctrl-C. Nothing is kept."""
    from glossator.pipeline import ArchivePaths
    from glossator.pipeline.ingest.copy_to_saved import add_files
    from glossator.serve import Address, serve

    reports: list[Report] = []
    shown_problems: set[Problem] = set()

    given: dict[str, str] = {}

    def show_report(report: Report) -> None:
        show(tuple(problem for problem in report.problems if problem not in shown_problems), given=given)
        shown_problems.update(report.problems)
        reports.append(report)

    with stopped_by_signals(), temporary_folder("open") as folder:
        archive, config = ArchivePaths(folder / "content", folder / "site"), Config(extensions=extensions())
        added, problems = add_files(paths, archive.saved, config)
        show(problems, below="")
        given |= {file.name: str(file.path) for file in added if file.name}
        refused = [file for file in added if not file.what.read]
        for file in refused:
            click.echo(f"{file.path}: {file.what.noun}; no article is made of it.", err=True)
        if len(refused) == len(added):
            raise SiteError("There is nothing to show.", "Give saved pages, clippings or exports, or a folder of them.")
        address = Address(folder / SETTINGS_FILE, port, not no_browser)
        try:
            serve(archive, lambda: config, show_report, address, partial(progress, quiet=False))
        finally:
            if reports:  # none if it was stopped while the first build ran
                doubtful = {problem.where() for problem in shown_problems if problem.is_of_saved_file}
                _conclude(reports[-1], len(doubtful) + len(refused) + len(problems), paths)


def _conclude(report: Report, doubtful: int, paths: tuple[Path, ...]) -> None:
    """Print in three lines what was found, how many files are doubtful, and how to keep it."""
    given = " ".join(shlex.quote(str(path)) for path in paths)
    named = count(report.named, "entity", "entities")
    click.echo(f"Found: {count(report.articles, 'article')}, {named} named, {report.entities:,} with a page.")
    click.echo(f"Doubtful: {count(doubtful, 'file')}; see above." if doubtful else "Nothing was doubtful.")
    click.echo(f"To keep it: glossator init DIR && glossator add --content DIR/content {given}")
