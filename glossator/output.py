"""Outputs -> site/. Whole files by replace; only what an earlier build wrote is ever removed."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from glossator.digest import digest
from glossator.disk import replace
from glossator.model import Output, Problem, SitePath

MANIFEST = ".glossator-files.json"
"""In the site: every file that we wrote, with the digest of its content. A file that is not in it is not ours."""


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


def write(site: Path, outputs: Iterable[Output], wanted: Iterable[SitePath]) -> Written:
    """Write what differs, then remove what is ours and is wanted no more.

    `wanted` are the paths of the whole site: those in `outputs` and those that stay as they are.
    """
    site.mkdir(parents=True, exist_ok=True)
    files = manifest(site)
    changed = []
    try:
        for output in outputs:
            found = digest(output.content)
            if files.get(output.path) != found or not _stands(site / output.path, output.content):
                replace(site / output.path, output.content)
                changed.append(output.path)
            files[output.path] = found
    except BaseException:
        record(site, files)  # what is written by now is ours, though the rest was never made
        raise
    removed, problems = _remove(site, files, sorted(set(files) - set(wanted)))
    record(site, files)
    return Written(tuple(changed), removed, files, problems)


def stands(site: Path, path: SitePath, recorded: str) -> bool:
    """Whether a file of the site is there with the content that has this digest."""
    target = site / path
    return target.is_file() and not target.is_symlink() and digest(target.read_bytes()) == recorded


def record(site: Path, files: Mapping[SitePath, str]) -> None:
    """Remember which files of the site are ours."""
    text = json.dumps({"files": dict(sorted(files.items()))}, ensure_ascii=False, indent=0)
    if not _stands(site / MANIFEST, text.encode()):
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
        if digest(target.read_bytes()) != recorded:
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


def _stands(path: Path, content: bytes) -> bool:
    try:
        return path.stat().st_size == len(content) and path.read_bytes() == content
    except OSError:
        return False


def _inside(path: str) -> bool:
    """Whether a path of the manifest stays in the site, whoever wrote the manifest."""
    return not path.startswith("/") and ".." not in path.split("/") and "\\" not in path
