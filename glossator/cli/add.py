"""`add`: copies saved files into the archive."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import click

from glossator.cli.messages import SOME_FAILED, count, show
from glossator.cli.options import SavedPath
from glossator.config import SETTINGS_FILE
from glossator.read_config import load

_AS_TEXT = "Save it as a Word document (.docx), HTML or plain text, and add that."
REMEDIES = {"doc": _AS_TEXT, "gzip": "Unpack it, and add what is in it.", "odt": _AS_TEXT, "rtf": _AS_TEXT}
"""Advice for files that are not read, by their format."""
NAMED = 5
"""Paths that a sentence about several files names."""


@click.command()
@click.argument("paths", nargs=-1, required=True, type=SavedPath(exists=True, path_type=Path), metavar="PATH...")
@click.option("--content", default="content", type=click.Path(path_type=Path), show_default=True, help="Archive.")
@click.option("--text", "any_text", is_flag=True, help="Add texts whatever their names end in, such as .py or .log.")
@click.option("--quiet", "-q", is_flag=True, help="Print only what went wrong.")
@click.option("--json", "as_json", is_flag=True, help="Print what was done as JSON.")
def add(paths: tuple[Path, ...], content: Path, any_text: bool, quiet: bool, as_json: bool) -> None:
    """Copy saved pages, clippings and exports into the archive, and say what each was recognised as.

    A folder stands for every file in it. The originals stay where they are; `build` then makes articles of the copies.
    """
    from glossator.content.conversions import ask_again
    from glossator.content.missing_archive import check_archive
    from glossator.pipeline.ingest.copy_to_saved import add_files
    from glossator.stages.extract.format_in_words import UNKNOWN_TEXT

    check_archive(content)
    settings = load(content.parent / SETTINGS_FILE).build
    added, problems = add_files(paths, content / "saved", settings, any_text=any_text)
    again = ask_again(content, ((file.name, file.sha256) for file in added if file.name), copies=False)
    show(problems, below="")
    refused = [file for file in added if not file.what.read]
    unknown = [file.path for file in refused if file.what.format == UNKNOWN_TEXT]
    if as_json:
        data = [
            {"path": str(file.path), "format": file.what.format, "saved": file.name, "new": file.new} for file in added
        ]
        click.echo(json.dumps(data, ensure_ascii=False, indent=1))
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
            click.echo(f"{count(new, 'file')} added{'; `build` makes articles of them' if new else ''}.")
    sys.exit(SOME_FAILED if refused or problems else 0)


def _unknown_texts(paths: list[Path]) -> str:
    """Return the sentence about texts whose names have the endings of other files."""
    endings = ", ".join(sorted({path.suffix.lower() for path in paths}))
    named = ", ".join(map(str, paths[:NAMED]))
    more = f" and {len(paths) - NAMED} more" if len(paths) > NAMED else ""
    reason = f"Not known as articles by the endings of their names ({endings}), so not added"
    return f"{reason}: {named}{more}; if they are articles, add them with --text."
