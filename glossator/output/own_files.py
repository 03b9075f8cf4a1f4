"""Files of a site that are ours: their manifest, and what is foreign in their place."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterable, Mapping
from pathlib import Path

import msgspec

from glossator.files import Unusable, read_bytes
from glossator.model import Problem, SitePath
from glossator.output.staging_folder import StagedFile
from glossator.text import digest

MANIFEST = ".glossator-files.json"
"""File in the site with the digests of all files that we wrote, by path. A file that is not listed is not ours."""
PRIVATE = SitePath(".glossator-private")
"""File that marks, in the manifest, a site which shows what is kept back."""
SUSPECT = (b'"/', b"..", b"\\", b".git", b"git~")
"""Byte sequences of which one occurs, in lower case, in every manifest with a path that the site may not have."""
FOREIGN = (
    "was not written by Glossator and was left, but a file of the site belongs there: "
    "delete it, or choose an empty folder with --site"
)


def manifest(site: Path) -> dict[SitePath, str]:
    """Return the digests by path of the files that earlier builds wrote; empty without a manifest."""
    return read_manifest(site / MANIFEST)


def read_manifest(path: Path) -> dict[SitePath, str]:
    """Return the digests by path that a manifest lists; empty if it cannot be read."""
    try:
        text = read_bytes(path)
        files = msgspec.json.decode(text, type=dict[str, dict[SitePath, str]])["files"]
    except (Unusable, KeyError, msgspec.MsgspecError, RecursionError):
        return {}
    lower = text.lower()
    if any(sign in lower for sign in SUSPECT):
        return {path: content for path, content in files.items() if is_inside(path)}
    return files


def is_private(site: Path) -> bool:
    """True if the site shows what its owner keeps back."""
    return PRIVATE in manifest(site) or (site / PRIVATE).exists()


def manifest_of(files: Mapping[SitePath, str]) -> bytes:
    """Return the manifest of `files`, digests by path."""
    # One file in each line, so that sites in Git show what changed.
    return msgspec.json.format(msgspec.json.encode({"files": files}, order="sorted"), indent=1)


def has_digest(site: Path, path: SitePath, recorded: str | None) -> bool:
    """True if `path` is a regular file of the site, and its content has the `recorded` digest."""
    try:
        return digest(read_bytes(site / path)) == recorded
    except Unusable:
        return False


def has_size(folder: str | Path, path: str, size: int | None = None) -> bool:
    """True if `path` is a regular file of the folder, of `size` bytes if that is given; a link is none."""
    try:
        about = os.lstat(f"{folder}/{path}")  # of thousands of files, a Path is half the cost
    except OSError:
        return False
    return stat.S_ISREG(about.st_mode) and size in (None, about.st_size)


def is_inside(path: str) -> bool:
    """True if the path can lead neither out of the site nor to what Git keeps there, which Windows calls GIT~1, too."""
    parts = path.lower().split("/")
    outside = path.startswith("/") or ".." in parts or "\\" in path or "\0" in path
    return not outside and not any(part.startswith((".git", "git~")) for part in parts)


def divide_by_owner(
    site: Path, files: Mapping[SitePath, str], staged_files: Iterable[StagedFile]
) -> tuple[list[StagedFile], list[StagedFile], list[Problem]]:
    """Divide staged files into those to put in place, those already there, and problems where foreign files are.

    `files` are the digests of our files of the site by path.
    """
    new, same, foreign = [], [], []
    for file in staged_files:
        if not file.waiting:
            same.append(file)
            continue
        try:
            mode = os.lstat(f"{site}/{file.path}").st_mode
        except OSError:
            mode = None
        if mode is None or (file.path in files and not stat.S_ISDIR(mode)):
            new.append(file)
        elif has_digest(site, file.path, file.digest):
            same.append(file)
        else:
            foreign.append(Problem("output", str(site / file.path), FOREIGN))
    return new, same, foreign


def folder_of(path: str) -> str:
    """Return the folder of a file of the site, relative to the site."""
    return path.rpartition("/")[0]
