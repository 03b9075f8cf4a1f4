"""The theme: files that a person may replace or add."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from glossator.config import SiteError
from glossator.content.files import name_problem
from glossator.disk import Unusable, read_bytes, read_text
from glossator.urls import ROBOTS

PACKAGE = Path(__file__).parent.parent
STYLES = "styles/"
"""Folder of style sheets that are joined, in the order of their names, into one: fewer requests for each page.

Each folder in it is joined into a style sheet of its own, such as `lists.css`, which only some pages load.
"""
STYLESHEET = "site"
"""Name of the joined style sheet, below `static/`; a user's file of this name replaces it whole."""
TEMPLATE_SUFFIXES = (".html", ".xml")


@dataclass(frozen=True, slots=True)
class Theme:
    templates: Mapping[str, str]
    """Source by name."""
    statics: Mapping[str, bytes]
    """Content by path below `static/`."""


def read_theme(user: Path) -> Theme:
    """Read our theme, in which a user's file replaces ours of the same name. Raises SiteError for a bad file."""
    templates: dict[str, str] = {}
    styles: dict[str, bytes] = {}
    statics: dict[str, bytes] = {}
    for folder in (packaged(), user):
        for path in sorted(folder.rglob("*")) if folder.is_dir() else ():
            name = path.relative_to(folder).as_posix()
            if not path.is_file() or any(part.startswith(".") for part in name.split("/")):
                continue
            if wrong := name_problem("theme", f"templates/{name}"):
                raise SiteError(f"{wrong.path} {wrong.message}.")
            try:
                if name.startswith("static/"):
                    statics[name.removeprefix("static/")] = read_bytes(path)
                elif name.startswith(STYLES) and path.suffix == ".css":
                    styles[name] = read_bytes(path)
                elif path.suffix in TEMPLATE_SUFFIXES or name == ROBOTS:
                    templates[name] = read_text(path)
            except Unusable as error:
                raise SiteError(f"templates/{name} {error}.") from None
    for file, content in _joined(styles).items():
        statics.setdefault(f"{file}.css", content)
    return Theme(templates, statics)


def _joined(styles: Mapping[str, bytes]) -> dict[str, bytes]:
    """Join the parts of each style sheet; those in no folder are parts of STYLESHEET."""
    joined: dict[str, bytes] = {}
    for name in sorted(styles):
        file = name.removeprefix(STYLES).rpartition("/")[0] or STYLESHEET
        joined[file] = joined.get(file, b"") + styles[name]
    return joined


def packaged() -> Path:
    """Return the folder of our own theme: inside an installed package, or at the top of the repository."""
    inside = PACKAGE / "templates"
    return inside if inside.is_dir() else PACKAGE.parent / "templates"
