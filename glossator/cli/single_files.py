"""`convert` and `annotate` run one stage alone, for any files."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from glossator.cli.extensions import load_extended
from glossator.cli.json_output import json_option, print_json, print_result
from glossator.cli.messages import SOME_FAILED, count, progress, show
from glossator.cli.options import ArchivePath, content_option, quiet_option, settings_option, with_installed

if TYPE_CHECKING:
    from glossator.config import Config
    from glossator.model import Entity
    from glossator.pipeline.convert_or_annotate import Annotations

LONGEST_DESCRIPTOR = 12
"""Words of a descriptor in the output; a longer one is printed as a sentence."""


@click.command()
@click.argument("paths", nargs=-1, type=ArchivePath(exists=True, path_type=Path), metavar="PATH...")
@click.option("--to", type=click.Path(file_okay=False, path_type=Path), help="Folder for the Markdown.")
@settings_option
@click.option("--again", is_flag=True, help="Let the next build make the deleted articles of files in saved/ again.")
@click.option(
    "--set-aside", is_flag=True, help="Make nothing of files in saved/ that cannot be read; without PATH, list them."
)
@click.option("--reading", metavar="NAME", help="Write articles of the archive, named by file, by this reading.")
@content_option
@click.option("--explain", is_flag=True, help="Write nothing; print which parts of the page were kept, and why.")
@quiet_option
@json_option
def convert(
    paths: tuple[Path, ...], to: Path | None, config: Path, content: Path, reading: str | None, **how: bool
) -> None:
    """Only convert saved files to Markdown: STEM.md for each.

    A folder stands for every file in it.
    """
    if not paths and not how["set_aside"]:
        raise click.UsageError("Missing argument 'PATH...'.")
    if how["set_aside"]:
        _set_aside(paths, content, how["as_json"])
    elif how["again"]:
        _want_again(paths, content, how["as_json"])
    elif reading is not None:
        _choose_reading(paths, content, load_extended(config), reading, as_json=how["as_json"])
    elif how["explain"]:
        _explain(paths, load_extended(config), how["as_json"])
    elif to is None:
        raise click.UsageError("Give a folder for the Markdown with --to, or --explain to write none.")
    else:
        sys.exit(_convert(paths, to, load_extended(config), quiet=how["quiet"], as_json=how["as_json"]))


def _convert(paths: tuple[Path, ...], to: Path, config: Config, *, quiet: bool, as_json: bool) -> int:
    """Write the Markdown of saved files to a folder; return the exit code."""
    from glossator.pipeline.convert_or_annotate import convert_files

    with progress(quiet or as_json) as shown:
        converted = convert_files(paths, to, config, shown)
    show(converted.problems, below="")
    if as_json:
        written = [{"file": file, "article": article} for file, article in converted.written]
        print_result({"written": written, "problems": converted.problems})
    elif not quiet:
        click.echo(f"{count(len(converted.written), 'article')} written to {to}.")
    return SOME_FAILED if any(problem.fatal for problem in converted.problems) else 0


def _want_again(paths: tuple[Path, ...], content: Path, as_json: bool) -> None:
    from glossator.pipeline.ingest.copy_to_saved import want_again

    wanted = want_again(paths, content)
    nothing = "No article of these files was deleted or passed over, so there is none to be made again."
    if as_json:
        print_result({"again": wanted})
    else:
        click.echo(f"{count(wanted, 'article')} will be made again by the next build." if wanted else nothing)


def _choose_reading(paths: tuple[Path, ...], content: Path, config: Config, reading: str, *, as_json: bool) -> None:
    """Write articles of the archive by another reading of their saved files."""
    from glossator.config import SiteError
    from glossator.pipeline.review.compare_readings import open_readings, take
    from glossator.slugs import article_id

    for path in paths:
        if not path.resolve().is_relative_to((content / "articles").resolve()):
            raise SiteError(f"{path} is not below {content / 'articles'}.", "Name the file of an article.")
        take(open_readings(content, article_id(path.stem), config), reading)
    if as_json:
        print_result({"written": paths})
    else:
        click.echo(f"{count(len(paths), 'article')} written; the next build shows it.")


def _explain(paths: tuple[Path, ...], config: Config, as_json: bool) -> None:
    """Print which parts of the pages in saved files are kept, and why."""
    from glossator.pipeline.convert_or_annotate import explain_file

    explained = [(path, *part) for path in paths for part in explain_file(path, config)]
    if as_json:
        names = ("kept", "reason", "beginning")
        print_result(
            {
                "pages": [
                    {
                        "file": path,
                        "entry": entry,
                        "notes": page.notes,
                        "blocks": [dict(zip(names, block, strict=True)) for block in page.blocks],
                    }
                    for path, entry, page in explained
                ]
            }
        )
        return
    for path, entry, page in explained:
        click.echo(f"{path} {entry}".rstrip())
        click.echo("".join(f"  {note}\n" for note in page.notes), nl=False)
        for kept, reason, beginning in page.blocks:
            click.echo(f"  {'+' if kept else '-'} {beginning}\n      {reason}")


def _set_aside(paths: tuple[Path, ...], content: Path, as_json: bool) -> None:
    """Record that nothing can be made of saved files, or list those of which that was recorded."""
    from glossator.pipeline.ingest.copy_to_saved import files_set_aside, set_files_aside

    if paths:
        set_files_aside(paths, content)
    files = [content / "saved" / file for file in files_set_aside(content)]
    if as_json:
        print_result({"set_aside": files})
    elif paths:
        promise = "kept in saved/, tried again when changed or with convert --again"
        click.echo(f"{count(len(paths), 'file')} set aside: {promise}.")
    else:
        for file in files:
            click.echo(file)


@click.command()
@click.argument("paths", nargs=-1, required=True, type=click.Path(exists=True, path_type=Path), metavar="PATH...")
@click.option(
    "--format", "form", type=click.Choice(["text", "json"]), default="text", show_default=True, help="Output."
)
@settings_option
@click.option("--quiet", "-q", is_flag=True, help="Print no progress.")
def annotate(paths: tuple[Path, ...], form: str, config: Path, quiet: bool) -> None:
    """Find the entities in text and Markdown files, and print every mention.

    As JSON: {stem: {"mentions": [{"start", "end", "entity", "type"}], "quotes": [{"start", "end", "entity"}]}}, with
    offsets in code points, and under the key "entities" the name, type and descriptor of each entity.
    """
    from glossator.pipeline.convert_or_annotate import annotate_files

    with progress(quiet or form == "json") as shown:
        annotations = annotate_files(paths, with_installed(load_extended(config)), shown)
    show(annotations.problems, below="")
    if form == "json":
        print_json(_as_json(annotations))
    else:
        for file in annotations.files:
            for mention, entity in file.mentions:
                surface_form = " ".join(file.text.content[mention.start : mention.end].split())
                click.echo(f"{file.stem}\t{mention.start}\t{mention.end}\t{entity.type}\t{entity.id}\t{surface_form}")
    sys.exit(SOME_FAILED if any(problem.fatal for problem in annotations.problems) else 0)


def _as_json(annotations: Annotations) -> dict[str, object]:
    """Return the annotations as docs/pages/commands.md describes them."""
    from glossator.pipeline.convert_or_annotate import ENTITIES_KEY

    texts: dict[str, object] = {
        file.stem: {
            "mentions": [
                {"start": mention.start, "end": mention.end, "entity": entity.id, "type": entity.type}
                for mention, entity in file.mentions
            ],
            "quotes": [{"start": quote.start, "end": quote.end, "entity": entity.id} for quote, entity in file.quotes],
        }
        for file in annotations.files
    }
    return {**texts, ENTITIES_KEY: {entity.id: _entity_as_json(entity) for entity in annotations.entities}}


def _entity_as_json(entity: Entity) -> dict[str, object]:
    """Return an entity; a descriptor of more than LONGEST_DESCRIPTOR words is a sentence, and stands apart."""
    words = entity.introduction.text.split() if entity.introduction else []
    brief = len(words) <= LONGEST_DESCRIPTOR
    sentence = entity.sentences[0].text if entity.sentences and not words else ""
    return {
        "name": entity.name,
        "type": entity.type,
        "descriptor": " ".join(words) if brief else "",
        "sentence": sentence if brief else " ".join(words),
        "page": entity.page,
    }
