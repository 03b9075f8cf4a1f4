"""`build` and `serve` make a site of the archive; `convert` and `annotate` run one stage alone, for any files."""

from __future__ import annotations

import gc
import json
import sys
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, TextIO

import click
import msgspec
from click.core import ParameterSource

from glossator.cli.extensions import load_extended
from glossator.cli.messages import SOME_FAILED, count, progress, show, show_costs
from glossator.cli.options import (
    ArchiveOptions,
    ArchivePath,
    Port,
    adopt_option,
    archive_options,
    content_option,
    settings_option,
    with_installed,
)

if TYPE_CHECKING:
    from glossator.config import Config
    from glossator.model import Entity, Problem
    from glossator.pipeline import ArchivePaths, Report
    from glossator.pipeline.convert_or_annotate import Annotations

GENERATION_2_THRESHOLD = 1000
"""Generation-1 collections before a full garbage collection, which takes 0.2 s for a large archive."""


@click.command()
@archive_options
@adopt_option
@click.option("--private", is_flag=True, help="Build a site for yourself, with all that is kept back; needs --site.")
@click.option("--reconvert", is_flag=True, help="Convert every article again that nobody edited.")
@click.option("--profile", is_flag=True, help="Print the time that each stage took.")
@click.option("--summary", type=click.File("a", "utf-8"), help="Append the addresses of new public articles to a file.")
@click.option("--quiet", "-q", is_flag=True, help="Print only what went wrong.")
@click.option("--json", "as_json", is_flag=True, help="Print what was done as JSON.")
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
        click.echo(json.dumps(msgspec.to_builtins(report), ensure_ascii=False, indent=1))
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
    watched = WatchedArchive(archive, options.content / "saved", folders, config.build) if folders else None
    intake = Intake(read_record(archive).token if inbox else "", watched)
    told: set[Problem] = set()

    def show_report(report: Report) -> None:
        show(tuple(problem for problem in report.news if problem.fatal or problem not in told))
        told.update(report.problems)
        click.echo(_summary(report, options.site, options.private))

    address = Address(options.config, port, open_browser, intake)
    serve(options.paths(private), options.read_config, show_report, address, partial(progress, quiet=False))


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
@click.option("--quiet", "-q", is_flag=True, help="Print only what went wrong.")
def convert(
    paths: tuple[Path, ...], to: Path | None, config: Path, content: Path, reading: str | None, **how: bool
) -> None:
    """Only convert saved files to Markdown: STEM.md for each.

    A folder stands for every file in it.
    """
    from glossator.pipeline.convert_or_annotate import convert_files

    if how["set_aside"]:
        _set_aside(paths, content)
        return
    if not paths:
        raise click.UsageError("Missing argument 'PATH...'.")
    if how["again"]:
        from glossator.pipeline.ingest.copy_to_saved import want_again

        wanted = want_again(paths, content)
        nothing = "No article of these files was deleted or passed over, so there is none to be made again."
        click.echo(f"{count(wanted, 'article')} will be made again by the next build." if wanted else nothing)
        return
    if reading is not None:
        from glossator.pipeline.review.compare_readings import choose_readings

        choose_readings(paths, content, load_extended(config), reading)
        click.echo(f"{count(len(paths), 'article')} written; the next build shows it.")
        return
    if how["explain"]:
        _explain_parts(paths, load_extended(config))
        return
    if to is None:
        raise click.UsageError("Give a folder for the Markdown with --to, or --explain to write none.")
    with progress(how["quiet"]) as shown:
        converted = convert_files(paths, to, load_extended(config), shown)
    show(converted.problems, below="")
    if not how["quiet"]:
        click.echo(f"{count(len(converted.written), 'article')} written to {to}.")
    sys.exit(SOME_FAILED if any(problem.fatal for problem in converted.problems) else 0)


def _explain_parts(paths: tuple[Path, ...], config: Config) -> None:
    """Print which parts of saved pages are kept, and why."""
    from glossator.pipeline.convert_or_annotate import explain_file

    for path in paths:
        for entry, page in explain_file(path, config):
            click.echo(f"{path} {entry}".rstrip())
            click.echo("".join(f"  {note}\n" for note in page.notes), nl=False)
            for kept, reason, beginning in page.blocks:
                click.echo(f"  {'+' if kept else '-'} {beginning}\n      {reason}")


def _set_aside(paths: tuple[Path, ...], content: Path) -> None:
    """Record that nothing can be made of saved files, or list those of which that was recorded."""
    from glossator.pipeline.ingest.copy_to_saved import files_set_aside, set_files_aside

    if not paths:
        for file in files_set_aside(content):
            click.echo(content / "saved" / file)
        return
    set_files_aside(paths, content)
    click.echo(
        f"{count(len(paths), 'file')} set aside: kept in saved/, tried again when changed or with convert --again."
    )


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
        found = annotate_files(paths, with_installed(load_extended(config)), shown)
    show(found.problems, below="")
    if form == "json":
        click.echo(json.dumps(_as_json(found), ensure_ascii=False, indent=1))
    else:
        for file in found.files:
            for mention, entity in file.mentions:
                surface_form = " ".join(file.text.content[mention.start : mention.end].split())
                click.echo(f"{file.stem}\t{mention.start}\t{mention.end}\t{entity.type}\t{entity.id}\t{surface_form}")
    sys.exit(SOME_FAILED if any(problem.fatal for problem in found.problems) else 0)


def _as_json(found: Annotations) -> dict[str, object]:
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
        for file in found.files
    }
    return {**texts, ENTITIES_KEY: {entity.id: _entity_as_json(entity) for entity in found.entities}}


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
