"""The packages in `extensions/`: what each states, its modules, and a state in which it is installed."""

from __future__ import annotations

import sys
import tomllib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from glossator.extension_points.lookup import Extension

FOLDERS = sorted(path.parent for path in (Path(__file__).parents[1] / "extensions").glob("*/pyproject.toml"))
sys.path += [str(folder) for folder in FOLDERS]  # nothing is installed by that: metadata make an extension


def stated(folder: Path) -> dict[str, Any]:
    """The table `project` of a package."""
    project: dict[str, Any] = tomllib.loads((folder / "pyproject.toml").read_text("utf-8"))["project"]
    return project


def extensions(group: str) -> list[Extension]:
    """What all packages add to a group."""
    return [
        Extension(group, name, target, project["name"], project["version"])
        for project in map(stated, FOLDERS)
        for name, target in project["entry-points"].get(f"glossator.{group}", {}).items()
    ]


@contextmanager
def installed(into: Path, *folders: Path) -> Iterator[None]:
    """Let packages be installed: their metadata lie in a folder on Python's path."""
    for project in map(stated, folders):
        about = into / f"{project['name'].replace('-', '_')}-{project['version']}.dist-info"
        about.mkdir()
        head = f"Metadata-Version: 2.1\nName: {project['name']}\nVersion: {project['version']}\n"
        (about / "METADATA").write_text(head, "utf-8")
        points = (
            "\n".join([f"[{group}]", *(f"{name} = {target}" for name, target in named.items())])
            for group, named in project["entry-points"].items()
        )
        (about / "entry_points.txt").write_text("\n".join(points), "utf-8")
    with pytest.MonkeyPatch.context() as patch:
        patch.syspath_prepend(into)
        yield
