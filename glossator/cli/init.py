"""`init`: makes a new archive."""

from __future__ import annotations

import re
from pathlib import Path

import click

from glossator.config import SiteError

REQUIREMENT = re.compile(r"glossator\s*(@|[=<>~!]=?).+")
"""A requirement of pip that names Glossator."""
GIT_ADDRESS = re.compile(r"(git\+)?(?P<address>https://[^\s@]+)@(?P<commit>[0-9a-f]{40})")


def requirement_of(given: str) -> str | Path:
    """Return where a workflow installs Glossator from: a wheel, or a requirement of pip. Raises SiteError."""
    if given.endswith(".whl"):
        if not Path(given).is_file():
            raise SiteError(f"There is no file {given}.", "Make a wheel of Glossator with `python -m build --wheel`.")
        return Path(given)
    if git := GIT_ADDRESS.fullmatch(given):
        return f"glossator @ git+{git['address']}@{git['commit']}"
    if REQUIREMENT.fullmatch(given) and '"' not in given:
        return given
    raise SiteError(
        f'--install-from "{given}" is neither a wheel nor an address of Git with a commit.',
        "Write glossator-0.1.0-py3-none-any.whl, or https://example.org/glossator@ with the 40 digits of a commit.",
    )


@click.command()
@click.argument("folder", type=click.Path(file_okay=False, path_type=Path), metavar="DIR")
@click.option("--title", help="Name of the site.  [default: the folder's name]")
@click.option("--sample", is_flag=True, help="Put an invented article into it.")
@click.option(
    "--install-from", help="Where GitHub installs Glossator from: a wheel, or an address of Git with its commit."
)
def init(folder: Path, title: str | None, sample: bool, install_from: str | None) -> None:
    """Make a new archive in a folder: settings, folders for articles, and what Git and GitHub Pages need."""
    from glossator.new_archive import create_archive, installed_from

    folder = folder.absolute()
    requirement = requirement_of(install_from) if install_from else installed_from()
    made = create_archive(folder, title or folder.name.replace("-", " ").capitalize(), requirement, sample)
    click.echo(f"{folder} is an archive now. Its settings are in glossator.toml.")
    if not made.repository:
        click.echo("It is in no Git repository, for Git is not installed; only publishing needs one.", err=True)
    if not made.workflow:
        click.echo(
            "It has no workflow for GitHub Pages: --install-from would say where GitHub gets Glossator from. "
            "`glossator publish` needs none.",
            err=True,
        )
    click.echo(f"Next:\n  cd {folder}\n  glossator add FILES     (saved pages, clippings, exports)\n  glossator serve")
