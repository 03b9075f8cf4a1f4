"""A new archive: its folders, settings and files for Git, written once and the user's own from then on."""

from __future__ import annotations

import json
import shutil
import subprocess
from collections.abc import Mapping
from importlib import metadata, resources
from pathlib import Path

import msgspec

from glossator.atomic_files import write_whole
from glossator.config import SETTINGS_FILE, SiteError, SiteSettings
from glossator.files import read_bytes
from glossator.output import check_encoding

FOLDERS = ("saved", "articles", "pages", "entities", "gazetteers")
"""Folders below `content/`."""
WORKFLOW = Path(".github", "workflows", "pages.yml")
DEPENDABOT = Path(".github", "dependabot.yml")
PACKAGES = "packages"
"""Folder of the archive that keeps the wheel from which the workflow installs Glossator."""
SIGNS_OF_AN_ARCHIVE = ("content", SETTINGS_FILE, ".glossator")
GIT_SECONDS = 60


class Installation(msgspec.Struct, frozen=True):
    """All that a workflow installs."""

    source: str | Path
    """Wheel of Glossator, which is copied into the archive, or a requirement such as `glossator @ git+https://...`."""
    extras: tuple[str, ...] = ()
    pipelines: tuple[str, ...] = ()
    """Pipelines of spaCy that are in no registry, with their versions: `de_core_news_sm-3.8.0`."""


class NewArchive(msgspec.Struct, frozen=True):
    """Parts of an archive that was made now."""

    written: tuple[Path, ...]
    """Files, by their path below the archive."""
    repository: bool
    """True if the archive is in a Git repository, old or new."""
    workflow: bool
    """True if there is a workflow that publishes the archive."""


def create_archive(folder: Path, site: SiteSettings, installation: Installation | None, sample: bool) -> NewArchive:
    """Make an archive in a folder, which may exist and hold other files.

    Its settings have the title and the rights of `site`. Without an `installation` there is no workflow. With `sample`
    the archive has an article. Raises SiteError if the folder is an archive already or a file is in the way, OSError if
    it cannot be written.
    """
    check_encoding(folder)
    if signs := [name for name in SIGNS_OF_AN_ARCHIVE if (folder / name).exists()]:
        raise SiteError(f"{folder} is an archive already: it has {signs[0]}.", "Choose another folder.")
    files = {Path(SETTINGS_FILE): _settings(site), Path(".gitignore"): _template("gitignore")}
    if installation is not None:
        files |= _workflow(installation)
    for name in FOLDERS:
        files[Path("content", name, ".gitkeep")] = b""  # Git keeps no empty folder
    files[Path("content", "pages", "a-dossier.md")] = _template("dossier.md")
    if sample:
        files[Path("content", "articles", "the-lighthouse-at-sandvar.md")] = _template("sample.md")
    _write(folder, files)
    return NewArchive(tuple(files), _in_repository(folder), installation is not None)


def size_of_wheel(installation: Installation | None) -> str:
    """Return a sentence about the wheel that an installation puts into the archive; empty if it has none."""
    source = installation.source if installation else ""
    if not isinstance(source, Path):
        return ""
    size = source.stat().st_size / 1e6
    return f"{PACKAGES}/{source.name} is a copy of the wheel, {size:,.1f} MB that the archive's Git keeps for good."


def add_workflow(archive: Path, installation: Installation) -> tuple[Path, ...]:
    """Write the workflow that builds an archive and publishes it on GitHub Pages; return the paths of what was written.

    Raises SiteError if there is a file of that name, OSError.
    """
    files = _workflow(installation)
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


def _workflow(installation: Installation) -> dict[Path, bytes]:
    """Return the workflow and what keeps it up to date, and the wheel that it installs, if it is one."""
    source, extras = installation.source, f"[{','.join(installation.extras)}]" if installation.extras else ""
    if isinstance(source, Path):
        wheel = {Path(PACKAGES, source.name): read_bytes(source)}
        named = f"./{PACKAGES}/{source.name}{extras}"
    else:
        wheel = {}
        named = source.replace("glossator", f"glossator{extras}", 1)
    steps = (f"      - run: python -m spacy download --direct {name}\n" for name in installation.pipelines)
    text = _template("pages.yml").replace(b"REQUIREMENT", named.encode())
    text = text.replace(b"      # PIPELINES\n", "".join(steps).encode())
    return {WORKFLOW: text, DEPENDABOT: _template("dependabot.yml"), **wheel}


def _settings(site: SiteSettings) -> bytes:
    # A TOML text in quotes has the escapes of a JSON one.
    title = json.dumps(site.title, ensure_ascii=False).encode(errors="replace")
    return _template(SETTINGS_FILE).replace(b'"TITLE"', title).replace(b"RIGHTS", site.rights.encode())


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
