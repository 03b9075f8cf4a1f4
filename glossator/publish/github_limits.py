"""Limits of GitHub Pages, and the files that exceed them."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

import msgspec

from glossator.model import SitePath

MEGABYTE = 1_000_000
SITE_LIMIT = 1000 * MEGABYTE
"""Bytes of a published site. Source: GitHub's documentation of the limits of Pages, as of 2026."""
FILE_LIMIT = 100 * MEGABYTE
"""Bytes of a file that is pushed. Source: GitHub's documentation of large files, as of 2026."""
LARGEST_NAMED = 5


class Excess(msgspec.Struct, frozen=True):
    """A limit that is exceeded."""

    message: str
    largest: tuple[tuple[SitePath, int], ...]
    """The largest of the files that exceed it, with their bytes."""


def is_on_github(address: str) -> bool:
    """True if the address is that of a repository on GitHub."""
    return "github.com" in address.partition("?")[0].lower()


def excesses(site: Path, paths: Iterable[SitePath]) -> list[Excess]:
    """Return the limits of GitHub Pages that the files of a site exceed. Raises OSError."""
    sizes = sorted(((path, (site / path).stat().st_size) for path in paths), key=lambda pair: (-pair[1], pair[0]))
    found = []
    total = sum(size for _, size in sizes)
    if total > SITE_LIMIT:
        message = f"The site has {total // MEGABYTE:,} MB, and GitHub Pages serves no more than 1,000 MB."
        found.append(Excess(message, tuple(sizes[:LARGEST_NAMED])))
    if large := [pair for pair in sizes if pair[1] > FILE_LIMIT]:
        message = (
            f"{len(large)} of its files {'has' if len(large) == 1 else 'have'} more than 100 MB, which GitHub refuses."
        )
        found.append(Excess(message, tuple(large[:LARGEST_NAMED])))
    return found
