"""The verbs. Exit codes: 0 done, 1 some file failed and the rest is done, 2 wrong use or set-up."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable
from dataclasses import asdict, dataclass, replace
from functools import wraps
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from glossator import __version__
from glossator.config import Config, SiteError, base_address, load
from glossator.disk import failure
from glossator.model import Problem
from glossator.output import check

if TYPE_CHECKING:
    from glossator.pipeline import Report

SOME_FAILED = 1
WRONG_SETUP = 2
NOTICES_SHOWN = 20
"""Notices, of which nothing was lost; of what failed every line is shown."""
BELOW_SAVED = frozenset({"find", "extract", "convert"})
"""Stages whose problems name a saved file, by its path below the folder that it was found in."""


class _Verbs(click.Group):
    """A command line without a verb means `build`; a wrong set-up is a sentence and a hint."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        if not args or (args[0].startswith("-") and args[0] not in ("--help", "-h", "--version")):
            args = ["build", *args]
        return super().parse_args(ctx, args)

    def invoke(self, ctx: click.Context) -> Any:
        try:
            return super().invoke(ctx)
        except SiteError as error:
            click.echo("\n".join(filter(None, (error.message, error.hint))), err=True)
        except BrokenPipeError:
            raise  # whoever read the output has seen enough: click ends quietly
        except OSError as error:
            click.echo(
                f"{failure(error)}\nSee that you may read and write there, and that the disk has room.", err=True
            )
        return ctx.exit(WRONG_SETUP)


@click.group(cls=_Verbs, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="glossator")
def main() -> None:
    """Turn a folder of saved articles into an annotated, searchable site.

    Put saved pages, text copies and Markdown clippings into content/saved/, then run `build` (the verb that is meant
    when none is given) and open site/index.html.
    """


@dataclass(frozen=True, slots=True)
class Order:
    """Which archive a verb works on, and with which settings."""

    content: Path
    site: Path
    config: Path
    url: str | None
    workers: int | None

    def settings(self) -> Config:
        """The settings of the file as it is now, with those of the command line in their place."""
        config = load(self.config)
        if self.url:
            config = replace(config, site=replace(config.site, url=self.url))
        if self.workers is not None:
            config = replace(config, build=replace(config.build, workers=self.workers))
        return config


def _archive(command: Callable[..., None]) -> Callable[..., None]:
    """Gives a verb the options that say which archive it works on, as one `Order`."""

    @wraps(command)
    def ordered(
        *, content: Path, site: Path, config: Path | None, url: str | None, workers: int | None, **rest: Any
    ) -> None:
        content, site = content.absolute(), site.absolute()
        check(site, content)
        try:
            address = base_address(url) if url else None
        except ValueError:
            raise SiteError(f'--url "{url}" is no web address.', 'Write it as "https://...".') from None
        if config and not config.is_file():
            raise SiteError(f"There is no file {config}.", "Leave --config out to build with the defaults.")
        order = Order(content, site, (config or content.parent / "glossator.toml").absolute(), address, workers)
        command(order, **rest)

    path = click.Path(path_type=Path)
    for option in (
        click.option("--workers", type=click.IntRange(0), help="Processes to use; 0 for one a core.", metavar="N"),
        click.option("--url", help="Where the site will be published: needed by the 404 page below a path."),
        click.option("--config", type=path, help="Settings.  [default: glossator.toml beside the content]"),
        click.option("--site", default="site", type=path, show_default=True, help="Output."),
        click.option("--content", default="content", type=path, show_default=True, help="Archive."),
    ):
        ordered = option(ordered)
    return ordered


@main.command()
@_archive
@click.option("--reconvert", is_flag=True, help="Convert anew every article that nobody edited.")
@click.option("--quiet", "-q", is_flag=True, help="Say only what went wrong.")
@click.option("--json", "as_json", is_flag=True, help="Print what was done as JSON.")
def build(order: Order, reconvert: bool, quiet: bool, as_json: bool) -> None:
    """Bring the site up to date: convert what is new, find the names, write the pages and the search index."""
    from glossator.pipeline import Places, build

    places = Places(order.content, order.site)
    report = build(places, order.settings(), _progress(quiet or as_json), reconvert)
    _show(report.problems)
    if as_json:
        click.echo(json.dumps(asdict(report), ensure_ascii=False, indent=1))
    elif not quiet:
        click.echo(_summary(report, order.site))
    sys.exit(SOME_FAILED if report.failed else 0)


@main.command()
@_archive
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
    from glossator.pipeline import Places
    from glossator.serve import Address, serve

    def shown(report: Report) -> None:
        _show(report.problems)
        click.echo(_summary(report, order.site))

    serve(Places(order.content, order.site), order.settings, shown, Address(order.config, port, open_browser))


@main.command()
@click.argument("paths", nargs=-1, required=True, type=click.Path(exists=True, path_type=Path), metavar="PATH...")
@click.option("--to", required=True, type=click.Path(file_okay=False, path_type=Path), help="Folder for the Markdown.")
@click.option(
    "--config", default="glossator.toml", type=click.Path(path_type=Path), show_default=True, help="Settings."
)
@click.option("--quiet", "-q", is_flag=True, help="Say only what went wrong.")
def convert(paths: tuple[Path, ...], to: Path, config: Path, quiet: bool) -> None:
    """Turn saved files into Markdown, and nothing more: STEM.md for each.

    A folder stands for every file in it.
    """
    from glossator.pipeline import convert_files

    done = convert_files(paths, to, load(config), _progress(quiet))
    _show(done.problems, below="")
    if not quiet:
        click.echo(f"{_count(len(done.written), 'article')} written to {to}.")
    sys.exit(SOME_FAILED if any(problem.fatal for problem in done.problems) else 0)


@main.command()
@click.argument("paths", nargs=-1, required=True, type=click.Path(exists=True, path_type=Path), metavar="PATH...")
@click.option(
    "--format", "form", type=click.Choice(["text", "json"]), default="text", show_default=True, help="Output."
)
@click.option(
    "--config", default="glossator.toml", type=click.Path(path_type=Path), show_default=True, help="Settings."
)
@click.option("--quiet", "-q", is_flag=True, help="No progress.")
def annotate(paths: tuple[Path, ...], form: str, config: Path, quiet: bool) -> None:
    """Find the entities in text and Markdown files, and print every mention.

    As JSON: {stem: {"mentions": [{"start", "end", "entity", "type"}]}}, with offsets in code points.
    """
    from glossator.pipeline import annotate_files

    files, problems = annotate_files(paths, load(config), _progress(quiet or form == "json"))
    _show(problems, below="")
    if form == "json":
        found = {
            file.stem: {
                "mentions": [
                    {"start": mention.start, "end": mention.end, "entity": entity.id, "type": entity.type}
                    for mention, entity in file.mentions
                ]
            }
            for file in files
        }
        click.echo(json.dumps(found, ensure_ascii=False, indent=1))
    else:
        for file in files:
            for mention, entity in file.mentions:
                form_used = " ".join(file.text.content[mention.start : mention.end].split())
                click.echo(f"{file.stem}\t{mention.start}\t{mention.end}\t{entity.type}\t{entity.id}\t{form_used}")
    sys.exit(SOME_FAILED if any(problem.fatal for problem in problems) else 0)


def _progress(quiet: bool) -> Callable[[str, int, int], None]:
    """A line that grows on a terminal; elsewhere one line when a stage is done."""

    def say(stage: str, done: int, total: int) -> None:
        if quiet or not total:
            return
        if sys.stderr.isatty():
            click.echo(f"\r{stage:<9} {done} of {total}", err=True, nl=done >= total)
        elif done >= total:
            click.echo(f"{stage}: {total} done", err=True)

    return say


def _show(problems: tuple[Problem, ...], below: str = "saved/") -> None:
    """Print the problems; `below` is where the files of BELOW_SAVED lie."""
    notices = [problem for problem in problems if not problem.fatal]
    for problem in [*(one for one in problems if one.fatal), *notices[:NOTICES_SHOWN]]:
        path = f"{below}{problem.path}" if problem.stage in BELOW_SAVED else problem.path
        line = f", line {problem.line}" if problem.line else ""
        click.echo(f"{path}{line}: {problem.message}", err=True)
    if len(notices) > NOTICES_SHOWN:
        click.echo(f"... and {len(notices) - NOTICES_SHOWN} more notices; --json prints them all.", err=True)


def _summary(report: Report, site: Path) -> str:
    failed = sum(problem.fatal for problem in report.problems)
    parts = [
        f"{_count(report.articles, 'article')}, {_count(report.entities, 'entity', 'entities')}:",
        f"{_count(len(report.rendered), 'page')} rendered, {_count(len(report.written), 'file')} written to {site}.",
    ]
    if failed:
        parts.append(f"{_count(failed, 'file')} could not be used; see above.")
    return " ".join(parts)


def _count(number: int, one: str, many: str = "") -> str:
    return f"{number:,} {one if number == 1 else many or one + 's'}"
