"""What an export gives and is given: the archive's data, or the built site, and the files that it makes of them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

from glossator.export.data import (
    ArchiveData,
    ArticleData,
    DescriptorData,
    EntityData,
    MentionData,
    QuoteData,
)

__all__ = [
    "ArchiveData",
    "ArticleData",
    "BuiltSite",
    "DescriptorData",
    "EntityData",
    "Export",
    "MentionData",
    "QuoteData",
]


class BuiltSite(NamedTuple):
    """The site as the last build left it."""

    folder: Path
    files: frozenset[str]
    """Paths below the folder of the files that the build wrote; there may be others."""
    address: str
    """Address at which the site is published, with a final slash; empty if the settings have none."""


@dataclass(frozen=True, kw_only=True)
class Export:
    """A format in which the archive is written."""

    contract: int
    """Version of the contract that the extension was written for."""
    help: str
    """What the format is, as a sentence without its full stop."""
    of_archive: Callable[[ArchiveData], Mapping[str, bytes]] | None = None
    """archive -> content of the files by path below the folder; a format of one file has the path ""."""
    of_site: Callable[[BuiltSite], Mapping[str, bytes]] | None = None
    """site -> files, as above. An export has one of the two functions."""
