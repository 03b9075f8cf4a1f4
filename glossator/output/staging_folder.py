"""Folder in which the new files of a site are staged until all of them are complete."""

from __future__ import annotations

import os
import shutil
from collections.abc import Collection
from contextlib import suppress
from pathlib import Path

import msgspec

from glossator.atomic_files import create, named
from glossator.model import SitePath

NAME = "glossator-new"
"""Suffix of the folder's name."""
IGNORE = ".gitignore"
"""File by which Git leaves the folder alone: it holds old pages, which may be withdrawn."""


def folder(site: Path) -> Path:
    """Return the folder for staged files, on the disk of the site; make it if there is none. Raises OSError."""
    if existing := leftovers(site):
        return existing[0]
    beside, inside = _paths(site)
    with named(site):
        inside.mkdir()
    made = inside
    with suppress(OSError):  # no permission, another disk, or another file of that name
        made = inside.rename(beside)
    with named(site):
        create(str(made / IGNORE), b"*\n")
    return made


def leftovers(site: Path) -> tuple[Path, ...]:
    """Return the staging folders that exist: none, unless a build is running or was killed."""
    return tuple(filter(_is_ours, _paths(site)))


def clear(folder: Path, names: Collection[str]) -> None:
    """Remove a staging folder with what has a number or one of these names; files of other people in it stay."""
    for file in sorted(folder.iterdir(), key=lambda file: file.name == IGNORE):  # which goes last
        if file.name not in {IGNORE, *names} and not (file.name.isascii() and file.name.isdecimal()):
            continue
        if file.is_dir() and not file.is_symlink():
            shutil.rmtree(file)
        else:
            file.unlink()
    with suppress(OSError):
        folder.rmdir()


def _paths(site: Path) -> tuple[Path, Path]:
    """Return two paths: beside the site, where leftovers of a killed build are not published, and inside it."""
    resolved = site.resolve()
    return resolved.with_name(f".{resolved.name}-{NAME}"), site / f".{NAME}"


def _is_ours(folder: Path) -> bool:
    """True if it is a folder, and of this user: other people cannot decide what is ours."""
    if folder.is_symlink() or not folder.is_dir():
        return False
    return not hasattr(os, "geteuid") or os.geteuid() in (0, folder.stat().st_uid)


class StagedFile(msgspec.Struct, frozen=True):
    """File for the site, with the path at which it is staged; empty if it is in place."""

    path: SitePath
    digest: str
    waiting: str
