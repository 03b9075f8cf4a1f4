"""Outputs -> site/. Whole files by replace; only what an earlier build wrote is ever removed."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from glossator.config import SiteError
from glossator.digest import digest
from glossator.disk import Unusable, read_bytes, replace
from glossator.model import Output, Problem, SitePath

MANIFEST = ".glossator-files.json"
"""In the site: every file that we wrote, with the digest of its content. A file that is not in it is not ours."""
HINT = "Choose a folder that is the site's alone, with --site."
FOREIGN = (
    "was not written by Glossator and was left, but a file of the site belongs there: "
    "delete it, or choose an empty folder with --site"
)


@dataclass(frozen=True, slots=True)
class Written:
    """What writing changed. `files` is the whole site afterwards, by path."""

    changed: tuple[SitePath, ...]
    removed: tuple[SitePath, ...]
    files: Mapping[SitePath, str]
    problems: tuple[Problem, ...]


def manifest(site: Path) -> dict[SitePath, str]:
    """The digest of each file that earlier builds wrote; empty where none did."""
    try:
        files = json.loads((site / MANIFEST).read_text("utf-8"))["files"]
        return {SitePath(path): str(content) for path, content in files.items() if _inside(path)}
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return {}


def check(site: Path, content: Path) -> None:
    """Raises SiteError for a place where the site would mix with what it is made of, or with all that a person has."""
    place, home = site.resolve(), Path.home().resolve()
    sources = (content.resolve(), content.resolve().parent / "templates")
    mixed = [source for source in (*sources, home) if source.is_relative_to(place)]
    mixed += [source for source in sources if place.is_relative_to(source)]
    if mixed:
        raise SiteError(f"The site cannot be in {site}: it would mix with {mixed[0]}.", HINT)
    if place.exists() and not place.is_dir():
        raise SiteError(f"The site cannot be in {site}, which is no folder.", HINT)


def write(site: Path, outputs: Iterable[Output], wanted: Iterable[SitePath]) -> Written:
    """Write what differs, then remove what is ours and is wanted no more.

    `wanted` are the paths of the whole site: those in `outputs` and those that stay as they are. What somebody else
    put where a file of ours belongs stays, and is a problem where it differs. Raises SiteError where a folder of the
    site is none.
    """
    site.mkdir(parents=True, exist_ok=True)
    files, whole = manifest(site), set(wanted)
    _check_folders(site, {*files, *whole})
    # Claimed before they are written: what a build that is killed leaves behind is ours.
    record(site, {path: "" for path in whole if not _occupied(site / path)} | files)
    changed, foreign = [], []
    try:
        for output in outputs:
            found = digest(output.content)
            if files.get(output.path) != found or not stands(site, output.path, found):
                if _foreign(site / output.path, output.path in files) and not stands(site, output.path, found):
                    foreign.append(Problem("output", str(site / output.path), FOREIGN))
                    continue
                replace(site / output.path, output.content)
                changed.append(output.path)
            files[output.path] = found
    except BaseException:
        record(site, files)  # what is written by now is ours, though the rest was never made
        raise
    removed, problems = _remove(site, files, sorted(set(files) - whole))
    record(site, files)
    return Written(tuple(changed), removed, files, (*foreign, *problems))


def stands(site: Path, path: SitePath, recorded: str | None) -> bool:
    """Whether a file of the site is there, is a file and no link, and has the content with that digest."""
    try:
        return digest(read_bytes(site / path)) == recorded
    except Unusable:
        return False


def record(site: Path, files: Mapping[SitePath, str]) -> None:
    """Remember which files of the site are ours."""
    text = json.dumps({"files": dict(sorted(files.items()))}, ensure_ascii=False, indent=0)
    if not stands(site, SitePath(MANIFEST), digest(text.encode())):
        replace(site / MANIFEST, text.encode())


def _remove(
    site: Path, files: dict[SitePath, str], paths: Iterable[SitePath]
) -> tuple[tuple[SitePath, ...], tuple[Problem, ...]]:
    removed, problems = [], []
    for path in paths:
        target = site / path
        recorded = files.pop(path)
        if not target.is_file() or target.is_symlink():
            continue
        if not stands(site, path, recorded):
            text = "is no longer part of the site, but was changed by hand: it was left; delete it if it is not needed"
            problems.append(Problem("output", str(target), text, fatal=False))
            continue
        target.unlink()
        removed.append(path)
        _remove_empty(target.parent, site)
    return tuple(removed), tuple(problems)


def _remove_empty(folder: Path, site: Path) -> None:
    while folder != site and not any(folder.iterdir()):
        folder.rmdir()
        folder = folder.parent


def _occupied(path: Path) -> bool:
    return path.is_symlink() or path.exists()


def _foreign(path: Path, ours: bool) -> bool:
    """Whether something is there that is not a file of ours, nor a link in the place of one."""
    return _occupied(path) and (not ours or (path.is_dir() and not path.is_symlink()))


def _check_folders(site: Path, paths: Iterable[SitePath]) -> None:
    """Raises SiteError where a folder of the site is a file, or a link that leads out of it."""
    place = site.resolve()
    for name in sorted({str(folder) for path in paths for folder in PurePosixPath(path).parents}):
        folder = site / name
        if not folder.resolve().is_relative_to(place):
            raise SiteError(f"{folder} leads out of the site, to {folder.resolve()}.", "Delete that link.")
        if folder.exists() and not folder.is_dir():
            raise SiteError(f"{folder} is a file where a folder of the site belongs.", f"Delete it. {HINT}")


def _inside(path: str) -> bool:
    """Whether a path of the manifest stays in the site, whoever wrote the manifest."""
    return not path.startswith("/") and ".." not in path.split("/") and "\\" not in path
