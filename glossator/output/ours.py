"""Which files of a site are ours: the manifest."""

from __future__ import annotations

import os
import stat
from collections.abc import Mapping
from pathlib import Path

import msgspec

from glossator.digest import digest
from glossator.disk import Unusable, create, read_bytes
from glossator.model import SitePath

MANIFEST = ".glossator-files.json"
"""In the site: every file that we wrote, with the digest of its content. A file that is not in it is not ours."""
SUSPECT = (b'"/', b"..", b"\\")
"""One of these is in a manifest that points out of the site, whoever wrote it."""


def manifest(site: Path) -> dict[SitePath, str]:
    """The digest of each file that earlier builds wrote; empty where none did."""
    try:
        text = (site / MANIFEST).read_bytes()
        files = msgspec.json.decode(text, type=dict[str, dict[SitePath, str]])["files"]
    except (OSError, KeyError, msgspec.MsgspecError):
        return {}
    if any(sign in text for sign in SUSPECT):
        return {path: content for path, content in files.items() if _inside(path)}
    return files


def record(files: Mapping[SitePath, str], room: Path, place: Path) -> None:
    """Write a manifest, which waits like any other file, into a room or the site. Raises OSError."""
    waiting = room / "0"
    waiting.unlink(missing_ok=True)
    # A file in each line: sites that are kept in Git show what changed.
    text = msgspec.json.format(msgspec.json.encode({"files": files}, order="sorted"), indent=1)
    create(str(waiting), text)
    waiting.replace(place / MANIFEST)


def stands(site: Path, path: SitePath, recorded: str | None) -> bool:
    """Whether a file of the site is there, is a file and no link, and has the content with that digest."""
    try:
        return digest(read_bytes(site / path)) == recorded
    except Unusable:
        return False


def lies(site: str | Path, path: SitePath, size: int) -> bool:
    """Whether a file of the site is there, is a file and no link, and is so long: for one that nobody has touched."""
    try:
        about = os.lstat(f"{site}/{path}")  # of thousands of files, a Path is half the cost
    except OSError:
        return False
    return stat.S_ISREG(about.st_mode) and about.st_size == size


def _inside(path: str) -> bool:
    return not path.startswith("/") and ".." not in path.split("/") and "\\" not in path and "\0" not in path
