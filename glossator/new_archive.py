"""A new archive: its folders, settings and files for Git, written once and the user's own from then on."""

from __future__ import annotations

import json
import shutil
import subprocess
from collections.abc import Mapping
from importlib import metadata, resources
from pathlib import Path

import msgspec

from glossator.config import SETTINGS_FILE, SiteError
from glossator.files import read_bytes, write_whole

FOLDERS = ("saved", "articles", "pages", "entities", "gazetteers")
"""Folders below `content/`."""
WORKFLOW = Path(".github", "workflows", "pages.yml")
PACKAGES = "packages"
"""Folder of the archive that keeps the wheel from which the workflow installs Glossator."""
SIGNS_OF_AN_ARCHIVE = ("content", SETTINGS_FILE, ".glossator")
GIT_SECONDS = 60


class NewArchive(msgspec.Struct, frozen=True):
    """Parts of an archive that was made now."""

    written: tuple[Path, ...]
    """Files, by their path below the archive."""
    repository: bool
    """True if the archive is in a Git repository, old or new."""
    workflow: bool
    """True if there is a workflow that publishes the archive."""


def create_archive(folder: Path, title: str, requirement: str | Path | None, sample: bool) -> NewArchive:
    """Make an archive in a folder, which may exist and hold other files.

    `requirement` is where the workflow installs Glossator from: a wheel, which is copied into the archive, or a
    requirement of pip such as `glossator @ git+https://...@COMMIT`; None writes no workflow. With `sample` the archive
    has an article. Raises SiteError if the folder is an archive already or a file is in the way, OSError if it cannot
    be written.
    """
    if signs := [name for name in SIGNS_OF_AN_ARCHIVE if (folder / name).exists()]:
        raise SiteError(f"{folder} is an archive already: it has {signs[0]}.", "Choose another folder.")
    files = {Path(SETTINGS_FILE): _settings(title), Path(".gitignore"): _template("gitignore")}
    if requirement is not None:
        files |= _workflow(requirement)
    for name in FOLDERS:
        files[Path("content", name, ".gitkeep")] = b""  # Git keeps no empty folder
    if sample:
        files[Path("content", "articles", "the-lighthouse-at-sandvar.md")] = _template("sample.md")
    _write(folder, files)
    return NewArchive(tuple(files), _in_repository(folder), requirement is not None)


def add_workflow(archive: Path, requirement: str | Path) -> tuple[Path, ...]:
    """Write the workflow that builds an archive and publishes it on GitHub Pages; return the paths of what was written.

    `requirement` is as for `create_archive`. Raises SiteError if there is a file of that name, OSError.
    """
    files = _workflow(requirement)
    _write(archive, files)
    return tuple(files)


def installed_from() -> str | None:
    """Return the requirement that installs this very Glossator, if pip recorded that it came from a Git commit.

    Source: PEP 610, direct_url.json.
    """
    try:
        text = metadata.distribution("glossator").read_text("direct_url.json")
        about: Mapping[str, object] = json.loads(text or "{}")
    except (metadata.PackageNotFoundError, ValueError):
        return None
    match about:
        case {"url": str(url), "vcs_info": {"vcs": "git", "commit_id": str(commit)}} if url.startswith("https://"):
            return f"glossator @ git+{url}@{commit}"
    return None


def _workflow(requirement: str | Path) -> dict[Path, bytes]:
    """Return the workflow, and the wheel that it installs, if it is one."""
    wheel = {Path(PACKAGES, requirement.name): read_bytes(requirement)} if isinstance(requirement, Path) else {}
    named = f"./{PACKAGES}/{requirement.name}" if isinstance(requirement, Path) else requirement
    return {WORKFLOW: _template("pages.yml").replace(b"REQUIREMENT", named.encode()), **wheel}


def _settings(title: str) -> bytes:
    # A TOML text in quotes has the escapes of a JSON one.
    return _template(SETTINGS_FILE).replace(b'"TITLE"', json.dumps(title, ensure_ascii=False).encode())


def _template(name: str) -> bytes:
    return (resources.files("glossator") / "data" / "archive" / name).read_bytes()


def _write(folder: Path, files: Mapping[Path, bytes]) -> None:
    taken = [name for name in files if (folder / name).exists() and name != Path(".gitignore")]
    if taken:
        raise SiteError(f"{folder / taken[0]} exists already.", "Move it away, or choose another folder.")
    for name, content in files.items():
        target = folder / name
        if name == Path(".gitignore") and target.exists():
            own = read_bytes(target)
            content = own + (b"" if own.endswith(b"\n") else b"\n") + content  # noqa: PLW2901  # the user's lines first
        write_whole(target, content)


def _in_repository(folder: Path) -> bool:
    """True if the folder is in a Git repository; one is made if there is none and Git is installed."""
    git = shutil.which("git")
    if git is None:
        return False
    inside = [git, "-C", str(folder), "rev-parse", "--is-inside-work-tree"]
    made = [git, "init", "--quiet", "--initial-branch=main", str(folder)]
    return any(
        subprocess.run(command, check=False, capture_output=True, timeout=GIT_SECONDS).returncode == 0  # noqa: S603
        for command in (inside, made)
    )
