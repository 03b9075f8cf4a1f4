"""Packages of others, installed as pip leaves them: modules, and what their metadata say."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path


def install(folder: Path, package: str, source: str, points: Mapping[str, str], version: str = "1.0") -> Path:
    """Install a package of one module; `points` are the targets of its entry points by `group name`."""
    module = package.replace("-", "_")
    about = folder / f"{module}-{version}.dist-info"
    for older in folder.glob(f"{module}-*.dist-info"):
        older.rename(about)
    about.mkdir(parents=True, exist_ok=True)
    (folder / f"{module}.py").write_text(source, "utf-8")
    (about / "METADATA").write_text(f"Metadata-Version: 2.1\nName: {package}\nVersion: {version}\n", "utf-8")
    groups: dict[str, list[str]] = {}
    for point, attribute in points.items():
        group, _, name = point.partition(" ")
        groups.setdefault(group, []).append(f"{name} = {module}:{attribute}")
    sections = (f"[glossator.{group}]\n" + "\n".join(lines) for group, lines in groups.items())
    (about / "entry_points.txt").write_text("\n\n".join(sections), "utf-8")
    (about / "RECORD").write_text(f"{module}.py,,\n{about.name}/METADATA,,\n{about.name}/RECORD,,\n", "utf-8")
    return folder
