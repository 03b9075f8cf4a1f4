"""`init`: a new archive."""

from __future__ import annotations

import shlex
import sys
from pathlib import Path

import click
import msgspec

from glossator.cli.json_output import json_option, print_result
from glossator.config import SiteSettings

PUBLISHED = ("full", "excerpt", "metadata")
"""Rights of articles by others that `init` offers."""
RIGHTS_QUESTION = """\
Most saved articles are the work of others. What may your site publish of them?
  full      all of each text
  excerpt   its first paragraphs, and names in them
  metadata  only title, source and date"""


@click.command()
@click.argument("folder", type=click.Path(file_okay=False, path_type=Path), metavar="DIR")
@click.option("--title", help="Name of the site.  [default: the folder's name]")
@click.option("--sample", is_flag=True, help="Put an invented article into it.")
@click.option(
    "--install-from", help="Where GitHub installs Glossator from: a wheel, or an address of Git with its commit."
)
@click.option(
    "--rights",
    type=click.Choice(PUBLISHED),
    help="What is published of articles by others.  [default: asks; excerpt if nobody is there]",
)
@json_option
def init(folder: Path, title: str | None, install_from: str | None, rights: str | None, **how: bool) -> None:
    """Make a new archive in a folder: settings, folders for articles, and what Git and GitHub Pages need."""
    from glossator.cli.workflow import installation
    from glossator.new_archive import create_archive, size_of_wheel

    folder = folder.absolute()
    installed = installation(install_from)
    site = SiteSettings(
        title or folder.name.replace("-", " ").capitalize(),
        rights=rights or (None if how["as_json"] else ask_rights()) or "excerpt",
    )
    made = create_archive(folder, site, installed, how["sample"])
    if kept := size_of_wheel(installed):
        click.echo(kept, err=how["as_json"])
    if how["as_json"]:
        print_result(
            {"archive": folder, "title": site.title, "rights": site.rights, **msgspec.to_builtins(made, enc_hook=str)}
        )
        return
    click.echo(f"{folder} is an archive now. Its settings are in glossator.toml.")
    click.echo(f'Of articles by others it publishes: rights = "{site.rights}".')
    if not made.repository:
        click.echo("It is in no Git repository, for Git is not installed; only publishing needs one.", err=True)
    click.echo(f"Next:\n  cd {shlex.quote(str(folder))}\n  glossator add FILES     (saved pages, clippings, exports)")
    click.echo("  glossator serve")


def ask_rights() -> str | None:
    """Ask what is published of articles by others; None if nobody is there to answer."""
    if not sys.stdin.isatty():
        return None
    click.echo(RIGHTS_QUESTION)
    answer: str = click.prompt("Publish", type=click.Choice(PUBLISHED), default="excerpt")
    return answer
