"""Folders that a site may have: one in which it would mix with its sources, or with files of others, is refused."""

from __future__ import annotations

from collections.abc import Set as AbstractSet
from pathlib import Path, PurePosixPath

from glossator.config import SiteError
from glossator.output import staging_folder
from glossator.output.own_files import MANIFEST, has_digest, is_private, manifest

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
