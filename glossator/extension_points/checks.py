"""The contract of checks: the built site and the archive -> findings."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from glossator.check.findings import Finding
from glossator.extension_points.exports import ArchiveData, ArticleData, BuiltSite, EntityData

__all__ = ["ArchiveData", "ArticleData", "BuiltSite", "Check", "EntityData", "Finding"]


@dataclass(frozen=True, kw_only=True)
class Check:
    """A search for what is wrong with a site, or could be better."""

    contract: int
    """Version of the contract that the extension was written for."""
    find: Callable[[BuiltSite, ArchiveData], Iterable[Finding]]
    """(site, published part of the archive) -> findings."""
