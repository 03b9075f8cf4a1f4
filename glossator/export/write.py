"""Files of an export -> the disk, over nothing but an earlier export, and no private copy where it would become public.

A private copy holds what the owner keeps back. It is refused where a site is built or published from, and where a
repository would take it along with the next commit.
"""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

import msgspec

from glossator.atomic_files import write_whole
from glossator.config import SiteError
from glossator.files import Unusable, read_bytes, read_record
from glossator.output import MANIFEST
from glossator.text import digest

RECORD = "exports.json"
"""File beside the cache with what is known of all files that were exported, by absolute path."""
PRIVATE_RECORD = "private-exports.json"
"""File beside the cache with those of private copies: none replaces an export that others may read, or the reverse."""


class ExportedFile(msgspec.Struct, frozen=True):
    """A file that an export wrote."""

    digest: str
    target: str
    """Absolute path that the export was written to: the file itself, or the folder of all its files."""


def exported_files(files: object) -> dict[str, bytes]:
    """Return the files that an export made, by path below its target.

    Raises TypeError or ValueError for what is no such mapping, and for a path that is not safe to write.
    """
    if not isinstance(files, Mapping):
        raise TypeError("it returned no mapping from paths to bytes")
    for path, content in files.items():
        if not isinstance(path, str) or not isinstance(content, bytes):
            raise TypeError("it returned something else than bytes by path")
        path.encode()  # halves of characters raise UnicodeEncodeError, a ValueError
        parts = path.split("/") if path else []
        if "\0" in path or any(part[:1] in ("", ".") for part in parts) or Path(path).parts != tuple(parts):
            raise ValueError(f"the path {path!r} is hidden, or leads elsewhere")
        if any("/".join(parts[:depth]) in files for depth in range(len(parts))):
            raise ValueError(f"the path {path!r} lies below another file")
    return dict(files)


def write_export(files: Mapping[str, bytes], target: Path, stored: Path, *, private: bool = False) -> tuple[Path, ...]:
    """Write the files of an export; return their paths.

    Files that an earlier export wrote to this target, and this one has not, are removed. Files of exports to other
    targets stay, and so do hidden files in a folder, such as the settings that Obsidian keeps in a vault.

    `target` is a file for a format that has one (under the path ""), else a folder; `stored` is the folder of what is
    stored between builds; `private` is true for a private copy. Raises SiteError if something else is in the way,
    OSError.
    """
    target, record = target.absolute(), stored / (PRIVATE_RECORD if private else RECORD)
    recorded = read_record(record, dict[str, ExportedFile])
    paths = {target / name if name else target: content for name, content in files.items()}
    existing = [target] if target.is_file() else sorted(_visible_files(target))
    for path in existing:
        earlier = recorded.get(str(path))
        if earlier is None or earlier.digest != _digest(path):
            raise SiteError(
                f"{path} is no earlier {'private copy' if private else 'export'}, or was changed since.",
                "Nothing was written. Choose another place.",
            )
    if "" in files and target.is_dir():
        raise SiteError(f"{target} is a folder, and this format is one file.", "Name a file with --to.")
    outdated = [path for path in existing if path not in paths and recorded[str(path)].target == str(target)]
    try:
        for path, content in paths.items():
            write_whole(path, content, durable=False)  # it can be exported again
            recorded[str(path)] = ExportedFile(digest(content), str(target))
        for path in outdated:
            path.unlink()
            del recorded[str(path)]
    finally:  # what a full disk stopped can be exported again to the same place
        write_whole(record, msgspec.json.encode(recorded, order="sorted"))
    return tuple(paths)


def _visible_files(folder: Path) -> Iterator[Path]:
    """Yield the files of a folder but hidden ones, which programs that open the folder leave there."""
    for path in folder.rglob("*"):
        if path.is_file() and not any(part.startswith(".") for part in path.relative_to(folder).parts):
            yield path


def _digest(path: Path) -> str:
    try:
        return digest(read_bytes(path))
    except Unusable:
        return ""


HINT = "Nothing was written. Name a place outside of it with --to."


def check_place(target: Path, sources: Iterable[Path]) -> None:
    """Refuse a place for a private copy from which others could get it.

    `target` is the file or folder to be written; `sources` are the folders of the archive from which sites and
    repositories are made: its site, content and templates. Raises SiteError.
    """
    resolved = target.resolve()
    for folder in sources:
        if resolved.is_relative_to(folder.resolve()):
            raise SiteError(f"{target} lies in {folder}, which can be published, and this is a private copy.", HINT)
    for folder in (resolved, *resolved.parents):
        if (folder / MANIFEST).is_file():
            raise SiteError(f"{target} lies in {folder}, which is a site, and this is a private copy.", HINT)
        if (folder / ".git").exists() and not _is_ignored(resolved, folder):
            raise SiteError(
                f"{target} lies in the Git repository {folder}, which could publish it, and this is a private copy.",
                "Nothing was written. Name a place outside of it with --to, or add the place to .gitignore.",
            )


def _is_ignored(path: Path, repository: Path) -> bool:
    """True if a repository never takes a path along; without Git nobody knows, and the answer is no."""
    git = shutil.which("git")
    if git is None:
        return False
    asked = [git, "-C", str(repository), "check-ignore", "--quiet", "--", str(path)]
    return subprocess.run(asked, capture_output=True, check=False).returncode == 0  # noqa: S603  # no shell
