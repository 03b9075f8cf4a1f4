"""The contract of exports: the archive's data or the built site -> files."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

from glossator.export.data import (
    ArchiveData,
    ArticleData,
    DatedData,
    DescriptorData,
    EntityData,
    MentionData,
    QuotationData,
    QuoteData,
    VerifiedData,
)

__all__ = [
    "ArchiveData",
    "ArticleData",
    "BuiltSite",
    "DatedData",
    "DescriptorData",
    "EntityData",
    "Export",
    "MentionData",
    "QuotationData",
    "QuoteData",
    "VerifiedData",
]


class BuiltSite(NamedTuple):
    """The site as the last build left it."""

    folder: Path
    files: frozenset[str]
    """Paths below the folder of the files that the build wrote; there may be others."""
    address: str
    """Address at which the site is published, with a final slash; empty if the settings have none."""
    page: str = ""
    """Path of the page of the article that a person asked for; empty for an export that takes none."""


@dataclass(frozen=True, kw_only=True)
class Export:
    """A format in which the archive is written."""

    contract: int
    """Version of the contract that the extension was written for."""
    help: str
    """The format as a sentence without its full stop, such as "A line for each article"."""
    of_archive: Callable[[ArchiveData], Mapping[str, bytes]] | None = None
    """archive -> content of the files by path below the folder; a format of one file has the path ""."""
    of_site: Callable[[BuiltSite], Mapping[str, bytes]] | None = None
    """site -> files, as above. An export has one of the two functions."""
    one_article: bool = False
    """True if an export of the site is of one article, which a person names."""

    def __post_init__(self) -> None:
        if (self.of_archive is None) == (self.of_site is None):
            raise ValueError("an Export has either of_archive or of_site")
