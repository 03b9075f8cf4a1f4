"""Where the new files of a site wait until all of them are there."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

NAME = "glossator-new"
"""The end of the name of such a folder."""


def room(site: Path) -> Path:
    """The folder in which files wait, on the disk of the site; made, where there is none. Raises OSError."""
    if there := left(site):
        return there[0]
    beside, inside = _places(site)
    with named(site):
        inside.mkdir()
    with suppress(OSError):  # nobody may write there, it is another disk, or somebody has a file of that name
        return inside.rename(beside)
    return inside


def left(site: Path) -> tuple[Path, ...]:
    """The rooms that there are: none, unless a build is at work or was killed."""
    return tuple(filter(_is_ours, _places(site)))


def clear(room: Path, manifest: str) -> None:
    """Remove a room with what waits in it; what somebody else keeps there stays."""
    for file in list(room.iterdir()):
        if file.name == manifest or file.name.isdecimal():
            file.unlink()
    with suppress(OSError):
        room.rmdir()


@contextmanager
def named(path: Path) -> Iterator[None]:
    """An error says which file of the site could not be written, not where it waited."""
    try:
        yield
    except OSError as error:
        error.filename = str(path)
        raise


def _places(site: Path) -> tuple[Path, Path]:
    """Beside the site, where nobody publishes what a killed build leaves; or else in it, which is always possible."""
    place = site.resolve()
    return place.with_name(f".{place.name}-{NAME}"), site / f".{NAME}"


def _is_ours(room: Path) -> bool:
    """Whether it is a folder, and not put there by another person to tell us what is ours."""
    if room.is_symlink() or not room.is_dir():
        return False
    return not hasattr(os, "geteuid") or os.geteuid() in (0, room.stat().st_uid)
