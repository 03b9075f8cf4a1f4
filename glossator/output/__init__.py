"""Outputs -> site/. New files are staged beside the site until all are complete; only our own files are ever replaced.

A build that fails leaves the site unchanged. One that is killed while files are put in place leaves a journal among the
staged files, by which the next command that opens the site does the rest.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

from glossator.model import Output, SitePath
from glossator.output.journal import recover
from glossator.output.own_files import (
    MANIFEST,
    PRIVATE,
    folder_of,
    has_digest,
    is_private,
    manifest,
)
from glossator.output.site_folder import check, check_encoding, check_folders, check_owner, check_private
from glossator.output.staged_site import UNURGENT, CurrentSite, Draft, StagedSite, Urgency, WriteResult

__all__ = [
    "MANIFEST",
    "PRIVATE",
    "Draft",
    "StagedSite",
    "Urgency",
    "WriteResult",
    "change",
    "check",
    "check_encoding",
    "check_owner",
    "check_private",
    "has_digest",
    "is_private",
    "manifest",
    "recover",
    "stage_all",
    "stage_change",
    "write",
]


@contextmanager
def stage_all(site: Path, wanted: Iterable[SitePath], urgency: Urgency = UNURGENT) -> Iterator[StagedSite]:
    """Open a site to write what differs of all its files; our files that are not wanted go.

    `wanted` are the paths of the whole site: of files that will be added and of files that stay unchanged. A foreign
    file in the path of one of ours stays, and is a problem if it differs.

    Raises SiteError if a folder of the site is a file, OSError if the site cannot be written. Whatever is raised leaves
    the site unchanged.
    """
    files, whole = _open(site), frozenset(wanted)
    check_folders(site, set(map(folder_of, files.keys() | whole)))
    try:
        yield StagedSite(CurrentSite(site, files, untouched=False), files.keys() - whole, urgency)
    finally:
        recover(site)


@contextmanager
def stage_change(site: Path, gone: Collection[SitePath] = (), urgency: Urgency = UNURGENT) -> Iterator[StagedSite]:
    """Open a site to change some files and remove our files among `gone`. Nothing else is examined.

    The caller must know that the site is as an earlier build left it; otherwise `stage_all` is needed. Raises what
    `stage_all` raises.
    """
    files = _open(site)
    check_folders(site, set(map(folder_of, gone)))
    try:
        yield StagedSite(CurrentSite(site, files, untouched=True), files.keys() & set(gone), urgency)
    finally:
        recover(site)


def write(site: Path, outputs: Iterable[Output], wanted: Iterable[SitePath]) -> WriteResult:
    """Write a whole site; see `stage_all`."""
    with stage_all(site, wanted) as staged:
        staged.add(outputs)
        return staged.put_in_place()


def change(site: Path, outputs: Iterable[Output], gone: Collection[SitePath] = ()) -> WriteResult:
    """Change some files of a site; see `stage_change`."""
    with stage_change(site, gone) as staged:
        staged.add(outputs)
        return staged.put_in_place()


def _open(site: Path) -> dict[SitePath, str]:
    """Prepare the site for writing; return the digests of our files by path."""
    recover(site)
    site.mkdir(parents=True, exist_ok=True)
    return manifest(site)
