"""Files of a site that are ours: their manifest, and what is foreign in their place.

A folder in which the site would mix with its sources, another site, or files of somebody else is refused.
"""

from __future__ import annotations

import os
import stat
from collections.abc import Iterable, Mapping
from collections.abc import Set as AbstractSet
from pathlib import Path, PurePosixPath

import msgspec

from glossator.config import SiteError
from glossator.files import Unusable, read_bytes
from glossator.model import Problem, SitePath
from glossator.output import staging_folder
from glossator.output.staging_folder import StagedFile
from glossator.text import digest

MANIFEST = ".glossator-files.json"
"""File in the site with the digests of all files that we wrote, by path. A file that is not listed is not ours."""
PRIVATE = SitePath(".glossator-private")
"""File that marks, in the manifest, a site which shows what is kept back."""
SUSPECT = (b'"/', b"..", b"\\", b".git", b"git~")
"""Byte sequences of which one occurs, in lower case, in every manifest with a path that the site may not have."""


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


FOREIGN = (
    "was not written by Glossator and was left, but a file of the site belongs there: "
    "delete it, or choose an empty folder with --site"
)


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


HINT = "Choose a folder that is the site's alone, with --site."
_UNOWNED = frozenset({".git", ".DS_Store", "Thumbs.db", "desktop.ini", f".{staging_folder.NAME}"})
"""Names that Git and file managers put into any folder, and that of our own staged files."""


def check(site: Path, content: Path) -> None:
    """Refuse folders in which the site would mix with its sources, or with a person's home, and links to folders.

    Raises SiteError, also for a name that is no UTF-8.
    """
    check_encoding(site)
    check_encoding(content)
    resolved, home = site.resolve(), Path.home().resolve()
    sources = (content.resolve(), content.resolve().parent / "templates")
    mixed = [source for source in (*sources, home) if source.is_relative_to(resolved)]
    mixed += [source for source in sources if resolved.is_relative_to(source)]
    if mixed:
        raise SiteError(f"The site cannot be in {site}: it would mix with {mixed[0]}.", HINT)
    if site.is_symlink():
        hint = "A link is not followed: delete it, or name the folder itself with --site."
        raise SiteError(f"The site cannot be in {site}, which is a link to {site.resolve()}.", hint)
    if resolved.exists() and not resolved.is_dir():
        raise SiteError(f"The site cannot be in {site}, which is no folder.", HINT)


def check_encoding(folder: Path) -> None:
    """Refuse a folder whose path is no UTF-8, as what is stored of its site is. Raises SiteError."""
    try:
        str(folder.resolve()).encode()
    except UnicodeEncodeError:
        raise SiteError(f"The path {folder} is not UTF-8.", "Rename the folder, or choose another.") from None


def check_private(site: Path, *, private: bool) -> None:
    """Refuse to mix a site that shows what is kept back with a public one in one folder. Raises SiteError."""
    if not private and is_private(site):
        hint = "Choose another folder with --site; or add --private, to build that site."
        raise SiteError(f"{site} holds a private site, with what you keep back.", hint)
    if private and manifest(site) and not is_private(site):
        raise SiteError(f"{site} holds a public site.", "Choose another folder for the private one with --site.")


def check_owner(site: Path, content: Path) -> None:
    """Refuse a folder that holds files of which none was written by a build, or the site of another archive.

    The folder `site` beside the content is always that of its archive, however that was moved. Raises SiteError.
    """
    beside = site.parent / "content"
    if site.parent != content.parent and beside.is_dir() and manifest(site):
        hint = "Choose another folder with --site. If this one is right, --adopt builds there."
        raise SiteError(f"{site} is the site of another archive, {site.parent}.", hint)
    if not site.is_dir() or (site / MANIFEST).is_file():
        return
    for folder in staging_folder.leftovers(site):  # a first build that was killed left the manifest there
        if any(has_digest(site, path, recorded) for path, recorded in manifest(folder).items()):
            return
    foreign = sorted(path.name for path in site.iterdir() if path.name not in _UNOWNED)
    if foreign:
        raise SiteError(
            f"{site} holds files that Glossator did not write, such as {foreign[0]}.",
            "Choose another folder with --site. If this one is right, --adopt builds there and keeps those files.",
        )


def folder_of(path: str) -> str:
    """Return the folder of a file of the site, relative to the site."""
    return path.rpartition("/")[0]


def check_folders(site: Path, folders: AbstractSet[str]) -> None:
    """Refuse folders of the site that are files, or links out of the site. Raises SiteError."""
    resolved = site.resolve()
    every = (PurePosixPath(folder) for folder in folders)
    for name in sorted({str(parent) for folder in every for parent in (folder, *folder.parents)}):
        folder = site / name
        if not folder.resolve().is_relative_to(resolved):
            raise SiteError(f"{folder} leads out of the site, to {folder.resolve()}.", "Delete that link.")
        if folder.exists() and not folder.is_dir():
            raise SiteError(f"{folder} is a file where a folder of the site belongs.", f"Delete it. {HINT}")
