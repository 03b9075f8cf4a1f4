"""The contract of commands: a verb of the command line, and the archive that it is given."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

import click

from glossator.extension_points.exports import ArchiveData, ArticleData, BuiltSite, EntityData

__all__ = ["ArchiveData", "ArticleData", "BuiltSite", "Command", "EntityData", "GivenArchive"]


class GivenArchive(NamedTuple):
    """The archive that a person asks about."""

    content: Path
    """Folder of the articles, saved files and decisions."""
    site: Path
    published: Callable[[], ArchiveData]
    """Reads what changed, and returns the published part of the archive."""
    built: Callable[[], BuiltSite]
    """Builds what changed, and returns the site."""


@dataclass(frozen=True, kw_only=True)
class Command:
    """A verb of the command line."""

    contract: int
    """Version of the contract that the extension was written for."""
    command: click.Command
    """The verb. It may raise `click.ClickException`, which is shown as a sentence."""
    with_archive: bool = False
    """True if its function takes a `GivenArchive` first. The verb then has the options that name an archive."""
