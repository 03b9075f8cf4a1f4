"""The contract of exports: the archive's data, the built site or an own page -> files."""

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
from glossator.export.page_data import AnsweredData, OwnPageData, SourceData
from glossator.model import Answer, AnswerRow, Question

__all__ = [
    "Answer",
    "AnswerRow",
    "AnsweredData",
    "ArchiveData",
    "ArticleData",
    "BuiltSite",
    "DatedData",
    "DescriptorData",
    "EntityData",
    "Export",
    "MentionData",
    "OwnPageData",
    "Question",
    "QuotationData",
    "QuoteData",
    "SourceData",
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
    """site -> files, as above."""
    of_page: Callable[[OwnPageData], Mapping[str, bytes]] | None = None
    """own page with its answers, which a person names -> files, as above; since version 2 of the contract.

    An export has one of the three functions.
    """
    one_article: bool = False
    """True if an export of the site is of one article, which a person names."""

    def __post_init__(self) -> None:
        if sum(made is not None for made in (self.of_archive, self.of_site, self.of_page)) != 1:
            raise ValueError("an Export has one of of_archive, of_site and of_page")
