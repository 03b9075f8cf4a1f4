"""Warnings before a site is published: limits of the host that it exceeds, and articles that become public."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

import msgspec

from glossator.atomic_files import write_whole
from glossator.config import MEGABYTE
from glossator.files import read_record
from glossator.model import Disclosure, SitePath
from glossator.text import MOST_LISTED

SITE_LIMIT = 1000 * MEGABYTE
"""Bytes of a published site. Source: GitHub's documentation of the limits of Pages, as of 2026."""
FILE_LIMIT = 100 * MEGABYTE
"""Bytes of a file that is pushed. Source: GitHub's documentation of large files, as of 2026."""


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
    exceeded = []
    total = sum(size for _, size in sizes)
    if total > SITE_LIMIT:
        message = f"The site has {total // MEGABYTE:,} MB, and GitHub Pages serves no more than 1,000 MB."
        exceeded.append(Excess(message, tuple(sizes[:MOST_LISTED])))
    if large := [pair for pair in sizes if pair[1] > FILE_LIMIT]:
        message = (
            f"{len(large)} of its files {'has' if len(large) == 1 else 'have'} more than 100 MB, which GitHub refuses."
        )
        exceeded.append(Excess(message, tuple(large[:MOST_LISTED])))
    return exceeded


RECORD = "publications.json"
"""File beside the cache: for each destination, the texts and names that were kept back."""


def newly_public(stored: Path, destination: str, now: Disclosure, files: Iterable[str]) -> tuple[str, ...]:
    """Return what was kept back at the last publication and would become public now, sorted.

    `stored` is the folder of what is stored between builds; `files` are the texts of the archive, by their path below
    `content/`.
    """
    kept_back = set(read_record(stored / RECORD, dict[str, list[str]]).get(destination, ()))
    texts = (kept_back & set(files)) - {text.file for text in now.kept_back}
    names = {text for text in kept_back if _is_name(text)} - _names(now)
    return tuple(sorted(texts | names))


def record_publication(stored: Path, destination: str, now: Disclosure) -> None:
    """Write down what was kept back. Raises OSError."""
    held = sorted({text.file for text in now.kept_back} | _names(now))
    recorded = read_record(stored / RECORD, dict[str, list[str]]) | {destination: held}
    write_whole(stored / RECORD, msgspec.json.encode(recorded, order="sorted"))


def _names(now: Disclosure) -> set[str]:
    return {f'"{name}"' for name in now.private_names}


def _is_name(text: str) -> bool:
    return text.startswith('"')
