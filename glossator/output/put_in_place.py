"""Staged files -> the site, new pages first; our files that are gone are removed, and folders that become empty."""

from __future__ import annotations

import errno
import os
from collections.abc import Iterable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from contextlib import suppress
from pathlib import Path

from glossator.model import Problem, SitePath
from glossator.output import staging_folder
from glossator.output.own_files import MANIFEST, has_digest
from glossator.output.staging_folder import StagedFile

CHANGED = "is no longer part of the site, but was changed by hand: it was left; delete it if it is not needed"


def make_folders(site: Path, new: AbstractSet[str], old: AbstractSet[str]) -> None:
    """Make the folders of new files, and verify that existing folders can be written. Raises OSError."""
    new_folders: list[Path] = []
    try:
        for name in sorted(new | old):
            folder = site / name
            if folder.is_dir() and not os.access(folder, os.W_OK | os.X_OK):
                raise PermissionError(errno.EACCES, os.strerror(errno.EACCES), str(folder))
            if name in new and not folder.is_dir():
                folder.mkdir(parents=True)
                new_folders.append(folder)
    except OSError:
        for folder in new_folders:
            _remove_empty(folder, site)
        raise


def put_in_place(
    site: Path, new: Sequence[StagedFile], gone: Mapping[SitePath, str]
) -> tuple[tuple[SitePath, ...], tuple[Problem, ...]]:
    """Put the new files in place, remove what is gone, and then replace the manifest."""
    try:
        return _rename_and_remove(site, new, gone)
    except KeyboardInterrupt:
        # Finishing takes a moment, and leaves the site whole.
        _rename_and_remove(site, [file for file in new if os.path.lexists(file.waiting)], gone)
        raise


def _rename_and_remove(
    site: Path, new: Iterable[StagedFile], gone: Mapping[SitePath, str]
) -> tuple[tuple[SitePath, ...], tuple[Problem, ...]]:
    for file in new:
        with staging_folder.named(site / file.path):
            os.replace(file.waiting, f"{site}/{file.path}")  # noqa: PTH105 -- of thousands of files, a Path is half the cost
    removed, left = _remove(site, gone)
    manifest = staging_folder.folder(site) / MANIFEST
    if manifest.exists():
        manifest.replace(site / MANIFEST)
    return removed, left


def _remove(site: Path, gone: Mapping[SitePath, str]) -> tuple[tuple[SitePath, ...], tuple[Problem, ...]]:
    removed, left = [], []
    for path, recorded in gone.items():
        target = site / path
        if not target.is_file() or target.is_symlink():
            continue
        if has_digest(site, path, recorded):
            target.unlink()
            removed.append(path)
        else:
            left.append(Problem("output", str(target), CHANGED, fatal=False))
    for folder in sorted({target.parent for target in map(site.joinpath, removed)}, reverse=True):
        _remove_empty(folder, site)
    return tuple(removed), tuple(left)


def _remove_empty(folder: Path, site: Path) -> None:
    with suppress(OSError):  # the first folder that is not empty ends the loop
        while folder != site:
            folder.rmdir()
            folder = folder.parent
