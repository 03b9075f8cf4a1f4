"""The manifest: which files of a site are ours, by their digests."""

from __future__ import annotations

import os
import stat
from collections.abc import Mapping
from pathlib import Path

import msgspec

from glossator.atomic_writing import create
from glossator.digest import digest
from glossator.model import SitePath
from glossator.safe_reading import Unusable, read_bytes

MANIFEST = ".glossator-files.json"
"""File in the site with the digests of all files that we wrote, by path. A file that is not listed is not ours."""
PRIVATE = SitePath(".glossator-private")
"""File that marks, in the manifest, a site which shows what is kept back."""
SUSPECT = (b'"/', b"..", b"\\")
"""Byte sequences of which one occurs in every manifest with a path out of the site."""


def manifest(site: Path) -> dict[SitePath, str]:
    """Return the digests by path of the files that earlier builds wrote; empty without a manifest."""
    try:
        text = (site / MANIFEST).read_bytes()
        files = msgspec.json.decode(text, type=dict[str, dict[SitePath, str]])["files"]
    except (OSError, KeyError, msgspec.MsgspecError, RecursionError):
        return {}
    if any(sign in text for sign in SUSPECT):
        return {path: content for path, content in files.items() if _inside(path)}
    return files


def is_private(site: Path) -> bool:
    """True if the site shows what its owner keeps back."""
    return PRIVATE in manifest(site) or (site / PRIVATE).exists()


def record(files: Mapping[SitePath, str], staging_folder: Path, target: Path) -> None:
    """Write the manifest of `files` (digests by path) into `target`, through the staging folder. Raises OSError."""
    waiting = staging_folder / "0"
    waiting.unlink(missing_ok=True)
    # One file in each line, so that sites in Git show what changed.
    text = msgspec.json.format(msgspec.json.encode({"files": files}, order="sorted"), indent=1)
    create(str(waiting), text)
    waiting.replace(target / MANIFEST)


def has_digest(site: Path, path: SitePath, recorded: str | None) -> bool:
    """True if `path` is a regular file of the site, and its content has the `recorded` digest."""
    try:
        return digest(read_bytes(site / path)) == recorded
    except Unusable:
        return False


def has_size(site: str | Path, path: SitePath, size: int) -> bool:
    """True if `path` is a regular file of the site of `size` bytes: enough if nobody has changed it."""
    try:
        about = os.lstat(f"{site}/{path}")  # of thousands of files, a Path is half the cost
    except OSError:
        return False
    return stat.S_ISREG(about.st_mode) and about.st_size == size


def _inside(path: str) -> bool:
    return not path.startswith("/") and ".." not in path.split("/") and "\\" not in path and "\0" not in path
